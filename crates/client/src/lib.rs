//! Client of Wahana's own HTTP API, for the command line, the demo, the chaos suite and the load tests.
//!
//! Credentials, idempotency keys, problems (RFC 9457) as a typed error, and retries stand in `transport`; `operations`
//! names each operation as docs/openapi.json does, which `tests/document.rs` compares. The client is written by hand,
//! because no generator reads OpenAPI 3.1 (docs/adr/0013-api-client.md).
//!
//! Must never: know rows, Redis or WAHA; repeat a request that may be done twice.

mod error;
mod operation;
mod operations;
mod transport;
pub mod types;

pub use error::{ApiError, Problem, ProblemField};
pub use operation::Operation;
pub use transport::{Client, Credentials, Retries};
