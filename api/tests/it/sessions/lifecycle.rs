//! Sessions over HTTP: made, changed, commanded, deleted, watched.

use futures::StreamExt;
use serde_json::{Value, json};
use wahana_testkit::{Reply, TestApp};

const V1: &str = "/api/v1/sessions";

async fn jobs(app: &TestApp) -> Vec<String> {
    app.texts("select kind from jobs order by created_at, id").await
}

#[tokio::test]
async fn a_session_lives() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    acme.post(V1, json!({"name": "first"})).await.problem(503, "no_node");
    app.node().await;

    let made = acme
        .post(V1, json!({"name": "first", "policy": {"gap_min_ms": 1000, "gap_max_ms": 2000}}))
        .await
        .expect(201);
    assert_eq!(
        (made["status"].as_str(), made["simple_status"].as_str(), made["desired"].as_str()),
        (Some("pending"), Some("pairing"), Some("running"))
    );
    assert_eq!(made["policy"]["gap_min_ms"], 1000);
    assert_eq!(made["policy"]["time_zone"], "Asia/Jakarta");
    assert_eq!(jobs(&app).await, ["sync_session"]);
    acme.post(V1, json!({"name": "first"})).await.problem(409, "name_taken");

    let id = made["id"].as_str().unwrap();
    let path = format!("{V1}/{id}");
    assert_eq!(acme.get(&path).await.expect(200)["id"], id);
    assert_eq!(
        acme.get(&format!("/api/sessions/{id}")).await.expect(200)["id"],
        id,
        "the short path works too"
    );
    assert_eq!(acme.get(V1).await.expect(200)["items"][0]["id"], id);
    let health = acme.get(&path).await.expect(200)["health"]["state"].as_str().unwrap().to_owned();
    let so = acme.get(&format!("{V1}?health={health}")).await.expect(200);
    assert_eq!(so["items"][0]["id"], id);
    let others = if health == "healthy" { "failed" } else { "healthy" };
    assert_eq!(acme.get(&format!("{V1}?health={others}")).await.expect(200)["items"], json!([]));
    acme.get(&format!("{V1}?health=rosy")).await.problem(422, "invalid_field");

    let changed =
        acme.patch(&path, json!({"name": "second", "description": "for receipts"})).await.expect(200);
    assert_eq!(
        (changed["name"].as_str(), changed["description"].as_str()),
        (Some("second"), Some("for receipts"))
    );
    let changed = acme.patch(&path, json!({"description": null})).await.expect(200);
    assert_eq!((changed["name"].as_str(), changed["description"].as_str()), (Some("second"), None));

    let stopped = acme.post(&format!("{path}/stop"), json!({})).await.expect(202);
    assert_eq!(stopped["desired"], "stopped");
    assert_eq!(acme.post(&format!("{path}/start"), json!({})).await.expect(202)["desired"], "running");
    acme.post(&format!("{path}/restart"), json!({})).await.expect(202);
    acme.post(&format!("{path}/logout"), json!({})).await.expect(202);
    assert_eq!(
        jobs(&app).await,
        ["sync_session", "restart_session", "logout_session"],
        "the same wish waits once"
    );

    acme.delete(&path).await.expect(202);
    acme.get(&path).await.problem(404, "not_found");
    acme.delete(&path).await.problem(404, "not_found");
    acme.post(&format!("{path}/start"), json!({})).await.problem(404, "not_found");
    assert_eq!(acme.get(V1).await.expect(200)["items"], json!([]));
    acme.post(V1, json!({"name": "second"})).await.expect(201);
}

#[tokio::test]
async fn names_at_waha_and_keys_are_ours_and_sealed() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "main").await;
    assert_eq!(session.waha_name, session.id.to_string().replace("ses_", "w_"));
    assert_eq!(session.hmac_key.len(), 64);
    let stored = app.texts("select encode(hmac_key_sealed, 'escape') from sessions").await;
    assert!(!stored[0].contains(&session.hmac_key[..16]), "{stored:?}");
    let shown = acme.get(&format!("{V1}/{}", session.id)).await.text;
    assert!(!shown.contains(&session.waha_name) && !shown.contains(&session.hmac_key), "{shown}");
}

