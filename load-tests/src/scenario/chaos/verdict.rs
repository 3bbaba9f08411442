//! Checks after all work has ended: what WhatsApp got (the simulator's log) against the expected recipients
//! (the load's own list) and against the database.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};
use wahana_domain::CampaignId;
use wahana_testkit::invariants::{Received, check_campaign, strangers};
use wahana_waha_sim::SendRecord;

use super::history;
use super::traffic::Audience;
use super::world::World;

/// Number of examples of each kind that are shown.
const SHOWN: usize = 8;

/// The result. Every list must be empty.
#[derive(Default)]
pub(super) struct Verdict {
    /// People who should have got a text and did not.
    lost: Vec<String>,
    /// People who got a text more than once.
    twice: Vec<String>,
    /// People who got a text that was not for them, and texts without a row.
    astray: Vec<String>,
    /// Work that did not end.
    unresolved: Vec<String>,
    /// Steps that are not a transition, states that contradict their times, updates that the guard refused.
    bad_edges: Vec<String>,
    /// Tables that do not agree with each other.
    sums: Vec<String>,
    /// Processes that ended unexpectedly.
    died: Vec<String>,
    /// Messages by state.
    states: BTreeMap<String, i64>,
}

/// Checks everything; `unresolved` did not end.
pub(super) async fn look(
    world: &World,
    audience: &Audience,
    campaigns: &[CampaignId],
    unresolved: Vec<String>,
) -> anyhow::Result<Verdict> {
    let pool = &world.pool;
    let states: Vec<(String, i64)> =
        sqlx::query_as("select state::text, count(*) from messages where direction = 'outbound' group by 1")
            .fetch_all(pool)
            .await?;
    let mut verdict = Verdict { states: states.into_iter().collect(), unresolved, ..Verdict::default() };
    verdict.people(&world.sim.sends(), audience);
    verdict.bad_edges = history::bad_steps(pool).await?;
    verdict.bad_edges.extend(history::contradictions(pool).await?);
    for process in &world.processes {
        let mut process = process.lock().await;
        verdict.died.extend(process.ended());
        // A worker whose transition was refused lost a race that should not have happened.
        for words in ["refused by message_edge", "panic"] {
            if let refused @ 1.. = process.count_in_log(words) {
                verdict.bad_edges.push(format!("{}: {refused} times {words:?} in its log", process.name));
            }
        }
    }
    verdict.sums = history::written_twice(pool).await?;
    let received = received(world);
    let unknown = strangers(pool, &received).await?;
    verdict
        .astray
        .extend(unknown.iter().map(|r| format!("{} got {}, which nobody wrote down", r.chat, r.waha_id)));
    for campaign in campaigns {
        let books = check_campaign(pool, *campaign, &received).await?;
        verdict.sums.extend(books.breaches.iter().map(|breach| format!("{campaign}: {breach}")));
    }
    Ok(verdict)
}

impl Verdict {
    /// Every expected recipient exactly once, and nobody else.
    fn people(&mut self, sends: &[SendRecord], audience: &Audience) {
        let mut got: HashMap<(String, String), usize> = HashMap::new();
        for sent in sends {
            let digits = sent.chat_id.split('@').next().unwrap_or_default().to_owned();
            *got.entry((sent.text.to_string(), digits)).or_default() += 1;
        }
        for (text, people) in audience {
            for digits in people {
                match got.remove(&(text.clone(), digits.clone())) {
                    None => self.lost.push(format!("{digits}: {text}")),
                    Some(1) => {}
                    Some(times) => self.twice.push(format!("{digits} got {times} times: {text}")),
                }
            }
        }
        self.astray.extend(got.into_keys().map(|(text, digits)| format!("{digits} must not get: {text}")));
    }

    fn all(&self) -> [(&'static str, &[String]); 7] {
        [
            ("lost", &self.lost),
            ("twice", &self.twice),
            ("astray", &self.astray),
            ("unresolved", &self.unresolved),
            ("bad_edges", &self.bad_edges),
            ("sums", &self.sums),
            ("died", &self.died),
        ]
    }

    /// Whether all checks passed.
    pub(super) fn ok(&self) -> bool {
        self.all().iter().all(|(_, found)| found.is_empty())
    }

    /// Counts by name, for programs.
    pub(super) fn json(&self) -> Value {
        let mut json = json!({ "ok": self.ok(), "states": self.states });
        for (name, found) in self.all() {
            json[name] = found.len().into();
        }
        json
    }

    /// All failures, for people.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (name, found) in self.all() {
            lines.push(format!("{name:<12}{}", found.len()));
            lines.extend(found.iter().take(SHOWN).map(|example| format!("    {example}")));
        }
        lines
    }
}

/// Messages, campaigns and jobs that have not come to an end. A dead letter is an end of its job.
pub(super) async fn unresolved(world: &World) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "select 'message ' || id || ' is ' || state
         from messages
         where direction = 'outbound' and state in ('accepted', 'scheduled', 'queued', 'sending', 'unknown')
         union all
         select 'campaign ' || id || ' is ' || state
         from campaigns
         where state not in ('finished', 'draft')
         union all
         select 'job ' || kind || ' ' || id || ' is ' || state || coalesce(' (' || error_code || ')', '')
         from jobs
         where kind in ('send_message', 'resolve_message', 'process_inbound')",
    )
    .fetch_all(&world.pool)
    .await
}

/// What WhatsApp got.
fn received(world: &World) -> Vec<Received> {
    let record = |sent: SendRecord| Received { chat: sent.chat_id.into(), waha_id: sent.message_id.into() };
    world.sim.sends().into_iter().map(record).collect()
}

#[cfg(test)]
mod tests {
    use wahana_waha_sim::SendRecord;

    use super::{Audience, Verdict};

    fn sent(digits: &str, text: &str) -> SendRecord {
        SendRecord {
            session: "s".into(),
            chat_id: format!("{digits}@c.us").into(),
            kind: "text",
            text: text.into(),
            file: None,
            client_id: None,
            message_id: "id".into(),
            at: 0,
        }
    }

    #[test]
    fn who_got_nothing_who_got_it_twice_and_who_should_not_have_are_found() {
        let people = |numbers: [&str; 3]| numbers.map(str::to_owned).into();
        let audience = Audience::from([("hello".to_owned(), people(["1", "2", "3"]))]);
        let all = [sent("1", "hello"), sent("2", "hello"), sent("3", "hello")];
        let mut clean = Verdict::default();
        clean.people(&all, &audience);
        assert!(clean.ok(), "{:?}", clean.lines());

        let mut broken = Verdict::default();
        broken.people(
            &[sent("1", "hello"), sent("1", "hello"), sent("2", "bye"), sent("3", "hello")],
            &audience,
        );
        let json = broken.json();
        assert_eq!((&json["lost"], &json["twice"], &json["astray"]), (&1.into(), &1.into(), &1.into()));
        assert!(!broken.ok());
    }
}
