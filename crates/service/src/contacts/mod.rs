//! People: how an organization writes their numbers, and lists of them.

pub mod batches;
pub mod lists;
pub mod numbers;
pub mod people;
