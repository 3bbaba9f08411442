//! WAHA servers as operators see them over HTTP. What moving does is shown by the whole-way tests.

use std::time::Duration;

use serde_json::{Value, json};
use wahana_testkit::{Tenant, TestApp};

const V1: &str = "/api/v1/operator/nodes";

async fn add(operator: &Tenant, name: &str, group: Option<&str>) -> String {
    let body = json!({"name": name, "base_url": format!("http://{name}.invalid"), "api_key": "secret-key", "capacity": 2, "storage_group": group});
    operator.post(V1, body).await.expect(201)["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_node_lives() {
    let app = TestApp::start().await;
    let operator = app.register("operator").await;
    let id = add(&operator, "one", Some("pg")).await;
    let path = format!("{V1}/{id}");
    let node = operator.get(&path).await.expect(200);
    assert_eq!((&node["health"], &node["storage_group"]), (&json!("unknown"), &json!("pg")));
    assert!(!node.to_string().contains("secret-key"));
    let again = json!({"name": "one", "base_url": "http://other.invalid", "api_key": "k"});
    operator.post(V1, again).await.problem(409, "name_taken");
    let same = json!({"name": "two", "base_url": "http://one.invalid", "api_key": "k"});
    assert_eq!(operator.post(V1, same).await.problem(409, "name_taken")["field"], "base_url");
    for (body, field) in [
        (json!({"base_url": "ftp://x"}), "base_url"),
        (json!({"capacity": 0}), "capacity"),
        (json!({"labels": {"a b": "x"}}), "labels"),
        (json!({"storage_group": ""}), "storage_group"),
    ] {
        assert_eq!(operator.patch(&path, body).await.problem(422, "invalid_field")["field"], field);
    }
    let changed = operator
        .patch(&path, json!({"capacity": 7, "labels": {"region": "medan"}, "storage_group": null}))
        .await
        .expect(200);
    assert_eq!((&changed["capacity"], &changed["storage_group"]), (&json!(7), &Value::Null));
    assert_eq!(operator.post(&format!("{path}/cordon"), json!({})).await.expect(200)["cordoned"], true);
    operator.post("/api/v1/sessions", json!({"name": "s"})).await.problem(503, "no_node");
    let drained = operator.post(&format!("{path}/drain"), json!({})).await.expect(202);
    assert_eq!(drained["drain"]["left"], 0);
    let open = operator.post(&format!("{path}/uncordon"), json!({})).await.expect(200);
    assert_eq!((&open["cordoned"], &open["drain"]), (&json!(false), &Value::Null));

    let session = operator.post("/api/v1/sessions", json!({"name": "s"})).await.expect(201)["id"].clone();
    let detail = operator.delete(&path).await.problem(409, "node_in_use")["detail"].clone();
    assert!(detail.as_str().unwrap().contains(session.as_str().unwrap()), "{detail}");
    let placed = operator.get(&format!("{path}/sessions")).await.expect(200);
    assert_eq!(placed["items"][0]["id"], session);
    operator.delete(&format!("/api/v1/sessions/{}", session.as_str().unwrap())).await.expect(202);
    operator.delete(&path).await.expect(204);
    for gone in ["", "/sessions", "/moves"] {
        operator.get(&format!("{path}{gone}")).await.problem(404, "not_found");
    }
    let acts = operator.get("/api/v1/operator/audit-events?action=node.").await.expect(200);
    let acts: Vec<_> = acts["items"].as_array().unwrap().iter().map(|act| act["action"].clone()).collect();
    assert_eq!(acts[0], "node.remove");
    assert!(acts.contains(&json!("node.drain")) && acts.contains(&json!("node.cordon")), "{acts:?}");
}

#[tokio::test]
async fn a_move_says_beforehand_what_it_does_and_why_it_cannot() {
    let app = TestApp::start().await;
    let operator = app.register("operator").await;
    let one = add(&operator, "one", Some("pg")).await;
    let session = operator.post("/api/v1/sessions", json!({"name": "s"})).await.expect(201)["id"].clone();
    let session = session.as_str().unwrap().to_owned();
    let path = format!("/api/v1/operator/sessions/{session}/move");
    let refused = async |body: Value, status, code| operator.post(&path, body).await.problem(status, code);
    refused(json!({}), 503, "no_node").await;
    let two = add(&operator, "two", Some("pg")).await;
    let far = add(&operator, "far", None).await;
    refused(json!({"node_id": one}), 409, "cannot_move").await;
    refused(json!({"node_id": "nod_01h455vb4pex5vsknk084sn02q"}), 422, "invalid_field").await;
    let detail = refused(json!({"node_id": far}), 409, "cannot_move").await["detail"].clone();
    assert!(detail.as_str().unwrap().contains("scan"), "{detail}");
    operator
        .post("/api/v1/operator/sessions/ses_01h455vb4pex5vsknk084sn02q/move", json!({}))
        .await
        .problem(404, "not_found");

    let plan = async |body: Value| operator.post(&path, body).await.expect(200);
    assert_eq!(plan(json!({"node_id": far, "dry_run": true})).await["needs_scan"], true);
    let near = plan(json!({"dry_run": true})).await;
    assert_eq!((&near["needs_scan"], &near["to_node_id"]), (&json!(false), &json!(two)));
    let system = app.store.system();
    let dead = async |id: &str| {
        system.nodes().record_check(id.parse().unwrap(), Err("gone"), Duration::ZERO).await.unwrap();
    };
    dead(&two).await;
    refused(json!({"node_id": two}), 409, "cannot_move").await;
    system
        .nodes()
        .record_check(two.parse().unwrap(), Ok(("2026.7.1", "NOWEB")), Duration::ZERO)
        .await
        .unwrap();
    dead(&one).await;
    // Nobody can see that it is stopped there, unless somebody vouches for it.
    refused(json!({}), 409, "cannot_move").await;
    let node = operator.get(&format!("{V1}/{one}")).await.expect(200);
    assert!(node["attention"].as_str().unwrap().contains("storage group"), "{node}");
    let moved = operator.post(&path, json!({"force": true})).await.expect(202);
    assert!(moved["move_id"].as_str().unwrap().starts_with("mov_"), "{moved}");
    refused(json!({"force": true}), 409, "cannot_move").await;
    let moves = operator.get(&format!("{V1}/{one}/moves")).await.expect(200);
    assert_eq!((&moves["items"][0]["state"], &moves["items"][0]["forced"]), (&json!("moving"), &json!(true)));
    // Meanwhile nothing is sent and no command reaches it.
    let id = session.parse().unwrap();
    assert!(system.sessions().work(id).await.unwrap().unwrap().moving);
    let work = system.session_moves().work(id).await.unwrap().unwrap();
    system.session_moves().switch_node(id, work.id).await.unwrap();
    system.session_moves().switch_node(id, work.id).await.unwrap();
    let now = system.sessions().work(id).await.unwrap().unwrap();
    assert_eq!((now.node.to_string(), now.placement_epoch, now.moving), (two, 1, false));
}
