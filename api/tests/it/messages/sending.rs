//! Messages over HTTP: accepted once, checked, followed, cancelled.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use wahana_domain::Clock;
use wahana_testkit::{Reply, Tenant, TestApp, TestOptions};

const V1: &str = "/api/v1/messages";
const ANA: &str = "+6281234567890";

fn text(session: &str, words: &str) -> Value {
    json!({"session_id": session, "to": ANA, "content": {"type": "text", "text": words}})
}

async fn keyed(tenant: &Tenant, path: &str, key: &str, body: &Value) -> Reply {
    Reply::to(tenant.request(reqwest::Method::POST, path).header("Idempotency-Key", key).json(body)).await
}

async fn arrange(name: &str) -> (TestApp, Tenant, String) {
    let app = TestApp::start().await;
    let tenant = app.register(name).await;
    let session = app.session(&tenant, "main").await.id.to_string();
    (app, tenant, session)
}

#[tokio::test]
async fn a_message_is_recorded_with_its_job() {
    let (app, acme, session) = arrange("acme").await;
    let sent = acme.post(V1, text(&session, "hello")).await.expect(202);
    assert_eq!((sent["state"].as_str(), sent["class"].as_str()), (Some("queued"), Some("transactional")));
    assert_eq!((sent["phone"].as_str(), sent["chat_id"].as_str()), (Some(ANA), Some("6281234567890@c.us")));
    let whatsapp_id = sent["whatsapp_id"].as_str().unwrap();
    assert!(whatsapp_id.len() == 22 && whatsapp_id.starts_with("3EB0"), "{whatsapp_id}");

    let jobs = app
        .texts(
            "select queue || ' ' || (j.payload ->> 'message') || ' ' || (m.id = j.id)
             from jobs j
             join messages m on m.session_id = j.lane",
        )
        .await;
    assert_eq!(jobs, [format!("lanes {} true", sent["id"].as_str().unwrap())]);

    let path = format!("{V1}/{}", sent["id"].as_str().unwrap());
    let shown = acme.get(&path).await.expect(200);
    assert_eq!(shown["waiting"]["for"], "session_not_working");
    app.sql("update sessions set status = 'working'").await;
    assert_eq!(
        acme.get(&path).await.expect(200)["waiting"],
        json!({"for": "turn", "until": null, "code": null})
    );
    app.sql("update sessions set parked_until = now() + interval '1 hour', park_code = 'reachout_timelock'")
        .await;
    let waiting = acme.get(&path).await.expect(200)["waiting"].clone();
    assert_eq!(
        (waiting["for"].as_str(), waiting["code"].as_str()),
        (Some("parked"), Some("reachout_timelock"))
    );
    assert!(waiting["until"].is_string());
}

#[tokio::test]
async fn every_way_to_send_ends_the_same() {
    let (app, acme, session) = arrange("acme").await;
    let path = |way: &str| format!("/api/sessions/{session}/send-{way}");
    let sent = acme.post(&path("text"), json!({"to": "081234567890", "text": "hi"})).await.expect(202);
    assert_eq!(sent["content"], json!({"type": "text", "text": "hi"}));
    assert_eq!(sent["phone"], ANA, "the organization's country is assumed");
    let url = json!({"url": "https://example.com/a.png", "mimetype": "image/png"});
    for (way, name) in [("image", "media"), ("video", "file"), ("document", "media"), ("voice", "file")] {
        let sent = acme.post(&path(way), json!({"to": ANA, name: url})).await.expect(202);
        assert_eq!((sent["content"]["type"].as_str(), &sent["content"]["media"]), (Some(way), &url), "{way}");
    }
    let group =
        acme.post(&path("text"), json!({"to": "120363012345678901@g.us", "text": "hi"})).await.expect(202);
    assert_eq!((group["chat_id"].as_str(), &group["phone"]), (Some("120363012345678901@g.us"), &Value::Null));
    assert_eq!(app.count("select count(*) from jobs where kind = 'send_message'").await, 6);

    let listed = acme.get(&format!("/api/sessions/{session}/messages?limit=2")).await.expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    assert_eq!(listed["items"][0]["id"], group["id"], "newest first");
    let one = format!("/api/sessions/{session}/messages/{}", group["id"].as_str().unwrap());
    assert_eq!(acme.get(&one).await.expect(200)["id"], group["id"]);
}

