//! Campaigns over HTTP: drafts, commands, progress.

use futures::StreamExt;
use reqwest::Method;
use serde_json::{Value, json};
use wahana_testkit::{Reply, Tenant, TestApp};

const V1: &str = "/api/v1/campaigns";

fn draft(session: &str) -> Value {
    json!({"name": "sale", "content": {"type": "text", "text": "{Hi|Hello} {{name|friend}}, code {{code}}"}, "session_ids": [session]})
}

async fn arrange() -> (TestApp, Tenant, String) {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "main").await.id.to_string();
    (app, acme, session)
}

/// A draft with three people; its path.
async fn with_people(acme: &Tenant, body: Value) -> String {
    let id = acme.post(V1, body).await.expect(201)["id"].as_str().expect("an id").to_owned();
    let people: Vec<_> =
        (0..3).map(|n| json!({"phone": format!("+628123456789{n}"), "variables": {"code": "x"}})).collect();
    let report = acme.post(&format!("{V1}/{id}/recipients"), json!({"contacts": people})).await.expect(200);
    assert_eq!(report["accepted"], 3, "{report}");
    format!("{V1}/{id}")
}

#[tokio::test]
async fn a_draft_is_written_and_changed() {
    let (app, acme, session) = arrange().await;
    let made = acme.post(V1, draft(&session)).await.expect(201);
    assert_eq!(
        (made["state"].as_str(), &made["variables"], &made["required"]),
        (Some("draft"), &json!(["code", "name"]), &json!(["code"]))
    );
    let path = format!("{V1}/{}", made["id"].as_str().unwrap());
    assert_eq!(acme.get(&path).await.expect(200), made);
    let other = app.session(&acme, "other").await.id.to_string();
    let later = (app.store.clock().now() + chrono::TimeDelta::days(1)).to_rfc3339();
    let changed = acme
        .patch(&path, json!({"name": "big sale", "session_ids": [other], "send_at": later}))
        .await
        .expect(200);
    assert!(changed["send_at"].is_string());
    assert_eq!(
        (changed["name"].as_str(), &changed["session_ids"], &changed["content"]),
        (Some("big sale"), &json!([other]), &made["content"])
    );
    assert_eq!(acme.patch(&path, json!({"send_at": null})).await.expect(200)["send_at"], Value::Null);
    assert_eq!(
        acme.get(&format!("{V1}?state=draft")).await.expect(200)["items"].as_array().unwrap().len(),
        1
    );
    assert_eq!(acme.get(&format!("{V1}?state=running")).await.expect(200)["items"], json!([]));

    let globex = app.register("globex").await;
    globex.get(&path).await.problem(404, "not_found");
    globex.patch(&path, json!({"name": "mine"})).await.problem(404, "not_found");
    globex.post(&format!("{path}/cancel"), json!({})).await.problem(404, "not_found");
    globex.get(&format!("{path}/recipients")).await.problem(404, "not_found");
    globex.get(&format!("{path}/rejects")).await.problem(404, "not_found");
    globex.get(&format!("{path}/recipients.csv")).await.problem(404, "not_found");
    let stolen = globex.post(V1, draft(&session)).await.problem(422, "invalid_field");
    assert_eq!(stolen["field"], "session_ids[0]", "another organization's session does not exist");
    acme.delete(&path).await.expect(204);
    acme.get(&path).await.problem(404, "not_found");
    assert_eq!(app.count("select count(*) from campaigns").await, 0);
}

#[tokio::test]
async fn bad_drafts_are_refused_by_field() {
    let (app, acme, session) = arrange().await;
    let with = |change: fn(&mut Value)| {
        let mut body = draft(&session);
        change(&mut body);
        body
    };
    for (body, code, field) in [
        (with(|b| b["name"] = json!("")), "invalid_field", "name"),
        (with(|b| b["content"]["text"] = json!("Hi {{name")), "invalid_template", "content.text"),
        (with(|b| b["content"]["text"] = json!("{only one}")), "invalid_template", "content.text"),
        (with(|b| b["content"]["text"] = json!(" ")), "invalid_field", "content.text"),
        (
            with(
                |b| b["content"] = json!({"type": "image", "media": {"url": "https://a.test/x.png", "mimetype": "image/png"}, "caption": "{a|b"}),
            ),
            "invalid_template",
            "content.caption",
        ),
        (
            with(
                |b| b["content"] = json!({"type": "image", "media": {"id": "med_01h455vb4pex5vsknk084sn02q", "mimetype": "image/png"}}),
            ),
            "invalid_field",
            "content.media.id",
        ),
        (with(|b| b["session_ids"] = json!([])), "invalid_field", "session_ids"),
        (
            with(|b| b["session_ids"] = json!([b["session_ids"][0], b["session_ids"][0]])),
            "invalid_field",
            "session_ids",
        ),
        (
            with(|b| b["session_ids"] = json!([b["session_ids"][0], "ses_01h455vb4pex5vsknk084sn02q"])),
            "invalid_field",
            "session_ids[1]",
        ),
        (with(|b| b["send_at"] = json!("2000-01-01T00:00:00Z")), "invalid_field", "send_at"),
        (with(|b| b["sessions"] = json!(1)), "unknown_field", "sessions"),
    ] {
        let problem = acme.post(V1, body.clone()).await.problem(422, code);
        assert_eq!(problem["field"], field, "{body}");
    }
    let mistake = acme
        .post(V1, with(|b| b["content"]["text"] = json!("Hi {{name")))
        .await
        .problem(422, "invalid_template");
    assert!(mistake["detail"].as_str().unwrap().contains("character 4"), "{mistake}");
    assert_eq!(app.count("select count(*) from campaigns").await, 0);
}

