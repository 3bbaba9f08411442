//! Telephone numbers, by Google's metadata (`rlibphonenumber`).
//!
//! What is saved has the digits of what was written, with the country code instead of a zero in front; text for which
//! that cannot be is refused.

mod digits;
mod spellings;
mod written;

use std::fmt;
use std::str::FromStr;

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, Region};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Rule;

/// The country whose numbers may be written without a country code, as ISO 3166 alpha-2 (`ID`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Country(Region);

impl Country {
    /// Indonesia, where most of our users are.
    pub const INDONESIA: Self = Self(Region::ID);
}

impl Default for Country {
    fn default() -> Self {
        Self::INDONESIA
    }
}

impl FromStr for Country {
    type Err = InvalidPhone;

    fn from_str(text: &str) -> Result<Self, InvalidPhone> {
        let region: Region = text.parse().map_err(|_| InvalidPhone::UnknownCountry)?;
        // The library knows codes without telephone numbers, such as XX.
        PHONE_NUMBER_UTIL.get_country_code_for_region(region).ok_or(InvalidPhone::UnknownCountry)?;
        Ok(Self(region))
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.as_region_str())
    }
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|invalid: InvalidPhone| invalid.rule().in_serde())
    }
}

/// A valid telephone number, kept as its E.164 digits without the plus (`6281234567890`), which is also how
/// WhatsApp names a person.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, sqlx::Type)]
#[sqlx(transparent)]
pub struct Phone(String);

/// Why something is not a telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPhone {
    /// Nothing but spaces.
    #[error("the number is empty")]
    Empty,
    /// Letters, or too few or too many digits to be any number.
    #[error("this is not a telephone number")]
    NotANumber,
    /// More than one number.
    #[error("these are several numbers; keep one, and put the others into lines or columns of their own")]
    Several,
    /// A spreadsheet wrote it in scientific notation and left digits out.
    #[error("a spreadsheet rounded this number; format the column as text and export it again")]
    Rounded,
    /// Digits that no operator of that country hands out.
    #[error("no such number exists in its country; check the digits and the country code")]
    NotInUse,
    /// The default country is not an ISO 3166 code.
    #[error("unknown country; use a two-letter code such as ID")]
    UnknownCountry,
}

/// Where a number is.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) digits: String,
    pub(crate) country: Option<Country>,
    pub(crate) geographical: bool,
}

impl Country {
    /// What its numbers begin with for callers from abroad; empty for a country without telephones.
    pub fn calling_code(self) -> String {
        PHONE_NUMBER_UTIL.get_country_code_for_region(self.0).map(|code| code.to_string()).unwrap_or_default()
    }
}

impl InvalidPhone {
    /// The rule that the text breaks.
    pub const fn rule(self) -> Rule {
        match self {
            Self::Empty => Rule::Blank,
            Self::NotANumber => Rule::BadPhone,
            Self::Several => Rule::SeveralPhones,
            Self::Rounded => Rule::RoundedPhone,
            Self::NotInUse => Rule::PhoneNotInUse,
            Self::UnknownCountry => Rule::BadCountry,
        }
    }
}

impl Phone {
    /// Reads a number as people write it. Without a plus it is first taken as a number of `country`, then as
    /// an international number whose plus was forgotten.
    pub fn parse(text: &str, country: Country) -> Result<Self, InvalidPhone> {
        let plain = written::plain(text)?;
        let text = written::without_fraction(&plain)?;
        let one = |piece: &str| written::number(piece).and_then(|number| Self::number(&number, country));
        let pieces = written::pieces(text);
        let [first, others @ ..] = pieces.as_slice() else { return Err(InvalidPhone::NotANumber) };
        let first_read = one(first);
        if others.is_empty() {
            let two = first_read.is_err() && are_two(first, country);
            return if two { Err(InvalidPhone::Several) } else { first_read };
        }
        let whole = pieces.iter().filter(|piece| written::is_whole(piece)).count();
        match first_read {
            // One number, written twice.
            Ok(phone) if others.iter().all(|other| one(other).as_ref() == Ok(&phone)) => Ok(phone),
            // One number, grouped with these marks.
            Err(_) if whole < 2 => one(text),
            _ => Err(InvalidPhone::Several),
        }
    }

    /// Reads digits, with or without a plus.
    fn number(digits: &str, country: Country) -> Result<Self, InvalidPhone> {
        if let Some(bare) = digits.strip_prefix('+') {
            return Self::valid(digits, None).or_else(|error| Self::old_spelling(bare).ok_or(error));
        }
        let national = Self::valid(digits, Some(country.0));
        let bare = digits.trim_start_matches("00");
        national.or_else(|error| {
            Self::old_national(digits, country)
                .or_else(|| Self::valid(&format!("+{bare}"), None).ok())
                .or_else(|| Self::old_spelling(bare))
                .ok_or(error)
        })
    }

