//! Sessions, their health and restrictions, pairing links, sender pools.

mod choices;
mod deletion;
pub mod pairing_links;
pub mod pool_members;
pub mod pool_moves;
pub mod rejections;
pub mod sender_pools;
mod session;
pub mod signals;
pub mod statistics;
pub mod supervision;
pub mod work;

pub use choices::ScheduledMessages;
pub use deletion::{Deletion, SenderOf};
pub use session::*;

use crate::db::scope::{System, Tenant, handles};

handles! {
    /// Sessions: WhatsApp accounts, of all organizations.
    SystemSessions = System::sessions;
    /// Sessions: WhatsApp accounts, of one organization.
    TenantSessions = Tenant::sessions;
    /// Links that let somebody else scan a QR code, of all organizations.
    SystemPairingLinks = System::pairing_links;
    /// Links that let somebody else scan a QR code, of one organization.
    TenantPairingLinks = Tenant::pairing_links;
    /// Sender pools and their members, of all organizations.
    SystemSenderPools = System::sender_pools;
    /// Sender pools and their members, of one organization.
    TenantSenderPools = Tenant::sender_pools;
}
