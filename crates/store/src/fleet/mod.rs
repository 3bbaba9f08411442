//! WAHA servers, and which session runs on which.

pub mod draining;
pub mod nodes;
pub mod placement;
pub mod session_moves;

use crate::db::scope::{System, handles};

handles! {
    /// WAHA servers, of all organizations.
    SystemNodes = System::nodes;
    /// Moves of sessions between nodes, of all organizations.
    SystemSessionMoves = System::session_moves;
}
