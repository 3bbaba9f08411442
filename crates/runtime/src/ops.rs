//! The small HTTP port of processes that have no API: alive, ready, figures.

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

/// Serves `/healthz`, `/readyz` and `/metrics` until the end is asked for.
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
        let ready = ready.clone();
        async move {
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
    axum::serve(listener, router).with_graceful_shutdown(async move { shutdown.requested().await }).await
}
