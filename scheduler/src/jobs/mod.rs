//! What is due, in which order and how much of it: from Postgres to Redis.

pub(crate) mod backlog;
pub(crate) mod due;
pub(crate) mod lane;
pub(crate) mod limits;
pub(crate) mod rates;
pub(crate) mod reconcile;
pub(crate) mod refill;
pub(crate) mod relay;
pub mod runnable;
pub(crate) mod turns;
pub(crate) mod wake_listener;
