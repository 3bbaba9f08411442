//! Recipients and texts, derived from the seed; every number occurs once.

use std::io::{BufWriter, Write as _};
use std::ops::Range;

use serde_json::json;
use tempfile::NamedTempFile;
use wahana_domain::SessionId;

/// Numbers behind the prefix.
const NUMBERS: u64 = 100_000_000;
/// Coprime to [`NUMBERS`], so that every `n` below it has its own number.
const STEP: u64 = 48_271_637;

/// The people and texts of one seed.
#[derive(Clone, Copy)]
pub(crate) struct Traffic {
    seed: u64,
}

impl Traffic {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// E.164 digits of person `n`.
    pub(crate) fn digits(self, n: u64) -> String {
        format!("62812{:08}", (n % NUMBERS * STEP + mix(self.seed) % NUMBERS) % NUMBERS)
    }

    /// The text for person `n`.
    pub(crate) fn text(self, n: u64) -> String {
        format!(
            "Hello {}, your voucher {} is waiting in Bandung. Reply STOP to hear no more.",
            self.name(n),
            self.voucher(n)
        )
    }

    /// The body of `POST /messages` to person `n`.
    pub(crate) fn message(self, session: SessionId, n: u64) -> String {
        let content = json!({"type": "text", "text": self.text(n)});
        json!({"session_id": session, "to": format!("+{}", self.digits(n)), "content": content}).to_string()
    }

    /// The line of person `n` in a list of contacts.
    pub(crate) fn line(self, n: u64) -> String {
        format!("+{},{},Bandung,{}\n", self.digits(n), self.name(n), self.voucher(n))
    }

    /// A file of contacts: these people.
    pub(crate) fn list(self, people: Range<u64>) -> std::io::Result<NamedTempFile> {
        let file = NamedTempFile::new()?;
        let mut out = BufWriter::new(file.as_file());
        out.write_all(HEADER.as_bytes())?;
        for n in people {
            out.write_all(self.line(n).as_bytes())?;
        }
        out.flush()?;
        drop(out);
        Ok(file)
    }

    pub(crate) fn name(self, n: u64) -> &'static str {
        const NAMES: [&str; 8] = ["Ayu", "Budi", "Citra", "Dewi", "Eko", "Fitri", "Gilang", "Hana"];
        NAMES[(mix(self.seed ^ n) % 8) as usize]
    }

    pub(crate) fn voucher(self, n: u64) -> String {
        format!("{:08X}", mix(self.seed.wrapping_add(n)) as u32)
    }
}

/// The header of the lists.
const HEADER: &str = "phone,name,city,voucher\n";
/// The template of campaigns.
pub(crate) const TEMPLATE: &str =
    "Hello {{name}}, your voucher {{voucher}} is waiting in {{city}}. Reply STOP to hear no more.";

/// splitmix64.
fn mix(n: u64) -> u64 {
    let z = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Traffic;

    #[test]
    fn everybody_has_a_number_of_their_own() {
        let numbers: HashSet<String> = (0..100_000).map(|n| Traffic::new(7).digits(n)).collect();
        assert_eq!(numbers.len(), 100_000);
        assert!(numbers.iter().all(|n| n.len() == 13));
    }
}
