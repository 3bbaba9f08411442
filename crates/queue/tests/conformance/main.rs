//! The nine acceptance checks both kinds of queue must pass, and what else was promised, against real Redis servers of
//! our own (killed, paused and flushed at will). Postgres is not here: its fence is a set that admits each job once.
//! What is smaller than the original check says so where it is.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod again;
mod backlog;
mod child;
mod crash;
mod fairness;
mod harness;
mod idle;
mod lane_steering;
mod leases;
mod outage;
mod pacing;
mod poison;
mod rates;
mod redis_server;
mod resting;
mod stop;
