//! What is told of a list before it is imported.

use reqwest::Method;
use serde_json::json;
use wahana_audience::WorkbookWriter;
use wahana_testkit::Reply;

use super::{Importer, path, upload};

#[tokio::test]
async fn b15_the_preview_tells_what_was_recognised() {
    let importer = Importer::start().await;
    let spanish =
        b"Nombre;Tel\xe9fono;Grupo;Ciudad\r\nJos\xe9;+34 612 34 56 01;vip, nuevo;M\xe1laga\r\nAna;12;;\r\n";
    let import = importer.upload("?file_name=people.csv", &spanish[..]).await;
    assert_eq!((import["state"].as_str(), import["file_name"].as_str()), (Some("ready"), Some("people.csv")));
    let preview = &import["preview"];
    assert_eq!(
        [&preview["format"], &preview["delimiter"], &preview["header_line"]],
        [&json!("csv"), &json!(";"), &json!(1)]
    );
    assert!(preview["encoding"].as_str().unwrap().starts_with("windows-125"), "{preview}");
    let columns: Vec<_> = preview["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| (column["name"].as_str().unwrap(), column["role"].as_str().unwrap()))
        .collect();
    assert_eq!(
        columns,
        [("Nombre", "name"), ("Teléfono", "phone"), ("Grupo", "tags"), ("Ciudad", "variable")]
    );
    assert_eq!(preview["people"][0]["phone"], "+34612345601");
    assert_eq!(preview["people"][0]["tags"], json!(["vip", "nuevo"]));
    assert_eq!(preview["rejects"][0]["code"], "bad_phone");
    assert!(importer.contacts().await.is_empty(), "nothing is saved yet");
}

#[tokio::test]
async fn a_list_is_read_in_another_way() {
    let importer = Importer::start().await;
    let import = importer.upload("", "Siapa,Kontak,Rumah\nBudi,081234567890,+62 21 5000 1061\n").await;
    assert_eq!(import["preview"]["people"][0]["phone"], "+6281234567890");
    let settings = json!({"phone_column": "Rumah", "name_column": "Siapa", "tag": " pelanggan "});
    let changed = importer.acme.patch(&path(&import), settings).await.expect(200);
    assert_eq!(
        (changed["preview"]["people"][0]["phone"].as_str(), changed["preview"]["people"][0]["name"].as_str()),
        (Some("+622150001061"), Some("Budi"))
    );
    let done = importer.run(&import).await;
    assert_eq!((done["state"].as_str(), &done["added"]), (Some("done"), &json!(1)));
    assert!(importer.contacts().await[0].contains(r#"["pelanggan"]"#));
    importer.acme.patch(&path(&import), json!({})).await.problem(409, "wrong_state");
    let wrong = importer.upload("", "phone\n081234567890\n").await;
    importer
        .acme
        .patch(&path(&wrong), json!({"phone_column": "Telepon"}))
        .await
        .problem(422, "unknown_column");
    importer.acme.patch(&path(&wrong), json!({"name_column": "x"})).await.problem(422, "invalid_field");
}

#[tokio::test]
async fn every_format_is_taken_as_a_form_too() {
    let importer = Importer::start().await;
    let mut workbook = Vec::new();
    let header = ["Nama".to_owned(), "HP".to_owned()];
    let mut book = WorkbookWriter::new(&header).unwrap();
    book.row(["Sari", "081234567890"]).unwrap();
    book.finish(&mut workbook).unwrap();
    let card = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Siti\r\nTEL;TYPE=CELL:+62 812-0000-1195\r\nEND:VCARD\r\n";
    for (name, file, format, phone) in
        [("a.xlsx", workbook, "xlsx", "+6281234567890"), ("b.vcf", card.to_vec(), "vcard", "+6281200001195")]
    {
        let head =
            format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        let form = [head.as_bytes(), &file, b"\r\n--x--\r\n"].concat();
        let request = importer.acme.request(Method::POST, "/api/v1/imports");
        let request = request.header("content-type", "multipart/form-data; boundary=x").body(form);
        let import = Reply::to(request).await.expect(201);
        assert_eq!((&import["file_name"], &import["preview"]["format"]), (&json!(name), &json!(format)));
        assert_eq!(import["preview"]["people"][0]["phone"], phone);
    }
}

#[tokio::test]
async fn what_is_no_list_is_refused_at_once() {
    let importer = Importer::start().await;
    for (file, status, code) in [
        (&b""[..], 422, "empty_file"),
        (b"%PDF-1.7", 422, "not_csv"),
        (b"PK\x03\x04 cut off", 422, "not_csv"),
    ] {
        upload(&importer.acme, "", file).await.problem(status, code);
    }
    let unknown = importer.upload("", "wen,wohin\nBudi,x\nSiti,+6281200001141\nAyu,y\n").await;
    assert_eq!(unknown["preview"]["problem"]["code"], "no_phone_column");
    assert_eq!(unknown["preview"]["columns"][1]["name"], "wohin");
    importer.acme.post(&format!("{}/start", path(&unknown)), json!({})).await.problem(422, "no_phone_column");
    let told = json!({"phone_column": "wohin", "name_column": "wen"});
    let told = importer.acme.patch(&path(&unknown), told).await.expect(200);
    assert_eq!(
        (&told["preview"]["problem"], &told["preview"]["people"][0]["name"]),
        (&json!(null), &json!("Siti"))
    );
    upload(&importer.acme, "?start=true", "name,city\nBudi,Solo\n").await.problem(422, "no_phone_column");
    let listed = importer.acme.get("/api/v1/imports").await.expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 1, "what could not start is not kept");
    upload(&importer.acme, "?sheet=x&tag=", "phone\n081234567890\n").await.expect(201);
    upload(&importer.acme, "?campaign_id=cam_01h455vb4pex5vsknk084sn02q", "phone\n081234567890\n")
        .await
        .problem(404, "not_found");
}

#[tokio::test]
async fn a_key_for_contacts_adds_nobody_to_a_campaign() {
    let importer = Importer::start().await;
    let campaign = importer.draft("Halo").await;
    let body = json!({"name": "crm", "scopes": ["contacts:write"]});
    let key = importer.acme.post("/api/v1/user/api-keys", body).await.expect(201);
    let client = importer.app.client(key["key"].as_str().unwrap());
    let query = format!("?campaign_id={campaign}");
    upload(&client, &query, "phone\n081234567890\n").await.problem(403, "missing_scope");
    let import = importer.upload(&query, "phone\n081234567890\n").await;
    client.post(&format!("{}/start", path(&import)), json!({})).await.problem(403, "missing_scope");
    upload(&client, "", "phone\n081234567890\n").await.expect(201);
}

#[tokio::test]
async fn an_organization_keeps_a_bounded_number_of_files() {
    let importer = Importer::start().await;
    for _ in 0..20 {
        importer.upload("", "phone\n081234567890\n").await;
    }
    upload(&importer.acme, "", "phone\n081234567890\n").await.problem(429, "too_many_imports");
    let first = importer.acme.get("/api/v1/imports?limit=1").await.expect(200)["items"][0].clone();
    importer.acme.delete(&path(&first)).await.expect(204);
    importer.upload("", "phone\n081234567890\n").await;
}
