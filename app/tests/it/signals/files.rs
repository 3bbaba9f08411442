//! Files at addresses: fetched once and outside of the lane, looked at before anything is sent, under their own names.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use wahana_media::Converters;
use wahana_testkit::eventually;
use wahana_waha_sim::{FileRecord, SimConfig};

use crate::signals::stack::{Phone, TestStack};

const ANA: &str = "+6281234567890";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A server of files that counts what it is asked for, and answers some only when told to.
#[derive(Clone, Default)]
struct Files {
    asked: Arc<Mutex<HashMap<String, usize>>>,
    open: Arc<tokio::sync::Notify>,
}

impl Files {
    async fn start() -> (Self, SocketAddr) {
        let files = Self::default();
        let router = Router::new().route("/{*path}", get(serve)).with_state(files.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a value");
        let address = listener.local_addr().expect("a value");
        tokio::spawn(async move { axum::serve(listener, router).await });
        (files, address)
    }

    fn asked(&self, path: &str) -> usize {
        self.asked.lock().expect("the lock").get(path).copied().unwrap_or(0)
    }
}

async fn serve(State(files): State<Files>, Path(path): Path<String>) -> Response {
    *files.asked.lock().expect("the lock").entry(path.clone()).or_default() += 1;
    let of = |mimetype: &'static str, bytes: &'static [u8]| {
        ([(header::CONTENT_TYPE, mimetype)], bytes).into_response()
    };
    match path.as_str() {
        "nothing.png" => of("image/png", b""),
        "login.pdf" => of("text/html; charset=utf-8", b"<!DOCTYPE html><title>Sign in</title>"),
        "lie.pdf" => of("application/pdf", b"<html><body>expired</body></html>"),
        "expired.pdf" => of("application/pdf", b"{\"error\":\"expired\"}"),
        "gone.pdf" => StatusCode::NOT_FOUND.into_response(),
        "dl" => {
            let named = "attachment; filename=\"x.bin\"; filename*=UTF-8''daftar%20harga%20%E2%82%AC.pdf";
            ([(header::CONTENT_TYPE, "application/octet-stream"), (header::CONTENT_DISPOSITION, named)], PDF)
                .into_response()
        }
        "evil" => {
            let named = "attachment; filename=\"../../../etc/\u{202e}fdp.exe\"".as_bytes().to_vec();
            let named = header::HeaderValue::from_bytes(&named).expect("a value");
            let mut answer = of("application/pdf", PDF);
            answer.headers_mut().insert(header::CONTENT_DISPOSITION, named);
            answer
        }
        "moved" => (StatusCode::FOUND, [(header::LOCATION, "/sp/faktur-001.pdf")]).into_response(),
        "book" => of(XLSX, b"PK\x03\x04 a workbook of which nobody knows the parts"),
        "slow.png" => {
            files.open.notified().await;
            of("image/png", PNG)
        }
        path if path.ends_with(".png") => of("image/png", PNG),
        _ => of("application/pdf", PDF),
    }
}

struct Setting {
    stack: TestStack,
    phone: Phone,
    files: Files,
    at: SocketAddr,
}

impl Setting {
    async fn new() -> Self {
        let (files, at) = Files::start().await;
        let stack = TestStack::start_with(SimConfig::default(), Converters::default(), true).await;
        let phone = stack.phone("Toko").await;
        Self { stack, phone, files, at }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.at)
    }

    /// Sends the file of this address and returns the id of the message.
    async fn send(&self, way: &str, path: &str, mimetype: &str) -> String {
        let body = json!({"to": ANA, "media": {"url": self.url(path), "mimetype": mimetype}});
        let path = format!("/api/v1/sessions/{}/send-{way}", self.phone.id);
        let sent = self.stack.acme.post(&path, body).await.expect(202);
        assert_eq!(sent["waiting"]["for"], "file");
        sent["id"].as_str().expect("a text").to_owned()
    }

