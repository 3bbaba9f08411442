//! Jobs that ask WhatsApp about numbers.

pub(crate) mod number_checks;
