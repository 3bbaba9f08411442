//! Contacts and suppressions over HTTP.

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};
use wahana_testkit::{Client, Reply, TestApp};

const V1: &str = "/api/v1/contacts";

async fn import(client: &Client, query: &str, csv: impl Into<reqwest::Body>) -> Reply {
    Reply::to(
        client
            .request(Method::POST, &format!("{V1}/import{query}"))
            .header(CONTENT_TYPE, "text/csv")
            .body(csv),
    )
    .await
}

#[tokio::test]
async fn one_contact_per_number() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let ana = acme
        .post(
            V1,
            json!({"phone": "081234567890", "name": "Ana", "attributes": {"city": "Bogor"}, "tags": ["vip"]}),
        )
        .await
        .expect(201);
    assert_eq!(ana["phone"], "+6281234567890");
    let again = acme
        .post(V1, json!({"phone": "+62 812-3456-7890", "attributes": {"size": "M"}, "tags": ["new", "vip"]}))
        .await
        .expect(200);
    assert_eq!((&again["id"], again["name"].as_str()), (&ana["id"], Some("Ana")));
    assert_eq!(
        (&again["attributes"], &again["tags"]),
        (&json!({"city": "Bogor", "size": "M"}), &json!(["new", "vip"]))
    );

    acme.post(V1, json!({"phone": "+12132132131", "name": "Bob"})).await.expect(201);
    for (query, names) in [
        ("", vec!["Bob", "Ana"]),
        ("?tag=vip", vec!["Ana"]),
        ("?name=BO", vec!["Bob"]),
        ("?name=%25", vec![]),
        ("?phone=081234567890", vec!["Ana"]),
        ("?limit=1", vec!["Bob"]),
    ] {
        let page = acme.get(&format!("{V1}{query}")).await.expect(200);
        let found: Vec<_> =
            page["items"].as_array().unwrap().iter().map(|c| c["name"].as_str().unwrap()).collect();
        assert_eq!(found, names, "{query}");
    }
    let session = app.session(&acme, "main").await.id;
    assert_eq!(
        acme.get(&format!("/api/sessions/{session}/contacts")).await.expect(200)["items"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(
        acme.get(&format!("/api/sessions/{session}/contacts/081234567890")).await.expect(200)["id"],
        ana["id"]
    );
    acme.get(&format!("/api/sessions/{session}/contacts/%2B6281234567891")).await.problem(404, "not_found");

    let path = format!("{V1}/{}", ana["id"].as_str().unwrap());
    let globex = app.register("globex").await;
    globex.get(&path).await.problem(404, "not_found");
    globex.delete(&path).await.problem(404, "not_found");
    acme.get(&path).await.expect(200);
    acme.delete(&path).await.expect(204);
    acme.delete(&path).await.problem(404, "not_found");
}

#[tokio::test]
async fn bad_contacts_are_refused_by_field() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    for (body, code, field) in [
        (json!({"name": "x"}), "missing_field", "phone"),
        (json!({"phone": "abc"}), "invalid_field", "phone"),
        (json!({"phone": "+6281234567890", "name": "x".repeat(201)}), "invalid_field", "name"),
        (json!({"phone": "+6281234567890", "attributes": {"": "x"}}), "invalid_field", "attributes"),
        (json!({"phone": "+6281234567890", "attributes": {"a": [1]}}), "invalid_field", "attributes.a"),
        (json!({"phone": "+6281234567890", "tags": [" "]}), "invalid_field", "tags"),
        (json!({"phone": "+6281234567890", "mail": "x"}), "unknown_field", "mail"),
    ] {
        assert_eq!(acme.post(V1, body.clone()).await.problem(422, code)["field"], field, "{body}");
    }
    assert_eq!(app.count("select count(*) from contacts").await, 0);
}

#[tokio::test]
async fn a_list_is_imported() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    acme.post(V1, json!({"phone": "081234567890", "name": "Ana"})).await.expect(201);
    let mut csv = "Nama;No HP;Kota Asal\nAna Maria;0812-3456-7890;Bogor\nBad;12;X\n\nBudi;0812-3456-7891;\nBudi B.;081234567891;Solo\n".to_owned();
    (0..2500).for_each(|n| csv.push_str(&format!("P{n};0812{n:08};X\n")));
    let report = import(&acme, "?tag=spring", csv).await.expect(200);
    assert_eq!(
        (report["total_lines"].as_u64(), report["rejected"].as_u64()),
        (Some(2504), Some(1)),
        "{report}"
    );
    assert_eq!(report["by_code"], json!({"bad_phone": 1}));
    assert_eq!(
        (report["rejects"][0]["line"].as_u64(), report["rejects"][0]["column"].as_str()),
        (Some(3), Some("No HP"))
    );
    assert_eq!(report["added"], 2501, "Ana was known, and Budi comes twice");
    assert_eq!(app.count("select count(*) from contacts where 'spring' = any(tags)").await, 2502);
    let budi = acme.get(&format!("{V1}?phone=081234567891")).await.expect(200);
    assert_eq!(
        (budi["items"][0]["name"].as_str(), budi["items"][0]["attributes"]["kota_asal"].as_str()),
        (Some("Budi B."), Some("Solo")),
        "the last line counts"
    );
    import(&acme, "", "").await.problem(422, "empty_file");
    import(&acme, "?name_column=a", "a,b\n").await.problem(422, "invalid_field");
    import(&acme, "?country=Indonesia", "phone\n1").await.problem(422, "invalid_field");
}

