//! Campaigns, their people and their progress.

mod campaign;
pub mod changing;
pub mod check;
pub mod deadlines;
pub mod errors;
pub mod forecast;
pub mod progress;
pub mod recipient_imports;
pub mod recipients;
pub mod release_recipients;
pub mod versions;

pub use campaign::*;

use crate::db::scope::{System, Tenant, handles};

handles! {
    /// Campaigns, of all organizations.
    SystemCampaigns = System::campaigns;
    /// Campaigns, of one organization.
    TenantCampaigns = Tenant::campaigns;
    /// People of a campaign, of one organization.
    TenantRecipients = Tenant::recipients;
}