#[tokio::test]
async fn base64_becomes_a_file() {
    let (app, acme, session) = arrange("acme").await;
    let path = format!("/api/v1/sessions/{session}/send-document");
    let body = json!({"to": ANA, "media": {"data": "aGVsbG8=", "mimetype": "text/plain", "filename": "a.txt"}, "caption": "read me"});
    let sent = keyed(&acme, &path, "doc-1", &body).await.expect(202);
    let media = &sent["content"]["media"];
    assert_eq!((media["mimetype"].as_str(), media["filename"].as_str()), (Some("text/plain"), Some("a.txt")));
    assert_eq!(acme.get(&format!("/api/v1/media/{}", media["id"].as_str().unwrap())).await.text, "hello");
    keyed(&acme, &path, "doc-1", &body).await.expect(202);
    assert_eq!(app.count("select count(*) from media").await, 1, "a replay stores nothing");

    for (media, field) in [
        (json!({"data": "%%%", "mimetype": "text/plain"}), "media.data"),
        (json!({"data": "", "mimetype": "text/plain"}), "media.data"),
        (json!({"mimetype": "text/plain"}), "media"),
        (json!({"data": "aGVsbG8=", "url": "https://a.test", "mimetype": "text/plain"}), "media"),
        (json!({"data": "aGVsbG8=", "mimetype": "text"}), "content.media.mimetype"),
        (json!({"data": "aGVsbG8=", "mimetype": "text/plain", "filename": "../x"}), "content.media.filename"),
    ] {
        let problem =
            acme.post(&path, json!({"to": ANA, "media": media})).await.problem(422, "invalid_field");
        assert_eq!(problem["field"], field, "{media}");
    }
    let voice = json!({"to": ANA, "media": {"data": "aGVsbG8=", "mimetype": "audio/ogg"}, "caption": "no"});
    assert_eq!(
        acme.post(&path.replace("document", "voice"), voice).await.problem(422, "invalid_field")["field"],
        "caption"
    );
    assert_eq!(app.count("select count(*) from media").await, 1, "what is refused is not stored");
}

