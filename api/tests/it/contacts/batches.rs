//! Many contacts at once: counted, tagged, untagged, removed; one contact changed; suppressions searched.

use serde_json::{Value, json};
use wahana_testkit::{Tenant, TestApp};

async fn arrange() -> (TestApp, Tenant) {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    for (n, name, tags) in
        [(0, "Ana", json!(["vip"])), (1, "Anto", json!(["vip", "old"])), (2, "Budi", json!([]))]
    {
        let body = json!({"phone": format!("+6281234567{n:03}"), "name": name, "tags": tags, "attributes": {"kota": "Medan"}});
        acme.post("/api/v1/contacts", body).await.expect(201);
    }
    (app, acme)
}

const TAGS: &str = "select name || ':' || array_to_string(tags, ',') from contacts order by name";

#[tokio::test]
async fn tags_are_given_and_taken_by_filter() {
    let (app, acme) = arrange().await;
    let body = |preview: bool| json!({"contacts": {"name": "an"}, "add": ["new", "vip"], "remove": ["old"], "preview": preview});
    let told = acme.post("/api/v1/contacts/tag", body(true)).await.expect(200);
    assert_eq!(told, json!({"changed": 0, "left": 2}));
    assert_eq!(app.texts(TAGS).await, ["Ana:vip", "Anto:vip,old", "Budi:"]);
    let told = acme.post("/api/v1/contacts/tag", body(false)).await.expect(200);
    assert_eq!(told, json!({"changed": 2, "left": 0}), "who has the tags by now does not count as left");
    assert_eq!(app.texts(TAGS).await, ["Ana:new,vip", "Anto:new,vip", "Budi:"]);
    let audit = acme.get("/api/v1/audit-events?action=contacts.tag").await.expect(200);
    assert_eq!(audit["items"][0]["detail"]["added"], json!(["new", "vip"]));
}

#[tokio::test]
async fn contacts_are_removed_by_filter_and_suppressions_stay() {
    let (app, acme) = arrange().await;
    acme.post("/api/v1/suppressions", json!({"phone": "+6281234567000"})).await.expect(201);
    let wanted = |preview: bool| json!({"contacts": {"tag": "vip"}, "preview": preview});
    let path = "/api/v1/contacts/delete";
    assert_eq!(acme.post(path, wanted(true)).await.expect(200), json!({"changed": 0, "left": 2}));
    assert_eq!(acme.post(path, wanted(false)).await.expect(200), json!({"changed": 2, "left": 0}));
    assert_eq!(app.texts(TAGS).await, ["Budi:"]);
    assert_eq!(app.count("select count(*) from suppressions").await, 1);

    let nobody = acme.post(path, json!({"contacts": {}})).await.problem(422, "invalid_field");
    assert_eq!(nobody["field"], "contacts", "nobody deletes everybody by leaving something out");
    let globex = app.register("globex").await;
    let everybody = json!({"contacts": {"everybody": true}});
    assert_eq!(globex.post(path, everybody).await.expect(200)["changed"], 0);
    assert_eq!(app.texts(TAGS).await, ["Budi:"]);
}

#[tokio::test]
async fn a_change_also_takes_away() {
    let (_app, acme) = arrange().await;
    let listed = acme.get("/api/v1/contacts?name=anto").await.expect(200);
    let path = format!("/api/v1/contacts/{}", listed["items"][0]["id"].as_str().expect("an id"));
    let changed = acme.patch(&path, json!({"tags": ["vip", "a", "a"]})).await.expect(200);
    assert_eq!((&changed["tags"], &changed["name"]), (&json!(["a", "vip"]), &json!("Anto")));
    assert_eq!(changed["attributes"], json!({"kota": "Medan"}), "what is left out stays");
    let changed = acme.patch(&path, json!({"tags": [], "attributes": {}, "name": null})).await.expect(200);
    assert_eq!(
        (&changed["tags"], &changed["attributes"], &changed["name"]),
        (&json!([]), &json!({}), &Value::Null)
    );
    let wrong = acme.patch(&path, json!({"tags": [" "]})).await.problem(422, "invalid_field");
    assert_eq!(wrong["field"], "tags");
}

#[tokio::test]
async fn suppressions_are_found_by_digits_and_reason() {
    let (_app, acme) = arrange().await;
    for (phone, reason) in
        [("+6281234567000", "opt_out"), ("+6281299967000", "manual"), ("+6285712345678", "manual")]
    {
        acme.post("/api/v1/suppressions", json!({"phone": phone, "reason": reason})).await.expect(201);
    }
    let found = async |query: &str| -> Vec<String> {
        let page = acme.get(&format!("/api/v1/suppressions?{query}")).await.expect(200);
        let items = page["items"].as_array().expect("a list").clone();
        items.iter().map(|item| item["phone"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(found("phone=0812-3456").await, ["+6281234567000"]);
    assert_eq!(found("phone=67000").await, ["+6281234567000", "+6281299967000"]);
    assert_eq!(found("reason=manual&phone=12").await, ["+6281299967000", "+6285712345678"]);
    assert_eq!(found("reason=manual&limit=1&phone=12").await, ["+6281299967000"]);
    acme.get("/api/v1/suppressions?reason=boredom").await.problem(422, "invalid_field");
}
