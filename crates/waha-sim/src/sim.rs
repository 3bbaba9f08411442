//! The simulated node: its sessions, its clock, its faults.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock, Weak,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use chrono::Utc;
use serde_json::{Value, json};

use crate::{
    Faults, Phones, SimConfig,
    files::{SentFile, media},
    hooks::{HookSpec, Hooks},
    sendlog::SendLog,
    session::Session,
    timers::Timers,
};

/// The simulated node.
pub(crate) struct Sim {
    /// Itself, for what goes on after its caller is gone.
    pub(crate) me: Weak<Sim>,
    pub(crate) config: SimConfig,
    pub(crate) timers: Timers,
    pub(crate) hooks: Arc<Hooks>,
    pub(crate) started: i64,
    /// Its number among the servers of its storage.
    server: u128,
    sessions: RwLock<BTreeMap<Box<str>, Arc<Session>>>,
    faults: RwLock<Faults>,
    phones: RwLock<Phones>,
    log: Mutex<SendLog>,
    /// Files that people sent, by the whole id of their message.
    files: Mutex<BTreeMap<String, SentFile>>,
    /// Incremented when the node restarts, which drops everything pending.
    life: AtomicU64,
    /// Unix milliseconds until which a restarting node cuts connections.
    down_until: AtomicU64,
}

impl Sim {
    pub(crate) fn new(config: SimConfig, hooks: Arc<Hooks>) -> Arc<Self> {
        Arc::new_cyclic(|me| Self {
            me: Weak::clone(me),
            timers: Timers::default(),
            hooks,
            started: now_ms(),
            server: rand::random(),
            sessions: RwLock::default(),
            faults: RwLock::new(config.faults.clone()),
            phones: RwLock::new(config.phones.clone()),
            log: Mutex::default(),
            files: Mutex::default(),
            life: AtomicU64::new(0),
            down_until: AtomicU64::new(0),
            config,
        })
    }

    fn files(&self) -> MutexGuard<'_, BTreeMap<String, SentFile>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the file of the message with this whole id; returns its `media`.
    pub(crate) fn keep_file(&self, session: &str, message: &str, file: SentFile) -> Value {
        let media = media(session, message, &file);
        self.files().insert(message.to_owned(), file);
        media
    }

    /// The file of a message and its `media`.
    pub(crate) fn file(&self, session: &str, message: &str) -> Option<(SentFile, Value)> {
        let file = self.files().get(message).cloned()?;
        let media = media(session, message, &file);
        Some((file, media))
    }

    /// Unix milliseconds.
    pub(crate) fn now(&self) -> i64 {
        now_ms()
    }

    /// Not seeded: ids must not repeat after a restart of the simulator.
    pub(crate) fn random(&self) -> u128 {
        rand::random()
    }

    /// A scaled delay of WAHA or WhatsApp.
    pub(crate) fn scaled(&self, ms: u64) -> Duration {
        Duration::from_millis(ms).mul_f64(self.config.time_scale.max(0.0))
    }

    /// `WAHA_PRESENCE_AUTO_ONLINE`: 25 s after each call.
    pub(crate) fn offline_after_ms(&self) -> i64 {
        i64::try_from(self.scaled(25_000).as_millis()).unwrap_or(i64::MAX)
    }

    /// A session of its storage; one that another server made is STOPPED here.
    pub(crate) fn session(&self, name: &str) -> Option<Arc<Session>> {
        let config = self.config.storage.config(name)?;
        if let Some(known) = self.sessions.read().unwrap_or_else(PoisonError::into_inner).get(name) {
            return Some(Arc::clone(known));
        }
        let mut sessions = self.sessions.write().unwrap_or_else(PoisonError::into_inner);
        let new = || {
            let hooks = HookSpec::of_config(&config);
            Arc::new(Session::new(name, config.clone(), hooks))
        };
        Some(Arc::clone(sessions.entry(name.into()).or_insert_with(new)))
    }

    pub(crate) fn sessions(&self) -> Vec<Arc<Session>> {
        self.config.storage.names().iter().filter_map(|name| self.session(name)).collect()
    }

    /// Records whether a session's phone is connected here.
    pub(crate) fn connects(&self, name: &str, connects: bool) {
        self.config.storage.connects(name, self.server, connects);
    }

    /// Its process ended, and its connections with it.
    pub(crate) fn gone(&self) {
        self.config.storage.server_gone(self.server);
    }

    /// False if the name is in use.
    pub(crate) fn add(&self, session: Arc<Session>) -> bool {
        let mut sessions = self.sessions.write().unwrap_or_else(PoisonError::into_inner);
        if self.config.storage.config(&session.name).is_some() {
            return false;
        }
        self.config.storage.keep(&session.name, session.lock().config.clone());
        sessions.insert(session.name.clone(), session);
        true
    }

    pub(crate) fn remove(&self, name: &str) {
        self.config.storage.forget(name);
        self.sessions.write().unwrap_or_else(PoisonError::into_inner).remove(name);
    }

    pub(crate) fn with_faults<T>(&self, read: impl FnOnce(&Faults) -> T) -> T {
        read(&self.faults.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn change_faults<T>(&self, change: impl FnOnce(&mut Faults) -> T) -> T {
        change(&mut self.faults.write().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn with_phones<T>(&self, read: impl FnOnce(&Phones) -> T) -> T {
        read(&self.phones.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn set_phones(&self, phones: Phones) {
        *self.phones.write().unwrap_or_else(PoisonError::into_inner) = phones;
    }

    pub(crate) fn is_deaf(&self, session: &str) -> bool {
        self.with_faults(|faults| faults.deaf_sessions.iter().any(|name| name == session))
    }

    pub(crate) fn log(&self) -> MutexGuard<'_, SendLog> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn life(&self) -> u64 {
        self.life.load(Ordering::Relaxed)
    }

    /// The process ends: pending webhooks are dropped and connections are cut for a while.
    pub(crate) fn die(&self, down: Duration) {
        self.life.fetch_add(1, Ordering::Relaxed);
        let until = self.now().unsigned_abs().saturating_add(u64::try_from(down.as_millis()).unwrap_or(0));
        self.down_until.store(until, Ordering::Relaxed);
    }

    /// Whether connections are cut.
    pub(crate) fn is_down(&self) -> bool {
        self.now().unsigned_abs() < self.down_until.load(Ordering::Relaxed)
            || self.with_faults(|faults| faults.node_down)
    }

    /// As in every webhook, every 500 and `/api/server/version`.
    pub(crate) fn environment(&self) -> Value {
        json!({
            "version": self.config.version.name(),
            "engine": self.config.engine.name(),
            "tier": "CORE",
            "browser": null,
            "platform": "linux/x64",
            "worker": { "id": null },
        })
    }
}

#[expect(clippy::disallowed_methods, reason = "the simulator is the outside world, so it has the real clock")]
fn now_ms() -> i64 {
    Utc::now().timestamp_millis()
}
