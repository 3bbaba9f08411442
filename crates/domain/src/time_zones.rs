//! Time zones as people write them, and the zones that a person may be in: the one that somebody told us, else all that
//! the number may be in ([`crate::number_zones`]).

use chrono_tz::Tz;

use crate::number_zones;

/// The column of a list of people that names their time zone.
pub const COLUMN: &str = "time_zone";

/// Abbreviations that name one zone only.
const ABBREVIATIONS: [(&str, Tz); 9] = [
    ("WIB", Tz::Asia__Jakarta),
    ("WITA", Tz::Asia__Makassar),
    ("WIT", Tz::Asia__Jayapura),
    ("SGT", Tz::Asia__Singapore),
    ("MYT", Tz::Asia__Kuala_Lumpur),
    ("PHT", Tz::Asia__Manila),
    ("HKT", Tz::Asia__Hong_Kong),
    ("JST", Tz::Asia__Tokyo),
    ("KST", Tz::Asia__Seoul),
];

/// Zones that are not whole hours from UTC and have no summer time, by minutes east of it.
const ODD_OFFSETS: [(i32, Tz); 8] = [
    (-570, Tz::Pacific__Marquesas),
    (210, Tz::Asia__Tehran),
    (270, Tz::Asia__Kabul),
    (330, Tz::Asia__Kolkata),
    (345, Tz::Asia__Kathmandu),
    (390, Tz::Asia__Yangon),
    (525, Tz::Australia__Eucla),
    (570, Tz::Australia__Darwin),
];

/// A zone by its IANA name, by an abbreviation such as `WIB`, or by an offset such as `UTC+7`; `None` for what is none.
pub fn by_name(name: &str) -> Option<Tz> {
    let name = name.trim();
    name.parse().ok().or_else(|| by_abbreviation(name)).or_else(|| by_offset(name)).or_else(|| {
        let iana = name.replace(' ', "_");
        chrono_tz::TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(&iana)).copied()
    })
}

fn by_abbreviation(name: &str) -> Option<Tz> {
    ABBREVIATIONS.iter().find(|(short, _)| short.eq_ignore_ascii_case(name)).map(|(_, zone)| *zone)
}

/// `UTC+7`, `GMT+07:00`, `+0700`, `UTC-3`.
fn by_offset(name: &str) -> Option<Tz> {
    let upper = name.to_ascii_uppercase().replace('\u{2212}', "-");
    let bare = upper.trim_start_matches('(').trim_end_matches(')');
    let offset = bare.strip_prefix("UTC").or_else(|| bare.strip_prefix("GMT")).unwrap_or(bare).trim();
    let sign = if offset.starts_with('+') {
        1
    } else if offset.starts_with('-') {
        -1
    } else {
        return None;
    };
    let digits = offset[1..].trim();
    let (hours, minutes) = match digits.split_once([':', '.']) {
        Some(parts) => parts,
        None if digits.len() > 2 => digits.split_at_checked(digits.len() - 2)?,
        None => (digits, "0"),
    };
    let number =
        |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<i32>().ok()).flatten();
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    if hours > 14 || minutes > 59 {
        return None;
    }
    let east = sign * (hours * 60 + minutes);
    if east % 60 == 0 {
        // The signs of these names are the other way round.
        let hours = -east / 60;
        let name = if hours == 0 { "Etc/GMT".to_owned() } else { format!("Etc/GMT{hours:+}") };
        return name.parse().ok();
    }
    ODD_OFFSETS.iter().find(|(minutes, _)| *minutes == east).map(|(_, zone)| *zone)
}

/// The zones that a person may be in: the one that somebody told us, else those of the number (E.164 digits), else
/// `home`. At least one.
pub fn of_person(told: Option<&str>, phone: Option<&str>, home: Tz) -> &'static [Tz] {
    let of_number = || phone.map(number_zones::of_number);
    let told = told.and_then(by_name).map(number_zones::one);
    told.or_else(of_number)
        .filter(|zones: &&[Tz]| !zones.is_empty())
        .unwrap_or_else(|| number_zones::one(home))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b11_abbreviations_and_offsets() {
        for (name, zone) in [
            ("WIB", Some("Asia/Jakarta")),
            ("wita", Some("Asia/Makassar")),
            (" WIT ", Some("Asia/Jayapura")),
            ("UTC+7", Some("Etc/GMT-7")),
            ("GMT+07:00", Some("Etc/GMT-7")),
            ("GMT -3", Some("Etc/GMT+3")),
            ("+0530", Some("Asia/Kolkata")),
            ("UTC+5:45", Some("Asia/Kathmandu")),
            ("(UTC+08:00)", Some("Etc/GMT-8")),
            ("UTC", Some("UTC")),
            ("UTC+0", Some("Etc/GMT")),
            ("asia/jakarta", Some("Asia/Jakarta")),
            ("America/New York", Some("America/New_York")),
            ("UTC+15", None),
            ("UTC+7:20", None),
            ("7", None),
            ("Mars/Olympus", None),
            ("+", None),
            ("+é7", None),
        ] {
            assert_eq!(by_name(name).map(|zone| zone.name()), zone, "{name}");
        }
    }

    #[test]
    fn what_somebody_told_goes_before_the_number_and_the_number_before_home() {
        let home = chrono_tz::Europe::London;
        let jakarta = Some("6281234567890");
        assert_eq!(of_person(Some("Asia/Makassar"), jakarta, home), [chrono_tz::Asia::Makassar]);
        assert_eq!(of_person(Some("WITA"), jakarta, home), [chrono_tz::Asia::Makassar]);
        assert_eq!(of_person(Some("Mars/Olympus"), jakarta, home), [chrono_tz::Asia::Jakarta]);
        assert_eq!(of_person(None, Some("999123456789"), home), [home]);
        assert_eq!(of_person(None, None, home), [home]);
    }
}
