//! The typed client against the simulator: pairing, every class of failure, ids of every engine, reading back.

use std::time::Duration;

use bytes::Bytes;
use serde_json::{Value, json};
use wahana_testkit::eventually;
use wahana_waha::{
    ChatId, Class, ErrorCode, File, MessageId, MessagesQuery, Options, Outgoing, Sent, SessionConfig,
    SessionStatus, WahaClient, WahaError, WebhookConfig, client_message_id,
};
use wahana_waha_sim::{Engine, Fault, Faults, Once, PhoneRule, Phones, SimConfig, SimHandle, Version};

use crate::common::{
    self, PHONE, client, client_with, config, old, quiet_phones, rule, start, until_status, working,
};

fn text(text: &str) -> Outgoing {
    Outgoing::Text { text: text.into(), link_preview: false, reply_to: None, mentions: vec![] }
}

fn chat() -> ChatId {
    ChatId::phone("12132132131").expect("a chat")
}

async fn send(client: &WahaClient, session: &str) -> Result<Sent, WahaError> {
    client.send(session, &chat(), &text("hi"), Some(&client_message_id(7))).await
}

/// Sends on a WORKING session, with this fault for the first send.
async fn send_with(fault: Fault, engine: Engine) -> (SimHandle, Result<Sent, WahaError>) {
    let once = Once { fault, session: None, chat: None };
    let faults = Faults { once: vec![once], hang_ms: 60_000, ..Faults::default() };
    let sim = start(SimConfig { faults, engine, ..config() }).await;
    working(&sim, "s", json!([])).await;
    let client = client_with(&sim, Options { timeout: Duration::from_millis(400), ..Options::default() });
    let sent = send(&client, "s").await;
    (sim, sent)
}

async fn class_of(fault: Fault, engine: Engine) -> (u64, Class) {
    let (sim, sent) = send_with(fault, engine).await;
    (sim.sent(), sent.expect_err("must fail").class)
}

#[tokio::test]
async fn a_session_from_create_to_delete() {
    let sim = start(config()).await;
    let client = client(&sim);
    client.ping().await.expect("a pong");
    assert_eq!(client.version().await.expect("a version").engine, "NOWEB");
    let webhook = WebhookConfig {
        url: "http://127.0.0.1:9/hook".parse().expect("a URL"),
        events: vec!["message.ack".into()],
        hmac_key: Some("k".into()),
        retries: None,
    };
    let metadata = [("tenant.id".to_owned(), "t-42".to_owned())].into();
    let wanted = SessionConfig { metadata, webhooks: vec![webhook] };
    let session = client.create_session("acme_1", &wanted).await.expect("created");
    assert_eq!((session.status, session.me), (SessionStatus::Starting, None));
    assert_eq!(session.config["noweb"]["store"]["enabled"], true);
    let again = client.create_session("acme_1", &wanted).await.expect_err("taken");
    assert_eq!((again.class, again.code), (Class::Permanent, ErrorCode::AlreadyExists));

    until_status(&sim, "acme_1", "SCAN_QR_CODE").await;
    assert_eq!(client.me("acme_1").await.expect("no account yet"), None);
    assert!(sim.scan("acme_1", PHONE, "Tester"));
    until_status(&sim, "acme_1", "WORKING").await;
    let me = client.me("acme_1").await.expect("an answer").expect("an account");
    assert_eq!((me.id.as_str(), me.push_name.as_deref()), ("12132132130@c.us", Some("Tester")));

    client.stop_session("acme_1").await.expect("stopped");
    assert_eq!(client.me("acme_1").await.expect_err("not running").class, Class::NotWorking { status: None });
    client.start_session("acme_1").await.expect("started");
    until_status(&sim, "acme_1", "WORKING").await;
    client.restart_session("acme_1").await.expect("restarted");
    client.logout_session("acme_1").await.expect("logged out");
    until_status(&sim, "acme_1", "SCAN_QR_CODE").await;
    client.update_session("acme_1", &SessionConfig::default()).await.expect("updated");
    assert_eq!(client.sessions().await.expect("a list").len(), 1);
    client.delete_session("acme_1").await.expect("deleted");
    client.delete_session("acme_1").await.expect("deleted before");
    assert_eq!(client.session("acme_1").await.expect_err("gone").code, "session_not_found");
}

