//! Ends, failures, deadlines, metrics.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use nix::sys::signal::{Signal, raise};
use wahana_runtime::{Format, Metrics, OnEnd, Shutdown, init_logs};

const LONG: Duration = Duration::from_secs(60);

#[tokio::test]
async fn sigterm_lets_tasks_finish() -> anyhow::Result<()> {
    let shutdown = Shutdown::new(LONG);
    shutdown.on_signals()?;
    let finished = Arc::new(AtomicBool::new(false));
    let (flag, asked) = (finished.clone(), shutdown.clone());
    shutdown.spawn("worker", OnEnd::EndProcess, async move {
        asked.requested().await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        flag.store(true, Ordering::SeqCst);
        Ok(())
    });
    raise(Signal::SIGTERM)?;
    shutdown.finished().await?;
    assert!(finished.load(Ordering::SeqCst), "the running work was finished");
    Ok(())
}

#[tokio::test]
async fn a_critical_task_that_panics_or_fails_or_ends_takes_the_process_down() {
    type Task = futures::future::BoxFuture<'static, anyhow::Result<()>>;
    let cases: [(Task, &str); 3] = [
        (Box::pin(async { panic!("boom {}", 1) }), "relay: panicked: boom 1"),
        (Box::pin(async { Err(anyhow::anyhow!("inner").context("outer")) }), "relay: outer: inner"),
        (Box::pin(async { Ok(()) }), "relay: ended unasked"),
    ];
    for (task, expected) in cases {
        let shutdown = Shutdown::new(LONG);
        let other = shutdown.clone();
        shutdown.spawn("other", OnEnd::EndProcess, async move {
            other.requested().await;
            Ok(())
        });
        shutdown.spawn("relay", OnEnd::EndProcess, task);
        let error = shutdown.finished().await.expect_err("it failed");
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test]
async fn an_uncritical_task_may_fail() -> anyhow::Result<()> {
    let shutdown = Shutdown::new(LONG);
    let (sender, gone) = tokio::sync::oneshot::channel::<()>();
    shutdown.spawn("hint", OnEnd::Log, async move {
        let _dropped_when_done = sender;
        panic!("boom")
    });
    assert!(gone.await.is_err(), "the task is over");
    assert!(!shutdown.token().is_cancelled());
    shutdown.request();
    shutdown.finished().await
}

#[tokio::test]
async fn a_task_that_ignores_the_request_is_left_behind_at_the_deadline() {
    let shutdown = Shutdown::new(Duration::from_millis(50));
    shutdown.spawn("deaf", OnEnd::Log, std::future::pending());
    shutdown.request();
    let error = shutdown.finished().await.expect_err("the deadline passed").to_string();
    assert!(error.contains("1 tasks were still busy"), "{error}");
}

#[tokio::test]
async fn metrics_are_rendered_with_buckets() -> anyhow::Result<()> {
    let metrics = Metrics::install()?;
    let again = Metrics::install()?;
    metrics::counter!("wahana_test_total", "lane" => "hi").increment(3);
    metrics::histogram!("wahana_test_seconds").record(0.03);
    let text = again.render();
    assert!(text.contains("wahana_test_total{lane=\"hi\"} 3"), "{text}");
    assert!(text.contains("wahana_test_seconds_bucket{le=\"0.05\"} 1"), "{text}");
    assert!(metrics.render().contains("wahana_test_total"));
    Ok(())
}

#[test]
fn a_bad_filter_is_named() {
    let error =
        init_logs(Format::Json, "info,=x=y", "wahana-test", None).expect_err("it does not parse").to_string();
    assert!(error.contains("info,=x=y"), "{error}");
}
