//! Taking an import back.

use serde_json::{Value, json};

use super::{Importer, path};

async fn undo(importer: &Importer, import: &Value) -> Value {
    importer.acme.post(&format!("{}/undo", path(import)), json!({})).await.expect(202);
    importer.work(import).await;
    importer.get(import).await
}

#[tokio::test]
async fn what_nobody_touched_since_goes_back() {
    let importer = Importer::start().await;
    let known = json!({"phone": "081200001141", "name": "Siti", "attributes": {"kota": "Solo", "a": "1"}, "tags": ["vip"]});
    importer.acme.post("/api/v1/contacts", known.clone()).await.expect(201);
    let other = json!({"phone": "081200001142", "name": "Budi", "attributes": {"kota": "Solo"}, "tags": []});
    importer.acme.post("/api/v1/contacts", other).await.expect(201);
    let before = importer.contacts().await;
    let csv = "phone,name,kota,tags\n\
               081200001141,Siti R,Bogor,baru\n\
               081200001142,Budi H,Bogor,baru\n\
               081200001143,Ayu,Bogor,baru\n\
               081200001144,Ina,Bogor,baru\n";
    let import = importer.upload("", csv).await;
    let done = importer.run(&import).await;
    assert_eq!([&done["added"], &done["changed"]], [&json!(2), &json!(2)]);
    // Somebody works on two of them.
    let later = json!({"phone": "081200001142", "name": "Pak Budi", "attributes": {"b": "2"}});
    importer.acme.post("/api/v1/contacts", later).await.expect(200);
    importer
        .acme
        .post("/api/v1/contacts", json!({"phone": "081200001144", "tags": ["mine"]}))
        .await
        .expect(200);

    let undone = undo(&importer, &import).await;
    assert_eq!((&undone["state"], &undone["undone"]), (&json!("undone"), &json!(3)));
    let after = importer.contacts().await;
    assert_eq!(after[0], before[0], "as it was");
    assert_eq!(after[1], r#"+6281200001142 Pak Budi [] {"b":"2","kota":"Solo"}"#);
    assert_eq!(after.len(), 3, "a contact that somebody touched stays: {after:?}");
    assert!(after[2].starts_with("+6281200001144 Ina"), "{after:?}");
    importer.acme.post(&format!("{}/undo", path(&import)), json!({})).await.expect(202);
    assert_eq!(importer.contacts().await, after, "once is enough");
}

#[tokio::test]
async fn recipients_leave_a_draft_and_no_other_campaign() {
    let importer = Importer::start().await;
    let campaign = importer.draft("Halo {{name|Kak}}").await;
    let query = format!("?campaign_id={campaign}");
    let first = importer.upload(&query, "phone\n081200001141\n081200001142\n12\n").await;
    importer.run(&first).await;
    let second = importer.upload(&query, "phone\n081200001143\n").await;
    importer.run(&second).await;
    let undone = undo(&importer, &first).await;
    assert_eq!((&undone["state"], &undone["undone"]), (&json!("undone"), &json!(2)));
    let path = format!("/api/v1/campaigns/{campaign}");
    let left = importer.acme.get(&path).await.expect(200);
    assert_eq!((&left["total"], &left["rejected"]), (&json!(1), &json!(0)));
    let third = importer.upload(&query, "phone\n081200001144\n081200001141\n").await;
    assert_eq!(importer.run(&third).await["added"], 2);
    let people = importer.acme.get(&format!("{path}/recipients")).await.expect(200);
    let order: Vec<&str> =
        people["items"].as_array().unwrap().iter().map(|row| row["phone"].as_str().unwrap()).collect();
    assert_eq!(order, ["+6281200001143", "+6281200001144", "+6281200001141"]);
    importer.acme.post(&format!("{path}/start?accept_late=true"), json!({})).await.expect(200);
    importer
        .acme
        .post(&format!("/api/v1/imports/{}/undo", second["id"].as_str().unwrap()), json!({}))
        .await
        .problem(409, "wrong_state");
}
