//! The roles of split processes. Any number of each may run.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use tokio::net::TcpListener;
use wahana_config::Config;
use wahana_queue::Queue;
use wahana_runtime::{OnEnd, Ready, serve_ops};
use wahana_store::Plans;

use crate::wire::{Process, logs};

/// How long a starting process waits for what it needs: another process may be migrating the database, or Redis may be
/// restarting.
const WAIT: Duration = Duration::from_secs(60);

/// The HTTP API.
pub(crate) async fn api(config: Config) -> anyhow::Result<()> {
    let process = start(config, "wahana-api", Plans::PerValue).await?;
    serve(&process).await?;
    process.shutdown.finished().await
}

/// Workers.
pub(crate) async fn worker(config: Config) -> anyhow::Result<()> {
    // A worker's own address takes no events: every ack would get lost without a word.
    if config.waha.webhook_url.is_none() && config.http.public_url.is_none() {
        bail!(
            "no address for WAHA's events: set waha.webhook_url (WAHANA__WAHA__WEBHOOK_URL) to the API as WAHA reaches it"
        );
    }
    let process = start(config, "wahana-worker", Plans::Once).await?;
    let queue = queue(&process).await?;
    ops(&process, queue.clone()).await?;
    work(&process, queue)?;
    process.shutdown.finished().await
}

/// The scheduler.
pub(crate) async fn scheduler(config: Config) -> anyhow::Result<()> {
    let process = start(config, "wahana-scheduler", Plans::Once).await?;
    let queue = queue(&process).await?;
    ops(&process, queue.clone()).await?;
    schedule(&process, queue);
    process.shutdown.finished().await
}

/// Brings the database up to date.
pub(crate) async fn migrate(config: Config) -> anyhow::Result<()> {
    logs(&config, "wahana-migrate")?;
    let process = Process::new(config, Plans::PerValue)?;
    process.store.migrate().await?;
    process.register_node().await?;
    println!("the database is up to date");
    Ok(())
}

async fn start(config: Config, service: &'static str, plans: Plans) -> anyhow::Result<Process> {
    logs(&config, service)?;
    let process = Process::new(config, plans)?;
    patiently(&process, "the database", async || {
        process.store.ready().await?;
        process.register_node().await
    })
    .await?;
    Ok(process)
}

/// Redis, as soon as it answers.
async fn queue(process: &Process) -> anyhow::Result<Queue> {
    if process.config.redis.url.is_none() {
        return process.queue().await; // says what is missing
    }
    patiently(process, "Redis", async || process.queue().await).await
}

/// Tries again until it works, the end is asked for, or it took too long.
async fn patiently<T>(
    process: &Process,
    what: &str,
    mut attempt: impl AsyncFnMut() -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let started = tokio::time::Instant::now();
    loop {
        match attempt().await {
            Ok(done) => return Ok(done),
            Err(error) if started.elapsed() > WAIT || process.token().is_cancelled() => {
                return Err(error).with_context(|| format!("{what} is not ready"));
            }
            Err(error) => tracing::info!(error.message = format!("{error:#}"), "waiting for {what}"),
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Starts the API in this process.
pub(crate) async fn serve(process: &Process) -> anyhow::Result<()> {
    let listener = listen(process).await?;
    let state = process.api_state()?;
    process.shutdown.spawn(
        "api",
        OnEnd::EndProcess,
        async move { Ok(wahana_api::serve(state, listener).await?) },
    );
    Ok(())
}

/// Starts the workers in this process.
pub(crate) fn work(process: &Process, queue: Queue) -> anyhow::Result<()> {
    let workers = process.workers(queue, process.fleet())?;
    let token = process.token();
    process.shutdown.spawn("workers", OnEnd::EndProcess, async move { Ok(workers.run(token).await?) });
    Ok(())
}

/// Starts the scheduler in this process.
pub(crate) fn schedule(process: &Process, queue: Queue) {
    let scheduler = process.scheduler(queue, process.fleet());
    let token = process.token();
    process.shutdown.spawn("scheduler", OnEnd::EndProcess, async move {
        scheduler.run(token).await;
        Ok(())
    });
}

/// Health, readiness and figures of a process without an API, on `http.bind`.
async fn ops(process: &Process, queue: Queue) -> anyhow::Result<()> {
    let listener = listen(process).await?;
    let store = process.store.clone();
    let ready: Ready = Arc::new(move || {
        let (store, queue) = (store.clone(), queue.clone());
        Box::pin(async move {
            store.ready().await.map_err(|error| format!("database: {error}"))?;
            queue.ping().await.map_err(|error| format!("redis: {error}"))
        })
    });
    let (metrics, shutdown) = (process.metrics.clone(), process.shutdown.clone());
    process.shutdown.spawn_beside("ops", OnEnd::EndProcess, async move {
        Ok(serve_ops(listener, metrics, ready, shutdown).await?)
    });
    Ok(())
}

async fn listen(process: &Process) -> anyhow::Result<TcpListener> {
    let bind = process.config.http.bind;
    let listener = TcpListener::bind(bind).await;
    let listener = listener.with_context(|| {
        format!("cannot listen on {bind}; set http.bind (WAHANA__HTTP__BIND) to a free address")
    })?;
    tracing::info!(address = %listener.local_addr()?, "listening");
    Ok(listener)
}
