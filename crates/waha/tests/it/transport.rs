//! Network failures of a call: no server, no answer, half an answer.

use std::{io, time::Duration};

use secrecy::SecretString;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use wahana_waha::{ChatId, Class, Clients, ErrorCode, Node, Options, Outgoing, WahaClient, WahaError};

fn key(text: &str) -> SecretString {
    text.into()
}

fn client(port: u16) -> WahaClient {
    let base_url = format!("http://127.0.0.1:{port}").parse().expect("a URL");
    let options = Options { timeout: Duration::from_millis(300), ..Options::default() };
    WahaClient::new(Node { id: "n1".into(), base_url, api_key: key("the-key") }, options).expect("a client")
}

/// Reads one request and answers these bytes, or hangs.
async fn server(answer: Option<&'static [u8]>) -> io::Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        let mut buffer = [0; 4096];
        let _ = stream.read(&mut buffer).await?;
        match answer {
            Some(bytes) => stream.write_all(bytes).await,
            None => std::future::pending().await,
        }
    });
    Ok(port)
}

async fn send(port: u16) -> WahaError {
    let text = Outgoing::Text { text: "hi".into(), link_preview: false, reply_to: None, mentions: vec![] };
    let chat = ChatId::phone("12132132131").expect("a chat");
    client(port).send("s", &chat, &text, None).await.expect_err("must fail")
}

#[tokio::test]
async fn nobody_there_is_unreachable() {
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        listener.local_addr().expect("an address").port()
    };
    let error = send(port).await;
    assert_eq!((error.class, error.code), (Class::Unreachable, ErrorCode::Unreachable));
}

#[tokio::test]
async fn a_lost_answer_of_a_send_is_ambiguous_and_of_a_read_transient() {
    let silent = send(server(None).await.expect("a server")).await;
    assert_eq!((silent.class, silent.code), (Class::Ambiguous, ErrorCode::Timeout));
    let cut = send(server(Some(b"")).await.expect("a server")).await;
    assert_eq!((cut.class, cut.code), (Class::Ambiguous, ErrorCode::ConnectionLost));
    let half =
        b"HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"key\":";
    let half = send(server(Some(half)).await.expect("a server")).await;
    assert_eq!((half.class, half.code), (Class::Ambiguous, ErrorCode::ConnectionLost));
    let read = client(server(Some(b"")).await.expect("a server")).version().await.expect_err("must fail");
    assert_eq!(read.class, Class::Transient);
}

#[tokio::test]
async fn an_empty_201_is_sent_without_an_id() {
    let port = server(Some(b"HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n")).await.expect("a server");
    let text = Outgoing::Text { text: "hi".into(), link_preview: false, reply_to: None, mentions: vec![] };
    let chat = ChatId::phone("12132132131").expect("a chat");
    let sent = client(port).send("s", &chat, &text, None).await.expect("sent");
    assert_eq!(sent.message_id, None);
}

#[tokio::test]
async fn the_key_is_in_no_text() {
    let port = server(Some(b"HTTP/1.1 500 X\r\ncontent-length: 2\r\n\r\n{}")).await.expect("a server");
    let client = client(port);
    let error = client.version().await.expect_err("must fail");
    assert!(!format!("{error:?} {error} {client:?}").contains("the-key"));
}

#[test]
fn a_client_is_kept_until_its_node_changes() {
    let clients = Clients::new(Options::default());
    let node = |url: &str, secret: &str| Node {
        id: "n1".into(),
        base_url: url.parse().expect("a URL"),
        api_key: key(secret),
    };
    let url_of = |client: WahaClient| client.node().base_url.to_string();
    let first = clients.get(&node("http://one.test", "a")).expect("a client");
    let same = clients.get(&node("http://one.test", "a")).expect("a client");
    assert!(std::ptr::eq(first.node(), same.node()));
    let other_key = clients.get(&node("http://one.test", "b")).expect("a client");
    assert!(!std::ptr::eq(first.node(), other_key.node()));
    assert_eq!(url_of(clients.get(&node("http://two.test", "b")).expect("a client")), "http://two.test/");
}
