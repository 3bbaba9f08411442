//! Campaigns: drafts, their people, the dry run and the forecast before a launch, the launch, and what each person
//! gets.

mod audience;
pub mod draft;
pub mod dry_run;
pub mod errors;
pub mod findings;
pub mod forecast;
pub mod import;
pub mod launch;
pub mod personalise;
pub mod preview;
pub mod progress;
pub mod sources;
