//! Sender pools over HTTP.

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::{Value, json};
use wahana_testkit::{Reply, Tenant, TestApp};

const V1: &str = "/api/v1/sender-pools";

async fn sessions(app: &TestApp, tenant: &Tenant, names: &[&str]) -> Vec<String> {
    let mut ids = Vec::new();
    for name in names {
        ids.push(app.session(tenant, name).await.id.to_string());
    }
    app.sql("update sessions set status = 'working'").await;
    ids
}

fn text(to: &str, sender: &Value) -> Value {
    json!({"pool_id": sender, "to": to, "class": "bulk", "content": {"type": "text", "text": "hi"}})
}

#[tokio::test]
async fn a_pool_lives() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let ids = sessions(&app, &acme, &["one", "two"]).await;
    let made = acme
        .post(V1, json!({"name": "sales", "description": "all", "members": [{"session_id": ids[0], "weight": 300}]}))
        .await
        .expect(201);
    let pool = format!("{V1}/{}", made["id"].as_str().unwrap());
    assert_eq!(made["members"], json!([{"session_id": ids[0], "weight": 300, "enabled": true}]));
    acme.post(V1, json!({"name": "sales"})).await.problem(409, "name_taken");
    let changed = acme.patch(&pool, json!({"name": "Sales", "description": null})).await.expect(200);
    assert_eq!((&changed["name"], &changed["description"]), (&json!("Sales"), &Value::Null));
    let changed =
        acme.put(&format!("{pool}/members/{}", ids[1]), json!({"enabled": false})).await.expect(200);
    assert_eq!(changed["members"][1], json!({"session_id": ids[1], "weight": 100, "enabled": false}));
    assert_eq!(acme.get(V1).await.expect(200)["items"], json!([changed]));
    assert_eq!(acme.get(&pool).await.expect(200), changed);
    acme.delete(&format!("{pool}/members/{}", ids[1])).await.expect(204);
    acme.delete(&format!("{pool}/members/{}", ids[1])).await.problem(404, "not_found");
    acme.delete(&pool).await.expect(204);
    acme.get(&pool).await.problem(404, "not_found");
    acme.get(&format!("{pool}/status")).await.problem(404, "not_found");
}

#[tokio::test]
async fn bad_pools_are_refused_by_field() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let ids = sessions(&app, &acme, &["one"]).await;
    let stranger = "ses_01h455vb4pex5vsknk084sn02q";
    let member = |id: &str, weight: u32| json!({"session_id": id, "weight": weight});
    for (body, field) in [
        (json!({"name": ""}), "name"),
        (json!({"name": "x", "members": [member(&ids[0], 0)]}), "members[0].weight"),
        (json!({"name": "x", "members": [member(&ids[0], 1001)]}), "members[0].weight"),
        (json!({"name": "x", "members": [member(&ids[0], 1), member(&ids[0], 1)]}), "members[1].session_id"),
        (json!({"name": "x", "members": [member(&ids[0], 1), member(stranger, 1)]}), "members[1].session_id"),
    ] {
        assert_eq!(acme.post(V1, body.clone()).await.problem(422, "invalid_field")["field"], field, "{body}");
    }
    assert_eq!(app.count("select count(*) from sender_pools").await, 0);
    let pool = acme.post(V1, json!({"name": "empty"})).await.expect(201);
    acme.put(&format!("{V1}/{}/members/{stranger}", pool["id"].as_str().unwrap()), json!({}))
        .await
        .problem(404, "not_found");

    let content = json!({"type": "text", "text": "hi"});
    let to = "+6281234567890";
    acme.post("/api/v1/messages", text(to, &pool["id"])).await.problem(409, "no_member");
    acme.post("/api/v1/messages", text(to, &json!("pool_01h455vb4pex5vsknk084sn02q")))
        .await
        .problem(404, "not_found");
    let group = acme.post("/api/v1/messages", text("120363000000000001@g.us", &pool["id"])).await;
    assert_eq!(group.problem(422, "invalid_field")["field"], "pool_id");
    for (body, code) in [
        (json!({"to": to, "content": content}), "missing_field"),
        (json!({"to": to, "content": content, "pool_id": pool["id"], "session_id": ids[0]}), "invalid_field"),
    ] {
        acme.post("/api/v1/messages", body).await.problem(422, code);
    }
    let campaign = json!({"name": "c", "content": content, "pool_id": pool["id"]});
    acme.post("/api/v1/campaigns", campaign.clone()).await.problem(409, "no_member");
    let mut both = campaign;
    both["session_ids"] = json!([ids[0]]);
    acme.post("/api/v1/campaigns", both).await.problem(422, "invalid_field");
}

#[tokio::test]
async fn what_a_pool_accepted_is_answered_alike_though_nobody_could_send_it_now() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let ids = sessions(&app, &acme, &["one"]).await;
    let made = json!({"name": "sales", "members": [{"session_id": ids[0], "weight": 1}]});
    let pool = acme.post(V1, made).await.expect(201);
    let send = async |key: &str| {
        let body = text("+6281234567890", &pool["id"]);
        let request = acme.request(Method::POST, "/api/v1/messages").header("Idempotency-Key", key);
        Reply::to(request.json(&body)).await
    };
    let first = send("a").await.expect(202);
    let member = format!("{V1}/{}/members/{}?force=true", pool["id"].as_str().unwrap(), ids[0]);
    acme.delete(&member).await.expect(204);
    assert_eq!(send("a").await.expect(202), first);
    send("b").await.problem(409, "no_member");
}

