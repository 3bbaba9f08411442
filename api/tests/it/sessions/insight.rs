//! What a session tells of itself: the day a pace would make, what it did, what its end would hit.

use serde_json::{Value, json};
use wahana_domain::Clock;
use wahana_testkit::{Tenant, TestApp, TestOptions};

struct Setting {
    app: TestApp,
    acme: Tenant,
    path: String,
}

/// Ten in the morning in Jakarta.
async fn arrange() -> Setting {
    let clock = Clock::manual("2026-11-23T03:00:00Z".parse().expect("a time"));
    let app = TestApp::with(TestOptions { clock, ..TestOptions::default() }).await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "main").await.id;
    Setting { path: format!("/api/v1/sessions/{session}"), app, acme }
}

#[tokio::test]
async fn a_pace_is_seen_before_it_is_saved() {
    let setting = arrange().await;
    let path = format!("{}/policy/preview", setting.path);
    let policy = json!({
        "gap_min_ms": 60_000, "gap_max_ms": 60_000, "daily_cap": null, "hourly_cap": 50, "hi_share_percent": 0,
        "send_window": {"from": "09:00", "to": "12:00"}, "time_zone": "Asia/Jakarta",
        "warm_up": {"kind": "list", "caps": [70, 140]},
    });
    let told = setting.acme.post(&path, json!({ "policy": policy })).await.expect(200);
    assert_eq!(told["mean_pause_ms"], 60_000);
    assert_eq!(told["open"], json!([{"from": "2026-11-23T02:00:00Z", "to": "2026-11-23T05:00:00Z"}]));
    let hours = told["hours"].as_array().expect("hours");
    let of = |hour: usize| (hours[hour]["messages"].as_u64(), hours[hour]["binding"].as_str());
    assert_eq!(
        (hours.len(), of(8), of(9), of(10), of(11)),
        (
            24,
            (Some(0), Some("send_window")),
            (Some(50), Some("hourly_cap")),
            (Some(20), Some("warm_up_cap")),
            (Some(0), Some("warm_up_cap"))
        )
    );
    let days: Vec<_> = told["days"]
        .as_array()
        .expect("days")
        .iter()
        .map(|d| (d["messages"].as_u64(), d["binding"].as_str()))
        .collect();
    assert_eq!(
        days[..3],
        [(Some(70), Some("warm_up_cap")), (Some(140), Some("warm_up_cap")), (Some(150), Some("hourly_cap"))]
    );
    let saved = setting.acme.get(&setting.path).await.expect(200);
    assert_eq!(saved["policy"]["hourly_cap"], Value::Null, "nothing was changed");

    let strangers = json!({"policy": {"gap_min_ms": 30_000, "gap_max_ms": 30_000, "new_chats_per_day": 10}, "new_chat_percent": 50});
    let told = setting.acme.post(&path, strangers).await.expect(200);
    assert_eq!(
        (&told["days"][0]["messages"], &told["days"][0]["binding"]),
        (&json!(20), &json!("new_chat_cap"))
    );

    for (body, field) in [
        (json!({"policy": {"gap_min_ms": 90_000}}), "policy.gap_min_ms"),
        (json!({"policy": {}, "new_chat_percent": 101}), "new_chat_percent"),
    ] {
        assert_eq!(setting.acme.post(&path, body).await.problem(422, "invalid_field")["field"], field);
    }
}

