//! Identity: signing up and in, API keys, the log of requests.

mod api_keys;
mod dashboard_login;
mod lockout;
mod request_log;
mod signup;