#[tokio::test]
async fn commands_follow_the_edges() {
    let (app, acme, session) = arrange().await;
    let id = acme.post(V1, draft(&session)).await.expect(201)["id"].as_str().unwrap().to_owned();
    acme.post(&format!("{V1}/{id}/start"), json!({})).await.problem(409, "no_recipients");
    let path = with_people(&acme, draft(&session)).await;
    let go = async |command: &str| acme.post(&format!("{path}/{command}"), json!({})).await;
    let refused = |reply: Reply, state: &str| {
        let problem = reply.problem(409, "wrong_state");
        assert!(problem["detail"].as_str().unwrap().contains(state), "{problem}");
    };
    for command in ["pause", "resume", "unschedule"] {
        refused(go(command).await, "draft");
    }
    let started = go("start").await.expect(200);
    assert_eq!(started["state"], "running");
    assert!(started["started_at"].is_string());
    refused(go("start").await, "running");
    refused(acme.patch(&path, json!({"name": "x"})).await, "running");
    refused(acme.delete(&path).await, "running");
    refused(acme.post(&format!("{path}/recipients"), json!({"contacts": []})).await, "running");
    assert_eq!(go("pause").await.expect(200)["state"], "paused");
    refused(go("pause").await, "paused");
    assert_eq!(go("resume").await.expect(200)["state"], "running");
    assert_eq!(go("cancel").await.expect(200)["state"], "cancelled");
    for command in ["start", "pause", "resume", "cancel"] {
        refused(go(command).await, "cancelled");
    }
    assert_eq!(app.count("select count(*) from campaigns where finished_at is not null").await, 1);

    let mut later = draft(&session);
    later["send_at"] = json!((app.store.clock().now() + chrono::TimeDelta::days(1)).to_rfc3339());
    let path = with_people(&acme, later).await;
    assert_eq!(acme.post(&format!("{path}/start"), json!({})).await.expect(200)["state"], "scheduled");
    assert_eq!(acme.post(&format!("{path}/unschedule"), json!({})).await.expect(200)["state"], "draft");
}

