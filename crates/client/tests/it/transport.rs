//! What is tried again and what is not, and how refusals read; against a server that answers from a list.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use secrecy::SecretString;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use wahana_client::types::SendMessage;
use wahana_client::{ApiError, Client, Credentials, Retries};
use wahana_domain::SessionId;

const LIMITED: &str = "429 Too Many Requests\r\nretry-after: 0";
const AWAY: &str = "503 Service Unavailable\r\nretry-after: 0";
const PROBLEM: &str = r#"{"type": "x", "title": "Not now", "status": 429, "detail": "wait", "instance": "/", "code": "rate_limited",
    "errors": [{"field": "to", "code": "invalid", "detail": "is no number"}], "request_id": "r"}"#;
const UNAVAILABLE: &str = r#"{"title": "Away", "status": 503, "detail": "", "code": "unavailable"}"#;
const EMPTY: &str = r#"{"items": []}"#;

type Requests = Arc<Mutex<Vec<String>>>;

/// Answers one request per connection with the next of these, and keeps what was asked.
async fn server(answers: Vec<(&'static str, &'static str)>) -> (Client, Requests) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let root = format!("http://{}", listener.local_addr().expect("an address"));
    let heard = Requests::default();
    let requests = Arc::clone(&heard);
    tokio::spawn(async move {
        for (status, body) in answers {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let mut request = vec![0; 4096];
            let n = stream.read(&mut request).await.expect("a request");
            requests.lock().expect("the list").push(String::from_utf8_lossy(&request[..n]).into_owned());
            let head =
                format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            stream.write_all((head + body).as_bytes()).await.expect("an answer");
        }
    });
    let client = Client::new(root.parse().expect("a URL"), Duration::from_secs(5)).expect("a client");
    (client.retrying(Retries::Within(Duration::from_secs(10))), heard)
}

fn message() -> SendMessage {
    let session: SessionId = "ses_01h455vb4pex5vsknk084sn02q".parse().expect("an id");
    SendMessage::text(session, "+6281234567890", "hello")
}

/// Calls run in tasks of their own.
#[tokio::test]
async fn calls_move_between_threads() {
    fn movable<F: Future + Send>(_: &F) {}
    let (client, _) = server(Vec::new()).await;
    let message = message();
    movable(&client.send_message(&message, Some("key")));
    movable(&client.session(message.session_id));
    movable(&client.campaigns());
    movable(&client.import_contacts("tag", "phone\n"));
}

fn asked(heard: &Requests) -> usize {
    heard.lock().expect("the list").len()
}

#[tokio::test]
async fn a_request_is_repeated_when_it_was_not_executed() {
    let (client, heard) = server(vec![(LIMITED, PROBLEM), (AWAY, UNAVAILABLE), ("200 OK", EMPTY)]).await;
    let client = client.with(Credentials::ApiKey(SecretString::from("wah_key")));
    assert!(client.campaigns().await.expect("an answer").is_empty());
    assert_eq!(asked(&heard), 3);
    let first = heard.lock().expect("the list")[0].to_lowercase();
    assert!(first.starts_with("get /api/v1/campaigns?limit=100 "), "{first}");
    assert!(first.contains("x-api-key: wah_key"), "{first}");
}

#[tokio::test]
async fn a_message_is_repeated_only_under_a_key() {
    let (client, heard) = server(vec![(AWAY, UNAVAILABLE), ("200 OK", EMPTY)]).await;
    let error = client.send_message(&message(), None).await.expect_err("it may be accepted already");
    assert!(error.is_unavailable() && error.is("unavailable"), "{error}");
    assert_eq!(asked(&heard), 1);

    let (client, heard) = server(vec![(AWAY, UNAVAILABLE), ("200 OK", EMPTY)]).await;
    let error = client.send_message(&message(), Some("order-1")).await.expect_err("a list is no message");
    assert!(matches!(error, ApiError::Unexpected { status: 200, .. }), "{error}");
    assert_eq!(asked(&heard), 2);
    assert!(heard.lock().expect("the list")[1].to_lowercase().contains("idempotency-key: order-1"));
}

#[tokio::test]
async fn a_refusal_names_operation_and_reason() {
    let (client, _) = server(vec![(LIMITED, PROBLEM)]).await;
    let error = client.retrying(Retries::Off).campaigns().await.expect_err("refused");
    assert_eq!(error.status(), Some(429));
    assert_eq!(error.to_string(), "list_campaigns: wait (rate_limited, status 429); to: is no number");
}

#[tokio::test]
async fn a_page_of_a_proxy_is_told_as_it_is() {
    let (client, _) = server(vec![("502 Bad Gateway", "<html>no upstream</html>")]).await;
    let error = client.retrying(Retries::Off).campaigns().await.expect_err("refused");
    assert!(error.is_unavailable());
    assert!(error.to_string().contains("no upstream"), "{error}");
}