#[tokio::test]
async fn bad_messages_are_refused_by_field() {
    let (app, acme, session) = arrange("acme").await;
    let hello = || text(&session, "hello");
    let with = |change: fn(&mut Value)| {
        let mut body = hello();
        change(&mut body);
        body
    };
    let cases: Vec<(Value, u16, &str, &str)> = vec![
        (with(|b| b["to"] = json!("12")), 422, "invalid_field", "to"),
        (with(|b| b["to"] = json!("")), 422, "invalid_field", "to"),
        (with(|b| b["to"] = json!("call me")), 422, "invalid_field", "to"),
        (with(|b| b["to"] = json!("x@example.com")), 422, "invalid_field", "to"),
        (with(|b| b["content"]["text"] = json!("  ")), 422, "invalid_field", "content.text"),
        (with(|b| b["content"]["text"] = json!("x".repeat(65_537))), 422, "invalid_field", "content.text"),
        (with(|b| b["content"] = json!({"type": "smoke"})), 422, "invalid_field", "content.type"),
        (
            with(|b| {
                b["content"] =
                    json!({"type": "voice", "media": {"url": "file:///etc/passwd", "mimetype": "audio/ogg"}})
            }),
            422,
            "invalid_field",
            "content.media.url",
        ),
        (
            with(
                |b| b["content"] = json!({"type": "voice", "media": {"id": "med_01h455vb4pex5vsknk084sn02q", "mimetype": "audio/ogg"}}),
            ),
            422,
            "invalid_field",
            "content.media.id",
        ),
        (with(|b| b["class"] = json!("urgent")), 422, "invalid_field", "class"),
        (with(|b| b["send_at"] = json!("tomorrow")), 422, "invalid_field", "send_at"),
        (with(|b| b["send_at"] = json!("2000-01-01T00:00:00Z")), 422, "invalid_field", "send_at"),
        (with(|b| b["send_at"] = json!("2100-01-01T00:00:00Z")), 422, "invalid_field", "send_at"),
        (with(|b| b["expires_at"] = json!("2000-01-01T00:00:00Z")), 422, "invalid_field", "expires_at"),
        (with(|b| b["session_id"] = json!("ses_01h455vb4pex5vsknk084sn02q")), 404, "not_found", "session_id"),
        (with(|b| b["session_id"] = json!("main")), 422, "invalid_field", "session_id"),
        (with(|b| b["colour"] = json!(1)), 422, "unknown_field", "colour"),
        (json!({"session_id": session, "to": ANA}), 422, "missing_field", "content"),
    ];
    for (body, status, code, field) in cases {
        let shown = body.to_string().chars().take(200).collect::<String>();
        let reply = acme.post(V1, body).await;
        assert_eq!(reply.status, status, "{shown}: {}", reply.text);
        let problem = reply.problem(status, code);
        assert!(
            problem["field"] == field || (field == "content.type" && problem["field"] == "content"),
            "{shown}: {problem}"
        );
    }
    assert_eq!(
        app.count("select count(*) from messages").await
            + app.count("select count(*) from jobs where kind = 'send_message'").await,
        0
    );
}

#[tokio::test]
async fn a_hundred_at_once_are_one() {
    let (app, acme, session) = arrange("acme").await;
    let body = text(&session, "once");
    let replies = futures::future::join_all((0..100).map(|_| keyed(&acme, V1, "order-1", &body))).await;
    let first = replies.iter().filter(|reply| reply.header("idempotent-replayed").is_empty()).count();
    assert_eq!(first, 1);
    assert!(
        replies.iter().all(|reply| reply.status == 202),
        "{:?}",
        replies.iter().map(|r| r.status).collect::<BTreeSet<_>>()
    );
    let answers: BTreeSet<_> = replies.iter().map(|reply| reply.body.to_string()).collect();
    assert_eq!(answers.len(), 1, "all are answered alike");
    assert_eq!(app.count("select count(*) from messages").await, 1);
    assert_eq!(app.count("select count(*) from jobs where kind = 'send_message'").await, 1);
}

/// Postgres cuts the connection while it commits: nobody can know what became of it, and nobody is told otherwise.
#[tokio::test]
async fn a_commit_without_an_answer_is_not_called_a_failure() {
    let (app, acme, session) = arrange("acme").await;
    app.sql(
        "create function cut() returns trigger language plpgsql security definer as
         'begin perform pg_terminate_backend(pg_backend_pid()); return null; end'",
    )
    .await;
    app.sql(
        "create constraint trigger cut after insert on messages
         deferrable initially deferred for each row execute function cut()",
    )
    .await;
    let body = text(&session, "once");
    let reply = keyed(&acme, V1, "order-1", &body).await;
    assert!(!reply.header("retry-after").is_empty());
    reply.problem(503, "outcome_unknown");
    app.sql("drop trigger cut on messages").await;
    keyed(&acme, V1, "order-1", &body).await.expect(202);
    assert_eq!(app.count("select count(*) from messages").await, 1);
}

