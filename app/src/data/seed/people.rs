//! People of the demo organization: always the same, so that a second run finds them.

const NAMES: [&str; 12] =
    ["Ayu", "Budi", "Citra", "Dewi", "Eko", "Fitri", "Gilang", "Hana", "Indra", "Joko", "Kartika", "Lukman"];
const FAMILIES: [&str; 7] = ["Pratama", "Wijaya", "Utami", "Setiawan", "Lestari", "Ramadhan", "Simanjuntak"];
const CITIES: [&str; 5] = ["Jakarta", "Bandung", "Surabaya", "Medan", "Makassar"];

/// People of the address book.
pub(super) const CONTACTS: u32 = 60;

/// What people write first, line by line.
pub(super) const LETTERS: &[&[&str]] = &[
    &["Good morning, are you open on Sunday?"],
    &["Halo kak", "Is the Gayo 1 kg in stock again?"],
    &["My order 1004 has not arrived yet, can you check?"],
    &["Do you deliver to Depok?", "And how much is it?"],
    &["Thank you, the beans are excellent!"],
    &["Could I change my reservation to 20:00, please?"],
    &["I would like to order 40 gift boxes for our office.", "Whom should I talk to?"],
    &["The voucher VC-17 does not work at the counter."],
];

/// Number of person `n`.
pub(super) fn phone(n: u32) -> String {
    format!("+6281370{n:06}")
}

/// Name of person `n`.
pub(super) fn name(n: u32) -> String {
    let n = n as usize;
    format!("{} {}", NAMES[n % NAMES.len()], FAMILIES[n % FAMILIES.len()])
}

/// A list of people, from the one to before the other.
pub(super) fn csv(from: u32, to: u32) -> String {
    let line = |n: u32| {
        let city = CITIES[n as usize % CITIES.len()];
        format!("{},{},{city},VC-{n}\n", phone(n), name(n))
    };
    (from..to).map(line).fold("phone,name,city,voucher\n".to_owned(), |csv, line| csv + &line)
}

/// Confirmations of orders, with their numbers.
pub(super) fn orders() -> Vec<(String, String)> {
    let order = |n: u32| {
        let text = format!("Hello {}, your order {} is on its way.", name(n), 1000 + n);
        (phone(n), text)
    };
    (0..12).map(order).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_numbers_and_nobody_is_there_twice() {
        let csv = csv(0, 600);
        let phones: std::collections::BTreeSet<&str> =
            csv.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        assert_eq!(phones.len(), 600);
        assert!(
            phones
                .iter()
                .all(|phone| wahana_domain::Phone::parse(phone, wahana_domain::Country::INDONESIA).is_ok())
        );
    }
}
