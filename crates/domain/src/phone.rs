//! Telephone numbers, by Google's metadata (`rlibphonenumber`).

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
    /// Digits that no operator of that country hands out.
    #[error("no such number exists in its country; check the digits and the country code")]
    NotInUse,
    /// The default country is not an ISO 3166 code.
    #[error("unknown country; use a two-letter code such as ID")]
    UnknownCountry,
}

impl InvalidPhone {
    /// The rule that the text breaks.
    pub const fn rule(self) -> Rule {
        match self {
            Self::Empty => Rule::Blank,
            Self::NotANumber => Rule::BadPhone,
            Self::NotInUse => Rule::PhoneNotInUse,
            Self::UnknownCountry => Rule::BadCountry,
        }
    }
}

impl Phone {
    /// Reads a number as people write it. Without a plus it is first taken as a number of `country`, then as
    /// an international number whose plus was forgotten.
    pub fn parse(text: &str, country: Country) -> Result<Self, InvalidPhone> {
        let text = text.trim();
        if text.is_empty() {
            return Err(InvalidPhone::Empty);
        }
        if text.len() > 40 || text.chars().any(char::is_alphabetic) {
            return Err(InvalidPhone::NotANumber);
        }
        let national = Self::valid(text, Some(country.0));
        if national.is_ok() || text.starts_with('+') {
            return national;
        }
        let digits = text.trim_start_matches("00");
        Self::valid(&format!("+{digits}"), None).map_err(|_| national.err().unwrap_or(InvalidPhone::NotInUse))
    }

    fn valid(text: &str, region: Option<Region>) -> Result<Self, InvalidPhone> {
        let number: PhoneNumber =
            PHONE_NUMBER_UTIL.parse(text, region).map_err(|_| InvalidPhone::NotANumber)?;
        if !PHONE_NUMBER_UTIL.is_valid_number(&number) {
            return Err(InvalidPhone::NotInUse);
        }
        let e164 = PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164);
        Ok(Self(e164.trim_start_matches('+').to_owned()))
    }

    /// The digits that WhatsApp gave us; taken as they are, for WhatsApp knows numbers that metadata does not.
    pub fn from_whatsapp(digits: &str) -> Option<Self> {
        let plausible = (6..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        plausible.then(|| Self(digits.to_owned()))
    }

    /// The country whose operators hand this number out; `None` if none does.
    pub fn country(&self) -> Option<Country> {
        let number = PHONE_NUMBER_UTIL.parse(format!("+{}", self.0), None::<Region>).ok()?;
        number.get_region_code().map(Country)
    }

    /// E.164 digits without the plus.
    pub fn digits(&self) -> &str {
        &self.0
    }
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
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<String, InvalidPhone> {
        Phone::parse(text, Country::INDONESIA).map(|p| p.to_string())
    }

    #[test]
    fn numbers_as_people_write_them() {
        for text in [
            "081234567890",
            "0812-3456-7890",
            "+62 812 3456 7890",
            "6281234567890",
            "62 812-3456-7890",
            " 0812.3456.7890 ",
            "006281234567890",
            "81234567890",
        ] {
            assert_eq!(parse(text).as_deref(), Ok("+6281234567890"), "{text}");
        }
        assert_eq!(parse("+1 213-213-2131").as_deref(), Ok("+12132132131"));
        assert_eq!(parse("12132132131").as_deref(), Ok("+12132132131"), "plus forgotten");
    }

    #[test]
    fn what_is_not_a_number() {
        assert_eq!(parse("  "), Err(InvalidPhone::Empty));
        assert_eq!(parse("call me"), Err(InvalidPhone::NotANumber));
        assert_eq!(parse("12"), Err(InvalidPhone::NotInUse));
        assert_eq!(parse("+62 1"), Err(InvalidPhone::NotANumber));
        assert_eq!(parse("08123"), Err(InvalidPhone::NotInUse));
        assert!(parse("081234567890x5").is_err());
        assert!(parse("=cmd|' /C calc'!A0").is_err());
    }

    #[test]
    fn countries() {
        assert_eq!("GB".parse::<Country>().map(|c| c.to_string()), Ok("GB".into()));
        for unknown in ["Indonesia", "XX", ""] {
            assert_eq!(unknown.parse::<Country>(), Err(InvalidPhone::UnknownCountry), "{unknown}");
        }
        let uk = Phone::parse("020 7946 0018", "GB".parse().unwrap()).unwrap();
        assert_eq!(uk.digits(), "442079460018");
    }
}
