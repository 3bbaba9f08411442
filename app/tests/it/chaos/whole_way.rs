//! Nothing dies here: every kind of message and every command to a session goes the whole way, through real processes.

use serde_json::{Value, json};
use wahana_testkit::eventually;
use wahana_waha_sim::{Phones, SimConfig};

use crate::chaos::stack::{TestStack, reachable, text};

const ANA: &str = "+6281234567890";
const ANAS_CHAT: &str = "6281234567890@c.us";
const GROUP: &str = "120363000000000001@g.us";
/// One white pixel.
const PNG: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";
/// The beginning of an MP4.
const MP4: &str = "AAAAGGZ0eXBpc29tAAACAGlzb21pc28yAAAACG1kYXQ=";
/// The beginning of a PDF.
const PDF: &str = "JVBERi0xLjQK";
/// The beginning of a voice note: a page of Ogg with the header of Opus.
const OGG: &str = "T2dnUwACAAAAAAAAAAABAAAAAAAAAAAAAAABE09wdXNIZWFkAQE4AYC7AAAAAAA=";

/// Follows a message until it is in one of these states.
async fn until(stack: &TestStack, message: &Value, states: &[&str]) -> Value {
    let path = format!("/api/v1/messages/{}", text(message, "id"));
    stack.client.until(&path, |m| states.iter().any(|state| m["state"] == *state)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_message_reaches_whatsapp() {
    let stack = TestStack::start(reachable()).await;
    let session = stack.senders[0].clone();
    let send = async |way: &str, body: Value| {
        stack.client.post(&format!("/api/v1/sessions/{session}/send-{way}"), body).await
    };
    let file = |data: &str, mimetype: &str, name: &str| json!({"data": data, "mimetype": mimetype, "filename": name});

    let sent = [
        send("text", json!({"to": ANA, "text": "halo"})).await,
        send("text", json!({"to": GROUP, "text": "halo semua"})).await,
        send("image", json!({"to": ANA, "file": file(PNG, "image/png", "dot.png"), "caption": "a dot"}))
            .await,
        send("video", json!({"to": ANA, "file": file(MP4, "video/mp4", "dot.mp4")})).await,
        send(
            "document",
            json!({"to": ANA, "file": file(PDF, "application/pdf", "dot.pdf"), "caption": "terms"}),
        )
        .await,
        send("voice", json!({"to": ANA, "file": file(OGG, "audio/ogg; codecs=opus", "dot.ogg")})).await,
    ];
    for message in &sent {
        until(&stack, message, &["sent", "delivered", "read", "played"]).await;
    }
    until(&stack, &sent[2], &["delivered", "read"]).await;
    let mut received: Vec<(String, &str, String)> =
        stack.sim.sends().into_iter().map(|r| (r.chat_id.into(), r.kind, r.text.into())).collect();
    received.sort();
    let to = |chat: &str, kind, words: &str| (chat.to_owned(), kind, words.to_owned());
    assert_eq!(
        received,
        [
            to(GROUP, "text", "halo semua"),
            to(ANAS_CHAT, "document", "terms"),
            to(ANAS_CHAT, "image", "a dot"),
            to(ANAS_CHAT, "text", "halo"),
            to(ANAS_CHAT, "video", ""),
            to(ANAS_CHAT, "voice", ""),
        ]
    );

    // A tenant's address inside our network is not fetched, by us or by WAHA: a dead letter that says why.
    let inside = json!({"to": ANA, "file": {"url": format!("{}/sim/state", stack.sim.url()), "mimetype": "image/png"}});
    let refused = until(&stack, &send("image", inside).await, &["failed"]).await;
    assert_eq!(refused["error"]["code"], "media_refused");
    let letters = stack.client.get("/api/v1/dead-letters?code=media_refused").await;
    assert_eq!(letters["items"][0]["payload"]["message"], refused["id"]);
    assert_eq!(stack.sim.sent(), 6, "nothing more was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_to_a_session_is_carried_out() {
    let stack = TestStack::start_on(SimConfig { phones: Phones::default(), ..SimConfig::default() }).await;
    let session = stack.senders[0].clone();
    let path = format!("/api/v1/sessions/{session}");
    let command = async |name: &str| stack.client.post(&format!("{path}/{name}"), json!({})).await;
    let status = async |wanted: &str| stack.client.until(&path, |s| s["status"] == wanted).await;

    command("stop").await;
    status("stopped").await;
    let body = json!({"session_id": session, "to": ANA, "content": {"type": "text", "text": "later"}});
    let message = stack.client.post("/api/v1/messages", body).await;
    let waits = stack.client.get(&format!("/api/v1/messages/{}", text(&message, "id"))).await;
    assert_eq!(
        (waits["state"].as_str(), waits["waiting"]["for"].as_str()),
        (Some("queued"), Some("session_stopped"))
    );

    command("start").await;
    status("working").await;
    until(&stack, &message, &["sent", "delivered", "read", "failed"]).await;
    assert_eq!(stack.sim.sent(), 1);

    command("restart").await;
    let seen = async |wanted: usize| {
        let events = stack.client.get(&format!("{path}/events")).await;
        events["items"].as_array().into_iter().flatten().filter(|e| e["status"] == "working").count()
            >= wanted
    };
    eventually("the restart to end", async || seen(3).await).await;

    command("logout").await;
    status("scan_qr_code").await;
    let name = stack.waha_name(&session).await;
    stack.client.delete(&path).await;
    eventually("WAHA to forget the session", async || !stack.sim.knows(&name)).await;
}
