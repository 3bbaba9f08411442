//! Checks after every run, without which its figures mean nothing: every message ended, none was sent twice,
//! and the database agrees with the stub.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::time::Instant;

use crate::stack::Stack;
use crate::stub::Taken;

/// Time limit for the last jobs to end.
const SETTLE_WITHIN: Duration = Duration::from_secs(30);

/// The result.
#[derive(Debug, Default)]
pub(crate) struct Invariants {
    /// Messages by state.
    pub(crate) states: BTreeMap<String, i64>,
    /// Messages that were accepted, by the count of the load.
    pub(crate) accepted: i64,
    /// Texts of the product that the stub received.
    pub(crate) at_stub: i64,
    /// Duplicates among them.
    pub(crate) sent_twice: i64,
    /// Messages that are recorded as sent and never reached the stub, or vice versa.
    pub(crate) only_on_one_side: i64,
    /// Jobs of messages.
    pub(crate) jobs: i64,
    /// Campaign counters that differ from the messages.
    pub(crate) wrong_counters: i64,
    /// The allowed states of messages.
    pub(crate) allowed: &'static [&'static str],
}

impl Invariants {
    /// After a scenario that sends: all are `sent`, no job is left.
    pub(crate) async fn after_sending(stack: &Stack, accepted: u64) -> anyhow::Result<Self> {
        wait_for_no_jobs(stack.store.pool()).await?;
        Self::look(stack, accepted, &["sent"]).await
    }

    /// After a scenario in which nothing may be sent: all are `queued`, each with its job.
    pub(crate) async fn without_sending(stack: &Stack, accepted: u64) -> anyhow::Result<Self> {
        Self::look(stack, accepted, &["queued"]).await
    }

    /// After a scenario that stops in the middle: messages are `sent`, or `queued` with a job. No role that
    /// sends may run.
    pub(crate) async fn at_rest(stack: &Stack, accepted: u64) -> anyhow::Result<Self> {
        Self::look(stack, accepted, &["queued", "sent"]).await
    }

    /// Combines two periods with a reset in between.
    pub(crate) fn and(mut self, next: Self) -> Self {
        for (state, n) in next.states {
            *self.states.entry(state).or_default() += n;
        }
        self.accepted += next.accepted;
        self.at_stub += next.at_stub;
        self.sent_twice += next.sent_twice;
        self.only_on_one_side += next.only_on_one_side;
        self.jobs += next.jobs;
        self.wrong_counters += next.wrong_counters;
        if next.allowed.len() > self.allowed.len() {
            self.allowed = next.allowed;
        }
        self
    }

    async fn look(stack: &Stack, accepted: u64, allowed: &'static [&'static str]) -> anyhow::Result<Self> {
        let pool = stack.store.pool();
        let states: Vec<(String, i64)> =
            sqlx::query_as("select state::text, count(*) from messages group by 1").fetch_all(pool).await?;
        let recorded: Vec<String> =
            sqlx::query_scalar("select waha_id from messages where state = 'sent'").fetch_all(pool).await?;
        let taken = stack.stub_taken().await?;
        let ours: Vec<&Taken> = taken.iter().filter(|t| t.is_ours()).collect();
        let ids: HashSet<&str> = ours.iter().map(|t| t.id.as_str()).collect();
        let people: HashSet<&str> = ours.iter().map(|t| t.chat.as_str()).collect();
        let recorded: HashSet<&str> = recorded.iter().map(String::as_str).collect();
        Ok(Self {
            states: states.into_iter().collect(),
            accepted: accepted as i64,
            at_stub: ours.len() as i64,
            // Every number is written to once, so a second text to one is a duplicate, regardless of its id.
            sent_twice: (ours.len() - ids.len().min(people.len())) as i64,
            only_on_one_side: ids.symmetric_difference(&recorded).count() as i64,
            jobs: jobs(pool).await?,
            wrong_counters: wrong_counters(pool).await?,
            allowed,
        })
    }

    /// Whether the run is valid.
    pub(crate) fn ok(&self) -> bool {
        let waiting = self.states.get("queued").copied().unwrap_or_default();
        self.states.keys().all(|state| self.allowed.contains(&state.as_str()))
            && self.states.values().sum::<i64>() == self.accepted
            && self.jobs == waiting
            && self.sent_twice == 0
            && self.only_on_one_side == 0
            && self.wrong_counters == 0
    }

    pub(crate) fn json(&self) -> Value {
        json!({
            "ok": self.ok(), "accepted": self.accepted, "states": self.states, "at_stub": self.at_stub, "sent_twice": self.sent_twice,
            "only_on_one_side": self.only_on_one_side, "jobs": self.jobs, "wrong_counters": self.wrong_counters,
        })
    }

    /// For people.
    pub(crate) fn line(&self) -> String {
        let verdict = if self.ok() { "it adds up" } else { "IT DOES NOT ADD UP" };
        format!("{verdict}: {}", self.json())
    }
}

async fn jobs(pool: &PgPool) -> anyhow::Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from jobs where kind = 'send_message'").fetch_one(pool).await?)
}

/// The last outcomes are written after the stub has answered.
async fn wait_for_no_jobs(pool: &PgPool) -> anyhow::Result<()> {
    let started = Instant::now();
    while jobs(pool).await? > 0 && started.elapsed() < SETTLE_WITHIN {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

async fn wrong_counters(pool: &PgPool) -> anyhow::Result<i64> {
    let wrong = sqlx::query_scalar(
        "select count(*)
         from (
             select campaign_id, state, sum(n)::bigint as n
             from campaign_progress
             group by 1, 2
             having sum(n) <> 0
         ) p
         full join (
             select campaign_id, state, count(*) as n
             from messages
             where campaign_id is not null
             group by 1, 2
         ) m using (campaign_id, state)
         where p.n is distinct from m.n",
    );
    Ok(wrong.fetch_one(pool).await?)
}
