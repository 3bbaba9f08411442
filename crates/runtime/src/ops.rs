//! The small HTTP port of processes that have no API: alive, ready, figures. It answers until the process is gone, so
//! that a process that drains can be seen draining.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use tokio::net::TcpListener;

use crate::{Metrics, Shutdown};

/// Answers whether the process can do its work now; if not, says why.
pub type Ready = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<(), String>> + Send>> + Send + Sync>;

/// Serves `/healthz`, `/readyz` and `/metrics` for ever. Not ready once the end is asked for.
///
/// # Errors
/// The listener fails.
pub async fn serve_ops(
    listener: TcpListener,
    metrics: Metrics,
    ready: Ready,
    shutdown: Shutdown,
) -> std::io::Result<()> {
    let readyz = move || {
        let (ready, shutdown) = (ready.clone(), shutdown.clone());
        async move {
            if shutdown.token().is_cancelled() {
                return (StatusCode::SERVICE_UNAVAILABLE, "this process is ending".to_owned());
            }
            match ready().await {
                Ok(()) => (StatusCode::OK, "ready".to_owned()),
                Err(why) => (StatusCode::SERVICE_UNAVAILABLE, why),
            }
        }
    };
    let router = Router::new()
        .route("/healthz", get(|| async { "alive" }))
        .route("/readyz", get(readyz))
        .route("/metrics", get(move || async move { metrics.render() }));
    axum::serve(listener, router).await
}
