//! The client against the document and against a server that answers from a list.

mod document;
mod transport;
