//! A campaign: imported and started by the public API, followed to its end, held against what WhatsApp got.

use std::fmt::Write;
use std::time::Instant;

use serde_json::{Value, json};
use wahana_domain::CampaignId;
use wahana_testkit::invariants::{Verdict, check_campaign, strangers};
use wahana_testkit::{PATIENCE, eventually};

use crate::chaos::stack::{TestStack, text};

/// A campaign of this stack.
pub(crate) struct Campaign {
    id: String,
}

impl Campaign {
    /// Imports `people`, all with numbers of their own, and does not start yet.
    pub(crate) async fn import(stack: &TestStack, name: &str, people: u32) -> Self {
        Self::import_by(stack, name, people, json!({"session_ids": stack.senders})).await
    }

    /// The same, sent by a sender pool, and started.
    pub(crate) async fn of_pool(stack: &TestStack, pool: &str, people: u32) -> Self {
        let campaign = Self::import_by(stack, "Pool", people, json!({"pool_id": pool})).await;
        campaign.command(stack, "start").await;
        campaign
    }

    async fn import_by(stack: &TestStack, name: &str, people: u32, mut body: Value) -> Self {
        body["name"] = json!(name);
        body["content"] = json!({"type": "text", "text": format!("{{{{name}}}}, this is {name}")});
        let made = stack.client.post("/api/v1/campaigns", body).await;
        let id = text(&made, "id");
        let import = stack.client.upload(&format!("/api/v1/campaigns/{id}/recipients"), list(people)).await;
        assert_eq!(import["accepted"], people, "{import}");
        Self { id }
    }

    /// Imports and starts.
    pub(crate) async fn start(stack: &TestStack, people: u32) -> Self {
        let campaign = Self::import(stack, "Chaos", people).await;
        campaign.command(stack, "start").await;
        campaign
    }

    /// `start`, `pause`, `resume`.
    pub(crate) async fn command(&self, stack: &TestStack, command: &str) {
        stack.client.post(&format!("/api/v1/campaigns/{}/{command}", self.id), json!({})).await;
    }

    /// Waits until it is finished by itself; panics with the state of affairs if it is not.
    #[expect(clippy::print_stderr, reason = "shown with a failed test only")]
    pub(crate) async fn finish(&self, stack: &mut TestStack) {
        let started = Instant::now();
        let path = format!("/api/v1/campaigns/{}/progress", self.id);
        let progress = eventually("the campaign to be finished", async || {
            let progress = stack.client.get(&path).await;
            if progress["state"] == "finished" {
                return Ok(progress);
            }
            // What is left is asked for only when it becomes likely that somebody has to read it.
            let jobs = match started.elapsed() > PATIENCE / 2 {
                true => stack.texts("select to_jsonb(j)::text from jobs j limit 20").await,
                false => Vec::new(),
            };
            Err((progress, jobs))
        })
        .await;
        eprintln!(
            "finished {:.1} s after the harm: {}",
            started.elapsed().as_secs_f64(),
            progress["by_state"]
        );
        stack.assert_all_live();
    }

    /// Waits until every ack that WhatsApp gave is in the books; for people whose phones are all on.
    pub(crate) async fn delivered(&self, stack: &TestStack) {
        let id: CampaignId = self.id.parse().expect("an id of a campaign");
        let left = "select count(*) from messages where campaign_id = $1 and state = 'sent'";
        eventually("every ack", async || {
            let left: i64 =
                sqlx::query_scalar(left).bind(id.0).fetch_one(&stack.pool).await.expect("Postgres");
            left == 0
        })
        .await;
    }

    /// Holds the books against what WhatsApp got. Panics with all that is wrong.
    pub(crate) async fn check(&self, stack: &TestStack) -> Verdict {
        let id: CampaignId = self.id.parse().expect("an id of a campaign");
        let received = stack.received();
        let unknown = strangers(&stack.pool, &received).await.expect("Postgres");
        assert!(unknown.is_empty(), "WhatsApp got what nobody wrote down: {unknown:?}");
        let verdict = check_campaign(&stack.pool, id, &received).await.expect("Postgres");
        verdict.assert_clean();
        // The simulator shows every message it got at once, so no lost answer needs to end in a second sending.
        assert_eq!(verdict.excused_repeats, 0, "sent again although WAHA could show it");
        verdict
    }
}

fn list(people: u32) -> String {
    let mut csv = "phone,name\n".to_owned();
    for n in 0..people {
        let _ = writeln!(csv, "+62813{n:08},Orang {n}");
    }
    csv
}

/// The number of the `n`th person of every list.
pub(crate) fn number(n: u32) -> String {
    format!("62813{n:08}")
}
