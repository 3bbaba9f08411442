//! Where WAHA reports: who is believed, what is kept, and that nothing is kept twice.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use wahana_domain::SessionId;
use wahana_testkit::{Reply, SessionFixture, TestApp};

fn event(session: &SessionFixture, id: &str) -> Value {
    json!({"id": id, "timestamp": 1_800_000_000_000_i64, "event": "message", "session": session.waha_name, "payload": {"body": "hi"}})
}

/// Delivers bytes signed with the session's key, as WAHA does.
async fn deliver(app: &TestApp, session: &SessionFixture, body: Vec<u8>) -> Reply {
    let signature = wahana_waha::sign_hmac(session.hmac_key.as_bytes(), &body).expect("a signature");
    post(app, session.id, Some(&signature), body).await
}

async fn post(app: &TestApp, session: SessionId, signature: Option<&str>, body: Vec<u8>) -> Reply {
    let mut request = app
        .anonymous()
        .request(Method::POST, &format!("/api/waha/{session}"))
        .header("content-type", "application/json");
    if let Some(signature) = signature {
        request = request.header("X-Webhook-Hmac", signature);
    }
    Reply::to(request.body(body)).await
}

async fn counts(app: &TestApp) -> (i64, i64) {
    let jobs = "select count(*) from jobs where kind = 'process_inbound' and state = 'pending'";
    (app.count("select count(*) from inbound_events").await, app.count(jobs).await)
}

#[tokio::test]
async fn an_event_is_kept_once_and_makes_one_job() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "shop").await;
    let body = event(&session, "evt_1").to_string().into_bytes();
    for _ in 0..3 {
        deliver(&app, &session, body.clone()).await.expect(200);
    }
    assert_eq!(counts(&app).await, (1, 1));
    deliver(&app, &session, event(&session, "evt_2").to_string().into_bytes()).await.expect(200);
    assert_eq!(counts(&app).await, (2, 1), "the job that waits will see both");
    assert_eq!(
        app.count(
            "select count(*) from inbound_events where body->'payload'->>'body' = 'hi' and event = 'message'"
        )
        .await,
        2
    );
}

#[tokio::test]
async fn a_burst_is_kept_whole() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let (one, two) = (app.session(&acme, "one").await, app.session(&acme, "two").await);
    let deliveries = (0..400).map(|n| {
        let session = if n % 2 == 0 { &one } else { &two };
        // Each event comes twice.
        deliver(&app, session, event(session, &format!("evt_{}", n / 4)).to_string().into_bytes())
    });
    let replies = futures::future::join_all(deliveries).await;
    assert!(replies.iter().all(|reply| reply.status == 200));
    assert_eq!(counts(&app).await, (200, 2));
}

#[tokio::test]
async fn an_event_that_comes_while_the_job_begins_is_not_overlooked() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "shop").await;
    deliver(&app, &session, event(&session, "evt_1").to_string().into_bytes()).await.expect(200);
    // A worker takes the job, but its claim is not committed yet.
    let mut claim = app.store.system().begin().await.unwrap();
    wahana_testkit::execute(
        &mut claim,
        "update jobs set state = 'running', lease_until = now() where kind = 'process_inbound'",
    )
    .await;
    let body = event(&session, "evt_2").to_string().into_bytes();
    let (reply, ()) = tokio::join!(deliver(&app, &session, body), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        claim.commit().await.unwrap();
    });
    reply.expect(200);
    assert_eq!(counts(&app).await, (2, 1), "a second job for the second event");
    assert_eq!(
        app.count("select count(*) from jobs where state = 'running' and kind = 'process_inbound'").await,
        1
    );
}

#[tokio::test]
async fn only_the_sessions_own_key_is_believed() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let (ours, other) = (app.session(&acme, "ours").await, app.session(&acme, "other").await);
    let body = event(&ours, "evt_1").to_string().into_bytes();
    let right = wahana_waha::sign_hmac(ours.hmac_key.as_bytes(), &body).unwrap();
    let others = wahana_waha::sign_hmac(other.hmac_key.as_bytes(), &body).unwrap();
    for signature in
        [None, Some(""), Some("00"), Some(others.as_str()), Some(&right[..127]), Some(&right.to_uppercase())]
    {
        post(&app, ours.id, signature, body.clone()).await.problem(401, "invalid_signature");
    }
    let mut changed = body.clone();
    changed.push(b' ');
    post(&app, ours.id, Some(&right), changed).await.problem(401, "invalid_signature");
    let unknown = SessionId::new(app.store.clock().now(), 7);
    post(&app, unknown, Some(&right), body.clone()).await.problem(401, "invalid_signature");
    // Rightly signed by a session that speaks for another one.
    deliver(&app, &other, body.clone()).await.problem(403, "wrong_session");
    assert_eq!(counts(&app).await, (0, 0));
    post(&app, ours.id, Some(&right), body).await.expect(200);
}

#[tokio::test]
async fn what_is_no_event_is_told_so() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "shop").await;
    deliver(&app, &session, b"{".to_vec()).await.problem(400, "invalid_json");
    deliver(&app, &session, vec![0xff]).await.problem(400, "invalid_json");
    deliver(&app, &session, b"[]".to_vec()).await.problem(422, "invalid_field");
    deliver(&app, &session, json!({"session": session.waha_name}).to_string().into_bytes())
        .await
        .problem(422, "invalid_field");
    deliver(&app, &session, vec![b' '; 16 * 1024 * 1024 + 1]).await.problem(413, "too_large");
    assert_eq!(counts(&app).await, (0, 0));
}

#[tokio::test]
async fn what_postgres_cannot_hold_does_not_get_lost() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "shop").await;
    let mut body = event(&session, "evt_\u{0}");
    body["payload"] = json!({"body": "a\u{0}b", "list": ["\u{0}"], "k\u{0}": {"deep": "\u{0}"}});
    deliver(&app, &session, body.to_string().into_bytes()).await.expect(200);
    assert_eq!(
        app.count("select count(*) from inbound_events where body->'payload'->>'body' = 'a\u{fffd}b'").await,
        1
    );
}

#[tokio::test]
async fn a_large_event_is_taken() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "shop").await;
    let mut body = event(&session, "evt_1");
    body["payload"]["body"] = json!("x".repeat(9 * 1024 * 1024));
    deliver(&app, &session, body.to_string().into_bytes()).await.expect(200);
    assert_eq!(counts(&app).await, (1, 1));
}
