//! Lifecycle of a session: STARTING, SCAN_QR_CODE, (scan) STARTING, WORKING, and the transitions out of it.
//! Delays and the order of events are those of the transcripts B18 to B30 and C120 to C133.

use std::sync::Arc;

use crate::{
    answer::Refusal,
    hooks::HookSpec,
    request::Req,
    seed::Dice,
    session::{Account, Inner, Session, Status},
    sim::Sim,
    timers::{Due, Step},
};

/// STARTING of a new connection (transcript C22 and the first webhooks).
const CONNECT_MS: u64 = 500;
/// STARTING after a scan or a lost connection.
const RECONNECT_MS: u64 = 300;
/// Duration of NOWEB's stop.
const STOP_MS: u64 = 1_000;
/// Additional duration of logout and delete.
const UNPAIR_MS: u64 = 1_000;
/// The queue of one session's lifecycle calls (docs/waha.md 0.13).
const LOCK_MS: u64 = 5_000;
/// Time until a lost connection is noticed, and between two attempts to connect (docs/waha.md 0.10).
const NOTICE_MS: u64 = 2_000;
/// NOWEB shows the first QR code for 60 s and each further one for 20 s.
const FIRST_QR_PERIODS: u32 = 3;
/// Failed attempts until FAILED.
const TRIES: u32 = 60;

