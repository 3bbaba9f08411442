//! Tests of reading lists of people.

mod field_cases;
mod reading;
