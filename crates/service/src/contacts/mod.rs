//! People: how an organization writes their numbers, and lists of them.

pub mod lists;
pub mod numbers;
pub mod people;
