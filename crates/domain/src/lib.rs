//! What Wahana knows about messages, campaigns, sessions and people, without doing anything.
//!
//! Pure: no sockets, no database, no ambient clock, no ambient randomness. Every state change in the product
//! is decided by a table in this crate; every other crate only carries it out.

pub mod access;
pub mod campaigns;
pub mod chat_id;
pub mod clock;
pub mod closed;
pub mod consent;
pub mod controls;
pub mod filler;
pub mod findings;
pub mod health;
pub mod hints;
pub mod ids;
pub mod imports;
pub mod jobs;
pub mod lanes;
pub mod messages;
pub mod nodes;
pub mod number_check;
pub mod number_zones;
pub mod opt_out;
pub mod person;
pub mod phone;
pub mod policy;
pub mod preferences;
pub mod reason;
pub mod recipients;
pub mod rejections;
pub mod rule;
pub mod sender_pools;
pub mod sessions;
mod states;
pub mod suppressions;
pub mod template;
pub mod time_zones;
pub mod waha_versions;
pub mod waiting;

pub use chat_id::ChatId;
pub use clock::Clock;
pub use ids::*;
pub use person::{NamedPerson, PersonKey};
pub use phone::{Country, Phone};
pub use reason::{Reason, ReasonCode};
pub use rule::{FieldError, Names, Rule};
