//! Tests of reading lists of people.

mod address_books;
mod field_cases;
mod reading;
mod round_trip;
mod workbooks;
