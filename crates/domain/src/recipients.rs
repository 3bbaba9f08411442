//! Lists of people: why a line of one is refused.

use crate::closed::closed_enum;
use crate::phone::InvalidPhone;

closed_enum! {
    /// Why a line of a list of people is refused.
    RejectCode {
        /// The number cannot be read, or no operator hands it out.
        BadPhone = "bad_phone",
        /// The cell has more than one number.
        SeveralPhones = "several_phones",
        /// The line has no number.
        EmptyPhone = "empty_phone",
        /// The line has more cells than the header.
        TooManyFields = "too_many_fields",
        /// The line has fewer cells than the header.
        TooFewFields = "too_few_fields",
        /// The line is not valid text.
        BadEncoding = "bad_encoding",
        /// The person has no value for a variable of the text.
        MissingVariable = "missing_variable",
        /// The time zone of the person does not exist.
        BadTimeZone = "bad_time_zone",
        /// The line is too long.
        LineTooLong = "line_too_long",
        /// A quotation mark is never closed.
        UnclosedQuote = "unclosed_quote",
        /// The person is in the campaign already, perhaps under another form of the number.
        Duplicate = "duplicate",
        /// The person is on the suppression list.
        Suppressed = "suppressed",
        /// The person hides the number and never wrote to the organization.
        NoChat = "no_chat",
    }
}

impl From<InvalidPhone> for RejectCode {
    fn from(invalid: InvalidPhone) -> Self {
        match invalid {
            InvalidPhone::Empty => Self::EmptyPhone,
            InvalidPhone::Several => Self::SeveralPhones,
            _ => Self::BadPhone,
        }
    }
}