#[tokio::test]
async fn qr_and_pairing_code() {
    let sim = start(config()).await;
    let client = client(&sim);
    client.create_session("s", &SessionConfig::default()).await.expect("created");
    let png = client.qr_png("s").await.expect("a picture");
    assert!(png.starts_with(b"\x89PNG"));
    let json = client.qr_json("s").await.expect("base64");
    assert_eq!(json.mimetype, "image/png");
    assert!(json.data.starts_with("iVBOR"));
    let value = client.qr_raw("s").await.expect("a value");
    assert!(value.starts_with("2@") && value.split(',').count() == 4);
    let code = client.request_code("s", PHONE).await.expect("a code");
    assert!(code.len() == 9 && code.contains('-'), "{code}");
}

#[tokio::test]
async fn the_qr_code_changes_and_ends_in_failed() {
    let sim = start(SimConfig { qr_period: Duration::from_millis(50), qr_max: 1_000_000, ..config() }).await;
    let client_of = client(&sim);
    client_of.create_session("s", &SessionConfig::default()).await.expect("created");
    let first = client_of.qr_raw("s").await.expect("a value");
    eventually("another code", async || client_of.qr_raw("s").await.is_ok_and(|value| value != first)).await;

    let sim = start(SimConfig { qr_period: Duration::from_millis(5), qr_max: 2, ..config() }).await;
    let client = client(&sim);
    client.create_session("s", &SessionConfig::default()).await.expect("created");
    until_status(&sim, "s", "FAILED").await;
    let late = client.qr_raw("s").await.expect_err("nothing to scan");
    assert_eq!(late.class, Class::NotWorking { status: Some("FAILED".into()) });
}

#[tokio::test]
async fn a_session_scans_itself_when_told_to() {
    let sim = start(SimConfig { auto_scan: Some(Duration::from_millis(10)), ..config() }).await;
    let client = client(&sim);
    client.create_session("s", &SessionConfig::default()).await.expect("created");
    until_status(&sim, "s", "WORKING").await;
    let me = client.me("s").await.expect("an answer").expect("an account");
    assert!(me.id.starts_with("62811"), "{}", me.id);
}

#[tokio::test]
async fn each_fault_of_a_send_has_its_class() {
    assert_eq!(class_of(Fault::ConnectionClosed, Engine::Noweb).await, (0, Class::Transient));
    assert_eq!(class_of(Fault::RateOverlimit, Engine::Noweb).await, (0, Class::RateLimited));
    assert_eq!(class_of(Fault::Restricted, Engine::Gows).await, (0, Class::Restricted));
    // The caller cannot tell these three apart; the log can.
    assert_eq!(class_of(Fault::DropBefore, Engine::Noweb).await, (0, Class::Ambiguous));
    assert_eq!(class_of(Fault::DropAfter, Engine::Noweb).await, (1, Class::Ambiguous));
    assert_eq!(class_of(Fault::Hang, Engine::Noweb).await, (1, Class::Ambiguous));
}

#[tokio::test]
async fn a_session_that_is_not_working_says_so() {
    let sim = start(config()).await;
    let client = client(&sim);
    assert_eq!(send(&client, "ghost").await.expect_err("unknown").class, Class::NotWorking { status: None });
    client.create_session("s", &SessionConfig::default()).await.expect("created");
    until_status(&sim, "s", "SCAN_QR_CODE").await;
    let error = send(&client, "s").await.expect_err("not paired");
    assert_eq!(error.class, Class::NotWorking { status: Some("SCAN_QR_CODE".into()) });
}

