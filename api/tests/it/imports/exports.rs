//! B14: an export opens in a spreadsheet, and imported again it loses nothing.

use serde_json::json;

use super::{Importer, upload};

#[tokio::test]
async fn b14_contacts_come_back_without_loss() {
    let importer = Importer::start().await;
    for body in [
        json!({"phone": "+14155552671", "name": "=Siti, \"Ayu\"", "tags": ["lama", "vip"],
               "attributes": {"No HP": "0812", "kota": "Solo;Bogor", "phone": "x", "time_zone": "Asia/Makassar", "consent": "web"}}),
        json!({"phone": "+6281200001142", "attributes": {"catatan": "'=1\nbaris"}}),
        json!({"phone": "+4915123456789", "name": "Žofia", "tags": ["+62"]}),
    ] {
        importer.acme.post("/api/v1/contacts", body).await.expect(201);
    }
    let before = importer.contacts().await;
    for (format, kind) in [("csv", "text/csv"), ("xlsx", "spreadsheetml")] {
        let file = importer
            .acme
            .request(reqwest::Method::GET, &format!("/api/v1/contacts/export?format={format}"))
            .send()
            .await
            .unwrap();
        assert_eq!(file.status(), 200);
        assert!(file.headers()["content-type"].to_str().unwrap().contains(kind));
        let file = file.bytes().await.unwrap();
        if format == "csv" {
            let text = String::from_utf8(file.to_vec()).unwrap();
            assert!(text.starts_with('\u{feff}') && text.contains("'+14155552671,"), "{text}");
        }
        let fresh = importer.app.register(&format!("fresh-{format}")).await;
        let import = upload(&fresh, "?start=true", file).await.expect(201);
        assert_eq!(import["preview"]["origin"], "wahana");
        let rows = importer.app.store.tenant(fresh.organization_id.parse().unwrap());
        let id = import["id"].as_str().unwrap().parse().unwrap();
        wahana_service::imports::run::run(&rows, id).await.unwrap();
        let page = fresh.get("/api/v1/contacts").await.expect(200);
        let mut after: Vec<String> = page["items"].as_array().unwrap().iter().map(super::contact).collect();
        after.sort();
        assert_eq!(after, before, "{format}");
    }
}

#[tokio::test]
async fn b14_recipients_have_a_column_per_variable() {
    let importer = Importer::start().await;
    let campaign = importer.draft("Halo {{nama}} {{kode}}").await;
    let query = format!("?campaign_id={campaign}");
    let import =
        importer.upload(&query, "Nama,HP,Kode,State\nSiti,081200001141,A1,x\nBudi,081200001142,-2,\n").await;
    importer.run(&import).await;
    let path = format!("/api/v1/campaigns/{campaign}");
    let text = importer.acme.get(&format!("{path}/export")).await.text;
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        "\u{feff}phone,name,state,error_code,sent_at,delivered_at,read_at,message_id,line,hp,kode,nama,variable state"
    );
    assert!(
        lines[1].starts_with("'+6281200001141,Siti,accepted,")
            && lines[1].ends_with(",081200001141,A1,Siti,x"),
        "{text}"
    );
    assert!(lines[2].ends_with(",081200001142,'-2,Budi,"), "{text}");
    let copy = importer.draft("Halo {{nama}} {{kode}} {{state|}}").await;
    let again = importer.upload(&format!("?campaign_id={copy}"), text.clone()).await;
    importer.run(&again).await;
    let read = |id: &str| format!("/api/v1/campaigns/{id}/recipients");
    let first = importer.acme.get(&read(&campaign)).await.expect(200);
    let second = importer.acme.get(&read(&copy)).await.expect(200);
    for n in 0..2 {
        for field in ["phone", "name", "variables"] {
            assert_eq!(first["items"][n][field], second["items"][n][field], "{field}");
        }
    }
    importer
        .acme
        .get("/api/v1/campaigns/cam_01h455vb4pex5vsknk084sn02q/export")
        .await
        .problem(404, "not_found");
}

#[tokio::test]
async fn b14_messages_are_a_list() {
    let importer = Importer::start().await;
    let session = importer.app.session(&importer.acme, "main").await.id;
    let body = json!({"session_id": session, "to": "+6281200001141", "content": {"type": "text", "text": "=Halo, apa kabar"}});
    importer.acme.post("/api/v1/messages", body).await.expect(202);
    let text = importer.acme.get("/api/v1/messages/export?phone=081200001141").await.text;
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(
        lines[1].contains(",outbound,queued,'+6281200001141,") && lines[1].contains("\"'=Halo, apa kabar\""),
        "{text}"
    );
    let none = importer.acme.get("/api/v1/messages/export?state=failed").await.text;
    assert_eq!(none.lines().count(), 1);
}
