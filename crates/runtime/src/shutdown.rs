//! Graceful shutdown, and supervision of the tasks of a process. If an essential task ends, the process ends,
//! and its supervisor (Kubernetes, systemd) restarts it; a process with half of its tasks would look healthy.
//! It must never end the process before the drain deadline while tasks still finish their work.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::{anyhow, bail};
use futures::FutureExt;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

/// The consequence of a task that ends before shutdown was requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnEnd {
    /// The process cannot do its work without it: everything is shut down and [`Shutdown::finished`] fails.
    EndProcess,
    /// Its failure is only logged.
    Log,
}

/// Requests shutdown and waits for all tasks. Clones share the same state.
#[derive(Debug, Clone)]
pub struct Shutdown {
    token: CancellationToken,
    tasks: TaskTracker,
    failure: Arc<OnceLock<String>>,
    drain: Duration,
}

impl Shutdown {
    /// `drain` is the time that tasks get to finish after shutdown was requested.
    pub fn new(drain: Duration) -> Self {
        Self { token: CancellationToken::new(), tasks: TaskTracker::new(), failure: Arc::default(), drain }
    }

    /// From now on SIGTERM and SIGINT (Ctrl-C) request shutdown; a second one ends the process at once.
    ///
    /// # Errors
    /// The handlers cannot be installed.
    pub fn on_signals(&self) -> std::io::Result<()> {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let token = self.token.clone();
        tokio::spawn(async move {
            loop {
                let name = tokio::select! {
                    _ = terminate.recv() => "SIGTERM",
                    _ = interrupt.recv() => "SIGINT",
                };
                if token.is_cancelled() {
                    tracing::warn!(process.signal = name, "second signal, ending at once");
                    std::process::exit(130);
                }
                tracing::info!(process.signal = name, "shutting down; repeat the signal to end at once");
                token.cancel();
            }
        });
        Ok(())
    }

    /// Requests shutdown.
    pub fn request(&self) {
        self.token.cancel();
    }

    /// Resolves once shutdown was requested.
    pub async fn requested(&self) {
        self.token.cancelled().await;
    }

    /// The cancellation token behind it.
    pub fn token(&self) -> CancellationToken {
        self.token.clone()
    }

    /// Runs `task` under this name. An error or a panic is logged. The task watches [`Shutdown::requested`]
    /// and returns `Ok(())` when it has finished its work.
    pub fn spawn<F>(&self, name: &'static str, on_end: OnEnd, task: F)
    where
        F: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        self.tasks.spawn(self.watched(name, on_end, task));
    }

    /// Like [`Shutdown::spawn`], for a task that runs until the process exits; shutdown does not wait for it.
    pub fn spawn_beside<F>(&self, name: &'static str, on_end: OnEnd, task: F)
    where
        F: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        tokio::spawn(self.watched(name, on_end, task));
    }

    fn watched<F>(
        &self,
        name: &'static str,
        on_end: OnEnd,
        task: F,
    ) -> impl Future<Output = ()> + Send + 'static
    where
        F: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        let this = self.clone();
        let watched = async move {
            let result = AssertUnwindSafe(task).catch_unwind().await.unwrap_or_else(|panic| {
                let text = panic.downcast_ref::<&str>().map(ToString::to_string);
                let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
                Err(anyhow!("panicked: {}", text.unwrap_or_default()))
            });
            this.ended(name, on_end, result);
        };
        watched.instrument(tracing::info_span!("task", task.name = name))
    }

    fn ended(&self, name: &str, on_end: OnEnd, result: anyhow::Result<()>) {
        let problem = match result {
            Err(error) => format!("{error:#}"),
            Ok(()) if on_end == OnEnd::EndProcess && !self.token.is_cancelled() => "ended unasked".into(),
            Ok(()) => return,
        };
        tracing::error!(task.name = name, error.message = problem, "task failed");
        if on_end == OnEnd::EndProcess {
            let _ = self.failure.set(format!("{name}: {problem}"));
            self.token.cancel();
        }
    }

    /// Waits for the request to shut down, then for all tasks, at most for the drain time.
    ///
    /// # Errors
    /// A task that must run failed, or tasks were still busy at the deadline (their leases run out and their
    /// work is done again).
    pub async fn finished(&self) -> anyhow::Result<()> {
        self.token.cancelled().await;
        self.tasks.close();
        let drained = tokio::time::timeout(self.drain, self.tasks.wait()).await;
        if let Some(failure) = self.failure.get() {
            bail!("{failure}");
        }
        if drained.is_err() {
            bail!("{} tasks were still busy after {:?}", self.tasks.len(), self.drain);
        }
        Ok(())
    }
}
