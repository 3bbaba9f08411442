//! What a campaign tells of itself before and after it is launched: words, people left out, findings, errors.

use serde_json::{Value, json};
use wahana_domain::Clock;
use wahana_testkit::{Tenant, TestApp, TestOptions};

struct Setting {
    app: TestApp,
    acme: Tenant,
    session: String,
}

impl Setting {
    async fn arrange() -> Self {
        let clock = Clock::manual("2026-11-23T03:00:00Z".parse().expect("a time"));
        let app = TestApp::with(TestOptions { clock, ..TestOptions::default() }).await;
        let acme = app.register("acme").await;
        let session = app.session(&acme, "main").await.id.to_string();
        app.sql("update sessions set status = 'working'").await;
        Self { app, acme, session }
    }

    async fn campaign(&self, text: &str, contacts: Value) -> String {
        let content = json!({"type": "text", "text": "draft"});
        let body = json!({"name": "sale", "content": content, "session_ids": [self.session], "check_number": "prefer"});
        let made = self.acme.post("/api/v1/campaigns", body).await.expect(201);
        let path = format!("/api/v1/campaigns/{}", made["id"].as_str().expect("an id"));
        if contacts != json!([]) {
            let body = json!({ "contacts": contacts });
            self.acme.post(&format!("{path}/recipients"), body).await.expect(200);
        }
        // The people come first and the words afterwards: so they may lack what the words need.
        let change = json!({"content": {"type": "text", "text": text}});
        self.acme.patch(&path, change).await.expect(200);
        path
    }

    async fn dry_run(&self, path: &str) -> Value {
        self.acme.get(&format!("{path}/dry-run")).await.expect(200)
    }
}

fn person(n: u32, name: Option<&str>, variables: Value) -> Value {
    json!({"phone": format!("+62812345{n:05}"), "name": name, "variables": variables})
}

fn codes(told: &Value) -> Vec<(&str, &str)> {
    let findings = told["findings"].as_array().expect("findings");
    findings.iter().map(|f| (f["code"].as_str().unwrap_or(""), f["weight"].as_str().unwrap_or(""))).collect()
}

#[tokio::test]
async fn everybody_is_shown_what_they_will_read() {
    let setting = Setting::arrange().await;
    let people = json!([
        person(1, Some("Ana"), json!({"kota": "Medan"})),
        person(2, None, json!({"kota": "Palu"})),
        person(3, Some("Citra"), json!({"kota": " "})),
    ]);
    let path = setting.campaign("{Hi|Hello|Halo} {{name|friend}} in {{kota}}", people).await;
    let page = setting.acme.get(&format!("{path}/preview?limit=2")).await.expect(200);
    let text = page["items"][0]["text"].as_str().expect("a text");
    assert!(["Hi Ana in Medan", "Hello Ana in Medan", "Halo Ana in Medan"].contains(&text), "{text}");
    assert!(page["items"][1]["text"].as_str().expect("a text").ends_with(" friend in Palu"));
    let again = setting.acme.get(&format!("{path}/preview?limit=2")).await.expect(200);
    assert_eq!(page["items"], again["items"], "nobody's words change by looking at them");

    let cursor = page["next_cursor"].as_str().expect("a next page");
    let rest = setting.acme.get(&format!("{path}/preview?cursor={cursor}")).await.expect(200);
    assert_eq!(rest["next_cursor"], Value::Null);
    let (text, left_out) = (&rest["items"][0]["text"], &rest["items"][0]["left_out"]);
    assert_eq!(
        (text, &left_out["code"], &left_out["missing"]),
        (&Value::Null, &json!("missing_variable"), &json!(["kota"]))
    );

    let mut wordings = std::collections::BTreeSet::new();
    for wording in 0..30 {
        let page = setting.acme.get(&format!("{path}/preview?limit=1&wording={wording}")).await.expect(200);
        wordings.insert(page["items"][0]["text"].to_string());
    }
    assert_eq!(wordings.len(), 3, "{wordings:?}");
}

#[tokio::test]
async fn a_dry_run_counts_who_is_left_out_and_why() {
    let setting = Setting::arrange().await;
    let all = json!({"kota": "Medan"});
    let people = json!([
        person(1, None, all.clone()),
        person(2, None, all.clone()),
        person(3, None, all.clone()),
        person(4, None, json!({})),
        person(5, None, json!({"kota": ""})),
        person(6, None, json!({})),
    ]);
    let path = setting.campaign("Hi {{name}} in {{kota}}", people).await;
    let told = setting.dry_run(&path).await;
    assert_eq!((&told["people"], &told["to_send"]), (&json!(6), &json!(0)), "nobody has a name");

    let change = json!({"content": {"type": "text", "text": "Hi {{name|you}} in {{kota}}"}});
    setting.acme.patch(&path, change).await.expect(200);
    // Opted out after the upload, and known by now to have no WhatsApp: the first reason counts.
    for phone in ["+6281234500001", "+6281234500006"] {
        setting.acme.post("/api/v1/suppressions", json!({ "phone": phone })).await.expect(201);
    }
    setting
        .app
        .sql(
            "insert into number_checks (
                 organization_id, phone, session_id, on_whatsapp, checked_at, expires_at
             )
             select organization_id, '6281234500002', id, false, '2026-11-23T00:00:00Z',
                    '2026-12-23T00:00:00Z'
             from sessions",
        )
        .await;
    let told = setting.dry_run(&path).await;
    assert_eq!((&told["people"], &told["to_send"]), (&json!(6), &json!(1)));
    let left_out: Vec<_> = told["left_out"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|l| (l["code"].as_str(), l["people"].as_i64()))
        .collect();
    assert_eq!(
        left_out,
        [
            (Some("suppressed"), Some(2)),
            (Some("not_on_whatsapp"), Some(1)),
            (Some("missing_variable"), Some(2))
        ]
    );
    assert_eq!(told["missing_variables"], json!([{"name": "kota", "people": 2}]));
    assert_eq!(codes(&told), [("left_out", "warns")]);
    assert_eq!(told["forecast"]["messages"], 1, "whoever is left out takes no time");
    assert!(told["left_out"][0]["remedy"].as_str().is_some_and(|text| text.contains("opted out")));
}

