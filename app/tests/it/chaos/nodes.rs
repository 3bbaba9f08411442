//! Nodes, the whole way: sessions move between two WAHA servers of one storage group while they send; at no moment
//! both run one, nobody is written to twice, and nobody has to scan.

use std::collections::HashSet;

use serde_json::{Value, json};
use wahana_testkit::eventually;
use wahana_waha_sim::{SendRecord, SimConfig, SimHandle, SimServer, Storage};

use crate::chaos::campaign::Campaign;
use crate::chaos::stack::{TestStack, reachable, text};

/// Enough, at ten a second and sender, that they are still being written to when the last session has moved.
const PEOPLE: u32 = 400;

/// A stack whose WAHA server has a second one beside it, on the same storage.
struct Pair {
    stack: TestStack,
    second: SimHandle,
    storage: Storage,
    /// Ids of the two nodes.
    nodes: [String; 2],
}

impl Pair {
    async fn start() -> Self {
        let storage = Storage::default();
        let config = SimConfig { phones: reachable(), storage: storage.clone(), ..SimConfig::default() };
        let stack = TestStack::start_on(config.clone()).await;
        let second = SimServer::start(SimConfig { time_scale: 0.02, ..config }).await.expect("a second WAHA");
        let listed = stack.client.get("/api/v1/operator/nodes").await;
        let first = text(&listed["items"][0], "id");
        stack.client.patch(&format!("/api/v1/operator/nodes/{first}"), json!({"storage_group": "one"})).await;
        let body =
            json!({"name": "second", "base_url": second.url(), "api_key": "any", "storage_group": "one"});
        let nodes = [first, text(&stack.client.post("/api/v1/operator/nodes", body).await, "id")];
        let policy = json!({"gap_min_ms": 90, "gap_max_ms": 110, "daily_cap": null, "hourly_cap": null, "quiet_hours": null});
        for sender in &stack.senders {
            stack.client.patch(&format!("/api/v1/sessions/{sender}"), json!({"policy": policy})).await;
        }
        Self { stack, second, storage, nodes }
    }

    fn sent(&self) -> u64 {
        self.stack.sim.sent() + self.second.sent()
    }

    async fn until_sent(&self, messages: u64) {
        eventually(&format!("{messages} messages"), async || self.sent() >= messages).await;
    }

    async fn until_moved(&self) {
        let path = format!("/api/v1/operator/nodes/{}/sessions", self.nodes[1]);
        self.stack
            .client
            .until(&path, |page| {
                let items = page["items"].as_array().map(Vec::as_slice).unwrap_or_default();
                items.len() == 4 && items.iter().all(|s| s["status"] == "working")
            })
            .await;
    }

    /// What both servers gave to WhatsApp: everybody once.
    fn assert_once(&self, people: usize) {
        let both: Vec<SendRecord> = self.stack.sim.sends().into_iter().chain(self.second.sends()).collect();
        assert_eq!(both.len(), people);
        assert_eq!(chats(&both).len(), people, "somebody was written to twice");
        assert_eq!(self.storage.collisions(), 0, "a session lived at both servers at once");
    }
}

fn chats(sent: &[SendRecord]) -> HashSet<&str> {
    sent.iter().map(|sent| &*sent.chat_id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drained_node_loses_its_sessions_but_no_message() {
    let mut pair = Pair::start().await;
    let campaign = Campaign::start(&pair.stack, PEOPLE).await;
    pair.until_sent(60).await;
    let [first, second] = pair.nodes.clone();

    // One by hand, and first only to see what it would do.
    let session = pair.stack.senders[0].clone();
    let path = format!("/api/v1/operator/sessions/{session}/move");
    let plan = pair.stack.client.post(&path, json!({"node_id": second, "dry_run": true})).await;
    assert_eq!((&plan["needs_scan"], &plan["move_id"]), (&json!(false), &Value::Null), "{plan}");
    pair.stack.client.post(&path, json!({})).await;
    // The rest by draining.
    pair.stack.client.post(&format!("/api/v1/operator/nodes/{first}/drain"), json!({})).await;
    pair.until_moved().await;
    let at = pair.sent();
    let node = pair
        .stack
        .client
        .until(&format!("/api/v1/operator/nodes/{first}"), |node| node["drain"]["left"] == 0)
        .await;
    assert_eq!(
        (&node["cordoned"], &node["drain"]["failed"], &node["drain"]["needs_scan"]),
        (&json!(true), &json!(0), &json!(0)),
        "{node}"
    );
    pair.until_sent((at + 30).min(PEOPLE.into())).await;
    campaign.finish(&mut pair.stack).await;
    pair.assert_once(PEOPLE as usize);
    assert!(pair.second.sent() > 0, "the new node sends");
    // Empty now, so it can go.
    pair.stack.client.delete(&format!("/api/v1/operator/nodes/{first}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_of_a_dead_node_go_on_at_another_of_its_group() {
    let mut pair = Pair::start().await;
    let campaign = Campaign::start(&pair.stack, PEOPLE).await;
    pair.until_sent(60).await;
    // The process and its connections are gone; what it sent is known.
    let dead =
        std::mem::replace(&mut pair.stack.sim, SimServer::start(SimConfig::default()).await.expect("nobody"));
    let before = dead.stop().await;
    let path = format!("/api/v1/operator/nodes/{}", pair.nodes[0]);
    pair.stack.client.until(&path, |node| node["health"] == "dead" || node["sessions"] == 0).await;
    pair.until_moved().await;
    campaign.finish(&mut pair.stack).await;
    assert_eq!(pair.storage.collisions(), 0, "a session lived at both servers at once");
    // Perhaps somebody twice: whose answer died with the node (docs/adr/0006-lost-answers.md).
    let both: Vec<SendRecord> = before.into_iter().chain(pair.second.sends()).collect();
    assert_eq!(chats(&both).len(), PEOPLE as usize, "everybody was written to");
}