#[tokio::test]
async fn bad_sessions_are_refused_by_field() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    app.node().await;
    for (body, code, field) in [
        (json!({}), "missing_field", "name"),
        (json!({"name": ""}), "invalid_field", "name"),
        (json!({"name": "x".repeat(101)}), "invalid_field", "name"),
        (json!({"name": "a", "colour": "red"}), "unknown_field", "colour"),
        (json!({"name": "a", "start": "yes"}), "invalid_field", "start"),
        (
            json!({"name": "a", "policy": {"gap_min_ms": 9, "gap_max_ms": 1}}),
            "invalid_field",
            "policy.gap_min_ms",
        ),
        (json!({"name": "a", "policy": {"daily_cap": 0}}), "invalid_field", "policy.daily_cap"),
        (json!({"name": "a", "policy": {"time_zone": "Mars/Olympus"}}), "invalid_field", "policy.time_zone"),
        (
            json!({"name": "a", "policy": {"send_window": {"from": "08:00", "to": "08:00"}}}),
            "invalid_field",
            "policy.send_window",
        ),
        (
            json!({"name": "a", "policy": {"gap_max_ms": 660_000, "send_window": {"from": "08:00", "to": "08:10"}}}),
            "invalid_field",
            "policy.gap_max_ms",
        ),
    ] {
        let problem = acme.post(V1, body.clone()).await.problem(422, code);
        assert_eq!(problem["field"], field, "{body}");
    }
    assert_eq!(app.count("select count(*) from sessions").await, 0);
}

#[tokio::test]
async fn sessions_go_to_the_least_full_node() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    for (name, capacity) in [("small", 1), ("large", 3)] {
        let node = wahana_store::fleet::nodes::NewNode {
            name: name.into(),
            base_url: format!("http://{name}.invalid"),
            api_key: "k".to_owned().into(),
            engine: None,
            capacity,
        };
        app.store.system().nodes().upsert(node).await.unwrap();
    }
    for n in 0..4 {
        acme.post(V1, json!({"name": format!("s{n}")})).await.expect(201);
    }
    let problem = acme.post(V1, json!({"name": "s4"})).await.problem(503, "no_node");
    assert!(problem["detail"].as_str().unwrap().contains("2 are full"), "{problem}");
    let nodes = app.store.system().nodes().list().await.unwrap();
    let loads: Vec<_> = nodes.iter().map(|node| (node.name.as_str(), node.sessions)).collect();
    assert_eq!(loads, [("large", 3), ("small", 1)]);
}

#[tokio::test]
async fn a_session_in_use_is_deleted_by_force_only() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "main").await.id.to_string();
    let body = json!({"name": "sale", "content": {"type": "text", "text": "hi"}, "session_ids": [session]});
    let campaign = acme.post("/api/v1/campaigns", body).await.expect(201)["id"].as_str().unwrap().to_owned();
    let people = json!({"contacts": [{"phone": "+6281234567890"}]});
    acme.post(&format!("/api/v1/campaigns/{campaign}/recipients"), people).await.expect(200);
    acme.post(&format!("/api/v1/campaigns/{campaign}/start"), json!({})).await.expect(200);
    let message = acme
        .post(
            "/api/v1/messages",
            json!({"session_id": session, "to": "+6281234567890", "content": {"type": "text", "text": "x"}}),
        )
        .await;
    let message = message.expect(202)["id"].as_str().unwrap().to_owned();

    let problem = acme.delete(&format!("{V1}/{session}")).await.problem(409, "session_in_use");
    assert!(problem["detail"].as_str().unwrap().contains(&campaign), "{problem}");
    acme.delete(&format!("{V1}/{session}?force=true")).await.expect(202);
    let after = acme.get(&format!("/api/v1/campaigns/{campaign}")).await.expect(200);
    assert_eq!((after["state"].as_str(), &after["session_ids"]), (Some("paused"), &json!([])));
    acme.post(&format!("/api/v1/campaigns/{campaign}/resume"), json!({})).await.problem(409, "no_sender");
    let after = acme.get(&format!("/api/v1/messages/{message}")).await.expect(200);
    assert_eq!(
        (after["state"].as_str(), after["error"]["code"].as_str()),
        (Some("cancelled"), Some("session_deleted"))
    );
    assert_eq!(app.count("select count(*) from jobs where kind = 'send_message'").await, 0);
}

