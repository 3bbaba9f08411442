//! What replies ask for.

use crate::closed::closed_enum;
use crate::consent::OptOutScope;

closed_enum! {
    /// What a reply asks for.
    ReplyIntent {
        /// To be left alone.
        OptOut = "opt_out",
        /// To be written to again.
        OptIn = "opt_in",
    }
}

/// What a person asks for with a reply.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Request {
    /// What it is.
    pub intent: ReplyIntent,
    /// What an opt-out ends, where the words say so; else what the organization decided.
    pub scope: Option<OptOutScope>,
}
