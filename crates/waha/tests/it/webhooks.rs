//! Real webhook deliveries of WAHA 2026.4.1: each kind and shape, with the signature it came with.

use serde_json::Value;
use wahana_waha::{AckLevel, Event, Payload, SessionStatus, Source, verify_hmac};

const KEY: &[u8] = b"s3cret-hmac-key";

fn deliveries() -> Vec<(Option<String>, String)> {
    let lines = include_str!("../data/webhooks.jsonl").lines();
    let parsed = lines.map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
    parsed
        .map(|line| {
            (line["hmac"].as_str().map(str::to_owned), line["body"].as_str().expect("a body").to_owned())
        })
        .collect()
}

fn events() -> Vec<Event> {
    deliveries().iter().map(|(_, body)| Event::parse(body.as_bytes()).expect(body)).collect()
}

fn find(kind: &str, fits: impl Fn(&Payload) -> bool) -> Event {
    let found = events().into_iter().find(|event| event.kind == kind && fits(&event.payload));
    found.unwrap_or_else(|| panic!("no such {kind}"))
}

#[test]
fn every_delivery_is_read_and_typed() {
    let events = events();
    assert!(events.len() > 80);
    for event in &events {
        let typed = !matches!(event.payload, Payload::Other(_));
        let known = matches!(
            event.kind.as_str(),
            "session.status"
                | "message"
                | "message.any"
                | "message.ack"
                | "message.ack.group"
                | "message.edited"
                | "message.revoked"
                | "message.reaction"
                | "group.v2.join"
                | "group.v2.update"
                | "group.v2.participants"
        );
        assert_eq!(typed, known, "{}", event.kind);
        assert!(event.timestamp_ms > 1_700_000_000_000 && event.id.starts_with("evt_"));
    }
}

#[test]
fn real_signatures_verify_and_others_do_not() {
    let signed: Vec<_> = deliveries().into_iter().filter_map(|(hmac, body)| Some((hmac?, body))).collect();
    assert!(signed.len() > 20);
    for (hmac, body) in &signed {
        assert!(verify_hmac(KEY, body.as_bytes(), hmac));
        assert!(!verify_hmac(b"another", body.as_bytes(), hmac));
        assert!(!verify_hmac(KEY, format!("{body} ").as_bytes(), hmac));
    }
    assert!(!verify_hmac(KEY, b"", "") && !verify_hmac(KEY, b"{}", "é"));
}

#[test]
fn a_status_change_tells_its_session_and_account() {
    let event = find(
        "session.status",
        |payload| matches!(payload, Payload::SessionStatus(change) if change.status == SessionStatus::Working),
    );
    assert_eq!(event.me.and_then(|me| me.lid), Some("9912132132130@lid".into()));
    let failed = find(
        "session.status",
        |payload| matches!(payload, Payload::SessionStatus(change) if change.status == SessionStatus::Failed),
    );
    assert_eq!(failed.metadata.get("tenant.id").map(String::as_str), Some("t-42"));
}

#[test]
fn the_echo_of_a_send_carries_its_bare_id() {
    let event = find(
        "message.any",
        |payload| matches!(payload, Payload::Message(message) if message.source == Some(Source::Api)),
    );
    let Payload::Message(message) = event.payload else { unreachable!() };
    assert!(message.from_me && message.id.bare().starts_with("3EB0"));
    assert!(message.chat().ends_with("@c.us") || message.chat().ends_with("@g.us"));
}

#[test]
fn an_incoming_message_tells_who_and_what() {
    let event = find(
        "message",
        |payload| matches!(payload, Payload::Message(message) if message.body.as_deref() == Some("STOP")),
    );
    let Payload::Message(message) = event.payload else { unreachable!() };
    assert_eq!((message.chat(), message.from_me), ("12132132131@c.us", false));
    assert_eq!((message.push_name.as_deref(), message.timestamp), (Some("Bob"), 1_795_353_244));

    let event = find(
        "message",
        |payload| matches!(payload, Payload::Message(message) if message.participant.is_some()),
    );
    let Payload::Message(message) = event.payload else { unreachable!() };
    assert_eq!(message.chat(), "120363000000000001@g.us");
    assert_eq!(message.reply_to.as_deref(), Some("3EB0QUOTED"));
}

#[test]
fn message_and_message_any_share_an_id_but_not_a_dedup_key() {
    let stop = |kind: &str| {
        find(
            kind,
            |payload| matches!(payload, Payload::Message(message) if message.body.as_deref() == Some("STOP")),
        )
    };
    let (any, message) = (stop("message.any"), stop("message"));
    assert_eq!(any.id, message.id);
    assert_ne!(any.dedup_key(), message.dedup_key());
}

#[test]
fn acks_go_from_error_to_read() {
    for (number, level) in
        [(-1, AckLevel::Error), (1, AckLevel::Server), (2, AckLevel::Device), (3, AckLevel::Read)]
    {
        find(
            "message.ack",
            |payload| matches!(payload, Payload::Ack(ack) if ack.level == level && ack.from_me),
        );
        assert_eq!(AckLevel::from_number(number), Some(level));
    }
    assert!(AckLevel::Error < AckLevel::Pending && AckLevel::Device < AckLevel::Read);
    let group = find("message.ack.group", |payload| matches!(payload, Payload::Ack(_)));
    let Payload::Ack(ack) = group.payload else { unreachable!() };
    assert_eq!(ack.id.bare(), "3EB0GRPSENT");
}

#[test]
fn what_newer_versions_add_is_taken() {
    let body = r#"{"id":"evt_1","timestamp":"1795353243131","event":"message.ack","session":"s","engine":"GOWS","new":1,
        "me":{"id":"1@c.us","reachoutTimelock":{"isActive":true,"timeEnforcementEnds":1795953243}},
        "payload":{"id":"true_1@c.us_X","from":"1@c.us","fromMe":true,"ack":"-1",
            "error":{"code":"463","blocked":true,"reason":"account_restricted","until":1795953243000}}}"#;
    let event = Event::parse(body.as_bytes()).expect("readable");
    assert_eq!(event.timestamp_ms, 1_795_353_243_131);
    assert!(event.me.and_then(|me| me.reachout_timelock).is_some_and(|lock| lock.is_active));
    let Payload::Ack(ack) = event.payload else { panic!("{:?}", event.payload) };
    assert_eq!(ack.level, AckLevel::Error);
    assert_eq!(
        ack.error.map(|error| (error.code, error.blocked, error.until)),
        Some(("463".into(), true, Some(1_795_953_243)))
    );

    let status = r#"{"id":"e","event":"session.status","session":"s","payload":{"status":"DREAMING"}}"#;
    let event = Event::parse(status.as_bytes()).expect("readable");
    assert!(
        matches!(event.payload, Payload::SessionStatus(change) if change.status == SessionStatus::Other("DREAMING".into()))
    );
    assert!(Event::parse(b"{}").is_err() && Event::parse(b"nope").is_err());
}
