//! Maps columns to phone, name and variables. A column that is neither phone nor name is a variable named
//! after its header.

use std::collections::{BTreeMap, BTreeSet};

use wahana_domain::phone::{Country, Phone};

use crate::AudienceError;

/// Header names (normalized by [`variable_name`]) of the phone column, best first.
const PHONE_NAMES: [&str; 30] = [
    "phone",
    "phone_number",
    "phonenumber",
    "whatsapp",
    "whatsapp_number",
    "no_whatsapp",
    "nomor_whatsapp",
    "wa",
    "no_wa",
    "nomor_wa",
    "wa_number",
    "mobile",
    "mobile_phone",
    "mobile_number",
    "msisdn",
    "no_hp",
    "nohp",
    "nomor_hp",
    "hp",
    "handphone",
    "telepon",
    "no_telepon",
    "nomor_telepon",
    "telp",
    "no_telp",
    "telephone",
    "tel",
    "cellphone",
    "nomor",
    "number",
];
/// Header names of the name column, best first.
const NAME_NAMES: [&str; 9] = [
    "name",
    "nama",
    "full_name",
    "fullname",
    "nama_lengkap",
    "customer_name",
    "nama_pelanggan",
    "first_name",
    "nama_depan",
];
/// Columns that `RejectsWriter` adds; they are not variables when the repaired file is uploaded.
pub(crate) const REJECT_COLUMNS: [&str; 3] = ["rejected_line", "rejected_column", "rejected_reason"];

/// The user's mapping of columns, by the names in the file's header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// The column with the phone number.
    pub phone: String,
    /// The column with the name; `None` = there is none.
    pub name: Option<String>,
    /// Variable -> column. Columns that are not named here are ignored; `None` = every column is a variable.
    pub variables: Option<BTreeMap<String, String>>,
}

/// The mapping, resolved to column positions.
#[derive(Debug)]
pub(crate) struct Columns {
    /// As written in the file.
    pub(crate) names: Vec<String>,
    pub(crate) phone: usize,
    pub(crate) name: Option<usize>,
    pub(crate) variables: Vec<(usize, String)>,
}

/// A header as a template variable: `Kode Voucher!` -> `kode_voucher`.
pub fn variable_name(header: &str) -> String {
    let words = header.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_").to_lowercase().chars().take(64).collect()
}

impl Columns {
    pub(crate) fn find(
        names: Vec<String>,
        mapping: Option<&Mapping>,
        country: Country,
        limit: usize,
    ) -> Result<Self, AudienceError> {
        if names.len() > limit {
            return Err(AudienceError::TooManyColumns { limit });
        }
        let keys: Vec<String> = names.iter().map(|name| variable_name(name)).collect();
        refuse_duplicates(&names, &keys)?;
        if mapping.is_none() {
            refuse_data(&names, country)?;
        }
        match mapping {
            Some(mapping) => Self::mapped(names, &keys, mapping),
            None => Self::guessed(names, &keys),
        }
    }

    fn guessed(names: Vec<String>, keys: &[String]) -> Result<Self, AudienceError> {
        let position = |known: &[&str]| known.iter().find_map(|name| keys.iter().position(|key| key == name));
        let Some(phone) = position(&PHONE_NAMES) else {
            return Err(AudienceError::NoPhoneColumn { found: names.join(", ") });
        };
        let name = position(&NAME_NAMES);
        let variables = every_other(keys, phone, name);
        Ok(Self { names, phone, name, variables })
    }

    fn mapped(names: Vec<String>, keys: &[String], mapping: &Mapping) -> Result<Self, AudienceError> {
        let position = |wanted: &str| {
            let exact = names.iter().position(|name| name == wanted.trim());
            let found = exact.or_else(|| keys.iter().position(|key| *key == variable_name(wanted)));
            let unknown = || AudienceError::UnknownColumn { name: wanted.into(), found: names.join(", ") };
            found.ok_or_else(unknown)
        };
        let phone = position(&mapping.phone)?;
        let name = mapping.name.as_deref().map(position).transpose()?;
        let variables = match &mapping.variables {
            None => every_other(keys, phone, name),
            Some(wanted) => wanted
                .iter()
                .map(|(variable, column)| Ok((position(column)?, variable.clone())))
                .collect::<Result<_, AudienceError>>()?,
        };
        Ok(Self { names, phone, name, variables })
    }

    /// Checks that every required variable has a column.
    pub(crate) fn check_required(&self, required: &BTreeSet<String>) -> Result<(), AudienceError> {
        let there = |name: &String| {
            *name == "phone"
                || (*name == "name" && self.name.is_some())
                || self.variables.iter().any(|(_, variable)| variable == name)
        };
        match required.iter().find(|name| !there(name)) {
            None => Ok(()),
            Some(name) => {
                Err(AudienceError::MissingColumn { name: name.clone(), found: self.names.join(", ") })
            }
        }
    }
}

fn every_other(keys: &[String], phone: usize, name: Option<usize>) -> Vec<(usize, String)> {
    let kept = |(at, key): &(usize, &String)| {
        *at != phone && Some(*at) != name && !key.is_empty() && !REJECT_COLUMNS.contains(&key.as_str())
    };
    keys.iter().enumerate().filter(kept).map(|(at, key)| (at, key.clone())).collect()
}

fn refuse_duplicates(names: &[String], keys: &[String]) -> Result<(), AudienceError> {
    let mut seen = BTreeSet::new();
    for (at, key) in keys.iter().enumerate() {
        // Unnamed columns are ignored; there may be any number of them.
        if !key.is_empty() && !seen.insert(key) {
            return Err(AudienceError::DuplicateColumn { name: names[at].clone(), column: at + 1 });
        }
    }
    Ok(())
}

fn refuse_data(names: &[String], country: Country) -> Result<(), AudienceError> {
    let phone = names.iter().position(|name| Phone::parse(name, country).is_ok());
    match phone {
        Some(at) => Err(AudienceError::NoHeader { value: names[at].clone(), column: at + 1 }),
        None => Ok(()),
    }
}
