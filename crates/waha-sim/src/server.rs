//! Starting and stopping a simulator, and driving it from the same process.

use std::{net::SocketAddr, sync::Arc};

use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::{
    Faults, Phones, Repeat, SendRecord, SignRecord, SimConfig, connection,
    hooks::{self, Hooks},
    routes, sendlog,
    session::Account,
    sim::Sim,
    timers::Due,
};

/// Starts simulators.
#[derive(Clone, Copy, Debug)]
pub struct SimServer;

/// A running simulator. Dropping it stops it.
pub struct SimHandle {
    address: SocketAddr,
    base_url: Url,
    sim: Arc<Sim>,
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
}

impl SimServer {
    /// Starts one in the background.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn start(config: SimConfig) -> std::io::Result<SimHandle> {
        let listener = TcpListener::bind(config.bind).await?;
        let address = listener.local_addr()?;
        let base_url = Url::parse(&format!("http://{address}")).map_err(std::io::Error::other)?;
        let user_agent = format!("WAHA/{}", config.version.name());
        let (hooks, deliveries) =
            Hooks::new(user_agent, config.webhook_retry_scale).map_err(std::io::Error::other)?;
        let (hooks, concurrency) = (Arc::new(hooks), config.webhook_concurrency);
        let sim = Sim::new(config, Arc::clone(&hooks));
        let stop = CancellationToken::new();

        let later = Arc::clone(&sim);
        let sender =
            hooks::run(hooks, deliveries, concurrency, move |delay, delivery| later.later(delay, delivery));
        let server =
            connection::accept(listener, routes::router(Arc::clone(&sim)), Arc::clone(&sim), stop.clone());
        let tasks = vec![
            tokio::spawn(until(stop.clone(), sender)),
            tokio::spawn(until(stop.clone(), tick(Arc::clone(&sim)))),
            tokio::spawn(server),
        ];
        Ok(SimHandle { address, base_url, sim, stop, tasks })
    }
}

/// Runs one until told to stop.
///
/// # Errors
/// When the address cannot be bound.
pub async fn serve(config: SimConfig, shutdown: CancellationToken) -> std::io::Result<()> {
    let handle = SimServer::start(config).await?;
    tracing::info!(url = %handle.url(), "the WAHA simulator listens");
    shutdown.cancelled().await;
    handle.stop().await;
    Ok(())
}

async fn until(stop: CancellationToken, work: impl Future<Output = ()>) {
    tokio::select! {
        () = stop.cancelled() => (),
        () = work => (),
    }
}

/// Runs due timers until it is aborted.
async fn tick(sim: Arc<Sim>) {
    loop {
        match sim.timers.next().await {
            Due::Step { session, epoch, step } => sim.step(&session, epoch, step),
            Due::Ack { session, chat, id, n, level, restricted } => {
                sim.acknowledge(&session, &chat, &id, n, level, restricted);
            }
            Due::Inbound { session, from, text } => {
                sim.receive(&session, &from, &text, "Pelanggan");
            }
            Due::Hook(delivery) => sim.resend(*delivery),
        }
    }
}

impl SimHandle {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL for a client, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The same, parsed.
    #[must_use]
    pub fn base_url(&self) -> Url {
        self.base_url.clone()
    }

    /// Stops it and waits for its tasks. Returns [`Self::sends`] as they are at the end.
    pub async fn stop(mut self) -> Vec<SendRecord> {
        self.stop.cancel();
        for task in self.tasks.drain(..) {
            let _ = task.await;
        }
        self.sends()
    }

    /// A phone scans the session's QR code. False if it shows none.
    #[must_use]
    pub fn scan(&self, session: &str, phone: &str, push_name: &str) -> bool {
        let account = Account { phone: phone.to_owned(), push_name: push_name.to_owned() };
        self.sim.session(session).is_some_and(|session| self.sim.scan(&session, account))
    }

    /// Whether there is a session of this name, running or not.
    #[must_use]
    pub fn knows(&self, session: &str) -> bool {
        self.sim.session(session).is_some()
    }

    /// The owner removes the device on the phone.
    pub fn unlink(&self, session: &str) {
        if let Some(session) = self.sim.session(session) {
            self.sim.unlink(&session);
        }
    }

    /// The session loses its connection. False if it has none.
    #[must_use]
    pub fn drop_connection(&self, session: &str) -> bool {
        self.sim.session(session).is_some_and(|session| self.sim.lose_connection(&session))
    }

    /// Drops the events that a deaf session would send after its restart.
    pub fn forget_backlog(&self, session: &str) {
        if let Some(session) = self.sim.session(session) {
            session.lock().backlog.clear();
        }
    }

    /// A person (digits or a chat id) writes to the session. False if it is not WORKING.
    #[must_use]
    pub fn inbound(&self, session: &str, from: &str, text: &str) -> bool {
        self.sim.session(session).is_some_and(|session| self.sim.receive(&session, from, text, "Pelanggan"))
    }

    /// The node restarts.
    pub fn restart_node(&self) {
        self.sim.restart_node();
    }

    /// Replaces all faults.
    pub fn set_faults(&self, faults: Faults) {
        self.sim.change_faults(|old| *old = faults);
    }

    /// Replaces all phones.
    pub fn set_phones(&self, phones: Phones) {
        self.sim.set_phones(phones);
    }

    /// Number of messages that WhatsApp got.
    #[must_use]
    pub fn sent(&self) -> u64 {
        self.sim.log().total()
    }

    /// Messages that WhatsApp got, oldest first.
    #[must_use]
    pub fn sends(&self) -> Vec<SendRecord> {
        self.sim.log().since(i64::MIN, None)
    }

    /// The presences that accounts showed, oldest first.
    #[must_use]
    pub fn signs(&self) -> Vec<SignRecord> {
        self.sim.log().signs()
    }

    /// Messages that WhatsApp got more than once, by the client's id.
    #[must_use]
    pub fn repeated_ids(&self) -> Vec<Repeat> {
        sendlog::repeated_ids(&self.sends())
    }

    /// Messages that WhatsApp got more than once, by session, chat and text.
    #[must_use]
    pub fn repeated_texts(&self) -> Vec<Repeat> {
        sendlog::repeated_texts(&self.sends())
    }
}

impl Drop for SimHandle {
    fn drop(&mut self) {
        self.stop.cancel();
        self.sim.gone();
    }
}

impl std::fmt::Debug for SimHandle {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SimHandle").field("address", &self.address).finish_non_exhaustive()
    }
}