#[tokio::test]
async fn suppressions_are_kept_and_listed() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let v1 = "/api/v1/suppressions";
    for n in 0..5 {
        acme.post(v1, json!({"phone": format!("+628123456789{n}"), "reason": "opt_out"})).await.expect(201);
    }
    let harder =
        acme.post(v1, json!({"phone": "+6281234567890", "detail": "asked by mail"})).await.expect(201);
    assert_eq!(
        (harder["reason"].as_str(), harder["detail"].as_str()),
        (Some("manual"), Some("asked by mail"))
    );
    let softer = acme.post(v1, json!({"phone": "+6281234567890", "reason": "opt_out"})).await.expect(201);
    assert_eq!(softer["reason"], "manual", "what was decided by hand stays");
    let first = acme.get(&format!("{v1}?limit=3")).await.expect(200);
    let second = acme
        .get(&format!("{v1}?limit=3&cursor={}", first["next_cursor"].as_str().unwrap()))
        .await
        .expect(200);
    let phones = |page: &Value| {
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| s["phone"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (phones(&first).len(), phones(&second), &second["next_cursor"]),
        (3, vec!["+6281234567893".into(), "+6281234567894".into()], &Value::Null)
    );
    acme.get(&format!("{v1}?cursor=x")).await.problem(422, "invalid_field");
    acme.post(v1, json!({"phone": "+6281234567890", "reason": "spite"})).await.problem(422, "invalid_field");
    let globex = app.register("globex").await;
    globex.delete(&format!("{v1}/+6281234567890")).await.problem(404, "not_found");
    assert_eq!(globex.get(v1).await.expect(200)["items"], json!([]));
    acme.delete(&format!("{v1}/+6281234567890")).await.expect(204);
}

#[tokio::test]
async fn b33_people_are_found_by_a_part_of_the_number_and_names_without_accents() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    for (phone, name) in
        [("+6281234567890", "Ágnes Müller"), ("+6285512345678", "Budi"), ("+12125550812", "Éric")]
    {
        acme.post("/api/v1/contacts", json!({"phone": phone, "name": name})).await.expect(201);
    }
    let found = async |query: &str| {
        let page = acme.get(&format!("/api/v1/contacts?{query}")).await.expect(200);
        let mut names: Vec<String> = page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["name"].as_str().unwrap().to_owned())
            .collect();
        names.sort();
        names
    };
    for (query, wanted) in [
        ("phone=0812", vec!["Ágnes Müller", "Éric"]),
        ("phone=%2B62812", vec!["Ágnes Müller"]),
        ("phone=0812-3456", vec!["Ágnes Müller"]),
        ("phone=62855", vec!["Budi"]),
        ("phone=5678", vec!["Budi", "Ágnes Müller"]),
        ("phone=+6281234567890", vec!["Ágnes Müller"]),
        ("name=agnes", vec!["Ágnes Müller"]),
        ("name=%20MULLER%20", vec!["Ágnes Müller"]),
        ("name=%C3%89RIC", vec!["Éric"]),
        ("phone=9999999", vec![]),
    ] {
        assert_eq!(found(query).await, wanted, "{query}");
    }
    acme.get("/api/v1/contacts?phone=abc").await.problem(422, "invalid_field");
    acme.get("/api/v1/contacts?phone=%25").await.problem(422, "invalid_field");
    let globex = app.register("globex").await;
    assert_eq!(globex.get("/api/v1/contacts?phone=0812").await.expect(200)["items"], json!([]));
}

#[tokio::test]
async fn f10_one_bad_number_does_not_refuse_the_others() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "main").await.id.to_string();
    let phones = json!(["+6281234567890", "12", "081234567891", "nobody"]);
    let body = json!({"session_id": session, "phones": phones});
    let check = acme.post("/api/v1/contacts/check", body).await.expect(202);
    let checked: Vec<_> = check["items"].as_array().unwrap().iter().map(|item| &item["phone"]).collect();
    assert_eq!(checked, ["+6281234567890", "+6281234567891"]);
    let refused = check["refused"].as_array().unwrap();
    let told: Vec<_> =
        refused.iter().map(|r| (r["index"].as_i64().unwrap(), r["given"].as_str().unwrap())).collect();
    assert_eq!(told, [(1, "12"), (3, "nobody")]);
    assert!(refused.iter().all(|r| r["rule"].is_string() && r["detail"].is_string()), "{check}");
}
