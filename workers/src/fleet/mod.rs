//! Jobs that move a session to another node.

pub(crate) mod moving;
