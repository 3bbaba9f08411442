//! The time zone a telephone number is most likely in: that in which most people of its country live.
//!
//! `main_zones.txt` comes from IANA's `zone.tab` (public domain); where a country has several zones, the one of its
//! biggest cities was chosen. Who knows better says so: a `time_zone` of the recipient or message goes before.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono_tz::Tz;

use crate::Phone;

static MAIN_ZONES: LazyLock<HashMap<&'static str, Tz>> = LazyLock::new(|| {
    let lines = include_str!("main_zones.txt").lines();
    lines
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(c, zone)| Some((c, zone.parse().ok()?)))
        .collect()
});

/// The column of a list of people that names their time zone.
pub const COLUMN: &str = "time_zone";

/// A zone by its IANA name; `None` for what is none.
pub fn by_name(name: &str) -> Option<Tz> {
    name.parse().ok()
}

/// The main zone of a country, ISO 3166 alpha-2; `None` where nobody has a telephone.
pub fn of_country(country: &str) -> Option<Tz> {
    MAIN_ZONES.get(country).copied()
}

/// The main zone of the country that these E.164 digits belong to; `None` for numbers of no country.
pub fn of_number(digits: &str) -> Option<Tz> {
    of_country(&Phone::from_whatsapp(digits)?.country()?.to_string())
}

/// The zone that a person lives in: as somebody told us, else that of the number (E.164 digits), else `home`.
pub fn of_person(told: Option<&str>, phone: Option<&str>, home: Tz) -> Tz {
    told.and_then(by_name).or_else(|| of_number(phone?)).unwrap_or(home)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_zone() {
        assert_eq!(MAIN_ZONES.len(), include_str!("main_zones.txt").lines().count());
    }

    #[test]
    fn numbers_lie_where_their_country_does() {
        for (digits, zone) in [
            ("6281234567890", Some(chrono_tz::Asia::Jakarta)),
            ("442079460018", Some(chrono_tz::Europe::London)),
            ("12132132131", Some(chrono_tz::America::New_York)),
            ("77012345678", Some(chrono_tz::Asia::Almaty)),
            ("79161234567", Some(chrono_tz::Europe::Moscow)),
            ("5511961234567", Some(chrono_tz::America::Sao_Paulo)),
            ("999123456789", None),
        ] {
            assert_eq!(of_number(digits), zone, "{digits}");
        }
    }

    #[test]
    fn what_somebody_told_goes_before_the_number_and_the_number_before_home() {
        let home = chrono_tz::Europe::London;
        let jakarta = Some("6281234567890");
        assert_eq!(of_person(Some("Asia/Makassar"), jakarta, home), chrono_tz::Asia::Makassar);
        assert_eq!(of_person(Some("Mars/Olympus"), jakarta, home), chrono_tz::Asia::Jakarta);
        assert_eq!(of_person(None, Some("999123456789"), home), home);
        assert_eq!(of_person(None, None, home), home);
    }
}
