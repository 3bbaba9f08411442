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

closed_enum! {
    /// Format of a list of people.
    ListFormat {
        /// Text with one person a line.
        Csv = "csv",
        /// A workbook of Excel.
        Xlsx = "xlsx",
        /// A workbook of LibreOffice.
        Ods = "ods",
        /// An address book.
        Vcard = "vcard",
    }
}

closed_enum! {
    /// How a list is written.
    ExportFormat {
        /// Text with one person a line.
        Csv = "csv",
        /// A workbook of Excel.
        Xlsx = "xlsx",
    }
}

closed_enum! {
    /// The program that wrote a list of people, as its columns tell.
    ListOrigin {
        /// An export of Wahana.
        Wahana = "wahana",
        /// Google Contacts.
        Google = "google",
        /// Microsoft Outlook.
        Outlook = "outlook",
        /// HubSpot.
        Hubspot = "hubspot",
        /// Odoo.
        Odoo = "odoo",
        /// Shopify.
        Shopify = "shopify",
        /// Mailchimp.
        Mailchimp = "mailchimp",
        /// The address book of a telephone.
        AddressBook = "address_book",
        /// Anything else.
        Other = "other",
    }
}

closed_enum! {
    /// What a column of a list is taken for.
    ColumnRole {
        /// The number.
        Phone = "phone",
        /// The name or a part of it.
        Name = "name",
        /// Tags, separated by commas, semicolons or `:::`.
        Tags = "tags",
        /// The time zone of the person.
        TimeZone = "time_zone",
        /// Whether the person agreed to get messages.
        Consent = "consent",
        /// A variable of messages.
        Variable = "variable",
        /// Not read.
        Ignored = "ignored",
    }
}

closed_enum! {
    /// How the role of a column was found.
    RoleSource {
        /// By the name of the column.
        Header = "header",
        /// By what its cells hold.
        Content = "content",
        /// Somebody said so.
        Mapping = "mapping",
    }
}

closed_enum! {
    /// What an import took with a reservation.
    ListWarning {
        /// The column of numbers or names was guessed by its cells.
        GuessedColumn = "guessed_column",
        /// The list has no header; its columns got names of their own.
        NoHeader = "no_header",
        /// A time zone could not be read; that of the number is taken.
        BadTimeZone = "bad_time_zone",
        /// A cell held the error of a spreadsheet, and counts as empty.
        SheetError = "sheet_error",
        /// A number is written as its country wrote it formerly.
        OldNumber = "old_number",
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