#[tokio::test]
async fn a_code_exists_only_while_it_can_be_scanned() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let path = format!("{V1}/{}", app.session(&acme, "main").await.id);
    let problem = acme.get(&format!("{path}/qr")).await.problem(409, "session_not_pairing");
    assert!(problem["detail"].as_str().unwrap().contains("pending"), "{problem}");
    acme.post(&format!("{path}/pairing-code"), json!({"phone": "081234567890"}))
        .await
        .problem(409, "session_not_pairing");
    let problem = acme
        .post(&format!("{path}/pairing-code"), json!({"phone": "12"}))
        .await
        .problem(422, "invalid_field");
    assert_eq!(problem["field"], "phone");
    app.sql("update sessions set status = 'scan_qr_code'").await;
    // Nothing listens at the node of the tests.
    let reply = acme.get(&format!("{path}/qr")).await;
    assert_eq!(reply.header("retry-after"), "2");
    reply.problem(503, "waha_unavailable");
    acme.get(&format!("{path}/qr?format=gif")).await.problem(422, "invalid_field");
}

#[tokio::test]
async fn the_status_is_told_when_it_changes() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let id = app.session(&acme, "main").await.id;
    app.sql(
        "insert into session_events (session_id, organization_id, at, status)
         select id, organization_id, now(), 'starting'
         from sessions",
    )
    .await;
    let events = acme.get(&format!("{V1}/{id}/events")).await.expect(200);
    assert_eq!(events["items"][0]["status"], "starting");

    let response = Reply::stream(acme.request(reqwest::Method::GET, &format!("{V1}/{id}/status"))).await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut stream = response.bytes_stream();
    let mut told = String::new();
    for (statement, wanted) in [
        ("select 1", "\"status\":\"pending\""),
        ("update sessions set status = 'working'", "\"simple_status\":\"connected\""),
        ("update sessions set deleted_at = now()", "event: gone"),
    ] {
        app.sql(statement).await;
        while !told.contains(wanted) {
            let chunk = stream.next().await.expect("more to come").unwrap();
            told.push_str(&String::from_utf8_lossy(&chunk));
        }
    }
    assert_eq!(told.matches("event: status").count(), 2, "{told}");
    acme.get(&format!("{V1}/{id}/status")).await.problem(404, "not_found");
}

#[tokio::test]
async fn others_do_not_exist() {
    let app = TestApp::start().await;
    let (acme, globex) = (app.register("acme").await, app.register("globex").await);
    let path = format!("{V1}/{}", app.session(&acme, "main").await.id);
    for reply in [
        globex.get(&path).await,
        globex.patch(&path, json!({"name": "mine"})).await,
        globex.post(&format!("{path}/stop"), json!({})).await,
        globex.get(&format!("{path}/qr")).await,
        globex.get(&format!("{path}/status")).await,
        globex.delete(&path).await,
    ] {
        Reply::problem(reply, 404, "not_found");
    }
    assert_eq!(globex.get(V1).await.expect(200)["items"], json!([]));
}

#[tokio::test]
async fn a_phone_pairs_by_the_code_of_waha() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let sim = wahana_waha_sim::SimServer::start(wahana_waha_sim::SimConfig {
        webhooks: false,
        time_scale: 0.01,
        ..Default::default()
    })
    .await
    .unwrap();
    let node = wahana_store::fleet::nodes::NewNode {
        name: "sim".into(),
        base_url: sim.url(),
        api_key: "any".to_owned().into(),
        engine: None,
        capacity: 9,
    };
    app.store.system().nodes().upsert(node).await.unwrap();
    let id = acme.post(V1, json!({"name": "main"})).await.expect(201)["id"].as_str().unwrap().to_owned();
    // As the worker does it.
    let waha_name = id.replace("ses_", "w_");
    let body = json!({"name": waha_name, "start": true});
    let created = reqwest::Client::builder()
        .build()
        .unwrap()
        .post(format!("{}/api/sessions", sim.url()))
        .json(&body)
        .send()
        .await
        .unwrap();
    assert!(created.status().is_success());
    app.sql("update sessions set status = 'scan_qr_code'").await;

    let path = format!("{V1}/{id}");
    let response = Reply::stream(acme.request(reqwest::Method::GET, &format!("{path}/qr"))).await;
    assert_eq!(response.headers()["content-type"], "image/png");
    assert!(response.headers()["cache-control"].to_str().unwrap().contains("no-store"));
    assert!(response.bytes().await.unwrap().starts_with(b"\x89PNG"));
    let raw = acme.get(&format!("{path}/qr?format=raw")).await.expect(200);
    assert!(raw["value"].as_str().is_some_and(|value| !value.is_empty()), "{raw}");
    let code = acme.post(&format!("{path}/pairing-code"), json!({"phone": "081234567890"})).await.expect(200);
    assert!(code["code"].as_str().is_some_and(|code| code.len() >= 8), "{code}");

    // WAHA is further than our record: it says so itself.
    assert!(sim.scan(&waha_name, "6281234567890", "Acme"));
    let problem = acme.get(&format!("{path}/qr")).await.problem(409, "session_not_pairing");
    assert!(problem["detail"].as_str().unwrap().contains("working"), "{problem}");
    sim.stop().await;
}

