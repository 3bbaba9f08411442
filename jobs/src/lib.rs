//! The contract between who asks for work and who does it: what a job is, how it may end, how it is tried again.
//!
//! No queue library, no I/O. A job carries ids, never bodies.

mod catalog;
mod imports;
mod job;
mod messages;
mod outcome;
mod retry;
mod sessions;

pub use catalog::{AnyJob, UnknownJob};
pub use imports::RunImport;
pub use job::Job;
pub use messages::{PrepareMedia, ProcessInbound, ResolveMessage, SendMessage};
pub use outcome::Outcome;
pub use retry::Retry;
pub use sessions::{
    CheckAccount, CheckNumbers, LogoutSession, MoveSession, NameGroups, RecoverEvents, ResolveLids,
    RestartSession, SyncSession,
};
