//! The dashboard is served where no route is, under headers that let it load nothing of others and be framed by nobody.

use std::borrow::Cow;

use reqwest::Method;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, IF_NONE_MATCH};
use wahana_testkit::{Reply, TestApp, TestOptions};

const PAGE: &str = "<!doctype html><title>The app</title><script src=\"/theme.js\"></script>";
const SCRIPT: &str = "console.log('long enough to be worth compressing, which short files are not')";

fn built(path: &str) -> Option<Cow<'static, [u8]>> {
    let text = match path {
        "index.html" => PAGE,
        "theme.js" | "assets/app-1a2b.js" => SCRIPT,
        ".vite/manifest.json" => "{}",
        _ => return None,
    };
    Some(Cow::Borrowed(text.as_bytes()))
}

async fn with_dashboard() -> TestApp {
    let mut options = TestOptions::default();
    options.api.dashboard = built;
    TestApp::with(options).await
}

/// As a browser opens an address.
async fn open(app: &TestApp, path: &str) -> Reply {
    let accept = "text/html,application/xhtml+xml,*/*;q=0.8";
    Reply::to(app.anonymous().request(Method::GET, path).header(ACCEPT, accept)).await
}

#[tokio::test]
async fn every_screen_is_the_page() {
    let app = with_dashboard().await;
    for path in ["/", "/campaigns", "/sessions/ses_1?tab=pacing", "/nodes/waha.local", "/index.html"] {
        let page = open(&app, path).await;
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(page.text, PAGE, "{path}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(page.header("cache-control"), "no-cache", "a new version is seen at once");
    }
}

#[tokio::test]
async fn what_is_named_after_its_content_is_kept() {
    let app = with_dashboard().await;
    let script = app.anonymous().get("/assets/app-1a2b.js").await;
    assert_eq!((script.status, script.text.as_str()), (200, SCRIPT));
    assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(script.header("cache-control"), "public, max-age=31536000, immutable");

    let first = app.anonymous().get("/theme.js").await;
    assert_eq!(first.header("cache-control"), "no-cache");
    let again = app.anonymous().request(Method::GET, "/theme.js").header(IF_NONE_MATCH, first.header("etag"));
    let again = Reply::to(again).await;
    assert_eq!((again.status, again.text.as_str()), (304, ""));
}

#[tokio::test]
async fn it_travels_compressed() {
    let app = with_dashboard().await;
    let request = app.anonymous().request(Method::GET, "/assets/app-1a2b.js").header(ACCEPT_ENCODING, "gzip");
    let answer = request.send().await.unwrap();
    assert_eq!(answer.headers()["content-encoding"], "gzip");
    assert_eq!(answer.bytes().await.unwrap()[..2], [0x1f, 0x8b]);
}

#[tokio::test]
async fn the_page_may_run_only_our_files_and_stand_in_no_frame() {
    for app in [with_dashboard().await, TestApp::start().await] {
        for path in ["/", "/login"] {
            let page = open(&app, path).await;
            let policy = page.header("content-security-policy");
            for part in
                ["default-src 'self';", "script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'"]
            {
                assert!(policy.contains(part), "{policy}");
            }
            assert!(!policy.contains("http"), "nothing of others: {policy}");
            assert_eq!(page.header("x-content-type-options"), "nosniff");
            assert_eq!(page.header("referrer-policy"), "no-referrer");
        }
    }
}

#[tokio::test]
async fn the_api_keeps_its_own_answers() {
    let app = with_dashboard().await;
    for path in ["/api", "/api/v1/nothing", "/api/docs/nothing"] {
        let missing = open(&app, path).await;
        assert_eq!(missing.status, 404, "{path}");
    }
    open(&app, "/api/v1/nothing").await.problem(404, "no_such_route");
    let packed = app.anonymous().request(Method::GET, "/api/v1/nothing").header(ACCEPT_ENCODING, "gzip");
    Reply::to(packed).await.problem(404, "no_such_route");
    app.anonymous().post("/campaigns", serde_json::json!({})).await.problem(404, "no_such_route");
    assert!(open(&app, "/healthz").await.text != PAGE);
    assert!(open(&app, "/api/docs/").await.text.contains("swagger"));
}

#[tokio::test]
async fn a_file_that_is_not_there_is_no_page() {
    let app = with_dashboard().await;
    for path in ["/assets/app-of-yesterday.js", "/.vite/manifest.json", "/.env", "/robots.txt"] {
        app.anonymous().get(path).await.problem(404, "no_such_route");
    }
}

#[tokio::test]
async fn without_the_app_a_page_says_how_to_build_it() {
    let app = TestApp::start().await;
    for path in ["/", "/campaigns"] {
        let page = open(&app, path).await;
        assert_eq!(page.status, 200);
        assert!(page.text.contains("npm run build") && page.text.contains("/api/docs/"), "{}", page.text);
    }
}
