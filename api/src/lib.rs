//! The HTTP surface: routes, who may call them, and what every error looks like.
//!
//! No SQL (that is `wahana_store`), no queue, and no sending: work is recorded and answered with 202.

mod audience;
mod auth;
mod cache;
mod extract;
mod hints;
mod idempotency;
mod inbox;
mod lights;
mod limiter;
mod middleware;
mod openapi;
mod operator;
mod paging;
pub mod problem;
mod request_log;
mod routes;
mod scoped;
mod serve;
mod spool;
mod sse;
mod state;

pub use openapi::openapi;
pub use problem::{Code, Problem};
pub use routes::{ReadAsset, router};
pub use serve::serve;
pub use state::{ApiConfig, ApiState, RenderMetrics};
