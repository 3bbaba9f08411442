//! Consent to bulk messages: how far an opt-out reaches, where a consent comes from, and what the proof lists.

use crate::closed::closed_enum;

closed_enum! {
    /// What an opt-out ends.
    OptOutScope {
        /// Campaigns of marketing.
        Marketing = "marketing",
        /// All bulk messages.
        All = "all",
    }
}

closed_enum! {
    /// Where it is known from.
    ConsentSource {
        /// A list of people that was imported.
        Import = "import",
        /// A form that the person filled in.
        Form = "form",
        /// A message of the person.
        Message = "message",
        /// A member of the organization, or a program of theirs.
        Member = "member",
    }
}

closed_enum! {
    /// What a line of the proof is.
    ConsentEventKind {
        /// The person asked to be left alone.
        OptOut = "opt_out",
        /// The person took that back.
        OptIn = "opt_in",
        /// The person agreed to bulk messages.
        Consent = "consent",
        /// A consent was taken back.
        Withdrawal = "withdrawal",
    }
}