#[tokio::test]
async fn a_session_goes_where_its_labels_are_and_nothing_forbids_it() {
    use wahana_store::fleet::nodes::{NewNode, NodeChange};
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let mut ids = std::collections::BTreeMap::new();
    for (name, engine, region) in [
        ("a", "NOWEB", "jakarta"),
        ("b", "GOWS", "jakarta"),
        ("c", "NOWEB", "medan"),
        ("d", "NOWEB", "jakarta"),
    ] {
        let node = NewNode {
            name: name.into(),
            base_url: format!("http://{name}.invalid"),
            api_key: "k".to_owned().into(),
            engine: Some(engine.into()),
            capacity: 9,
        };
        let id = app.store.system().nodes().upsert(node).await.unwrap();
        let labels = [("region".to_owned(), region.to_owned())].into();
        let change = NodeChange { labels: Some(labels), ..NodeChange::default() };
        assert!(app.store.system().nodes().change(id, change).await.unwrap());
        ids.insert(name, id);
    }
    let system = app.store.system();
    let dead_after = std::time::Duration::ZERO;
    system.nodes().record_check(ids["d"], Err("connection refused"), dead_after).await.unwrap();
    let wish = json!({"region": "jakarta", "engine": "NOWEB"});
    acme.post(V1, json!({"name": "s1", "placement": wish})).await.expect(201);
    system.nodes().cordon(ids["a"], true).await.unwrap();
    let problem = acme.post(V1, json!({"name": "s2", "placement": wish})).await.problem(503, "no_node");
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.contains("2 do not fit") && detail.contains("1 are cordoned") && detail.contains("1 are dead"),
        "{detail}"
    );
    acme.post(V1, json!({"name": "s3", "placement": {"region": "jakarta"}})).await.expect(201);
    let problem = acme.post(V1, json!({"name": "s4", "placement": {"a b": "x"}})).await;
    assert_eq!(problem.problem(422, "invalid_field")["field"], "placement");
    let placed = app
        .texts("select s.name || ' ' || n.name from sessions s join nodes n on n.id = s.node_id order by 1")
        .await;
    assert_eq!(placed, ["s1 a", "s3 b"]);
    // What is in use stays; what is not goes, and its name is free again.
    use wahana_store::fleet::nodes::NodeRemoval;
    let NodeRemoval::InUse { count: 1, sessions } = system.nodes().remove(ids["a"]).await.unwrap() else {
        panic!()
    };
    assert_eq!(sessions.len(), 1);
    assert_eq!(system.nodes().remove(ids["c"]).await.unwrap(), NodeRemoval::Removed);
    assert_eq!(system.nodes().remove(ids["c"]).await.unwrap(), NodeRemoval::NotFound);
    assert_eq!(system.nodes().list().await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_node_is_degraded_before_it_is_dead_and_healthy_when_it_answers() {
    use std::time::Duration;
    use wahana_domain::nodes::NodeHealth;
    let app = TestApp::start().await;
    app.node().await;
    let system = app.store.system();
    let id = system.nodes().list().await.unwrap()[0].id;
    let hour = Duration::from_secs(3600);
    assert_eq!(system.nodes().record_check(id, Err("away"), hour).await.unwrap(), Some(NodeHealth::Degraded));
    assert_eq!(system.nodes().record_check(id, Err("away"), hour).await.unwrap(), None);
    assert_eq!(
        system.nodes().record_check(id, Err("away"), Duration::ZERO).await.unwrap(),
        Some(NodeHealth::Dead)
    );
    let answer = Ok(("2026.7.1", "NOWEB"));
    assert_eq!(system.nodes().record_check(id, answer, hour).await.unwrap(), Some(NodeHealth::Healthy));
    let node = system.nodes().get(id).await.unwrap().unwrap();
    assert_eq!((node.health, node.error, node.engine.as_deref()), (NodeHealth::Healthy, None, Some("NOWEB")));
}

#[tokio::test]
async fn f4_the_zone_of_the_organization_reaches_sessions_that_chose_none() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    app.node().await;
    let zone = async |id: &str| {
        let session = acme.get(&format!("/api/v1/sessions/{id}")).await.expect(200);
        session["policy"]["time_zone"].as_str().unwrap().to_owned()
    };
    let make = async |body: Value| {
        acme.post("/api/v1/sessions", body).await.expect(201)["id"].as_str().unwrap().to_owned()
    };
    let set = async |name: &str| {
        acme.patch("/api/v1/organization", json!({"time_zone": name})).await.expect(200);
    };
    let before = make(json!({"name": "before"})).await;
    set("Asia/Makassar").await;
    assert_eq!(zone(&before).await, "Asia/Makassar", "it never chose one");
    let plain = make(json!({"name": "plain"})).await;
    let paced = make(json!({"name": "paced", "policy": {"gap_min_ms": 40_000}})).await;
    let own = make(json!({"name": "own", "policy": {"time_zone": "Asia/Jayapura"}})).await;
    // The dashboard sends the whole pace back: the same zone is no choice.
    let whole = acme.get(&format!("/api/v1/sessions/{plain}")).await.expect(200)["policy"].clone();
    acme.patch(&format!("/api/v1/sessions/{plain}"), json!({"policy": whole})).await.expect(200);
    assert_eq!((zone(&plain).await, zone(&paced).await), ("Asia/Makassar".into(), "Asia/Makassar".into()));
    assert_eq!(zone(&own).await, "Asia/Jayapura");

    set("Asia/Tokyo").await;
    for follows in [&before, &plain, &paced] {
        assert_eq!(zone(follows).await, "Asia/Tokyo");
    }
    assert_eq!(zone(&own).await, "Asia/Jayapura", "it chose its own");
    // Without a zone it follows again.
    acme.patch(&format!("/api/v1/sessions/{own}"), json!({"policy": {}})).await.expect(200);
    assert_eq!(zone(&own).await, "Asia/Tokyo");
    let wrong = json!({"policy": {"time_zone": "Mars/Olympus"}});
    let problem = acme.patch(&format!("/api/v1/sessions/{own}"), wrong).await.problem(422, "invalid_field");
    assert_eq!(problem["field"], "policy.time_zone");
}

