//! The run of an import, and what a killed worker leaves.

use std::fmt::Write;
use std::time::Duration;

use serde_json::json;
use wahana_service::imports::run::{Ran, run};

use super::{Importer, id, path};

fn people(count: u32) -> String {
    let mut csv = "phone,name,city\n".to_owned();
    for n in 0..count {
        writeln!(csv, "0812{n:08},Person {n},Solo").unwrap();
    }
    csv
}

#[tokio::test]
async fn people_are_saved_and_refused_lines_kept_whole() {
    let importer = Importer::start().await;
    let csv = "Nama,HP,Label,Kota,Zona Waktu\n\
               Siti,081200001141,vip,Solo,WITA\n\
               Budi,12,,Jl. 1,\n\
               ,081200001141,lama,#N/A,Mars\n";
    let import = importer.upload("?tag=2026", csv).await;
    let done = importer.run(&import).await;
    assert_eq!(
        [&done["state"], &done["lines"], &done["added"], &done["merged"], &done["rejected"]],
        [&json!("done"), &json!(3), &json!(1), &json!(1), &json!(1)]
    );
    assert_eq!(done["warnings"], json!({"bad_time_zone": 1, "sheet_error": 1}));
    let saved = importer.contacts().await;
    assert_eq!(saved.len(), 1);
    assert!(saved[0].starts_with(r#"+6281200001141 Siti ["2026","lama","vip"]"#), "{saved:?}");
    assert!(saved[0].contains(r#""kota":"Solo""#), "{saved:?}");
    let rejects = importer.acme.get(&format!("{}/rejects", path(&import))).await;
    assert!(rejects.text.contains("Budi,12,,Jl. 1,,3,HP,"), "{}", rejects.text);
    assert_eq!(importer.app.count("select count(*) from import_chunks").await, 0, "the file is gone");
    importer.acme.post(&format!("{}/start", path(&import)), json!({})).await.problem(409, "wrong_state");
}

#[tokio::test]
async fn checking_saves_nobody() {
    let importer = Importer::start().await;
    importer.acme.post("/api/v1/contacts", json!({"phone": "081200001141"})).await.expect(201);
    let import = importer.upload("", "phone\n081200001141\n081200001142\n12\n").await;
    importer.acme.post(&format!("{}/check", path(&import)), json!({})).await.expect(202);
    importer.work(&import).await;
    let checked = importer.get(&import).await;
    assert_eq!(
        [&checked["state"], &checked["added"], &checked["changed"], &checked["rejected"]],
        [&json!("checked"), &json!(1), &json!(1), &json!(1)]
    );
    assert_eq!(importer.contacts().await.len(), 1);
    let done = importer.run(&import).await;
    assert_eq!([&done["added"], &done["changed"], &done["rejected"]], [&json!(1), &json!(1), &json!(1)]);
    assert_eq!(importer.app.count("select count(*) from import_rejects").await, 1);
}

#[tokio::test]
async fn a_killed_worker_loses_and_repeats_nobody() {
    let importer = Importer::start().await;
    let import = importer.upload("", people(4500)).await;
    importer.acme.post(&format!("{}/start", path(&import)), json!({})).await.expect(202);
    for _ in 0..3 {
        let (rows, id) = (importer.rows(), id(&import).parse().unwrap());
        let before = importer.get(&import).await["lines"].as_i64().unwrap();
        let worker = tokio::spawn(async move { run(&rows, id).await });
        while importer.get(&import).await["lines"].as_i64() == Some(before) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        worker.abort();
        let _ = worker.await;
        if importer.get(&import).await["state"] == "done" {
            break;
        }
    }
    // Two that believe it is theirs.
    let (first, second) = tokio::join!(importer.work(&import), importer.work(&import));
    assert_eq!((first, second), (Ran::Done, Ran::Done));
    importer.work(&import).await;
    let done = importer.get(&import).await;
    assert_eq!(
        [&done["state"], &done["lines"], &done["added"], &done["changed"]],
        [&json!("done"), &json!(4500), &json!(4500), &json!(0)]
    );
    assert_eq!(importer.app.count("select count(*) from contacts").await, 4500);
}

#[tokio::test]
async fn recipients_are_added_once() {
    let importer = Importer::start().await;
    let campaign = importer.draft("Halo {{nama}}, kode {{kode}}").await;
    let query = format!("?campaign_id={campaign}");
    let lacking = importer.upload(&query, "Nama,HP\nSiti,081200001141\n").await;
    assert_eq!(lacking["preview"]["missing_variables"], json!(["kode"]));
    let failed = importer.run(&lacking).await;
    assert_eq!((&failed["state"], &failed["error"]["code"]), (&json!("failed"), &json!("missing_column")));
    let csv =
        "Nama,HP,Kode\nSiti,081200001141,A\nBudi,081200001142,\nAyu,081200001141,C\nIna,081200001143,D\n";
    let import = importer.upload(&query, csv).await;
    importer.acme.post(&format!("{}/check", path(&import)), json!({})).await.expect(202);
    importer.work(&import).await;
    let checked = importer.get(&import).await;
    assert_eq!([&checked["state"], &checked["added"]], [&json!("checked"), &json!(2)]);
    assert_eq!(importer.app.count("select count(*) from recipients").await, 0);
    importer.acme.post(&format!("{}/start", path(&import)), json!({})).await.expect(202);
    tokio::join!(importer.work(&import), importer.work(&import));
    let done = importer.get(&import).await;
    assert_eq!(
        [&done["state"], &done["lines"], &done["added"], &done["rejected"]],
        [&json!("done"), &json!(4), &json!(2), &json!(2)]
    );
    assert_eq!(done["by_code"], json!({"duplicate": 1, "missing_variable": 1}));
    let total =
        importer.acme.get(&format!("/api/v1/campaigns/{campaign}")).await.expect(200)["total"].clone();
    assert_eq!(total, 2);
    let rejects = importer.acme.get(&format!("{}/rejects", path(&import))).await;
    assert!(
        rejects.text.contains("Ayu,'+6281200001141,C,4,") || rejects.text.contains("Ayu,081200001141,C,4,"),
        "{}",
        rejects.text
    );
}

#[tokio::test]
async fn two_imports_of_an_organization_run_at_once() {
    let importer = Importer::start().await;
    let mut imports = Vec::new();
    for _ in 0..3 {
        let import = importer.upload("?start=true", "phone\n081234567890\n").await;
        imports.push(import);
    }
    for import in &imports[..2] {
        importer.rows().imports().claim(id(import).parse().unwrap()).await.unwrap();
    }
    assert_eq!(importer.work(&imports[2]).await, Ran::Later);
    assert_eq!(importer.get(&imports[2]).await["state"], "queued");
    importer.work(&imports[0]).await;
    assert_eq!(importer.work(&imports[2]).await, Ran::Done);
    assert_eq!(importer.get(&imports[2]).await["state"], "done");
    importer.acme.delete(&path(&imports[1])).await.problem(409, "wrong_state");
}
