//! Files as WhatsApp wants them: what a file is by its bytes, whether it may be sent in a way, what it is called, and how
//! it is converted.
//!
//! Must never: connect to anything, or let a tenant choose an argument of a program.

pub mod convert;
pub mod disposition;
pub mod file_type;
pub mod fit;
pub mod name;

pub use convert::{ConvertError, Converters};
pub use file_type::{FileType, Group};
pub use fit::{Fit, conversion, fit};