#[tokio::test]
async fn b42_scheduled_messages_are_named_before_a_session_is_deleted() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let id = app.session(&acme, "main").await.id.to_string();
    let path = format!("{V1}/{id}");
    for days in [1, 3] {
        let at = app.store.clock().now() + chrono::TimeDelta::days(days);
        let text = json!({"to": "+6281234567890", "text": "hello", "send_at": at});
        acme.post(&format!("{path}/send-text"), text).await.expect(202);
    }
    let problem = acme.delete(&path).await.problem(409, "messages_scheduled");
    assert!(problem["detail"].as_str().unwrap().starts_with("2 scheduled messages"), "{problem}");
    acme.delete(&format!("{path}?force=true")).await.problem(409, "messages_scheduled");
    assert_eq!(app.count("select count(*) from messages where state = 'cancelled'").await, 0);
    acme.delete(&format!("{path}?cancel_scheduled=true")).await.expect(202);
    assert_eq!(app.count("select count(*) from messages where state = 'cancelled'").await, 2);
}

#[tokio::test]
async fn f9_a_paired_session_that_restarts_is_connecting() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let path = format!("{V1}/{}", app.session(&acme, "main").await.id);
    let simple = async || acme.get(&path).await.expect(200)["simple_status"].as_str().unwrap().to_owned();
    app.sql("update sessions set status = 'starting'").await;
    assert_eq!(simple().await, "pairing", "nobody ever scanned it");
    app.sql("update sessions set phone = '6281234567890'").await;
    assert_eq!(simple().await, "connecting");
    app.sql("update sessions set status = 'scan_qr_code'").await;
    assert_eq!(simple().await, "pairing");
}
