//! HTTP endpoints of processes without an API: liveness, readiness, metrics. They answer until the process
//! exits, so that draining is visible.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use tokio::net::TcpListener;

use crate::{Metrics, Shutdown};

/// Readiness check: whether the process can work now, and if not, why.
pub type Ready = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<(), String>> + Send>> + Send + Sync>;

/// Serves `/healthz`, `/readyz` and `/metrics` until the process exits. Not ready after shutdown was
/// requested.
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
