//! With typing switched on, a message is written as a person writes: seen, typing for as long as the text takes, sent.

use serde_json::json;
use wahana_waha_sim::SimConfig;

use crate::signals::stack::TestStack;

const SOMEBODY: &str = "+6281222222222";
const CHAT: &str = "6281222222222@c.us";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_text_takes_longer_to_type_and_a_reply_is_preceded_by_seen() {
    let stack = TestStack::start(SimConfig::default()).await;
    let phone = stack.phone("Phone").await;
    let policy = json!({"gap_min_ms": 20, "gap_max_ms": 40, "daily_cap": null, "hourly_cap": null, "quiet_hours": null,
                        "typing": {"chars_per_minute": 5_000, "max_ms": 4_000}});
    stack.acme.patch(&format!("/api/v1/sessions/{}", phone.id), json!({"policy": policy})).await.expect(200);

    let sent = |m: &serde_json::Value| !m["sent_at"].is_null();
    let short = stack.send(&phone, SOMEBODY, "transactional", "ok").await;
    stack.message(&short, sent).await;
    let long = stack.send(&phone, SOMEBODY, "transactional", &"many words ".repeat(12)).await;
    let long = stack.message(&long, sent).await;
    let answered = format!("true_{CHAT}_{}", long["whatsapp_id"].as_str().expect("an id"));
    let content = json!({"type": "text", "text": "yes", "reply_to": answered});
    let reply = json!({"session_id": phone.id, "to": SOMEBODY, "content": content, "class": "transactional"});
    let reply = stack.acme.post("/api/v1/messages", reply).await.expect(202);
    stack.message(reply["id"].as_str().expect("an id"), sent).await;

    let (signs, sends) = (stack.sim.signs(), stack.sim.sends());
    assert!(signs.iter().all(|s| &*s.chat_id == CHAT), "{signs:?}");
    let shown: Vec<&str> = signs.iter().map(|s| s.sign).collect();
    assert_eq!(shown, ["typing", "paused", "typing", "paused", "seen", "typing", "paused"]);
    let typed = |n: usize| signs[n + 1].at - signs[n].at;
    // 132 characters at 5,000 a minute, a fifth less at most.
    assert!(typed(2) >= 1_200 && typed(2) > 2 * typed(0), "{signs:?}");
    for (n, stopped) in [1, 3, 6].into_iter().enumerate() {
        assert!(signs[stopped].at <= sends[n].at, "{n} was sent while it was still typed");
        assert!(
            n == 0 || signs[stopped - 1].at >= sends[n - 1].at,
            "{n} was typed before the one before was sent"
        );
    }
}
