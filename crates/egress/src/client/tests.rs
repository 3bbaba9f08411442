//! Attacks by names, redirects, sizes and time, against a server on loopback whose address is exempt.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

const SECOND: Duration = Duration::from_secs(20);

fn strict() -> Egress {
    Egress::new(Options::default()).unwrap()
}

/// Refuses all private addresses except 127.0.0.1, the test server.
fn exempt() -> Egress {
    Egress::new(Options { exempt: Some(Ipv4Addr::LOCALHOST.into()), ..Options::default() }).unwrap()
}

/// Answers each request by its path with these raw bytes; a `~` at the end keeps the connection open.
async fn server(answer: impl Fn(&str) -> String + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = vec![0; 8192];
            let length = stream.read(&mut request).await.unwrap_or(0);
            let request = String::from_utf8_lossy(&request[..length]).into_owned();
            let text = answer(request.split(' ').nth(1).unwrap_or("/"));
            let _ = stream.write_all(text.trim_end_matches('~').as_bytes()).await;
            if text.ends_with('~') {
                tokio::spawn(async move {
                    std::future::pending::<()>().await;
                    drop(stream);
                });
            }
        }
    });
    address
}

fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

fn moved(to: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n")
}

fn forbidden(result: Result<Fetched, EgressError>) -> Option<IpAddr> {
    match result {
        Err(EgressError::Forbidden { address, .. }) => Some(address),
        _ => None,
    }
}

#[tokio::test]
async fn private_addresses_in_every_spelling() {
    let server = server(|_| ok("secret")).await;
    let port = server.port();
    for host in [
        "127.0.0.1",
        "127.1",
        "0x7f.0.0.1",
        "017700000001",
        "2130706433",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "169.254.169.254",
        "10.0.0.1",
        "[fd00:ec2::254]",
        "0.0.0.0",
        "localhost",
        "LOCALHOST",
        "user:pass@127.0.0.1",
        "127。0。0。1",
    ] {
        let result = strict().fetch(&format!("http://{host}:{port}/"), 100, SECOND).await;
        assert!(forbidden(result).is_some(), "{host}");
    }
    let post =
        strict().post(&format!("http://localhost:{port}/"), HeaderMap::new(), Bytes::new(), 9, SECOND).await;
    assert!(matches!(post, Err(EgressError::Forbidden { .. })), "{post:?}");
}

#[tokio::test]
async fn other_schemes_and_ports() {
    for url in ["file:///etc/passwd", "ftp://example.com/", "gopher://example.com/", "//x", "", "http://"] {
        let result = strict().fetch(url, 100, SECOND).await;
        assert!(matches!(result, Err(EgressError::BadUrl(_))), "{url}: {result:?}");
    }
    let result = strict().fetch("http://example.com:25/", 100, SECOND).await;
    assert!(matches!(result, Err(EgressError::ForbiddenPort(25))), "{result:?}");
}

#[tokio::test]
async fn a_redirect_into_the_own_network_is_refused() {
    for target in ["http://169.254.169.254/latest", "http://[::1]:8080/", "//10.0.0.1/", "http://127.0.0.2/"]
    {
        let server = server(move |_| moved(target)).await;
        let result = exempt().fetch(&format!("http://{server}/"), 100, SECOND).await;
        assert!(forbidden(result).is_some(), "{target}");
    }
    let server = server(|_| moved("file:///etc/passwd")).await;
    let result = exempt().fetch(&format!("http://{server}/"), 100, SECOND).await;
    assert!(matches!(result, Err(EgressError::BadUrl(_))), "{result:?}");
}

#[tokio::test]
async fn three_redirects_are_followed_and_no_fourth() {
    let server = server(|path| match path {
        "/end" => ok("here"),
        "/1" => moved("/end"),
        _ => moved(&format!("/{}", path.trim_start_matches('/').parse::<u32>().unwrap_or(9) - 1)),
    })
    .await;
    let fetched = exempt().fetch(&format!("http://{server}/3"), 100, SECOND).await.unwrap();
    assert_eq!((&fetched.bytes[..], fetched.content_type.as_deref()), (&b"here"[..], Some("image/png")));
    let result = exempt().fetch(&format!("http://{server}/4"), 100, SECOND).await;
    assert!(matches!(result, Err(EgressError::TooManyRedirects)), "{result:?}");
}

#[tokio::test]
async fn sizes_are_held_with_and_without_a_length() {
    let server = server(|path| match path {
        "/told" => ok(&"x".repeat(101)),
        "/lie" => format!("HTTP/1.1 200 OK\r\n\r\n{}~", "x".repeat(101)), // never ends
        _ => ok(&"x".repeat(100)),
    })
    .await;
    for path in ["told", "lie"] {
        let result = exempt().fetch(&format!("http://{server}/{path}"), 100, SECOND).await;
        assert!(matches!(result, Err(EgressError::TooLarge { limit: 100 })), "{path}: {result:?}");
    }
    assert_eq!(exempt().fetch(&format!("http://{server}/"), 100, SECOND).await.unwrap().bytes.len(), 100);
}

#[tokio::test]
async fn a_slow_server_costs_the_timeout() {
    let server = server(|_| "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nab~".into()).await;
    let result = exempt().fetch(&format!("http://{server}/"), 100, Duration::from_millis(200)).await;
    assert!(matches!(result, Err(EgressError::Timeout)), "{result:?}");
}

#[tokio::test]
async fn a_post_returns_any_status_and_follows_nothing() {
    let server = server(|path| match path {
        "/busy" => "HTTP/1.1 429 Busy\r\nretry-after: 7\r\ncontent-length: 9\r\n\r\nslow down".into(),
        _ => moved("/busy"),
    })
    .await;
    let post = |path: &'static str| {
        let url = format!("http://{server}{path}");
        async move { exempt().post(&url, HeaderMap::new(), Bytes::from_static(b"{}"), 4, SECOND).await.unwrap() }
    };
    let answer = post("/busy").await;
    assert_eq!((answer.status, &answer.body[..], answer.retry_after_seconds), (429, &b"slow"[..], Some(7)));
    assert_eq!(post("/moved").await.status, 302);
}

#[tokio::test]
async fn what_may_be_tried_again() {
    let server = server(|path| format!("HTTP/1.1 {} X\r\ncontent-length: 0\r\n\r\n", &path[1..])).await;
    for (status, transient) in [(404, false), (410, false), (429, true), (500, true), (503, true)] {
        let error = exempt().fetch(&format!("http://{server}/{status}"), 9, SECOND).await.unwrap_err();
        assert!(matches!(error, EgressError::Status(s) if s == status), "{error}");
        assert_eq!(error.is_transient(), transient, "{status}");
    }
    let refused = exempt().fetch("http://127.0.0.1:1/?key=S3CRET", 9, SECOND).await;
    assert!(matches!(refused, Err(EgressError::ForbiddenPort(1))));
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let error = exempt().fetch(&format!("http://{closed}/?key=S3CRET"), 9, SECOND).await.unwrap_err();
    assert!(error.is_transient() && !error.to_string().contains("S3CRET"), "{error}");
}

#[tokio::test]
async fn development_may_allow_everything() {
    let server = server(|_| ok("mine")).await;
    let open = Egress::new(Options { allow_private: true, ..Options::default() }).unwrap();
    let fetched = open.fetch(&format!("http://localhost:{}/", server.port()), 100, SECOND).await.unwrap();
    assert_eq!(&fetched.bytes[..], b"mine");
}
