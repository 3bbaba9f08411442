//! What pacing says of a whole day and of a whole campaign.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod day;
mod forecast;
