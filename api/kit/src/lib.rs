//! What every route of the API is made of: problems, extractors, paging, authentication, middleware, the state.
//!
//! Knows no noun of the product: those are the crates beside this one.

pub mod auth;
pub mod batch;
pub mod cache;
pub mod extract;
pub mod idempotency;
pub mod limiter;
pub mod middleware;
pub mod operator;
pub mod paging;
pub mod problem;
pub mod request_log;
pub mod scoped;
pub mod spool;
pub mod sse;
pub mod state;
pub mod waiting;

pub use problem::{Code, Problem};
pub use state::{ApiConfig, ApiState, ReadAsset, RenderMetrics};
