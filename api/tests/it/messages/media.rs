//! Files over HTTP.

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
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
