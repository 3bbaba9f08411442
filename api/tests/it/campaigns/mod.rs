//! Campaigns: their life, their people, their senders, and what they tell before they start.

mod dry_run;
mod forecast;
mod lifecycle;
mod recipients;
mod sender_pools;
mod versions;