    fn valid(text: &str, region: Option<Region>) -> Result<Self, InvalidPhone> {
        let number: PhoneNumber =
            PHONE_NUMBER_UTIL.parse(text, region).map_err(|_| InvalidPhone::NotANumber)?;
        if !PHONE_NUMBER_UTIL.is_valid_number(&number) {
            return Err(InvalidPhone::NotInUse);
        }
        let e164 = PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164);
        let saved = e164.trim_start_matches('+').to_owned();
        let national = number.get_national_significant_number();
        let code = saved.strip_suffix(national.as_str()).unwrap_or_default();
        let same = has_digits_of(text.trim_start_matches('+'), code, &national);
        if same { Ok(Self(saved)) } else { Err(InvalidPhone::NotInUse) }
    }

    /// An international number in an older form that WhatsApp keeps.
    fn old_spelling(digits: &str) -> Option<Self> {
        let today = spellings::today(digits)?;
        Self::valid(&format!("+{today}"), None).ok().map(|_| Self(digits.to_owned()))
    }

    /// The same, written without the country code.
    fn old_national(digits: &str, country: Country) -> Option<Self> {
        let code = PHONE_NUMBER_UTIL.get_country_code_for_region(country.0)?;
        Self::old_spelling(&format!("{code}{}", digits.trim_start_matches('0')))
    }

    /// The number as its country writes it today: `525512345678` for `5215512345678`.
    #[must_use]
    pub fn today(&self) -> Self {
        spellings::today(&self.0).map_or_else(|| self.clone(), Self)
    }

    /// All forms under which WhatsApp may know this number, this one first.
    #[must_use]
    pub fn forms(&self) -> Vec<Self> {
        let today = self.today();
        let others = spellings::others(&today.0).into_iter().map(Self);
        let all = std::iter::once(today.clone()).chain(others).filter(|form| form != self);
        std::iter::once(self.clone()).chain(all).collect()
    }

    /// Whether its country writes this number in another way today.
    pub fn is_old_spelling(&self) -> bool {
        self.today() != *self
    }

    /// The digits that WhatsApp gave us; taken as they are, for WhatsApp knows numbers that metadata does not.
    pub fn from_whatsapp(digits: &str) -> Option<Self> {
        let plausible = (6..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        plausible.then(|| Self(digits.to_owned()))
    }

    /// Where it is: its digits as its country writes them today, the country, and whether its first digits tell more.
    pub(crate) fn place(&self) -> Place {
        let digits = self.today().0;
        let number = PHONE_NUMBER_UTIL.parse(format!("+{digits}"), None::<Region>).ok();
        let country = number.as_ref().and_then(|number| number.get_region_code().map(Country));
        let geographical = number.is_some_and(|number| PHONE_NUMBER_UTIL.is_number_geographical(&number));
        Place { digits, country, geographical }
    }

    /// The country whose operators hand this number out; `None` if none does.
    pub fn country(&self) -> Option<Country> {
        let number = PHONE_NUMBER_UTIL.parse(format!("+{}", self.today().0), None::<Region>).ok()?;
        number.get_region_code().map(Country)
    }

    /// E.164 digits without the plus.
    pub fn digits(&self) -> &str {
        &self.0
    }
}

/// Whether the text is two numbers with nothing but a space or a dash between them.
fn are_two(text: &str, country: Country) -> bool {
    let one = |part: &str| {
        let number = written::number(part.trim_matches([' ', '-']));
        written::is_whole(part) && number.and_then(|number| Phone::number(&number, country)).is_ok()
    };
    text.match_indices([' ', '-']).any(|(at, _)| one(&text[..at]) && one(&text[at..]))
}

/// Whether a number read from `written` has its digits: all of them, behind no more than a country code and what one
/// dials first.
fn has_digits_of(written: &str, code: &str, national: &str) -> bool {
    if let Some(before) = written.strip_suffix(national) {
        let dialled = before.strip_suffix(code).or_else(|| before.strip_prefix(code)).unwrap_or(before);
        return dialled.len() <= 4;
    }
    // Within Argentina a mobile number has a 15 behind the area code, and abroad a 9 before it.
    let Some(local) = national.strip_prefix('9').filter(|local| code == "54" && local.len() == 10) else {
        return false;
    };
    (2..=4).any(|area| written.ends_with(&format!("{}15{}", &local[..area], &local[area..])))
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

impl Serialize for Phone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl utoipa::PartialSchema for Phone {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("E.164 with the plus, like +6281234567890"))
            .examples(["+6281234567890"])
            .into()
    }
}

impl utoipa::ToSchema for Phone {}

#[cfg(test)]
mod tests;