#[tokio::test]
async fn a_wrong_key_is_permanent_and_a_dead_node_unreachable() {
    let sim = start(SimConfig { api_key: Some("another".into()), ..config() }).await;
    let client = client(&sim);
    let error = client.version().await.expect_err("wrong key");
    assert_eq!((error.class, error.status), (Class::Permanent, Some(401)));
    sim.stop().await;
    assert_eq!(client.ping().await.expect_err("nobody").class, Class::Unreachable);
}

#[tokio::test]
async fn the_key_may_stand_in_the_query_since_2026_7() {
    let sim = start(config()).await;
    let status = |key: &str| {
        let request = common::http().get(format!("{}/api/sessions?x-api-key={key}", sim.url()));
        async { request.send().await.expect("an answer").status().as_u16() }
    };
    assert_eq!((status(common::KEY).await, status("nope").await), (200, 401));
}

#[tokio::test]
async fn a_restarting_node_comes_back_with_its_sessions() {
    let sim = start(config()).await;
    working(&sim, "s", json!([])).await;
    sim.restart_node();
    until_alive(&sim).await;
    until_status(&sim, "s", "WORKING").await;
    sim.set_faults(Faults { node_down: true, ..Faults::default() });
    assert_eq!(send(&client(&sim), "s").await.expect_err("down").class, Class::Ambiguous);
    assert_eq!(sim.sent(), 0);
}

async fn until_alive(sim: &SimHandle) {
    let client = client(sim);
    eventually("the node", async || client.ping().await.is_ok()).await;
}

#[tokio::test]
async fn every_engine_gives_an_id_that_can_be_correlated() {
    for engine in [Engine::Noweb, Engine::Gows, Engine::Webjs, Engine::Wpp] {
        let sim = start(SimConfig { engine, ..config() }).await;
        working(&sim, "s", json!([])).await;
        let sent = send(&client(&sim), "s").await.expect("sent");
        let id = sent.message_id.expect("an id");
        assert_eq!(*sim.sends()[0].message_id, *id.bare(), "{engine:?}");
        let honoured = id.bare() == client_message_id(7);
        assert_eq!(honoured, matches!(engine, Engine::Noweb | Engine::Gows), "{engine:?}");
    }
    let sim = start(old()).await;
    working(&sim, "s", json!([])).await;
    let sent = send(&client(&sim), "s").await.expect("sent");
    assert_ne!(sent.message_id.as_ref().map(MessageId::bare), Some(client_message_id(7).as_str()));
}

#[tokio::test]
async fn files_of_all_kinds_are_sent_and_found_again() {
    let sim = start(config()).await;
    working(&sim, "s", json!([])).await;
    let client = client(&sim);
    let file = |mimetype: &str| File {
        mimetype: mimetype.into(),
        filename: "f".into(),
        data: Bytes::from_static(b"x"),
    };
    let caption = || Some("cap".to_owned());
    let messages = [
        Outgoing::Image { file: file("image/png"), caption: caption() },
        Outgoing::Video { file: file("video/mp4"), caption: caption() },
        Outgoing::Document { file: file("application/pdf"), caption: caption() },
        Outgoing::Voice { file: file("audio/ogg; codecs=opus") },
        text("last"),
    ];
    for message in &messages {
        let sent = client.send("s", &chat(), message, None).await.expect("sent");
        let id = sent.message_id.expect("an id");
        let query = MessagesQuery { limit: 10, from_me: Some(true), since: Some(1) };
        let found = client.messages("s", &chat(), query).await.expect("a chat");
        assert!(found.iter().any(|message| message.id.bare() == id.bare() && message.from_me));
    }
    let kinds: Vec<&str> = sim.sends().iter().map(|record| record.kind).collect();
    assert_eq!(kinds, ["image", "video", "document", "voice", "text"]);
    let none = MessagesQuery { limit: 10, from_me: Some(false), since: None };
    assert!(client.messages("s", &chat(), none).await.expect("a chat").is_empty());
}

