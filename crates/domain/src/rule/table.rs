//! The table of rules: code, parameters, the English sentence. The sentence goes on after the name of the field.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Names, Param, Params};

// `tt`, not `literal`: derives see a literal of a macro as an expression and would miss the names.
macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident $({ $($param:ident: $type:ty),+ })? = $code:tt, $text:literal;)+) => {
        /// What is wrong with a value.
        #[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
        #[serde(tag = "rule", content = "params")]
        #[expect(missing_docs, reason = "a parameter is what its name says in the sentence of its rule")]
        pub enum Rule { $($(#[$doc])* #[serde(rename = $code)] $variant $({ $($param: $type),+ })?,)+ }

        /// What is wrong with a value, for programs: stable names.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
        #[schema(as = Rule)]
        pub enum RuleCode { $($(#[$doc])* #[serde(rename = $code)] $variant,)+ }

        impl Rule {
            /// Its name.
            pub const fn code(&self) -> RuleCode {
                match self { $(Self::$variant { .. } => RuleCode::$variant),+ }
            }

            /// Its figures and names; empty for most rules.
            pub fn params(&self) -> Params {
                match self {
                    $(Self::$variant $({ $($param),+ })? => Params::from([
                        $($((stringify!($param), Param::from($param.clone()))),+)?
                    ]),)+
                }
            }
        }

        /// The English sentence.
        impl fmt::Display for Rule {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self { $(Self::$variant $({ $($param),+ })? => write!(f, $text)),+ }
            }
        }

        impl RuleCode {
            /// Every rule, in the order of docs/errors.md.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The sentence with its parameters in braces.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The names of its parameters.
            pub const fn params(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($(stringify!($param)),+)?]),+ }
            }

            /// One of each, with empty parameters.
            #[cfg(test)]
            pub(super) fn samples() -> Vec<Rule> {
                vec![$(Rule::$variant $({ $($param: Default::default()),+ })?),+]
            }
        }
    };
}

rules! {
    /// Missing.
    Required = "required", "is required";
    /// None of several fields is given.
    RequiredOneOf { fields: Names } = "required_one_of", "give one of {fields}";
    /// None, or more than one, of several fields is given.
    ExactlyOneOf { fields: Names } = "exactly_one_of", "give exactly one of {fields}";
    /// Two fields exclude each other.
    NotBoth { other: String } = "not_both", "cannot be given together with {other}";
    /// Only makes sense with another field.
    Needs { other: String } = "needs", "needs {other} as well";
    /// No field of this name.
    Unknown { known: Names } = "unknown", "is not a known field; known: {known}";
    /// Given twice.
    Duplicate = "duplicate", "is given twice";
    /// The JSON has another type.
    WrongType { expected: String } = "wrong_type", "has the wrong type: expected {expected}";
    /// Cannot be read, for a reason that only the reader knows.
    Malformed { problem: String } = "malformed", "cannot be read: {problem}";
    /// Holds U+0000.
    NulCharacter = "nul_character", "must not contain the NUL character (\\u0000)";

    /// Empty, or only spaces.
    Blank = "blank", "must not be blank";
    /// Too few characters.
    TooShort { min: u64, actual: u64 } = "too_short", "must have at least {min} characters, has {actual}";
    /// Too many characters.
    TooLong { max: u64, actual: u64 } = "too_long", "must have at most {max} characters, has {actual}";
    /// Too many bytes.
    TooManyBytes { max: u64 } = "too_many_bytes", "must have at most {max} bytes";
    /// Too few entries in a list.
    TooFewItems { min: u64 } = "too_few_items", "must have at least {min} entries";
    /// Too many entries in a list.
    TooManyItems { max: u64 } = "too_many_items", "must have at most {max} entries";
    /// People are named in a chat of one.
    MentionsNeedGroup = "mentions_need_group", "is only for groups";
    /// The text does not name somebody of `mentions`.
    NotInText { mention: String } = "not_in_text", "must stand in the text, too: {mention}";
    /// An entry stands in the list twice.
    DuplicateItem = "duplicate_item", "must be named only once";
    /// Outside of two bounds.
    OutOfRange { min: u64, max: u64 } = "out_of_range", "must be {min} to {max}";
    /// Below the only bound.
    TooSmall { min: u64 } = "too_small", "must be at least {min}";
    /// Above the only bound.
    TooLarge { max: u64 } = "too_large", "must be at most {max}";
    /// Not one of a closed list.
    OneOf { values: Names } = "one_of", "must be one of {values}";

    /// No id of this kind.
    BadId { example: String } = "bad_id", "must be an id like {example}";
    /// No cursor of this list.
    BadCursor = "bad_cursor", "must be the next_cursor of an earlier page";
    /// No IANA time zone.
    BadTimeZone = "bad_time_zone", "must be an IANA time zone, such as Asia/Jakarta";
    /// No time of RFC 3339.
    BadTime = "bad_time", "must be a time of RFC 3339, such as 2027-01-31T08:00:00Z";
    /// No time of day.
    BadTimeOfDay = "bad_time_of_day", "must be a time of day like 21:00";
    /// No ISO 3166 code.
    BadCountry = "bad_country", "must be a country in two capital letters, such as ID";
    /// No colour.
    BadColor = "bad_color", "must be a colour such as #0a7cff, in lower case";
    /// No email address.
    BadEmail = "bad_email", "must be an email address";
    /// No telephone number.
    BadPhone = "bad_phone", "must be a telephone number";
    /// A number that no operator of its country hands out.
    PhoneNotInUse = "phone_not_in_use",
        "no such number exists in its country; check the digits and the country code";
    /// More than one telephone number.
    SeveralPhones = "several_phones",
        "these are several numbers; keep one, and put the others into lines or columns of their own";
    /// A number that a spreadsheet wrote in scientific notation, without its last digits.
    RoundedPhone = "rounded_phone",
        "a spreadsheet rounded this number; format the column as text and export it again";
    /// Neither a number nor a chat.
    BadRecipient = "bad_recipient",
        "must be a phone number, a chat like <id>@g.us or <digits>@lid, or the @username of somebody who wrote to you";
    /// It is no LID.
    BadLid = "bad_lid", "must be a LID like 99887766554433@lid, as it stands with a conversation";
    /// The contact has no number that a LID could be joined with.
    ContactHasNoNumber = "contact_has_no_number",
        "cannot be joined with a contact without a number; choose the contact that has one";
    /// Nobody with this username wrote to the organization.
    UnknownUsername = "unknown_username",
        "is the username of nobody who wrote to you; use the phone number, or wait until the person writes first";
    /// No http or https address.
    BadUrl = "bad_url", "must be an http or https address";
    /// No media type.
    BadMimetype = "bad_mimetype", "must be a media type like image/png";
    /// No plain file name.
    BadFilename { max: u64 } = "bad_filename", "must be a plain file name of at most {max} bytes, without slashes";
    /// No base64.
    BadBase64 = "bad_base64", "must be base64";
    /// No label of a node.
    BadLabel { label: String, max: u64 } = "bad_label",
        "{label}: names and values have 1 to {max} of the characters a-z A-Z 0-9 . _ -";
    /// An attribute of a contact is too long.
    BadAttribute { name_max: u64, value_max: u64 } = "bad_attribute",
        "names have 1 to {name_max} bytes, values up to {value_max}";
    /// No key for repeating a request.
    BadIdempotencyKey { max: u64 } = "bad_idempotency_key", "must have 1 to {max} printable ASCII characters";
    /// No tag of a version.
    BadEtag = "bad_etag", "must be the ETag of an earlier answer, such as \"3\"";
    /// Nothing that an operator can hold.
    BadTarget = "bad_target",
        "must be all, outbound, a queue, or the id of an organization, node, session or campaign";

    /// Not the password that is stored.
    WrongPassword = "wrong_password", "is not the current password";
    /// One of the passwords that are guessed first.
    CommonPassword = "common_password", "is one of the most common passwords";
    /// The password is the email address.
    PasswordIsEmail = "password_is_email", "must not be the email address";

    /// The password is the name of the person or organization.
    PasswordIsName = "password_is_name", "must not be your name or that of your organization";
    /// The new password is the old one.
    PasswordIsOld = "password_is_old", "is the current password; choose another one";

    /// A local time, and nothing says where.
    TimeWithoutZone = "time_without_zone",
        "has no offset: write it like 2027-01-31T10:00:00+07:00, or name its time_zone beside it";
    /// A local time that clocks skip.
    SkippedTime { zone: String } = "skipped_time",
        "does not exist in {zone}: the clocks are put forward then; choose another time";

    /// A time that is over.
    InPast = "in_past", "must be in the future";
    /// A time that has not come.
    InFuture = "in_future", "must not be in the future";
    /// A time that is too far away.
    TooFar { days: u64 } = "too_far", "must be at most {days} days ahead";
    /// Ends before it is sent.
    NotAfterSendAt = "not_after_send_at", "must be after send_at, and in the future";

    /// The campaign has started.
    AlreadyStarted = "already_started", "cannot change any more: the campaign has started";

    /// No session of this id.
    NoSuchSession = "no_such_session", "there is no such session";
    /// No file of this id.
    NoSuchFile = "no_such_file", "there is no such file; upload it first";
    /// No sender pool of this id.
    NoSuchSenderPool = "no_such_sender_pool", "there is no such sender pool";
    /// No WAHA server of this id.
    NoSuchNode = "no_such_node", "there is no such node";
    /// No message of this id in this chat.
    NoSuchMessage = "no_such_message",
        "no message of this chat has this id; give our id (msg_...), WhatsApp's, or the whole one: \
         true_<chat>_<id> of your own, false_<chat>_<id> of theirs, in groups with _<author> at its end";
    /// The message is not at WhatsApp yet.
    MessageNotSent = "message_not_sent", "that message was not sent yet";

    /// A file without content.
    EmptyFile = "empty_file", "the file is empty";
    /// A file of a format that WhatsApp does not take this way, and that nothing here converts.
    WrongFileType { found: String, kind: String, takes: Names } = "wrong_file_type",
        "the file is {found}; as {kind} WhatsApp takes {takes}";
    /// A file that is larger than WhatsApp takes.
    FileTooLarge { kind: String, size: u64, max: u64 } = "file_too_large",
        "the file has {size} bytes; as {kind} it may have at most {max}";
    /// A file whose address does not answer with a file that can be sent.
    FileNotUsable { problem: String } = "file_not_usable", "this address gives no file that can be sent: {problem}";
    /// The files of the organization take all the room it has.
    NoRoomForFiles { max: u64 } = "no_room_for_files",
        "your files would take more than {max} bytes; files that no message needs are deleted after some time";
    /// A voice note cannot have a caption.
    NoCaption = "no_caption", "a voice note has no caption; leave it out";
    /// A pool cannot write to a group.
    PoolNeedsPerson = "pool_needs_person", "a pool writes to people; name the session that is in the group";

    /// `{{` without `}}`.
    UnclosedVariable { at: u64 } = "unclosed_variable",
        "this {{{{ is never closed; close it with }}}} (character {at})";
    /// No name of a variable.
    BadVariable { name: String, at: u64 } = "bad_variable",
        "`{name}` is no variable name; use letters, digits and _ (character {at})";
    /// `{` without `}`.
    UnclosedChoice { at: u64 } = "unclosed_choice",
        "this {{ is never closed; close it with }}, or write \\{{ for a brace (character {at})";
    /// A choice with one variant.
    SingleChoice { at: u64 } = "single_choice",
        "a choice needs at least two variants, {{like|this}}; a variable has two braces, {{{{name}}}} (character {at})";
    /// Choices in choices in choices.
    NestedTooDeep { max: u64, at: u64 } = "nested_too_deep", "choices nest deeper than {max} (character {at})";

    /// The shortest is longer than the longest.
    LongerThan { other: String } = "longer_than", "is longer than {other}; swap them";
    /// A pause or break that is too long.
    TooManyMinutes { max: u64 } = "too_many_minutes", "must be at most {max} minutes";
    /// A break after each message.
    BreakAfterEach = "break_after_each", "a break after each message is a pause: use gap_min_ms and gap_max_ms";
    /// A limit of 0.
    SendsNothing = "sends_nothing", "with 0 nothing is sent; leave it out for no limit";
    /// Transactional messages would take all.
    ShareTooLarge { max: u64 } = "share_too_large", "must be at most {max}, so that bulk messages get something";
    /// A span of the day without length.
    EmptyWindow = "empty_window", "begins and ends at the same time, so it has no length; leave it out";
    /// Nothing is left of the send window.
    WithinQuietHours = "within_quiet_hours", "the quiet hours cover all of it, so nothing could ever be sent";
    /// The longest pause is longer than the send window.
    OutlastsWindow = "outlasts_window", "is longer than the send window";
}
