//! Imports of lists of people, of any format, into the address book or a campaign.

pub(crate) mod import;
pub(crate) mod settings;
pub(crate) mod upload;
pub(crate) mod view;