#[tokio::test]
async fn cancelling_takes_back_what_waits() {
    let (app, acme, session) = arrange().await;
    let path = with_people(&acme, draft(&session)).await;
    acme.post(&format!("{path}/start"), json!({})).await.expect(200);
    // As the relay does it: two of three are released, one of them is being sent.
    app.sql(
        "insert into messages (
             id, organization_id, session_id, campaign_id, direction, class, state, chat_id, phone, content
         )
         select r.id, r.organization_id, s.id, campaign_id, 'outbound', 'bulk', 'queued', r.phone || '@c.us',
                r.phone, '{}'
         from recipients r, sessions s
         where position <= 2",
    )
    .await;
    app.sql(
        "insert into jobs (id, organization_id, kind, queue, lane, campaign_id, class, payload, run_at)
         select id, organization_id, 'send_message', 'lanes', session_id, campaign_id, 'bulk', '{}', now()
         from messages",
    )
    .await;
    app.sql("update campaigns set cursor = 2").await;
    app.sql(
        "update messages set state = 'sending' where id in (select id from recipients where position = 1)",
    )
    .await;
    app.sql("update jobs set state = 'running' where id in (select id from recipients where position = 1)")
        .await;

    let progress = acme.get(&format!("{path}/progress")).await.expect(200);
    assert_eq!(
        (&progress["total"], &progress["waiting"], &progress["by_state"]),
        (&json!(3), &json!(1), &json!({"queued": 1, "sending": 1}))
    );
    acme.post(&format!("{path}/cancel"), json!({})).await.expect(200);
    let progress = acme.get(&format!("{path}/progress")).await.expect(200);
    assert_eq!(
        (&progress["by_state"], &progress["waiting"]),
        (&json!({"cancelled": 2, "sending": 1}), &json!(0))
    );
    assert_eq!(app.texts("select state::text from jobs where kind = 'send_message'").await, ["running"]);
    let listed = acme.get(&format!("{path}/recipients")).await.expect(200);
    let states: Vec<_> =
        listed["items"].as_array().unwrap().iter().map(|r| r["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["sending", "cancelled", "cancelled"]);
    let cancelled = acme.get(&format!("{path}/recipients?state=cancelled")).await.expect(200);
    assert_eq!(cancelled["items"].as_array().unwrap().len(), 2);
    assert_eq!(cancelled["items"][0]["error_code"], "campaign_cancelled");
}

#[tokio::test]
async fn progress_is_told_when_it_changes() {
    let (app, acme, session) = arrange().await;
    let path = with_people(&acme, draft(&session)).await;
    app.sql(
        "update sessions set status = 'working', policy = '{\"gap_min_ms\": 20000, \"gap_max_ms\": 40000}'",
    )
    .await;
    acme.post(&format!("{path}/start"), json!({})).await.expect(200);
    let progress = acme.get(&format!("{path}/progress")).await.expect(200);
    assert_eq!(
        (progress["rate_per_minute"].as_f64(), progress["eta"].is_string()),
        (Some(0.0), true),
        "{progress}"
    );

    let mut stream =
        Reply::stream(acme.request(Method::GET, &format!("{path}/progress/stream"))).await.bytes_stream();
    let mut told = String::new();
    for (statement, wanted) in [
        ("select 1", "\"state\":\"running\""),
        ("update campaigns set state = 'paused'", "\"state\":\"paused\""),
    ] {
        app.sql(statement).await;
        while !told.contains(wanted) {
            told.push_str(&String::from_utf8_lossy(&stream.next().await.expect("more to come").unwrap()));
        }
    }
    assert!(told.contains("event: progress"), "{told}");
}

#[tokio::test]
async fn a_draft_is_made_once() {
    let (app, acme, session) = arrange().await;
    let body = draft(&session);
    let post = async |body: &Value| {
        Reply::to(acme.request(Method::POST, V1).header("Idempotency-Key", "c").json(body)).await
    };
    let first = post(&body).await.expect(201);
    let again = post(&body).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.expect(201), first);
    let mut other = body.clone();
    other["name"] = json!("another");
    post(&other).await.problem(409, "idempotency_key_reused");
    assert_eq!(app.count("select count(*) from campaigns").await, 1);
}

#[tokio::test]
async fn f3_the_rate_is_measured_and_the_end_is_the_forecasts() {
    let (app, acme, session) = arrange().await;
    let path = with_people(&acme, draft(&session)).await;
    app.sql("update sessions set status = 'working'").await;
    // It is quiet for the next two hours.
    let now = app.store.clock().now();
    let clock = |hours| (now + chrono::TimeDelta::hours(hours)).format("%H:%M").to_string();
    let policy = json!({"policy": {
        "quiet_hours": {"from": clock(-1), "to": clock(2)}, "time_zone": "UTC",
        "gap_min_ms": 20_000, "gap_max_ms": 40_000,
    }});
    acme.patch(&format!("/api/v1/sessions/{session}"), policy).await.expect(200);
    acme.post(&format!("{path}/start"), json!({})).await.expect(200);
    let progress = acme.get(&format!("{path}/progress")).await.expect(200);
    let forecast = acme.get(&format!("{path}/forecast")).await.expect(200);
    let time = |value: &Value| value.as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    let eta = time(&progress["eta"]);
    assert!(eta > now + chrono::TimeDelta::minutes(118), "not before the quiet hours end: {progress}");
    let apart = (eta - time(&forecast["finish"])).num_seconds().abs();
    assert!(apart <= 120, "the forecast says {forecast}, the progress {progress}");
    assert!(time(&progress["eta_earliest"]) <= eta && eta <= time(&progress["eta_latest"]));
    assert_eq!(progress["limited_by"], "quiet_hours");

    app.sql(
        "insert into messages (
             id, organization_id, session_id, campaign_id, direction, class, state, chat_id, phone, content
         )
         select r.id, r.organization_id, s.id, campaign_id, 'outbound', 'bulk', 'sending', r.phone || '@c.us',
                r.phone, '{}'
         from recipients r, sessions s
         where position <= 2",
    )
    .await;
    app.sql("update messages set state = 'sent', sent_at = now()").await;
    let progress = acme.get(&format!("{path}/progress")).await.expect(200);
    assert_eq!(progress["rate_per_minute"].as_f64(), Some(2.0), "{progress}");
    app.sql("update campaign_pulse set at = at - interval '2 minutes'").await;
    let progress = acme.get(&format!("{path}/progress")).await.expect(200);
    assert_eq!(progress["rate_per_minute"].as_f64(), Some(0.0), "{progress}");
}
