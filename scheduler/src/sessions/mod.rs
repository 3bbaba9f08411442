//! Sessions are compared with what WAHA says, restarted, and relieved by their pool.

pub(crate) mod pools;
pub(crate) mod session_reconciler;
pub(crate) mod supervisor;
