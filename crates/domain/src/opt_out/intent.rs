//! What replies ask for.

use crate::closed::closed_enum;

closed_enum! {
    /// What a reply asks for.
    ReplyIntent {
        /// To be left alone.
        OptOut = "opt_out",
        /// To be written to again.
        OptIn = "opt_in",
    }
}
