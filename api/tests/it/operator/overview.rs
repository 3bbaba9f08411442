//! The home screens: of an organization, and of the installation.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Value, json};
use wahana_domain::Clock;
use wahana_domain::jobs::Queue;
use wahana_domain::messages::ReceivedMessage;
use wahana_store::inbox::inbound_work::SeenMessage;
use wahana_store::operator::queue_history::QueueSample;
use wahana_testkit::{Tenant, TestApp, TestOptions};

const V1: &str = "/api/v1";

/// Tokens outlast what the clock is moved by.
async fn patient(clock: &Clock) -> TestApp {
    let mut options = TestOptions { clock: clock.clone(), ..TestOptions::default() };
    options.api.access_token = Duration::from_secs(30 * 24 * 3600);
    TestApp::with(options).await
}

async fn overview(tenant: &Tenant) -> Value {
    tenant.get(&format!("{V1}/overview")).await.expect(200)
}

#[tokio::test]
async fn first_steps_tick_themselves_off() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let steps = async || overview(&acme).await["onboarding"].clone();
    let none = json!({"organization": true, "session_paired": false, "message_sent": false, "campaign_started": false});
    assert_eq!(steps().await, none);
    let session = app.session(&acme, "main").await.id.to_string();
    assert_eq!(steps().await, none, "a session without a phone is not paired");
    app.sql("update sessions set phone = '6281111111111', status = 'working'").await;
    assert_eq!(steps().await["session_paired"], true);
    app.sql(
        "insert into session_usage (session_id, organization_id, quarter, sent)
         select id, organization_id, now(), 1
         from sessions",
    )
    .await;
    assert_eq!(steps().await["message_sent"], true);
    let text = json!({"type": "text", "text": "hi"});
    let draft = json!({"name": "sale", "content": text, "session_ids": [session]});
    let campaign = acme.post(&format!("{V1}/campaigns"), draft).await.expect(201);
    assert_eq!(steps().await["campaign_started"], false, "a draft is not started");
    let path = format!("{V1}/campaigns/{}", campaign["id"].as_str().unwrap());
    let people = json!({"contacts": [{"phone": "+6281234567890"}]});
    acme.post(&format!("{path}/recipients"), people).await.expect(200);
    acme.post(&format!("{path}/start"), json!({})).await.expect(200);
    assert_eq!(steps().await["campaign_started"], true);
    let campaigns = &overview(&acme).await["campaigns"];
    assert_eq!(
        (&campaigns["running"], &campaigns["items"][0]["total"]),
        (&json!(1), &json!(1)),
        "{campaigns}"
    );
}

#[tokio::test]
async fn what_is_told_is_the_organizations_own() {
    // Half past midnight in Jakarta.
    let clock = Clock::manual("2026-11-22T17:30:00Z".parse().unwrap());
    let app = patient(&clock).await;
    let (acme, globex) = (app.register("acme").await, app.register("globex").await);
    let fixture = app.session(&acme, "main").await;
    let session = fixture.id.to_string();
    let send = async |to: &str| {
        let text = json!({"type": "text", "text": "hi"});
        let body = json!({"session_id": session, "to": to, "content": text});
        acme.post(&format!("{V1}/messages"), body).await.expect(202)
    };
    send("+6281234567890").await;
    clock.advance(TimeDelta::hours(24));
    send("+6281234567891").await;
    clock.advance(TimeDelta::seconds(1));
    let seen = |chat: &str, waha_id: &str| SeenMessage {
        waha_id: waha_id.into(),
        from_me: false,
        chat_id: chat.into(),
        phone: None,
        request: None,
        username: None,
        name: None,
        content: ReceivedMessage::text("a question"),
        at: clock.now(),
    };
    let (organization, system) = (acme.organization_id.parse().unwrap(), app.store.system());
    let questions = [seen("6281234567891@c.us", "A1"), seen("6281234567892@c.us", "A2")];
    system.inbox().store_seen(organization, fixture.id, &questions).await.unwrap();
    app.sql("update jobs set state = 'dead' where kind = 'send_message'").await;

    let told = overview(&acme).await;
    assert_eq!(told["messages_today"]["since"], "2026-11-23T17:00:00Z", "midnight in Jakarta");
    assert_eq!(told["messages_today"]["by_state"], json!({"queued": 1, "received": 2}), "{told}");
    assert_eq!(told["messages_today"]["complete"], true);
    assert_eq!(told["inbox"], json!({"replies_waiting": 2, "unread_conversations": 2, "unread_messages": 2}));
    assert_eq!(told["sessions"], json!([{"status": "pending", "health": "degraded", "sessions": 1}]));
    assert_eq!(told["dead_letters"], 2);

    clock.advance(TimeDelta::seconds(1));
    send("+6281234567892").await;
    assert_eq!(overview(&acme).await["inbox"]["replies_waiting"], 1, "who was answered waits no more");

    let other = overview(&globex).await;
    assert_eq!((&other["sessions"], &other["dead_letters"]), (&json!([]), &json!(0)));
    assert_eq!(
        (&other["messages_today"]["by_state"], &other["inbox"]["replies_waiting"]),
        (&json!({}), &json!(0))
    );
}

#[tokio::test]
async fn operators_see_the_queues_now_and_as_they_were() {
    let clock = Clock::manual("2026-11-23T10:00:00Z".parse().unwrap());
    let app = patient(&clock).await;
    let operator = app.register("acme").await;
    app.node().await;
    let sample = |queue: Queue, pending, oldest_seconds| QueueSample {
        queue: queue.into(),
        pending,
        released: 1,
        running: 2,
        dead: 3,
        oldest_seconds,
    };
    let system = app.store.system();
    let path = format!("{V1}/operator/overview");
    let nothing = operator.get(&path).await.expect(200);
    assert_eq!((&nothing["queues"], &nothing["oldest_runnable_seconds"]), (&json!([]), &Value::Null));
    assert_eq!(nothing["nodes"]["unknown"], 1, "{nothing}");
    for (pending, oldest) in [(9, 4.0), (5, 2.0)] {
        system
            .queue_history()
            .record(&[sample(Queue::Lanes, pending, oldest), sample(Queue::Inbound, 0, 0.5)])
            .await
            .unwrap();
        clock.advance(TimeDelta::seconds(20));
    }
    let now = operator.get(&path).await.expect(200);
    assert_eq!(now["oldest_runnable_seconds"], 4.0, "the longest of the minute");
    assert_eq!((&now["queues"][1]["queue"], &now["queues"][1]["pending"]), (&json!("lanes"), &json!(5)));

    clock.advance(TimeDelta::minutes(20));
    assert_eq!(
        operator.get(&path).await.expect(200)["queues"],
        json!([]),
        "a figure of long ago is none of now"
    );
    let past = format!("{V1}/operator/history");
    let history = operator.get(&past).await.expect(200);
    assert_eq!(
        (&history["step_minutes"], &history["points"][0]["at"]),
        (&json!(2), &json!("2026-11-23T10:00:00Z"))
    );
    assert_eq!(history["points"].as_array().unwrap().len(), 1);
    operator.get(&format!("{past}?hours=169")).await.problem(422, "invalid_field");
    clock.advance(TimeDelta::days(7));
    system.queue_history().forget().await.unwrap();
    assert_eq!(app.count("select count(*) from queue_history").await, 0);
}
