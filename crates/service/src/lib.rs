//! Use cases: what Wahana does on behalf of a request, a job, a loop of the scheduler or the command line.
//!
//! A use case checks its input, decides by the domain's tables and writes through the store. It knows no HTTP, no Redis
//! and no WAHA: callers translate its errors.

pub mod campaigns;
pub mod checks;
pub mod contacts;
pub mod imports;
pub mod jobs;
pub mod messages;
pub mod sessions;
