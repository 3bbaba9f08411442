//! Counts for the home screen.

pub mod home;

use crate::db::scope::{Tenant, handles};

handles! {
    /// Counts for the home screen, of one organization.
    TenantAnalytics = Tenant::analytics;
}
