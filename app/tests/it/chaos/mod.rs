//! Nothing is lost and nothing is sent twice, whatever dies: the roles run as real processes on private services, a
//! campaign is sent to the simulator, and in the middle of it something is killed, stalled or emptied.
//!
//! What must hold afterwards stands in one place: `wahana_testkit::invariants`.

mod backup;
mod campaign;
mod client;
mod nodes;
mod operators;
mod pausing;
mod pools;
mod postgres;
mod processes;
mod redis;
mod roles;
mod rolling;
mod stack;
mod traces;
mod waha;
mod whole_way;
