//! Housekeeping of files.

pub(crate) mod files;
