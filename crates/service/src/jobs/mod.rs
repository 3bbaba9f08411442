//! Lanes: which shared rates hold one.

pub mod shared_rates;
