//! Imports of lists of people: a file is inspected when it comes, and run by a worker.

pub mod intake;
pub mod preview;
pub mod run;
pub mod settings;
