//! Users, organizations, API keys, devices, logins, the request log, the audit log.

pub(crate) mod api_keys;
pub(crate) mod audit;
pub(crate) mod devices;
pub(crate) mod logins;
pub(crate) mod request_log;
pub(crate) mod user;