#[tokio::test]
async fn a_key_means_one_request() {
    let clock = Clock::manual(Clock::System.now());
    let app = TestApp::with(TestOptions { clock: clock.clone(), ..TestOptions::default() }).await;
    let (acme, globex) = (app.register("acme").await, app.register("globex").await);
    let session = app.session(&acme, "main").await.id.to_string();
    let body = text(&session, "one");
    let first = keyed(&acme, V1, "k", &body).await.expect(202);
    let spaced = acme
        .request(reqwest::Method::POST, V1)
        .header("Idempotency-Key", "k")
        .header("content-type", "application/json");
    let reordered = format!(
        r#"{{ "to": "{ANA}",  "content": {{"text": "one", "type": "text"}}, "session_id": "{session}" }}"#
    );
    let again = Reply::to(spaced.body(reordered)).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.expect(202), first, "order and spaces make no difference");
    keyed(&acme, V1, "k", &text(&session, "two")).await.problem(409, "idempotency_key_reused");
    keyed(&acme, &format!("/api/v1/sessions/{session}/send-text"), "k", &json!({"to": ANA, "text": "one"}))
        .await
        .problem(409, "idempotency_key_reused");
    keyed(&acme, V1, "", &body).await.problem(422, "invalid_field");
    keyed(&acme, V1, &"k".repeat(256), &body).await.problem(422, "invalid_field");

    let other = app.session(&globex, "main").await.id.to_string();
    keyed(&globex, V1, "k", &text(&other, "theirs")).await.expect(202);

    // A refused request leaves its key free.
    keyed(&acme, V1, "k2", &json!({"session_id": "ses_01h455vb4pex5vsknk084sn02q", "to": ANA, "content": {"type": "text", "text": "x"}})).await.problem(404, "not_found");
    keyed(&acme, V1, "k2", &body).await.expect(202);

    // What was scheduled is answered alike after its time, until 24 hours later; then the key is free.
    let mut later = text(&session, "later");
    later["send_at"] = json!((clock.now() + TimeDelta::minutes(5)).to_rfc3339());
    let scheduled = keyed(&acme, V1, "k3", &later).await.expect(202);
    let tenant = acme.organization_id.parse().unwrap();
    clock.advance(TimeDelta::hours(3));
    let acme = app.client(&acme.key);
    let again =
        Reply::to(acme.request(reqwest::Method::POST, V1).header("Idempotency-Key", "k3").json(&later)).await;
    assert_eq!(again.expect(202)["id"], scheduled["id"]);
    clock.advance(TimeDelta::hours(22));
    let free = Reply::to(
        acme.request(reqwest::Method::POST, V1).header("Idempotency-Key", "k").json(&text(&session, "two")),
    )
    .await;
    assert_eq!(free.expect(202)["content"]["text"], "two");
    assert!(app.store.tenant(tenant).sessions().get(session.parse().unwrap()).await.unwrap().is_some());
}