impl Sim {
    /// Waits for this session's turn; shape E after 5 s (transcript D6).
    pub(crate) async fn lifecycle_lock<'a>(
        &self,
        req: &Req,
        session: &'a Session,
    ) -> Result<tokio::sync::MutexGuard<'a, ()>, Refusal> {
        tokio::time::timeout(self.scaled(LOCK_MS), session.lifecycle.lock()).await.map_err(|_| {
            req.exception(self, "Error", &format!("async-lock timed out in queue {}", session.name))
        })
    }

    /// Starts a stopped session; does nothing in any other status, including FAILED (transcript C127).
    pub(crate) fn start(&self, session: &Arc<Session>) {
        if session.running() {
            return;
        }
        // A restart repairs a deaf session (docs/waha.md section 10).
        self.change_faults(|faults| faults.deaf_sessions.retain(|name| *name != *session.name));
        let mut inner = session.lock();
        // Another server of this storage may have changed it.
        if let Some(config) =
            self.config.storage.config(&session.name).filter(|config| *config != inner.config)
        {
            let hooks = HookSpec::of_config(&config);
            inner.configure(config, hooks);
        }
        inner.epoch += 1;
        inner.history.clear();
        inner.me = None;
        inner.activity = None;
        inner.online = None;
        inner.socket_down = false;
        self.set_status(session, &mut inner, Status::Starting);
        self.flush_backlog(session, &mut inner);
        self.step_after(session, &inner, CONNECT_MS, Step::Connected(0));
    }

    /// Stops a running session; keeps the pairing.
    pub(crate) async fn stop(&self, session: &Arc<Session>) {
        if !session.running() {
            return;
        }
        self.stop_now(session);
        tokio::time::sleep(self.scaled(STOP_MS)).await;
    }

    fn stop_now(&self, session: &Session) {
        let mut inner = session.lock();
        inner.epoch += 1;
        self.set_status(session, &mut inner, Status::Stopped);
        inner.me = None;
        inner.activity = None;
        inner.online = None;
    }

    /// Stops and starts.
    pub(crate) async fn restart(&self, session: &Arc<Session>) {
        self.stop(session).await;
        self.start(session);
    }

    /// Deletes the pairing; a running session starts again.
    pub(crate) async fn logout(&self, session: &Arc<Session>) {
        let was_running = session.running();
        self.stop(session).await;
        self.config.storage.pair(&session.name, None);
        if was_running {
            tokio::time::sleep(self.scaled(UNPAIR_MS)).await;
            self.start(session);
        }
    }

    /// Unpairs and removes.
    pub(crate) async fn delete(&self, session: &Arc<Session>) {
        if session.running() {
            self.stop(session).await;
            tokio::time::sleep(self.scaled(UNPAIR_MS)).await;
        }
        self.remove(&session.name);
    }

    /// A phone scans the QR code. False if there is none.
    pub(crate) fn scan(&self, session: &Arc<Session>, account: Account) -> bool {
        let mut inner = session.lock();
        if inner.status != Status::ScanQrCode {
            return false;
        }
        inner.epoch += 1;
        inner.me = Some(account.clone());
        self.config.storage.pair(&session.name, Some(account));
        self.set_status(session, &mut inner, Status::Starting);
        self.step_after(session, &inner, RECONNECT_MS, Step::Connected(0));
        true
    }

    /// The owner removes the device on the phone: FAILED, and still named in `me` (transcript C125). NOWEB keeps the
    /// pairing, which WhatsApp refuses from then on: FAILED after each restart, until a logout.
    pub(crate) fn unlink(&self, session: &Session) {
        let mut inner = session.lock();
        self.config.storage.refuse(&session.name);
        if inner.status == Status::Stopped {
            return;
        }
        inner.epoch += 1;
        inner.online = None;
        self.set_status(session, &mut inner, Status::Failed);
    }

    /// The connection is lost: WORKING for another 2 s, then STARTING, then WORKING (transcripts C118, C123,
    /// C124).
    pub(crate) fn lose_connection(&self, session: &Arc<Session>) -> bool {
        let mut inner = session.lock();
        if inner.status != Status::Working {
            return false;
        }
        inner.socket_down = true;
        self.step_after(session, &inner, NOTICE_MS, Step::NoticeDrop);
        true
    }

    /// The node restarts: all sessions are STOPPED, then started again.
    pub(crate) fn restart_node(&self) {
        let boot = match self.with_faults(|faults| faults.boot_ms) {
            0 => self.scaled(STOP_MS),
            ms => std::time::Duration::from_millis(ms),
        };
        self.die(boot);
        for session in self.sessions().iter().filter(|session| session.running()) {
            self.stop_now(session);
            let inner = session.lock();
            let due = Due::Step { session: Arc::clone(session), epoch: inner.epoch, step: Step::Boot };
            self.timers.after(boot + self.scaled(STOP_MS), due);
        }
    }

    /// Handles a timer.
    pub(crate) fn step(&self, session: &Arc<Session>, epoch: u64, step: Step) {
        let mut inner = session.lock();
        if inner.epoch != epoch {
            return;
        }
        match step {
            Step::Boot => {
                drop(inner);
                self.start(session);
            }
            Step::Connected(tries) => self.connected(session, &mut inner, tries),
            Step::NextQr(number) => self.next_qr(session, &mut inner, number),
            Step::NoticeDrop => {
                inner.online = None;
                self.set_status(session, &mut inner, Status::Starting);
                self.step_after(session, &inner, RECONNECT_MS, Step::Connected(0));
            }
            Step::AutoScan => {
                drop(inner);
                self.scan(session, self.invented_account(&session.name));
            }
        }
    }

    fn connected(&self, session: &Arc<Session>, inner: &mut Inner, tries: u32) {
        if self.with_faults(|faults| faults.unreachable) {
            let status = if tries + 1 >= TRIES { Status::Failed } else { Status::Starting };
            self.set_status(session, inner, status);
            if status == Status::Starting {
                self.step_after(session, inner, NOTICE_MS, Step::Connected(tries + 1));
            }
        } else if self.config.storage.refused(&session.name) {
            self.set_status(session, inner, Status::Failed);
        } else if let Some(account) = self.config.storage.paired(&session.name) {
            inner.me = Some(account);
            inner.socket_down = false;
            self.set_status(session, inner, Status::Working);
        } else {
            self.next_qr(session, inner, 0);
            if let Some(delay) = self.config.auto_scan {
                let due =
                    Due::Step { session: Arc::clone(session), epoch: inner.epoch, step: Step::AutoScan };
                self.timers.after(delay, due);
            }
        }
    }

    /// SCAN_QR_CODE is reported again with each new code; after the last one the session is FAILED.
    fn next_qr(&self, session: &Arc<Session>, inner: &mut Inner, number: u32) {
        if number >= self.config.qr_max {
            self.set_status(session, inner, Status::Failed);
            return;
        }
        inner.qr = number;
        self.set_status(session, inner, Status::ScanQrCode);
        let due =
            Due::Step { session: Arc::clone(session), epoch: inner.epoch, step: Step::NextQr(number + 1) };
        let periods = if number == 0 { FIRST_QR_PERIODS } else { 1 };
        self.timers.after(self.config.qr_period * periods, due);
    }

    /// The default account that scans.
    pub(crate) fn invented_account(&self, session: &str) -> Account {
        let mut dice = Dice::new(self.config.seed, "account", session, "", 0);
        Account {
            phone: format!("62811{:08}", dice.between(0, 99_999_999)),
            push_name: format!("Toko {session}"),
        }
    }

    fn step_after(&self, session: &Arc<Session>, inner: &Inner, ms: u64, step: Step) {
        let due = Due::Step { session: Arc::clone(session), epoch: inner.epoch, step };
        self.timers.after(self.scaled(ms), due);
    }
}
