//! Infrastructure of every process: logs, metrics, graceful shutdown, supervised tasks.
//! It must never know what work the process does.

mod metric_catalog;
mod metrics_recorder;
mod ops;
mod process;
mod shutdown;
mod telemetry;

pub use metrics_recorder::Metrics;
pub use ops::{Ready, serve_ops};
pub use shutdown::{OnEnd, Shutdown};
pub use telemetry::{Format, init_logs};
pub use wahana_trace::{Export, flush};