#[tokio::test]
async fn what_was_sent_twice_is_seen() {
    let sim = start(config()).await;
    working(&sim, "s", json!([])).await;
    let client = client(&sim);
    send(&client, "s").await.expect("sent");
    assert!(sim.repeated_ids().is_empty());
    send(&client, "s").await.expect("sent again");
    let repeats = sim.repeated_ids();
    assert_eq!((repeats.len(), repeats[0].count), (1, 2));
    let log: Value = common::get(&sim, "/sim/sends?session=s").await;
    assert_eq!((log["total"].as_u64(), log["repeatedClientIds"][0]["count"].as_u64()), (Some(2), Some(2)));
}

#[tokio::test]
async fn numbers_lids_and_signs_of_life() {
    let nobody = PhoneRule { exists: Some(false), ..rule("1555*") };
    let hidden = PhoneRule { lid: Some(true), reply: Some("Halo".into()), ..rule("12132132131") };
    let phones = Phones { rules: vec![nobody, hidden], ..quiet_phones() };
    let sim = start(SimConfig { phones, ..config() }).await;
    working(&sim, "s", json!([])).await;
    let client = client(&sim);
    assert!(!client.check_exists("s", "15550001").await.expect("an answer").exists);
    let known = client.check_exists("s", "12132132131").await.expect("an answer");
    assert_eq!((known.chat(), known.pn.as_deref()), (Some("12132132131@c.us"), Some("12132132131")));
    client.start_typing("s", &chat()).await.expect("typing");
    client.stop_typing("s", &chat()).await.expect("typed");
    client.send_seen("s", &chat()).await.expect("seen");

    let lid = ChatId::parse("9912132132131@lid").expect("a LID");
    assert_eq!(client.lid("s", &lid).await.expect("unknown yet").pn, None);
    send(&client, "s").await.expect("sent");
    eventually("the answer under a LID", async || {
        client.lid("s", &lid).await.is_ok_and(|mapping| mapping.pn.as_deref() == Some("12132132131@c.us"))
    })
    .await;
}

#[tokio::test]
async fn b01_the_check_of_a_number_names_whatsapps_number_and_perhaps_a_lid() {
    let brazil = PhoneRule { registered: Some("558412340001".into()), ..rule("5584912340001") };
    let hidden = PhoneRule { lid: Some(true), ..rule("12132132131") };
    let phones = Phones { rules: vec![brazil, hidden], ..quiet_phones() };
    for (engine, version, lid) in [
        (Engine::Noweb, Version::V2026_10, false),
        (Engine::Gows, Version::V2026_10, true),
        (Engine::Gows, Version::V2026_7, false),
    ] {
        let sim = start(SimConfig { engine, version, phones: phones.clone(), ..config() }).await;
        working(&sim, "s", json!([])).await;
        let client = client(&sim);
        let other = client.check_exists("s", "5584912340001").await.expect("an answer");
        assert_eq!((other.chat(), other.pn.as_deref()), (Some("558412340001@c.us"), Some("558412340001")));
        let known = client.check_exists("s", "12132132131").await.expect("an answer");
        let chat = if lid { "9912132132131@lid" } else { "12132132131@c.us" };
        assert_eq!(
            (known.chat(), known.pn.as_deref()),
            (Some(chat), Some("12132132131")),
            "{engine:?} {version:?}"
        );
        // The chat that it named can be written to.
        client.send("s", &known.chat_id.expect("a chat"), &text("hi"), None).await.expect("sent");
        assert_eq!(&*sim.sends()[0].chat_id, chat);
        // Of a LID, engines would take the digits for a phone number.
        for wrong in ["9912132132131@lid", "12132132131@c.us", "+12132132131", ""] {
            let refused = client.check_exists("s", wrong).await.expect_err("refused before it is asked");
            assert_eq!(refused.code, ErrorCode::InvalidRequest, "{wrong}");
        }
    }
}
