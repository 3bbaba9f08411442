//! State of one session, and its form in WAHA's answers. Costs nothing while idle.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde_json::{Value, json};

use crate::{chats::Chat, hooks::HookSpec};

/// A session's status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Stopped,
    Starting,
    ScanQrCode,
    Working,
    Failed,
}

impl Status {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Stopped => "STOPPED",
            Self::Starting => "STARTING",
            Self::ScanQrCode => "SCAN_QR_CODE",
            Self::Working => "WORKING",
            Self::Failed => "FAILED",
        }
    }
}

/// The WhatsApp account of a paired phone.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) phone: String,
    pub(crate) push_name: String,
}

impl Account {
    pub(crate) fn view(&self) -> Value {
        json!({ "id": format!("{}@c.us", self.phone), "pushName": self.push_name, "lid": format!("99{}@lid", self.phone) })
    }
}

/// One session.
pub(crate) struct Session {
    pub(crate) name: Box<str>,
    /// Held while it is started, stopped, restarted, logged out or deleted.
    pub(crate) lifecycle: tokio::sync::Mutex<()>,
    inner: Mutex<Inner>,
}

/// The mutable state.
pub(crate) struct Inner {
    pub(crate) status: Status,
    /// The last three statuses and their times.
    pub(crate) history: VecDeque<(Status, i64)>,
    pub(crate) config: Value,
    pub(crate) hooks: Arc<[Arc<HookSpec>]>,
    /// Whether presence is shown; it follows the connection.
    pub(crate) me: Option<Account>,
    pub(crate) online: Option<bool>,
    /// Unix milliseconds of the last call.
    pub(crate) activity: Option<i64>,
    /// Incremented with each start and stop, which invalidates older timers.
    pub(crate) epoch: u64,
    /// The connection is lost, which is not noticed yet (docs/waha.md 0.10).
    pub(crate) socket_down: bool,
    /// WhatsApp refused a new chat; from then on `me` contains the reason (docs/waha.md section 9: null until
    /// known).
    pub(crate) refused: bool,
    /// Which QR code is shown.
    pub(crate) qr: u32,
    pub(crate) chats: HashMap<Box<str>, Chat>,
    /// LID to phone chat id, learnt from inbound messages.
    pub(crate) lids: HashMap<Box<str>, Box<str>>,
    /// Number of webhooks so far; determines which of them arrive twice or late.
    pub(crate) told: u32,
    /// Events of a deaf session.
    pub(crate) backlog: Vec<(&'static str, Value)>,
}

impl Session {
    pub(crate) fn new(name: &str, config: Value, hooks: Vec<HookSpec>) -> Self {
        let inner = Inner {
            status: Status::Stopped,
            history: VecDeque::new(),
            config: Value::Null,
            hooks: Arc::from([]),
            me: None,
            online: None,
            activity: None,
            epoch: 0,
            socket_down: false,
            refused: false,
            qr: 0,
            chats: HashMap::new(),
            lids: HashMap::new(),
            told: 0,
            backlog: Vec::new(),
        };
        let session =
            Self { name: name.into(), lifecycle: tokio::sync::Mutex::new(()), inner: Mutex::new(inner) };
        session.lock().configure(config, hooks);
        session
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn status(&self) -> Status {
        self.lock().status
    }

    pub(crate) fn running(&self) -> bool {
        self.status() != Status::Stopped
    }

    /// The answer of one session's routes: with `engine`.
    pub(crate) fn view(&self, engine: &str, offline_after_ms: i64, now: i64) -> Value {
        let inner = self.lock();
        let mut view = inner.view(&self.name, offline_after_ms, now);
        view["engine"] =
            if inner.status == Status::Stopped { json!({}) } else { json!({ "engine": engine }) };
        view
    }

    /// The answer of the list: with `assignedWorker` for the running ones (transcripts C19, C121).
    pub(crate) fn list_view(&self, offline_after_ms: i64, now: i64) -> Value {
        let inner = self.lock();
        let mut view = inner.view(&self.name, offline_after_ms, now);
        if inner.status != Status::Stopped {
            view["assignedWorker"] = json!("");
        }
        view
    }
}

impl Inner {
    pub(crate) fn configure(&mut self, config: Value, hooks: Vec<HookSpec>) {
        self.config = config;
        self.hooks = hooks.into_iter().map(Arc::new).collect();
    }

    /// The account's digits, for answers that name it.
    pub(crate) fn phone(&self) -> &str {
        self.me.as_ref().map_or("", |me| &me.phone)
    }

    pub(crate) fn presence(&self, offline_after_ms: i64, now: i64) -> Option<&'static str> {
        let online = self.online?;
        let recent = self.activity.is_some_and(|at| now - at < offline_after_ms);
        Some(if online && recent { "online" } else { "offline" })
    }

    fn view(&self, name: &str, offline_after_ms: i64, now: i64) -> Value {
        let stopped = self.status == Status::Stopped;
        let timestamps = match self.activity {
            Some(at) => json!({ "activity": at }),
            None if stopped => json!({ "activity": null }),
            None => json!({}),
        };
        json!({
            "name": name,
            "status": self.status.name(),
            "config": self.config,
            "me": self.me.as_ref().map(Account::view),
            "presence": self.presence(offline_after_ms, now),
            "timestamps": timestamps,
        })
    }
}
