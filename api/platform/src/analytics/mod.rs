//! The home screen.

pub(crate) mod home;
