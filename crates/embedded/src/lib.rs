//! Private Postgres and Redis (or Valkey) as supervised child processes: the default of `wahana up`,
//! the demo and every test. Real servers, unix sockets only, an own folder, no Docker.
//!
//! It must never open a TCP port, never use the default ports, never touch a server or a data folder
//! that it did not make, and never leave a child behind, however its own process ends.
//!
//! | file | subject |
//! | --- | --- |
//! | `services.rs` | start and stop both, the watcher that restarts dead ones |
//! | `folder.rs` | location and owner of the data, the lock that prevents a second start |
//! | `binaries.rs` | where the programs are found |
//! | `postgres.rs`, `redis.rs` | how each one is set up and called |
//! | `purpose.rs` | how durable the data must be |
//! | `service.rs`, `spawn.rs` | one child process: ready, stop, kill, and dying with the parent |
//! | `running.rs` | servers that another process runs |
//! | `exec.rs` | `services exec -- CMD` |

mod binaries;
mod error;
mod exec;
mod folder;
mod places;
mod postgres;
mod purpose;
mod redis;
mod running;
mod service;
mod services;
mod spawn;

pub use binaries::{Binaries, postgres_bin_dir, postgres_client, redis_bin};
pub use error::EmbeddedError;
pub use exec::exec_with_services;
pub use folder::default_data_dir;
pub use purpose::Purpose;
pub use running::Running;
pub use services::{Options, Services};
