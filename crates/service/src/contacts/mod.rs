//! People: how an organization writes their numbers.

pub mod numbers;
