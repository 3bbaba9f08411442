//! Files over HTTP.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};
use wahana_api::ApiConfig;
use wahana_testkit::{Client, Reply, TestApp, TestOptions};

const V1: &str = "/api/v1/media";

async fn upload(client: &Client, path: &str, mimetype: &str, body: &[u8]) -> Reply {
    Reply::to(client.request(Method::POST, path).header(CONTENT_TYPE, mimetype).body(body.to_vec())).await
}

/// A form of one file, written by hand.
fn form(field: &str, filename: &str, mimetype: &str, content: &str) -> Vec<u8> {
    let head = format!(
        "--x\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{filename}\"\r\nContent-Type: {mimetype}\r\n\r\n"
    );
    format!("{head}{content}\r\n--x--\r\n").into_bytes()
}

#[tokio::test]
async fn a_file_comes_back_as_it_went() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let bytes: Vec<u8> = (0..=255).cycle().take(70_000).collect();
    let made = upload(&acme, &format!("{V1}?filename=a%20b.png"), "image/png", &bytes).await.expect(201);
    assert_eq!(
        (made["mimetype"].as_str(), made["filename"].as_str(), made["size"].as_u64()),
        (Some("image/png"), Some("a b.png"), Some(70_000))
    );
    let path = format!("{V1}/{}", made["id"].as_str().unwrap());
    let response = Reply::stream(acme.request(Method::GET, &path)).await;
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "image/png");
    assert_eq!(header("content-disposition"), "attachment; filename*=UTF-8''a%20b.png");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(response.bytes().await.unwrap(), bytes);
    let globex = app.register("globex").await;
    globex.get(&path).await.problem(404, "not_found");
}

#[tokio::test]
async fn forms_are_read_too() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let body = form("file", "C:\\fakepath\\menu.pdf", "application/pdf", "%PDF-");
    let made = upload(&acme, V1, "multipart/form-data; boundary=x", &body).await.expect(201);
    assert_eq!(
        (made["mimetype"].as_str(), made["filename"].as_str(), made["size"].as_u64()),
        (Some("application/pdf"), Some("menu.pdf"), Some(5))
    );
    let other = form("attachment", "a.txt", "text/plain", "x");
    upload(&acme, V1, "multipart/form-data; boundary=x", &other).await.problem(422, "missing_field");
    upload(&acme, V1, "multipart/form-data; boundary=y", &body).await.problem(400, "invalid_body");
    upload(&acme, V1, "multipart/form-data", &body).await.problem(400, "invalid_body");
}

#[tokio::test]
async fn what_is_no_file_is_refused() {
    let mut api = ApiConfig::new("a secret for tests, longer than 32 characters".to_owned().into());
    api.media_max_bytes = 1000;
    let app = TestApp::with(TestOptions { api, ..TestOptions::default() }).await;
    let acme = app.register("acme").await;
    upload(&acme, V1, "image/png", &[]).await.problem(422, "invalid_field");
    upload(&acme, V1, "image/png", &[0; 1001]).await.problem(413, "too_large");
    upload(&acme, V1, "image/png", &[0; 1000]).await.expect(201);
    assert_eq!(upload(&acme, V1, "image", b"x").await.problem(422, "invalid_field")["field"], "mimetype");
    let named = format!("{V1}?filename=..%2Fx");
    assert_eq!(
        upload(&acme, &named, "image/png", b"x").await.problem(422, "invalid_field")["field"],
        "filename"
    );
    upload(&acme, &format!("{V1}?name=x"), "image/png", b"x").await.problem(422, "unknown_field");
    acme.get(&format!("{V1}/med_01h455vb4pex5vsknk084sn02q")).await.problem(404, "not_found");
    assert_eq!(app.count("select count(*) from media").await, 1);
}

#[tokio::test]
async fn a_strange_media_type_does_no_harm() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "main").await.id;
    let media =
        serde_json::json!({"data": "aGVsbG8=", "mimetype": "text/schön", "filename": "sch\u{f6}n.txt"});
    let body = serde_json::json!({"to": "+6281234567890", "media": media});
    let sent = acme.post(&format!("/api/v1/sessions/{session}/send-document"), body).await.expect(202);
    let file = acme.get(&format!("{V1}/{}", sent["content"]["media"]["id"].as_str().unwrap())).await;
    assert_eq!(
        (file.status, file.header("content-type"), file.text.as_str()),
        (200, "application/octet-stream", "hello")
    );
    assert_eq!(file.header("content-disposition"), "attachment; filename*=UTF-8''sch%C3%B6n.txt");
}

const HEIC: &[u8] = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

fn of_data(bytes: &[u8], mimetype: &str) -> Value {
    json!({"to": "+6281234567890", "media": {"data": STANDARD.encode(bytes), "mimetype": mimetype}})
}