#[tokio::test]
async fn messages_are_spread_by_weight_and_a_member_that_is_out_gets_none() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let ids = sessions(&app, &acme, &["one", "two", "down", "restricted"]).await;
    app.sql("update sessions set status = 'failed' where name = 'down'").await;
    app.sql(
        "update sessions
         set bulk_parked_until = now() + interval '1 day', bulk_park_code = 'restricted'
         where name = 'restricted'",
    )
    .await;
    let members: Vec<_> = ids.iter().map(|id| json!({"session_id": id})).collect();
    let pool = acme.post(V1, json!({"name": "p", "members": members})).await.expect(201)["id"].clone();
    for n in 0..30 {
        let sent =
            acme.post("/api/v1/messages", text(&format!("+62812345678{n:02}"), &pool)).await.expect(202);
        assert_eq!(sent["pool_id"], pool);
    }
    let spread: BTreeMap<String, i64> = app
        .texts(
            "select s.name || ' ' || count(*)
             from messages m
             join sessions s on s.id = m.session_id
             group by s.name",
        )
        .await
        .iter()
        .map(|row| row.split_once(' ').map(|(name, n)| (name.to_owned(), n.parse().unwrap())).unwrap())
        .collect();
    // All thirty at one of two even members: once in 500 million runs.
    assert_eq!(spread.keys().map(String::as_str).collect::<Vec<_>>(), ["one", "two"], "{spread:?}");

    let status = acme.get(&format!("{V1}/{}/status", pool.as_str().unwrap())).await.expect(200);
    let of = |id: &str| status["members"].as_array().unwrap().iter().find(|m| m["session_id"] == id).unwrap();
    assert_eq!(of(&ids[0])["standing"], "sends");
    assert_eq!(of(&ids[0])["waiting"], spread["one"]);
    assert_eq!(
        (&of(&ids[2])["standing"], &of(&ids[2])["waiting_for"]),
        (&json!("out"), &json!("session_not_working"))
    );
    let restricted = of(&ids[3]);
    assert_eq!((&restricted["waiting_for"], &restricted["code"]), (&json!("parked"), &json!("restricted")));
    assert_eq!((&restricted["weight"], &restricted["weight_in_force"]), (&json!(100), &json!(0)));
}

#[tokio::test]
async fn what_is_in_use_says_what_depends_on_it() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let ids = sessions(&app, &acme, &["one", "two"]).await;
    let pool = acme.post(V1, json!({"name": "sales", "members": [{"session_id": ids[0]}]})).await.expect(201);
    let path = format!("{V1}/{}", pool["id"].as_str().unwrap());
    let body = json!({"name": "spring", "content": {"type": "text", "text": "hi"}, "pool_id": pool["id"]});
    let campaign = acme.post("/api/v1/campaigns", body).await.expect(201);
    assert_eq!(campaign["session_ids"], json!([ids[0]]));
    let campaign = format!("/api/v1/campaigns/{}", campaign["id"].as_str().unwrap());
    let csv =
        acme.request(Method::POST, &format!("{campaign}/recipients")).header("content-type", "text/csv");
    Reply::to(csv.body("phone\n+6281234567892\n")).await.expect(200);
    acme.post(&format!("{campaign}/start"), json!({})).await.expect(200);
    acme.post("/api/v1/messages", text("+6281234567890", &pool["id"])).await.expect(202);

    let member = format!("{path}/members/{}", ids[0]);
    for refused in [acme.delete(&path).await, acme.delete(&member).await] {
        let detail = refused.problem(409, "pool_in_use")["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("1 messages wait") && detail.contains("spring"), "{detail}");
    }
    let detail =
        acme.delete(&format!("/api/v1/sessions/{}", ids[0])).await.problem(409, "session_in_use")["detail"]
            .as_str()
            .unwrap()
            .to_owned();
    assert!(detail.contains("sales") && detail.contains("spring"), "{detail}");

    // A new member sends at once; a disabled one sends no more.
    acme.put(&format!("{path}/members/{}", ids[1]), json!({})).await.expect(200);
    assert_eq!(acme.get(&campaign).await.expect(200)["session_ids"].as_array().unwrap().len(), 2);
    acme.put(&member, json!({"enabled": false})).await.expect(200);
    assert_eq!(acme.get(&campaign).await.expect(200)["session_ids"], json!([ids[1]]));
    acme.put(&format!("{path}/members/{}", ids[1]), json!({"enabled": false})).await.expect(200);
    assert_eq!(acme.get(&campaign).await.expect(200)["state"], "paused", "nobody is left to send it");
    acme.delete(&format!("{path}?force=true")).await.expect(204);
    assert_eq!(acme.get(&campaign).await.expect(200)["pool_id"], Value::Null);
    acme.delete(&format!("/api/v1/sessions/{}", ids[0])).await.expect(202);
}
