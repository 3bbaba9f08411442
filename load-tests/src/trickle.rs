//! Messages of one tenant at a steady rate, independent of earlier answers, and the time at which the stub
//! read each.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use indicatif::ProgressBar;
use serde_json::Value;
use sqlx::PgPool;
use tokio::task::JoinSet;
use tokio::time::Instant;
use uuid::Uuid;
use wahana_domain::{Clock, MessageId};

use crate::account::{Account, text};
use crate::client::Connection;
use crate::stack::Stack;
use crate::traffic::Traffic;

/// Number of connections; each posts every n-th message, so that a slow answer does not delay the next one.
pub(crate) const CONNECTIONS: u64 = 16;

/// Messages and rate.
#[derive(Clone, Copy)]
pub(crate) struct Beat {
    /// Messages per second.
    pub(crate) rate: u64,
    /// Number of messages.
    pub(crate) messages: u64,
    /// The first recipient.
    pub(crate) first: u64,
}

/// When a message was posted, and when its answer came.
pub(crate) struct Posted {
    pub(crate) id: Uuid,
    pub(crate) asked: DateTime<Utc>,
    pub(crate) accepted: DateTime<Utc>,
}

/// Posts at the rate.
pub(crate) async fn trickle(
    account: &Account,
    traffic: Traffic,
    beat: Beat,
    bar: &ProgressBar,
) -> anyhow::Result<Vec<Posted>> {
    let (session_of, pause) = (account.session_of(), Duration::from_secs(1) / beat.rate as u32);
    let started = Instant::now() + Duration::from_millis(50);
    let mut tasks = JoinSet::new();
    for (turn, target) in (0..CONNECTIONS).zip(account.targets(CONNECTIONS as usize)) {
        let mut connection = Connection::open(target).await?;
        let (session_of, bar) = (session_of.clone(), bar.clone());
        tasks.spawn(async move {
            let mut posted = Vec::new();
            for n in (turn..beat.messages).step_by(CONNECTIONS as usize) {
                let body = traffic.message(session_of(n), beat.first + n);
                tokio::time::sleep_until(started + pause * n as u32).await;
                let asked = Clock::System.now();
                let answer = connection.accepted(body).await?;
                let accepted = Clock::System.now();
                let id: MessageId = text(&serde_json::from_slice::<Value>(&answer)?, "id")?.parse()?;
                posted.push(Posted { id: id.0, asked, accepted });
                bar.inc(1);
            }
            anyhow::Ok(posted)
        });
    }
    let mut posted = Vec::new();
    while let Some(done) = tasks.join_next().await {
        posted.extend(done??);
    }
    Ok(posted)
}

/// Start times of the sends.
pub(crate) struct Started {
    at: HashMap<Uuid, DateTime<Utc>>,
    /// Time of the last check.
    looked: DateTime<Utc>,
}

impl Started {
    /// Number of messages that had not started by then.
    pub(crate) fn missing(&self, posted: &[Posted]) -> usize {
        posted.iter().filter(|p| !self.at.contains_key(&p.id)).count()
    }

    /// Microseconds from the API's answer to the start of the send; for one that did not start, the time
    /// waited.
    pub(crate) fn waits(&self, posted: &[Posted]) -> Vec<i64> {
        let wait = |p: &Posted| (*self.at.get(&p.id).unwrap_or(&self.looked) - p.accepted).num_microseconds();
        posted.iter().filter_map(wait).collect()
    }
}

/// Times at which the stub read the texts of this tenant; waits until it has read all of `posted`, up to the
/// limit.
pub(crate) async fn started(
    stack: &Stack,
    account: &Account,
    posted: &[Posted],
    within: Duration,
) -> anyhow::Result<Started> {
    let deadline = Instant::now() + within;
    loop {
        let (looked, at) = (Clock::System.now(), at_stub(stack, account).await?);
        let started = Started { at, looked };
        if started.missing(posted) == 0 || Instant::now() > deadline {
            return Ok(started);
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn at_stub(stack: &Stack, account: &Account) -> anyhow::Result<HashMap<Uuid, DateTime<Utc>>> {
    let names: Vec<&str> = account.sessions.iter().map(|(_, name)| name.as_str()).collect();
    let taken = stack.stub_taken_of(&names).await?;
    let ids = ids_by_waha_id(stack.store.pool(), account).await?;
    let started = taken
        .iter()
        .filter_map(|taken| Some((*ids.get(&taken.id)?, DateTime::from_timestamp_micros(taken.at)?)));
    Ok(started.collect())
}

async fn ids_by_waha_id(pool: &PgPool, account: &Account) -> anyhow::Result<HashMap<String, Uuid>> {
    let rows: Vec<(String, Uuid)> =
        sqlx::query_as("select waha_id, id from messages where organization_id = $1")
            .bind(account.organization.0)
            .fetch_all(pool)
            .await?;
    Ok(rows.into_iter().collect())
}