#[tokio::test]
async fn b16_the_bytes_decide_and_a_refusal_says_what_it_is_and_what_goes() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "main").await.id;
    let send = async |way: &str, body: Value| {
        acme.post(&format!("/api/v1/sessions/{session}/send-{way}"), body).await
    };
    for (way, bytes, told, found, takes) in [
        ("image", HEIC, "image/jpeg", "HEIC", json!(["JPEG", "PNG"])),
        ("image", &b"%PDF-1.4"[..], "image/png", "PDF", json!(["JPEG", "PNG"])),
        ("voice", PNG, "audio/ogg", "PNG", json!(["OGG (Opus)"])),
        ("video", b"hello", "video/mp4", "text", json!(["MP4 (H.264)", "3GP"])),
        (
            "document",
            b"<!doctype html><title>Sign in</title>",
            "application/pdf",
            "a web page (HTML)",
            Value::Null,
        ),
    ] {
        let refused = send(way, of_data(bytes, told)).await.problem(422, "invalid_field");
        let params = &refused["params"];
        assert_eq!(
            (&refused["field"], &refused["rule"]),
            (&json!("media.data"), &json!("wrong_file_type")),
            "{way}"
        );
        assert_eq!(params["found"], found, "{refused}");
        assert!(takes.is_null() || params["takes"] == takes, "{refused}");
    }
    assert_eq!(app.count("select count(*) from media").await, 0, "what is refused is not stored");
    send("image", of_data(PNG, "image/heic")).await.expect(202);

    // An upload is told what it is; how it is sent is checked when it is sent, also in campaigns.
    let made = upload(&acme, &format!("{V1}?filename=gambar.jpg"), "image/jpeg", HEIC).await.expect(201);
    assert_eq!((&made["mimetype"], &made["format"]), (&json!("image/heic"), &json!("HEIC")));
    let by_id = json!({"to": "+6281234567890", "media": {"id": made["id"], "mimetype": "image/jpeg"}});
    let refused = send("image", by_id.clone()).await.problem(422, "invalid_field");
    assert_eq!(refused["field"], "content.media.id");
    send("document", by_id.clone()).await.expect(202);
    let content = json!({"type": "image", "media": by_id["media"]});
    let draft = json!({"name": "x", "session_ids": [session], "content": content});
    let refused = acme.post("/api/v1/campaigns", draft).await.problem(422, "invalid_field");
    assert_eq!(refused["field"], "content.media.id");

    // Where a worker converts it, it is taken and waits for that.
    app.sql(
        "insert into workers (owner, role, host, version, started_at, seen_at, slots, converts)
             values ('w', 'worker', 'h', '1', now(), now(), '{}', '{heic}')",
    )
    .await;
    assert_eq!(send("image", by_id).await.expect(202)["waiting"]["for"], "file");
    send("voice", of_data(PNG, "audio/ogg")).await.problem(422, "invalid_field");
}

#[tokio::test]
async fn b31_a_file_is_measured_by_the_limit_of_its_kind_when_it_is_accepted() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "main").await.id;
    let mut large = PNG.to_vec();
    large.resize(5 * 1024 * 1024 + 1, 0);
    let path = |way: &str| format!("/api/v1/sessions/{session}/send-{way}");
    let refused = acme.post(&path("image"), of_data(&large, "image/png")).await.problem(422, "invalid_field");
    assert_eq!(refused["rule"], "file_too_large");
    assert_eq!(refused["params"], json!({"kind": "image", "size": 5_242_881, "max": 5_242_880}));
    acme.post(&path("document"), of_data(&large, "image/png")).await.expect(202);
    let made = upload(&acme, V1, "image/png", &large).await.expect(201);
    let by_id = json!({"to": "+6281234567890", "media": {"id": made["id"], "mimetype": "image/png"}});
    assert_eq!(
        acme.post(&path("image"), by_id).await.problem(422, "invalid_field")["rule"],
        "file_too_large"
    );
    let told = acme.get(&format!("{V1}/limits")).await.expect(200);
    let image = told["items"].as_array().unwrap().iter().find(|limit| limit["kind"] == "image").unwrap();
    assert_eq!(
        *image,
        json!({"kind": "image", "max_bytes": 5_242_880, "takes": ["JPEG", "PNG"], "converts": false})
    );
    large.resize(37_000_001, 0);
    assert_eq!(
        upload(&acme, V1, "image/png", &large).await.problem(422, "invalid_field")["rule"],
        "file_too_large"
    );
}

#[tokio::test]
async fn the_same_content_is_kept_once_per_organization() {
    let app = TestApp::start().await;
    let (acme, globex) = (app.register("acme").await, app.register("globex").await);
    for client in [&acme, &acme, &globex] {
        upload(client, V1, "image/png", PNG).await.expect(201);
    }
    assert_eq!(app.count("select count(*) from media").await, 3);
    assert_eq!(app.count("select count(*) from media_objects").await, 2, "one per organization");
    assert_eq!(app.count("select sum(files)::bigint from media_usage").await, 2);
}
