//! Sender pools, the whole way: a member drops out in the middle of a campaign, its peers take over, nobody is written
//! to twice, and who had a chat with it is left alone.

use serde_json::{Value, json};
use wahana_testkit::eventually;

use crate::chaos::campaign::{Campaign, number};
use crate::chaos::stack::{TestStack, reachable, text};

#[tokio::test(flavor = "multi_thread")]
async fn peers_take_over_from_a_member_that_drops_out() {
    let mut stack = TestStack::start(reachable()).await;
    let members: Vec<Value> = stack.senders.iter().map(|id| json!({"session_id": id})).collect();
    let pool = text(
        &stack.client.post("/api/v1/sender-pools", json!({"name": "Toko", "members": members})).await,
        "id",
    );
    let lost = stack.senders[0].clone();
    let name = stack.waha_name(&lost).await;
    // The last three of the list have written to the member that will be lost.
    let chats: Vec<String> = (297..300).map(number).collect();
    for phone in &chats {
        assert!(stack.sim.inbound(&name, phone, "halo"));
    }
    let path = format!("/api/v1/sessions/{lost}/messages?direction=inbound");
    stack.client.until(&path, |page| page["items"].as_array().is_some_and(|items| items.len() == 3)).await;

    let campaign = Campaign::of_pool(&stack, &pool, 300).await;
    stack.until_sent(40).await;
    stack.sim.unlink(&name);
    let status = format!("/api/v1/sender-pools/{pool}/status");
    let sees = |status: &Value, id: &str, field: &str| {
        let members = status["members"].as_array().into_iter().flatten();
        members.filter(|m| m["session_id"] == id).map(|m| m[field].clone()).next().unwrap_or_default()
    };
    stack.client.until(&status, |now| sees(now, &lost, "standing") == "out").await;
    // All but the three chats are sent by the peers.
    eventually("the others", async || stack.sim.sent() >= 297).await;
    let now = stack.client.until(&status, |now| sees(now, &lost, "waiting") == 3).await;
    assert!(sees(&now, &lost, "moved_out").as_i64() > Some(0), "{now}");
    assert_eq!(sees(&now, &lost, "weight_in_force"), 0, "{now}");
    let written: Vec<String> = stack.sim.sends().into_iter().map(|sent| sent.chat_id.into()).collect();
    assert!(
        chats.iter().all(|phone| !written.contains(&format!("{phone}@c.us"))),
        "chats wait for their member"
    );

    // Paired again, it goes on with them.
    let session = format!("/api/v1/sessions/{lost}");
    stack.client.post(&format!("{session}/logout"), json!({})).await;
    stack.client.until(&session, |s| s["status"] == "scan_qr_code").await;
    // The status may still be the one from before the restart.
    eventually("a scan of the code", async || stack.sim.scan(&name, "628110000001", "Toko")).await;
    campaign.finish(&mut stack).await;
    campaign.check(&stack).await;
    assert_eq!(stack.sim.sent(), 300);
    assert!(stack.sim.repeated_texts().is_empty());
}