    /// The file that arrived with a message.
    async fn arrived(&self, id: &str) -> FileRecord {
        let sent = |m: &Value| ["sent", "delivered", "read"].iter().any(|state| m["state"] == *state);
        let message = self.stack.message(id, sent).await;
        let whatsapp_id = message["whatsapp_id"].as_str().expect("a text");
        let found = self.stack.sim.sends().into_iter().find(|sent| &*sent.message_id == whatsapp_id);
        found.expect("WhatsApp has it").file.expect("a file")
    }
}

fn sha256(bytes: &[u8]) -> String {
    STANDARD.encode(Sha256::digest(bytes))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b18_a_document_has_the_name_of_its_header_or_address_and_the_ending_of_its_bytes() {
    let setting = Setting::new().await;
    for (path, mimetype, name) in [
        ("sp/faktur-001.pdf", "application/pdf", "faktur-001.pdf"),
        ("dl", "application/octet-stream", "daftar harga €.pdf"),
        ("moved", "application/pdf", "faktur-001.pdf"),
        ("book", XLSX, "book.xlsx"),
        ("evil", "application/pdf", "fdp.pdf"),
        ("unduh.php", "application/pdf", "unduh.pdf"),
    ] {
        let id = setting.send("document", path, mimetype).await;
        let file = setting.arrived(&id).await;
        assert_eq!(file.filename.as_deref(), Some(name), "{path}");
    }
    let id = setting.send("document", "sp/again.pdf", "application/pdf").await;
    assert_eq!(&*setting.arrived(&id).await.sha256, sha256(PDF), "the same bytes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b17_an_address_without_a_file_fails_the_message_before_anything_is_sent() {
    let setting = Setting::new().await;
    for (way, path, mimetype, code, says) in [
        ("image", "nothing.png", "image/png", "media_refused", "nothing"),
        ("image", "login.pdf", "image/png", "media_wrong_type", "web page"),
        ("document", "login.pdf", "application/pdf", "media_wrong_type", "web page"),
        ("document", "lie.pdf", "application/pdf", "media_wrong_type", "web page"),
        ("document", "expired.pdf", "application/pdf", "media_wrong_type", "JSON"),
        ("image", "faktur.pdf", "image/png", "media_wrong_type", "PDF"),
        ("document", "gone.pdf", "application/pdf", "media_refused", "404"),
    ] {
        let id = setting.send(way, path, mimetype).await;
        let failed = setting.stack.message(&id, |m| m["state"] == "failed").await;
        assert_eq!(failed["error"]["code"], code, "{path}");
        assert!(failed["error"]["detail"].as_str().expect("a text").contains(says), "{}", failed["error"]);
    }
    assert_eq!(setting.stack.sim.sent(), 0, "nothing was sent");
    // They stand as dead letters; what is tried again is fetched again.
    let letters = setting.stack.acme.get("/api/v1/dead-letters?code=media_refused").await.expect(200);
    assert_eq!(letters["items"].as_array().expect("a list").len(), 2);
    let before = setting.files.asked("gone.pdf");
    setting.stack.acme.post("/api/v1/messages/retry", json!({"code": "media_refused"})).await.expect(200);
    eventually("a second fetch", async || setting.files.asked("gone.pdf") > before).await;
    assert_eq!(setting.stack.sim.sent(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b19_a_slow_address_holds_no_text_behind_it_and_is_fetched_once() {
    let setting = Setting::new().await;
    let slow = setting.send("image", "slow.png", "image/png").await;
    let twice = setting.send("image", "slow.png", "image/png").await;
    for n in 0..3 {
        let text = setting.stack.send(&setting.phone, ANA, "transactional", &format!("text {n}")).await;
        setting.stack.message(&text, |m| m["state"] != "queued" && m["state"] != "sending").await;
    }
    let waits = setting.stack.acme.get(&format!("/api/v1/messages/{slow}")).await.expect(200);
    assert_eq!((&waits["state"], &waits["waiting"]["for"]), (&json!("queued"), &json!("file")));
    assert_eq!(setting.stack.texts(), ["text 0", "text 1", "text 2"]);
    setting.files.open.notify_one();
    for id in [slow, twice] {
        assert_eq!(&*setting.arrived(&id).await.sha256, sha256(PNG));
    }
    assert_eq!(setting.files.asked("slow.png"), 1);
}

impl Setting {
    async fn campaign(&self, way: &str, path: &str, mimetype: &str, people: usize) -> String {
        let content = json!({"type": way, "media": {"url": self.url(path), "mimetype": mimetype}, "caption": "{{name}}"});
        let draft = json!({"name": "Promo", "session_ids": [self.phone.id], "content": content});
        let made = self.stack.acme.post("/api/v1/campaigns", draft).await.expect(201);
        let id = made["id"].as_str().expect("a text").to_owned();
        let list: Vec<Value> = (0..people)
            .map(|n| json!({"phone": format!("+62812345600{n:02}"), "name": format!("P{n}")}))
            .collect();
        let path = format!("/api/v1/campaigns/{id}/recipients");
        self.stack.acme.post(&path, json!({"contacts": list})).await.expect(200);
        id
    }

    async fn findings(&self, campaign: &str) -> Vec<Value> {
        let path = format!("/api/v1/campaigns/{campaign}/dry-run");
        let run = self.stack.acme.until(&path, |run| {
            run["findings"]
                .as_array()
                .expect("a list")
                .iter()
                .all(|finding| finding["code"] != "file_not_ready")
        });
        run.await["findings"].as_array().expect("a list").clone()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b20_the_file_of_a_campaign_is_fetched_once_and_kept() {
    let setting = Setting::new().await;
    let campaign = setting.campaign("document", "katalog.pdf", "application/pdf", 8).await;
    assert!(setting.findings(&campaign).await.iter().all(|finding| finding["code"] != "file_not_usable"));
    setting.stack.acme.post(&format!("/api/v1/campaigns/{campaign}/start"), json!({})).await.expect(200);
    setting.stack.until(&format!("/api/v1/campaigns/{campaign}"), |c| c["state"] == "finished").await;
    let sent = setting.stack.sim.sends();
    assert_eq!(sent.len(), 8);
    for record in sent {
        let file = record.file.expect("a value");
        assert_eq!((file.filename.as_deref(), &*file.sha256), (Some("katalog.pdf"), &*sha256(PDF)));
    }
    assert_eq!(setting.files.asked("katalog.pdf"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b20_the_dry_run_says_what_is_wrong_with_the_file_and_the_launch_is_refused() {
    let setting = Setting::new().await;
    let campaign = setting.campaign("document", "login.pdf", "application/pdf", 2).await;
    let findings = setting.findings(&campaign).await;
    let found = findings.iter().find(|finding| finding["code"] == "file_not_usable").expect("a finding");
    assert!(found["detail"].as_str().expect("a text").contains("web page"), "{found}");
    assert_eq!(found["weight"], "blocks");
    let start = format!("/api/v1/campaigns/{campaign}/start");
    let refused = setting.stack.acme.post(&start, json!({})).await.problem(422, "invalid_field");
    assert_eq!(refused["field"], "content.media.url");
    assert!(refused["detail"].as_str().expect("a text").contains("web page"), "{refused}");
    assert_eq!(setting.stack.sim.sent(), 0);
    // Mended, it goes.
    let content =
        json!({"type": "document", "media": {"url": setting.url("a.pdf"), "mimetype": "application/pdf"}});
    let path = format!("/api/v1/campaigns/{campaign}");
    setting.stack.acme.patch(&path, json!({"content": content})).await.expect(200);
    setting.stack.acme.post(&start, json!({})).await.expect(200);
    setting.stack.until(&path, |c| c["state"] == "finished").await;
    assert_eq!(setting.stack.sim.sent(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b16_a_recording_is_converted_where_a_worker_can_and_else_left_to_waha() {
    let here = Converters::find();
    let converts = here.conversions().iter().any(|conversion| conversion.as_str() == "voice");
    let stack = TestStack::start_with(SimConfig::default(), here, false).await;
    let phone = stack.phone("Toko").await;
    let samples = vec![1_u8; 16_000];
    let mut wav = b"RIFF".to_vec();
    wav.extend((36 + samples.len() as u32).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data");
    wav.extend((samples.len() as u32).to_le_bytes());
    wav.extend(samples);
    let path = format!("/api/v1/sessions/{}/send-voice", phone.id);
    // The workers say what they convert with their first sign of life.
    if converts {
        let known = "select count(*) from workers where 'voice' = any (converts)";
        eventually("a worker that converts", async || stack.app.count(known).await > 0).await;
    }
    for _ in 0..2 {
        let body = json!({"to": ANA, "media": {"data": STANDARD.encode(&wav), "mimetype": "audio/wav"}});
        let id = stack.acme.post(&path, body).await.expect(202)["id"].as_str().expect("a text").to_owned();
        stack.message(&id, |m| m["state"] != "queued" && m["state"] != "sending").await;
    }
    let sent: Vec<FileRecord> = stack.sim.sends().into_iter().filter_map(|sent| sent.file).collect();
    let (mimetype, whole) = if converts { ("audio/ogg; codecs=opus", false) } else { ("audio/wav", true) };
    assert_eq!(sent.len(), 2);
    assert!(sent.iter().all(|file| &*file.mimetype == mimetype && (*file.sha256 == *sha256(&wav)) == whole));
    assert_eq!(sent[0].sha256, sent[1].sha256, "the same content is converted once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b16_the_picture_of_a_campaign_is_converted_once_or_refused() {
    let here = Converters::find();
    let converts = here.conversions().iter().any(|conversion| conversion.as_str() == "image");
    let stack = TestStack::start_with(SimConfig::default(), here, false).await;
    let phone = stack.phone("Toko").await;
    if converts {
        let known = "select count(*) from workers where 'image' = any (converts)";
        eventually("a worker that converts", async || stack.app.count(known).await > 0).await;
    }
    let mut bmp =
        b"BM\x66\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x04\0\0\0\x04\0\0\0\x01\0\x18\0\0\0\0\0\x30\0\0\0"
            .to_vec();
    bmp.extend([0; 16]);
    bmp.extend((0..48_u8).map(|n| n.wrapping_mul(5)));
    let request = stack.acme.request(reqwest::Method::POST, "/api/v1/media?filename=gambar.bmp");
    let made =
        wahana_testkit::Reply::to(request.header("content-type", "image/bmp").body(bmp)).await.expect(201);
    let content = json!({"type": "image", "media": {"id": made["id"], "mimetype": "image/bmp"}});
    let draft = json!({"name": "Promo", "session_ids": [phone.id], "content": content});
    let made = stack.acme.post("/api/v1/campaigns", draft).await;
    if !converts {
        assert_eq!(made.problem(422, "invalid_field")["rule"], "wrong_file_type");
        return;
    }
    let path = format!("/api/v1/campaigns/{}", made.expect(201)["id"].as_str().expect("a text"));
    let list: Vec<Value> = (0..3).map(|n| json!({"phone": format!("+62812345600{n:02}")})).collect();
    stack.acme.post(&format!("{path}/recipients"), json!({"contacts": list})).await.expect(200);
    stack.acme.post(&format!("{path}/start"), json!({})).await.expect(200);
    stack.until(&path, |campaign| campaign["state"] == "finished").await;
    let sent: Vec<FileRecord> = stack.sim.sends().into_iter().filter_map(|sent| sent.file).collect();
    assert_eq!(sent.len(), 3);
    assert!(
        sent.iter().all(|file| &*file.mimetype == "image/jpeg" && file.sha256 == sent[0].sha256),
        "{sent:?}"
    );
    assert_eq!(stack.app.count("select count(*) from media_preparations where state = 'ready'").await, 1);
}
