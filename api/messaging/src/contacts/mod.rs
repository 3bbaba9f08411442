//! People, and whom not to write to.

pub(crate) mod batches;
pub(crate) mod consents;
pub(crate) mod contact;
pub(crate) mod export;
pub(crate) mod identities;
pub(crate) mod number_checks;
pub(crate) mod suppressions;
pub(crate) mod text_values;
