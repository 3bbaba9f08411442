//! Holds, the overview of the installation, its status.

pub(crate) mod controls;
pub(crate) mod overview;
pub(crate) mod parts;
pub(crate) mod plans;
pub(crate) mod queue_history;
pub(crate) mod status;
