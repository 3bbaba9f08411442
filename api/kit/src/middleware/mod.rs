//! What happens to every request, from the outside in: request id, log and metrics, security headers, problems,
//! panics, time limit.

mod address;
mod headers;
mod observe;
mod problems;
mod request_id;
mod timeout;

pub use address::client_address;
pub use request_id::RequestId;
pub use timeout::timeout;

use axum::Router;
use tower_http::catch_panic::CatchPanicLayer;

use crate::request_log::RequestLog;

/// Wraps the whole router. The last one added is the outermost.
pub fn wrap(router: Router, log: RequestLog) -> Router {
    router
        .layer(CatchPanicLayer::custom(problems::of_panic))
        .layer(axum::middleware::from_fn(problems::write))
        .layer(axum::middleware::from_fn(headers::add))
        .layer(axum::middleware::from_fn_with_state(log, observe::request))
        .layer(axum::middleware::from_fn(request_id::set))
}
