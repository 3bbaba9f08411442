//! The HTTP surface: one router over the crates of this folder, its OpenAPI document, the dashboard's files.
//!
//! No SQL (that is `wahana_store`), no queue, and no sending: work is recorded and answered with 202.

mod dashboard;
mod docs;
mod health;
mod openapi;
mod router;
mod routes;
mod serve;

pub use openapi::openapi;
pub use router::router;
pub use serve::serve;
pub use wahana_api_kit::{ApiConfig, ApiState, Code, Problem, ReadAsset, RenderMetrics, problem};
