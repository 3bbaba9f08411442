//! What comes in: events of WAHA, and the conversations that they make.

mod conversations;
mod inbound;
mod opt_outs;