#[tokio::test]
async fn what_is_scheduled_waits_for_its_time() {
    let (app, acme, session) = arrange("acme").await;
    let at: DateTime<Utc> = app.store.clock().now() + TimeDelta::hours(2);
    let mut body = text(&session, "later");
    body["send_at"] = json!(at.to_rfc3339());
    let sent = acme.post(V1, body.clone()).await.expect(202);
    assert_eq!(
        (sent["state"].as_str(), sent["waiting"]["for"].as_str()),
        (Some("scheduled"), Some("send_at"))
    );
    assert_eq!(
        app.count("select count(*) from jobs j join messages m on m.id = j.id where j.run_at = m.send_at")
            .await,
        1
    );
    body["expires_at"] = json!((at - TimeDelta::minutes(1)).to_rfc3339());
    assert_eq!(acme.post(V1, body).await.problem(422, "invalid_field")["field"], "expires_at");
    let mut late = text(&session, "late");
    late["send_at"] = json!((app.store.clock().now() - TimeDelta::minutes(30)).to_rfc3339());
    assert_eq!(acme.post(V1, late).await.expect(202)["state"], "queued", "a little late is now");

    let path = format!("{V1}/{}", sent["id"].as_str().unwrap());
    let what = |timeline: Value| {
        timeline["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|i| i["what"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(what(acme.get(&format!("{path}/timeline")).await.expect(200)), ["accepted", "scheduled"]);
    assert_eq!(acme.post(&format!("{path}/cancel"), json!({})).await.expect(200)["state"], "cancelled");
    assert_eq!(
        what(acme.get(&format!("{path}/timeline")).await.expect(200)),
        ["accepted", "scheduled", "cancelled"]
    );
    assert_eq!(
        app.count("select count(*) from jobs where kind = 'send_message'").await,
        1,
        "the job is gone with it"
    );
    let problem = acme.post(&format!("{path}/cancel"), json!({})).await.problem(409, "wrong_state");
    assert!(problem["detail"].as_str().unwrap().contains("cancelled"), "{problem}");
}

#[tokio::test]
async fn what_is_on_its_way_cannot_be_taken_back() {
    let (app, acme, session) = arrange("acme").await;
    let id = acme.post(V1, text(&session, "x")).await.expect(202)["id"].as_str().unwrap().to_owned();
    app.sql("update messages set state = 'sending'").await;
    app.sql("update jobs set state = 'running' where kind = 'send_message'").await;
    acme.post(&format!("{V1}/{id}/cancel"), json!({})).await.problem(409, "wrong_state");
    assert_eq!(app.count("select count(*) from jobs where kind = 'send_message'").await, 1);
    acme.post(&format!("{V1}/msg_01h455vb4pex5vsknk084sn02q/cancel"), json!({}))
        .await
        .problem(404, "not_found");

    app.sql(
        "insert into attempts (
             job_id, organization_id, kind, n, owner, started_at, finished_at, outcome, code, detail
         )
         select id, organization_id, 'send_message', 1, 'w1', created_at + interval '1 s',
                created_at + interval '3 s', 'retry', 'unreachable', 'no connection'
         from messages",
    )
    .await;
    app.sql(
        "update messages
         set state = 'delivered', sent_at = created_at + interval '5 s',
             delivered_at = created_at + interval '6 s'",
    )
    .await;
    let timeline = acme.get(&format!("{V1}/{id}/timeline")).await.expect(200);
    let items = timeline["items"].as_array().unwrap();
    assert_eq!(
        items.iter().map(|i| i["what"].as_str().unwrap()).collect::<Vec<_>>(),
        ["accepted", "attempt", "sent", "delivered"]
    );
    assert_eq!(
        (items[1]["duration_ms"].as_i64(), items[1]["outcome"].as_str(), items[1]["code"].as_str()),
        (Some(2000), Some("retry"), Some("unreachable"))
    );
}

#[tokio::test]
async fn suppressed_people_are_left_alone() {
    let (app, acme, session) = arrange("acme").await;
    let bulk = || {
        let mut body = text(&session, "sale");
        body["class"] = json!("bulk");
        body
    };
    let suppressed = "/api/v1/suppressions";
    acme.post(suppressed, json!({"phone": ANA, "reason": "opt_out"})).await.expect(201);
    let problem = acme.post(V1, bulk()).await.problem(409, "recipient_suppressed");
    assert!(problem["field"] == "to" && problem["detail"].as_str().unwrap().contains("opt_out"), "{problem}");
    acme.post(V1, text(&session, "your receipt")).await.expect(202);
    acme.post(suppressed, json!({"phone": ANA})).await.expect(201);
    acme.post(V1, text(&session, "your receipt")).await.problem(409, "recipient_suppressed");
    acme.delete(&format!("{suppressed}/%2B6281234567890")).await.expect(204);
    acme.post(V1, bulk()).await.expect(202);
    assert_eq!(app.count("select count(*) from messages").await, 2);
}

#[tokio::test]
async fn lists_are_filtered_and_paged() {
    let (app, acme, session) = arrange("acme").await;
    let other = app.session(&acme, "other").await.id.to_string();
    for n in 0..5 {
        acme.post(V1, text(&session, &n.to_string())).await.expect(202);
    }
    acme.post(V1, text(&other, "other")).await.expect(202);
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = acme.get(&format!("{V1}?session={session}&limit=2{cursor}")).await.expect(200);
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|m| m["content"]["text"].as_str().unwrap().to_owned()),
        );
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, ["4", "3", "2", "1", "0"]);
    app.sql("update messages set state = 'cancelled' where content ->> 'text' = '3'").await;
    for (query, count) in [
        ("state=cancelled", 1),
        ("state=queued", 5),
        ("phone=081234567890", 6),
        ("phone=%2B12132132131", 0),
        ("direction=inbound", 0),
        ("", 6),
    ] {
        let page = acme.get(&format!("{V1}?{query}")).await.expect(200);
        assert_eq!(page["items"].as_array().unwrap().len(), count, "{query}");
    }
    acme.get(&format!("{V1}?state=lost")).await.problem(422, "invalid_field");
    acme.get(&format!("{V1}?phone=x")).await.problem(422, "invalid_field");
}

