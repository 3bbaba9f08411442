//! One message to many people.

pub(crate) mod campaign;
pub(crate) mod dry_run;
pub(crate) mod errors;
pub(crate) mod forecast;
pub(crate) mod launch;
pub(crate) mod preview;
pub(crate) mod problems;
pub(crate) mod progress;
pub(crate) mod recipient_uploads;
pub(crate) mod recipients;
pub(crate) mod versions;
