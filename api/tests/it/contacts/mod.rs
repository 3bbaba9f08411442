//! The address book and the suppression list.

mod address_book;
mod batches;
