//! A closed loop: one connection per target, each posts the next message when the last one was accepted.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use chrono::{DateTime, Utc};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::task::JoinSet;
use wahana_domain::Clock;

use crate::client::{Connection, Target};

/// Result of a loop.
#[derive(Debug, Default)]
pub(crate) struct Load {
    /// From the first request to the last answer.
    pub(crate) seconds: f64,
    /// Latency of each answer, in microseconds.
    pub(crate) micros: Vec<i64>,
    /// When the first message was accepted.
    pub(crate) first_accepted: Option<DateTime<Utc>>,
}

impl Load {
    /// Combines two periods.
    pub(crate) fn add(&mut self, other: Self) {
        self.seconds += other.seconds;
        self.micros.extend(other.micros);
    }

    /// Answers per second.
    pub(crate) fn rate(&self) -> f64 {
        self.micros.len() as f64 / self.seconds.max(1e-9)
    }
}

/// Posts the messages of `range`, one connection per target.
pub(crate) async fn post_all<F>(
    targets: &[Target],
    range: Range<u64>,
    body: F,
    bar: &ProgressBar,
) -> anyhow::Result<Load>
where
    F: Fn(u64) -> String + Clone + Send + 'static,
{
    let mut connections = Vec::new();
    for target in targets {
        connections.push(Connection::open(target.clone()).await?);
    }
    let next = Arc::new(AtomicU64::new(range.start));
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for connection in connections {
        tasks.spawn(post_next(connection, next.clone(), range.end, body.clone(), bar.clone()));
    }
    let mut load = Load::default();
    while let Some(done) = tasks.join_next().await {
        let (micros, first) = done??;
        load.micros.extend(micros);
        load.first_accepted = [load.first_accepted, first].into_iter().flatten().min();
    }
    load.seconds = started.elapsed().as_secs_f64();
    Ok(load)
}

async fn post_next<F>(
    mut connection: Connection,
    next: Arc<AtomicU64>,
    end: u64,
    body: F,
    bar: ProgressBar,
) -> anyhow::Result<(Vec<i64>, Option<DateTime<Utc>>)>
where
    F: Fn(u64) -> String,
{
    let (mut micros, mut first) = (Vec::new(), None);
    loop {
        let n = next.fetch_add(1, Ordering::Relaxed);
        if n >= end {
            return Ok((micros, first));
        }
        let body = body(n);
        let asked = Instant::now();
        connection.accepted(body).await?;
        micros.push(asked.elapsed().as_micros() as i64);
        first = first.or_else(|| Some(Clock::System.now()));
        bar.inc(1);
    }
}

/// A progress bar on stderr; nothing without a terminal.
pub(crate) fn bar(steps: u64, what: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("    {msg:<28} {bar:36} {pos}/{len}  {per_sec}  {eta}");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(steps).with_style(style.progress_chars("=> ")).with_message(what)
}
