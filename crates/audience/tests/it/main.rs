//! Tests of reading lists of people.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod address_books;
mod field_cases;
mod reading;
mod round_trip;
mod workbooks;
