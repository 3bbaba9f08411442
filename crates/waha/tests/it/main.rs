//! WAHA's HTTP and webhooks, against what a real one said.

mod transport;
mod webhooks;