#[tokio::test]
async fn days_are_counted_on_the_clock_of_the_session() {
    let setting = arrange().await;
    // 17:00 UTC is midnight in Jakarta.
    setting
        .app
        .sql(
            "insert into session_usage (session_id, organization_id, quarter, sent, bulk, new_chats)
             select id, organization_id, q::timestamptz, 10, 8, 3
             from sessions,
                  unnest(
                      array['2026-11-21T16:45:00Z', '2026-11-21T17:00:00Z', '2026-11-22T16:45:00Z',
                            '2026-11-22T17:00:00Z']
                  ) as q",
        )
        .await;
    setting
        .app
        .sql(
            "insert into messages (
                 id, organization_id, session_id, direction, class, state, chat_id, content, created_at,
                 delivered_at, read_at, settled_at
             )
             select gen_random_uuid(), s.organization_id, s.id, x.direction::message_direction, 'bulk',
                    x.state::message_state, 'x@c.us', '{}',
                    '2026-11-20T00:00:00Z'::timestamptz + x.days * interval '1 day', x.delivered::timestamptz,
                    x.read::timestamptz, x.settled::timestamptz
             from sessions s,
                  (
                      values ('outbound', 'delivered', 0, '2026-11-22T16:59:00Z', null, null),
                             ('outbound', 'read', 0, '2026-11-22T16:59:00Z', '2026-11-22T17:01:00Z', null),
                             ('outbound', 'read', 0, null, '2026-11-22T17:01:00Z', null),
                             ('outbound', 'failed', 0, null, null, '2026-11-23T00:00:00Z'),
                             ('inbound', 'received', 3, null, null, null)
                  ) as x (direction, state, days, delivered, read, settled)",
        )
        .await;
    let told = setting.acme.get(&format!("{}/statistics?days=3", setting.path)).await.expect(200);
    assert_eq!(told["time_zone"], "Asia/Jakarta");
    let day = |date: &str, n: [u32; 7]| json!({"date": date, "sent": n[0], "bulk": n[1], "new_chats": n[2], "delivered": n[3], "read": n[4], "failed": n[5], "received": n[6]});
    assert_eq!(
        told["days"],
        json!([
            day("2026-11-21", [10, 8, 3, 0, 0, 0, 0]),
            day("2026-11-22", [20, 16, 6, 2, 0, 0, 0]),
            day("2026-11-23", [10, 8, 3, 1, 2, 1, 1]),
        ])
    );
    assert_eq!(
        setting.acme.get(&format!("{}/statistics", setting.path)).await.expect(200)["days"]
            .as_array()
            .map(Vec::len),
        Some(30)
    );
    let wrong = setting.acme.get(&format!("{}/statistics?days=91", setting.path)).await;
    assert_eq!(wrong.problem(422, "invalid_field")["field"], "days");
}

#[tokio::test]
async fn the_end_of_a_session_names_what_it_hits() {
    let setting = arrange().await;
    let (acme, main) = (&setting.acme, setting.path.trim_start_matches("/api/v1/sessions/"));
    let none = acme.get(&format!("{}/impact", setting.path)).await.expect(200);
    assert_eq!(none, json!({"waiting_messages": 0, "campaigns": [], "sender_pools": []}));

    let other = setting.app.session(acme, "other").await.id.to_string();
    let text = json!({"type": "text", "text": "hello"});
    for sender in [main, main, &other] {
        let body = json!({"session_id": sender, "to": "+6281234567891", "content": text});
        acme.post("/api/v1/messages", body).await.expect(202);
    }
    for (name, senders) in
        [("alone", json!([main])), ("together", json!([main, other])), ("draft", json!([main]))]
    {
        let body = json!({"name": name, "content": text, "session_ids": senders});
        let id =
            acme.post("/api/v1/campaigns", body).await.expect(201)["id"].as_str().expect("an id").to_owned();
        let people = json!({"contacts": [{"phone": "+6281234567890"}]});
        acme.post(&format!("/api/v1/campaigns/{id}/recipients"), people).await.expect(200);
        if name != "draft" {
            acme.post(&format!("/api/v1/campaigns/{id}/start"), json!({})).await.expect(200);
        }
    }
    let members = json!({"name": "both", "members": [{"session_id": main}, {"session_id": other}]});
    acme.post("/api/v1/sender-pools", members).await.expect(201);
    let hit = acme.get(&format!("{}/impact", setting.path)).await.expect(200);
    assert_eq!(hit["waiting_messages"], 2);
    let mut campaigns: Vec<_> = hit["campaigns"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|c| (c["name"].as_str(), c["people_left"].as_i64(), c["only_sender"].as_bool()))
        .collect();
    campaigns.sort_unstable();
    assert_eq!(campaigns, [(Some("alone"), Some(1), Some(true)), (Some("together"), Some(1), Some(false))]);
    assert_eq!(
        (&hit["sender_pools"][0]["name"], &hit["sender_pools"][0]["others"]),
        (&json!("both"), &json!(1))
    );
}
