//! The people of the demo: `examples/contacts.csv`, some lines of it broken on purpose, and more of the kind if asked.

use std::fmt::Write;

/// Where the first thousand come from.
pub(super) const SOURCE: &str = "examples/contacts.csv";
const CONTACTS: &[u8] = include_bytes!("../../../../examples/contacts.csv");
const NAMES: [&str; 8] = ["Ayu", "Budi", "Citra", "Dewi", "Eko", "Fitri", "Gilang", "Hana"];
const CITIES: [&str; 5] = ["Jakarta", "Bandung", "Surabaya", "Medan", "Makassar"];

/// A list of `lines` people (header not counted).
pub(super) fn csv(lines: u32) -> anyhow::Result<Vec<u8>> {
    let mut csv: Vec<u8> =
        CONTACTS.split_inclusive(|b| *b == b'\n').take(lines as usize + 1).flatten().copied().collect();
    let have = CONTACTS.split_inclusive(|b| *b == b'\n').count().saturating_sub(1) as u32;
    let mut more = String::new();
    for n in have..lines {
        let (name, city) = (NAMES[n as usize % NAMES.len()], CITIES[n as usize % CITIES.len()]);
        writeln!(more, "+62813{n:08},{name},{city},VC-{n}")?;
    }
    csv.extend_from_slice(more.as_bytes());
    Ok(csv)
}

#[cfg(test)]
mod tests {
    #[test]
    fn has_as_many_lines_as_asked_for() {
        for lines in [1, 999, 1_000, 1_001, 5_000] {
            let csv = super::csv(lines).unwrap();
            assert_eq!(csv.split_inclusive(|b| *b == b'\n').count() as u32, lines + 1);
        }
    }
}