#[tokio::test]
async fn senders_say_what_they_can_do_and_what_is_wrong_with_them() {
    let setting = Setting::arrange().await;
    let path = setting.campaign("hello", json!([])).await;
    assert_eq!(codes(&setting.dry_run(&path).await), [("no_recipients", "blocks")]);

    let people: Vec<Value> = (0..60).map(|n| person(n, None, json!({}))).collect();
    let path = setting.campaign("hello", json!(people)).await;
    let policy = json!({"gap_min_ms": 10_000, "gap_max_ms": 10_000, "daily_cap": 20, "hi_share_percent": 0, "time_zone": "UTC"});
    setting
        .acme
        .patch(&format!("/api/v1/sessions/{}", setting.session), json!({ "policy": policy }))
        .await
        .expect(200);
    let told = setting.dry_run(&path).await;
    assert_eq!(codes(&told), [("same_text", "notes"), ("short_pauses", "notes")]);
    let sender = &told["senders"][0];
    assert_eq!(
        (&sender["name"], &sender["left"], &sender["per_day"], &sender["waiting"]),
        (&json!("main"), &json!(20), &json!(20), &Value::Null)
    );
    assert_eq!(told["forecast"]["days"].as_array().map(Vec::len), Some(3));
    assert_eq!(told["new_chats"], 60);

    let pace = json!({"pace": {"finish_by": "2026-11-24T03:00:00Z"}});
    setting.acme.patch(&path, pace).await.expect(200);
    assert_eq!(codes(&setting.dry_run(&path).await)[0], ("deadline_missed", "warns"));

    setting.app.sql("update sessions set status = 'failed'").await;
    let told = setting.dry_run(&path).await;
    assert_eq!(&codes(&told)[..2], [("never_finishes", "warns"), ("sender_not_healthy", "warns")]);
    assert_eq!(told["senders"][0]["waiting"]["for"], "session_not_working");
    assert_eq!(told["findings"][1]["session_id"], json!(setting.session));
}

#[tokio::test]
async fn errors_are_counted_by_reason_with_an_example() {
    let setting = Setting::arrange().await;
    let path = setting.campaign("hello", json!([person(1, None, json!({}))])).await;
    assert_eq!(setting.acme.get(&format!("{path}/errors")).await.expect(200), json!({"items": []}));
    setting
        .app
        .sql(
            "insert into messages (
                 id, organization_id, session_id, campaign_id, direction, class, state, chat_id, content,
                 error_code, error_detail
             )
             select ('00000000-0000-7000-8000-00000000000' || n)::uuid, c.organization_id, s.id, c.id,
                    'outbound', 'bulk',
                    (case when n < 5 then 'failed' when n = 5 then 'cancelled' else 'delivered' end)::message_state,
                    'x@c.us', '{}',
                    case
                        when n < 4 then 'refused'
                        when n = 4 then 'not_on_whatsapp'
                        when n = 5 then 'suppressed'
                    end,
                    'told ' || n
             from campaigns c, sessions s, generate_series(1, 6) as n",
        )
        .await;
    setting
        .app
        .sql(
            "insert into jobs (
                 id, organization_id, kind, queue, lane, class, payload, state, run_at, created_at
             )
             select id, organization_id, 'send_message', 'lanes', session_id, 'bulk', '{}', 'dead',
                    created_at, created_at
             from messages
             where error_code = 'refused' and error_detail <> 'told 1'",
        )
        .await;
    let told = setting.acme.get(&format!("{path}/errors")).await.expect(200);
    let rows: Vec<_> = told["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|e| (e["state"].as_str(), e["code"].as_str(), e["messages"].as_i64(), e["replayable"].as_i64()))
        .collect();
    assert_eq!(
        rows,
        [
            (Some("failed"), Some("refused"), Some(3), Some(2)),
            (Some("failed"), Some("not_on_whatsapp"), Some(1), Some(0)),
            (Some("cancelled"), Some("suppressed"), Some(1), Some(0)),
        ]
    );
    assert_eq!(told["items"][0]["detail"], "told 3", "the newest is the example");
    setting
        .app
        .sql("update messages set state = 'queued', error_code = null where error_detail = 'told 3'")
        .await;
    let told_now = setting.acme.get(&format!("{path}/errors")).await.expect(200);
    let refused = &told_now["items"][0];
    assert_eq!(
        (&refused["messages"], &refused["detail"]),
        (&json!(2), &json!("told 2")),
        "that one is sent again"
    );
    assert!(told["items"][1]["remedy"].as_str().is_some_and(|text| text.contains("Correct the number")));
}
