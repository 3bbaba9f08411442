//! What changed, for screens that follow it.

pub mod hints;

use crate::db::scope::{Tenant, handles};

handles! {
    /// What changed since the last look.
    TenantNotifications = Tenant::notifications;
}
