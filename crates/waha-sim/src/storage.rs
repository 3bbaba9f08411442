//! The persistent part of sessions: configuration and pairing. Servers with the same storage behave like WAHA
//! servers on one shared database: a session that was stopped at one can be started at another.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde_json::Value;

use crate::session::Account;

/// The sessions of one or of several servers. A clone is the same storage.
#[derive(Clone, Debug, Default)]
pub struct Storage(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    sessions: BTreeMap<Box<str>, Stored>,
    /// Servers on which a paired session is connected now.
    live: BTreeMap<Box<str>, BTreeSet<u128>>,
    collisions: u64,
}

#[derive(Clone, Debug, Default)]
struct Stored {
    config: Value,
    paired: Option<Account>,
    /// The device was removed on the phone: WhatsApp refuses the pairing, which stays until a logout.
    refused: bool,
}

impl Storage {
    /// How often one pairing was connected at two servers at once, which WhatsApp answers with a logout.
    #[must_use]
    pub fn collisions(&self) -> u64 {
        self.kept().collisions
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn names(&self) -> Vec<Box<str>> {
        self.kept().sessions.keys().cloned().collect()
    }

    pub(crate) fn config(&self, name: &str) -> Option<Value> {
        self.kept().sessions.get(name).map(|stored| stored.config.clone())
    }

    pub(crate) fn keep(&self, name: &str, config: Value) {
        self.kept().sessions.entry(name.into()).or_default().config = config;
    }

    pub(crate) fn forget(&self, name: &str) {
        self.kept().sessions.remove(name);
    }

    pub(crate) fn paired(&self, name: &str) -> Option<Account> {
        self.kept().sessions.get(name)?.paired.clone()
    }

    pub(crate) fn pair(&self, name: &str, account: Option<Account>) {
        let mut kept = self.kept();
        let stored = kept.sessions.entry(name.into()).or_default();
        stored.paired = account;
        stored.refused = false;
    }

    /// Has WhatsApp refuse the pairing, if there is one.
    pub(crate) fn refuse(&self, name: &str) {
        if let Some(stored) = self.kept().sessions.get_mut(name) {
            stored.refused = stored.paired.is_some();
        }
    }

    pub(crate) fn refused(&self, name: &str) -> bool {
        self.kept().sessions.get(name).is_some_and(|stored| stored.refused)
    }

    /// Records that a session connects or disconnects at a server.
    pub(crate) fn connects(&self, name: &str, server: u128, connects: bool) {
        let mut kept = self.kept();
        let paired = kept.sessions.get(name).is_some_and(|stored| stored.paired.is_some());
        let live = kept.live.entry(name.into()).or_default();
        if connects && paired {
            live.insert(server);
        } else {
            live.remove(&server);
        }
        kept.collisions += u64::from(live_at_two(&kept.live, name));
    }

    /// The server's process ended, and its connections with it.
    pub(crate) fn server_gone(&self, server: u128) {
        for live in self.kept().live.values_mut() {
            live.remove(&server);
        }
    }
}

fn live_at_two(live: &BTreeMap<Box<str>, BTreeSet<u128>>, name: &str) -> bool {
    live.get(name).is_some_and(|servers| servers.len() > 1)
}
