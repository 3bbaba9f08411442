//! Users, organizations, API keys, devices, operators, the request log.

pub mod api_keys;
pub mod devices;
pub mod operators;
pub mod plans;
pub mod request_log;
mod user;

pub use user::*;

use crate::db::scope::{System, Tenant, handles};

handles! {
    /// Users and organizations, of all organizations.
    SystemAccounts = System::accounts;
    /// Users and organizations, of one organization.
    TenantAccounts = Tenant::accounts;
    /// API keys, of all organizations.
    SystemApiKeys = System::api_keys;
    /// API keys, of one organization.
    TenantApiKeys = Tenant::api_keys;
    /// Logins of users: one device is one family of refresh tokens, of all organizations.
    SystemDevices = System::devices;
    /// Operators of the installation, of all organizations.
    SystemOperators = System::operators;
    /// Plans of organizations, of all organizations.
    SystemPlans = System::plans;
    /// The log of API requests, of all organizations.
    SystemRequestLog = System::request_log;
    /// The log of API requests, of one organization.
    TenantRequestLog = Tenant::request_log;
}
