//! Messages: one, many, and their files.

mod batches;
mod media;
mod sending;
