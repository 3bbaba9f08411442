//! Whether a number has WhatsApp, asked before somebody is written to for the first time.

use serde::{Deserialize, Serialize};

/// What is asked before a first message to somebody.
#[derive(
    Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "number_check_mode", rename_all = "snake_case")]
pub enum NumberCheckMode {
    /// Nothing.
    #[default]
    Skip,
    /// A number that is known to have no WhatsApp is not written to; one that is not known is asked about, but the
    /// message does not wait for it.
    Prefer,
    /// The message waits until the number was checked.
    Require,
}