#[tokio::test]
async fn others_do_not_exist() {
    let (app, acme, session) = arrange("acme").await;
    let globex = app.register("globex").await;
    let id = acme.post(V1, text(&session, "x")).await.expect(202)["id"].as_str().unwrap().to_owned();
    globex.post(V1, text(&session, "x")).await.problem(404, "not_found");
    globex.get(&format!("{V1}/{id}")).await.problem(404, "not_found");
    globex.get(&format!("{V1}/{id}/timeline")).await.problem(404, "not_found");
    globex.post(&format!("{V1}/{id}/cancel"), json!({})).await.problem(404, "not_found");
    globex.get(&format!("/api/v1/sessions/{session}/messages")).await.problem(404, "not_found");
    assert_eq!(app.count("select count(*) from messages where state = 'queued'").await, 1);
}

#[tokio::test]
async fn keys_are_forgotten_after_their_time() {
    let clock = Clock::manual(Clock::System.now());
    let app = TestApp::with(TestOptions { clock: clock.clone(), ..TestOptions::default() }).await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "main").await.id.to_string();
    keyed(&acme, V1, "now", &text(&session, "x")).await.expect(202);
    let mut later = text(&session, "x");
    later["send_at"] = json!((clock.now() + TimeDelta::days(2)).to_rfc3339());
    keyed(&acme, V1, "later", &later).await.expect(202);
    assert_eq!(app.store.system().idempotency().forget().await.unwrap(), 0);
    clock.advance(TimeDelta::hours(25));
    assert_eq!(app.store.system().idempotency().forget().await.unwrap(), 1);
    assert_eq!(app.texts("select key from idempotency_keys").await, ["later"]);
}

#[tokio::test]
async fn b35_a_local_time_is_sent_in_its_zone() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "main").await.id.to_string();
    let tomorrow = (app.store.clock().now() + chrono::TimeDelta::days(1)).format("%Y-%m-%d").to_string();
    let send = async |send_at: &str, zone: Value| {
        let content = json!({"type": "text", "text": "hello"});
        let body = json!({"session_id": session, "to": "+6281234567890", "content": content, "send_at": send_at, "time_zone": zone});
        acme.post("/api/v1/messages", body).await
    };
    let sent = send(&format!("{tomorrow} 10:00"), json!("Asia/Makassar")).await.expect(202);
    assert_eq!(sent["send_at"], format!("{tomorrow}T02:00:00Z"));
    for (send_at, zone, rule) in [
        (format!("{tomorrow} 10:00"), Value::Null, "time_without_zone"),
        ("tomorrow".to_owned(), json!("Asia/Makassar"), "bad_time"),
        ("2027-03-28 02:30".to_owned(), json!("Europe/Berlin"), "skipped_time"),
    ] {
        let problem = send(&send_at, zone).await.problem(422, "invalid_field");
        assert_eq!((&problem["rule"], &problem["field"]), (&json!(rule), &json!("send_at")), "{problem}");
    }
}
