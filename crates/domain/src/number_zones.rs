//! The time zones that a telephone number may be in, by its prefix.
//!
//! `number_zones.txt` is libphonenumber's table (Google, Apache-2.0) and IANA's zones of each country, written by
//! `tools/number-zones`. A number that tells where it is, such as one of a landline or of a mobile in the Americas, has the
//! zones of its longest known prefix; one that does not, such as a mobile of Russia, has all zones of its country.
//! `main_zones.txt` is the zone in which most people of a country live, from IANA's `zone.tab` (public domain).

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

/// Zones by the beginning of a number, and by the code of a country.
static ZONES: LazyLock<HashMap<&'static str, Vec<Tz>>> = LazyLock::new(|| {
    let lines = include_str!("number_zones.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).map(|(key, zones)| (key, parse(zones))).collect()
});

/// Most digits of a prefix in the table.
const LONGEST: usize = 8;

fn parse(zones: &str) -> Vec<Tz> {
    zones.split('&').filter_map(|zone| zone.parse().ok()).collect()
}

/// The main zone of a country, ISO 3166 alpha-2; `None` where nobody has a telephone.
pub fn of_country(country: &str) -> Option<Tz> {
    MAIN_ZONES.get(country).copied()
}

/// All zones that this number may be in, E.164 digits; empty for numbers of no country.
pub fn of_number(digits: &str) -> &'static [Tz] {
    let Some(phone) = Phone::from_whatsapp(digits) else { return &[] };
    let place = phone.place();
    let Some(country) = place.country else { return &[] };
    let country = country.to_string();
    let zones = if place.geographical { of_prefix(&place.digits) } else { None };
    zones
        .or_else(|| ZONES.get(country.as_str()).map(Vec::as_slice))
        .or_else(|| of_country(&country).map(one))
        .unwrap_or_default()
}

/// The zones of the longest prefix that the table knows.
fn of_prefix(digits: &str) -> Option<&'static [Tz]> {
    (1..=LONGEST.min(digits.len()))
        .rev()
        .find_map(|length| ZONES.get(digits.get(..length)?))
        .map(Vec::as_slice)
        .filter(|zones| !zones.is_empty())
}

/// This zone alone.
pub(crate) fn one(zone: Tz) -> &'static [Tz] {
    let at = chrono_tz::TZ_VARIANTS.iter().position(|known| *known == zone);
    at.map(|at| &chrono_tz::TZ_VARIANTS[at..=at]).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(digits: &str) -> Vec<&'static str> {
        of_number(digits).iter().map(|zone| zone.name()).collect()
    }

    #[test]
    fn every_line_of_the_main_table_is_a_zone() {
        assert_eq!(MAIN_ZONES.len(), include_str!("main_zones.txt").lines().count());
    }

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = include_str!("number_zones.txt").lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            let (key, zones) = line.split_once(' ').unwrap();
            assert_eq!(ZONES[key].len(), zones.split('&').count(), "{line}");
            assert!(key.len() <= LONGEST, "{line}");
        }
    }

    #[test]
    fn b22_a_prefix_names_the_zone() {
        for (digits, zone) in [
            ("13105551234", "America/Los_Angeles"),
            ("12132132131", "America/Los_Angeles"),
            ("12125551234", "America/New_York"),
            ("18085551234", "Pacific/Honolulu"),
            ("16045551234", "America/Vancouver"),
            ("5511961234567", "America/Sao_Paulo"),
            ("5569992345678", "America/Manaus"),
            ("525512345678", "America/Mexico_City"),
            // The older spelling of the same number.
            ("5215512345678", "America/Mexico_City"),
            ("442079460018", "Europe/London"),
            ("6281234567890", "Asia/Jakarta"),
        ] {
            assert_eq!(names(digits), [zone], "{digits}");
        }
    }

    #[test]
    fn b22_a_number_that_does_not_tell_may_be_anywhere_in_its_country() {
        assert_eq!(names("34612345678"), ["Africa/Ceuta", "Atlantic/Canary", "Europe/Madrid"]);
        assert_eq!(names("351912345678"), ["Atlantic/Azores", "Atlantic/Madeira", "Europe/Lisbon"]);
        let russian = names("79161234567");
        assert!(
            russian.contains(&"Europe/Kaliningrad") && russian.contains(&"Asia/Kamchatka"),
            "{russian:?}"
        );
        assert!(
            names("77012345678").iter().all(|zone| zone.starts_with("Asia/")),
            "Kazakhstan is not Russia"
        );
        assert!(names("18005551234").len() > 5, "a toll-free number");
        assert!(names("999123456789").is_empty() && names("x").is_empty());
    }
}
