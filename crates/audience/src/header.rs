//! Maps columns to phone, name and variables. Every column is a variable named after its header, also the columns of
//! phone and name.

use std::collections::{BTreeMap, BTreeSet};

use wahana_domain::phone::{Country, InvalidPhone, Phone};
use wahana_domain::recipients::{ColumnRole, RoleSource};
use wahana_domain::template::{unaccented, variable_name};

use crate::AudienceError;
use crate::column_names::{ColumnNames, NameKind, PhoneKind};
use crate::other_columns;

/// Columns that `RejectsWriter` adds; they are not variables when the repaired file is uploaded.
pub(crate) const REJECT_COLUMNS: [&str; 3] = ["rejected_line", "rejected_column", "rejected_reason"];

/// The user's mapping of columns, by the names in the file's header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// The column with the phone number.
    pub phone: String,
    /// The column with the name; `None` = there is none.
    pub name: Option<String>,
    /// The column with tags; `None` = it is found by its name, an empty name = there is none.
    pub tags: Option<String>,
    /// The column with the time zone; `None` = it is found by its name, an empty name = there is none.
    pub time_zone: Option<String>,
    /// Variable -> column. Columns that are not named here are ignored; `None` = every column is a variable.
    pub variables: Option<BTreeMap<String, String>>,
}

/// A column of a list, and what it is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListColumn {
    /// As written in the file.
    pub name: String,
    /// What it is taken for.
    pub role: ColumnRole,
    /// How that was found.
    pub by: RoleSource,
    /// The variable under which messages use it.
    pub variable: Option<String>,
}

/// A column with telephone numbers.
#[derive(Debug)]
pub(crate) struct PhoneColumn {
    pub(crate) at: usize,
    kind: PhoneKind,
    /// The column that says for each person what telephone it is, as Google Contacts writes it.
    label: Option<usize>,
}

/// The mapping, resolved to column positions.
pub(crate) struct Columns {
    /// As written in the file.
    pub(crate) names: Vec<String>,
    /// Best first, never empty.
    phones: Vec<PhoneColumn>,
    /// Columns that give the name together; the first of them that are not empty are taken.
    people: Vec<Vec<usize>>,
    pub(crate) variables: Vec<(usize, String)>,
    /// The column with tags.
    pub(crate) tags: Option<usize>,
    /// The column with the time zone.
    pub(crate) time_zone: Option<usize>,
    consent: Option<usize>,
    /// How the number was found.
    pub(crate) by: RoleSource,
    known: ColumnNames,
}

impl Columns {
    /// `sample` are the first lines below the header. `unnamed` is a list without a header, whose columns have names of
    /// ours.
    pub(crate) fn find(
        names: Vec<String>,
        sample: &[Vec<String>],
        mapping: Option<&Mapping>,
        country: Country,
        unnamed: bool,
    ) -> Result<Self, AudienceError> {
        let own = other_columns::own(&names);
        let key = |name: &String| match own {
            Some(own) if own.contains(&name.as_str()) => String::new(),
            Some(own) => other_columns::own_variable(name, own),
            None => variable_name(name),
        };
        let keys: Vec<String> = names.iter().map(key).collect();
        refuse_duplicates(&names, &keys)?;
        let mut found = match (mapping, own) {
            (Some(mapping), _) => Self::mapped(names, &keys, mapping)?,
            (None, Some(_)) => Self::ours(names, keys)?,
            (None, None) => Self::guessed(names, &keys, sample, country, unnamed)?,
        };
        found.others(mapping, own.is_some())?;
        Ok(found)
    }

    /// All columns, and what they are taken for.
    pub(crate) fn all(&self) -> Vec<ListColumn> {
        let role = |at: usize| {
            if self.phones.iter().any(|column| column.at == at) {
                (ColumnRole::Phone, self.by)
            } else if self.people.iter().flatten().any(|column| *column == at) {
                (ColumnRole::Name, self.by)
            } else if self.tags == Some(at) {
                (ColumnRole::Tags, RoleSource::Header)
            } else if self.time_zone == Some(at) {
                (ColumnRole::TimeZone, RoleSource::Header)
            } else if self.consent == Some(at) {
                (ColumnRole::Consent, RoleSource::Header)
            } else if self.variables.iter().any(|(column, _)| *column == at) {
                (ColumnRole::Variable, RoleSource::Header)
            } else {
                (ColumnRole::Ignored, RoleSource::Header)
            }
        };
        let column = |(at, name): (usize, &String)| {
            let (role, by) = role(at);
            let variable = self.variables.iter().find(|(column, _)| *column == at);
            ListColumn { name: name.clone(), role, by, variable: variable.map(|(_, name)| name.clone()) }
        };
        self.names.iter().enumerate().map(column).collect()
    }

    /// Whether a header names a telephone, or several columns of one.
    pub(crate) fn is_header(known: &ColumnNames, names: &[String]) -> bool {
        let phone = |name: &String| matches!(known.phone(name), Some(kind) if kind != PhoneKind::Unsure);
        names.iter().any(phone) || other_columns::own(names).is_some()
    }

    /// The column of a person's number: the best that has one on this line.
    pub(crate) fn phone(
        &self,
        cell: impl Fn(usize) -> bool,
        label: impl Fn(usize) -> Option<String>,
    ) -> usize {
        let there = self.phones.iter().filter(|column| cell(column.at));
        let best = there.min_by_key(|column| {
            let told = column.label.and_then(&label).and_then(|label| self.known.label(&label));
            told.unwrap_or(column.kind)
        });
        best.map_or(self.phones[0].at, |column| column.at)
    }

    /// The best column for numbers.
    pub(crate) fn first_phone(&self) -> usize {
        self.phones[0].at
    }

    /// The best column for names.
    pub(crate) fn first_name(&self) -> Option<usize> {
        self.people.first().and_then(|columns| columns.first()).copied()
    }

    /// The name, from the best columns that are not empty on this line.
    pub(crate) fn name<'a>(&self, cell: impl Fn(usize) -> &'a str) -> Option<String> {
        let joined = self.people.iter().map(|columns| {
            let parts: Vec<&str> =
                columns.iter().map(|at| cell(*at)).filter(|part| !part.is_empty()).collect();
            parts.join(" ")
        });
        joined.into_iter().find(|name| !name.is_empty())
    }

    fn guessed(
        names: Vec<String>,
        keys: &[String],
        sample: &[Vec<String>],
        country: Country,
        unnamed: bool,
    ) -> Result<Self, AudienceError> {
        let known = ColumnNames::new();
        let (phones, by) = phone_columns(&names, &known, sample, country);
        if phones.is_empty() {
            return Err(AudienceError::NoPhoneColumn { found: names.join(", ") });
        }
        let mut people = name_columns(&names, &known, &phones);
        if unnamed {
            people.extend(names_by_content(&names, &phones, sample));
        }
        let variables = all_variables(keys, &phones, &people);
        Ok(Self::new(names, phones, people, variables, by, known))
    }

    /// A list that we wrote: the columns are known.
    fn ours(names: Vec<String>, keys: Vec<String>) -> Result<Self, AudienceError> {
        let position = |wanted: &str| names.iter().position(|name| name == wanted);
        let at = position("phone").ok_or_else(|| AudienceError::NoPhoneColumn { found: names.join(", ") })?;
        let phones = vec![PhoneColumn { at, kind: PhoneKind::WhatsApp, label: None }];
        let people = position("name").map(|at| vec![at]).into_iter().collect();
        let variables = keys.into_iter().enumerate().filter(|(_, key)| !key.is_empty()).collect();
        Ok(Self::new(names, phones, people, variables, RoleSource::Header, ColumnNames::new()))
    }

    fn new(
        names: Vec<String>,
        phones: Vec<PhoneColumn>,
        people: Vec<Vec<usize>>,
        variables: Vec<(usize, String)>,
        by: RoleSource,
        known: ColumnNames,
    ) -> Self {
        Self { names, phones, people, variables, tags: None, time_zone: None, consent: None, by, known }
    }

    /// Finds the columns beside numbers and names.
    fn others(&mut self, mapping: Option<&Mapping>, own: bool) -> Result<(), AudienceError> {
        let phones = self.phones.iter().map(|column| column.at);
        let mut taken: Vec<usize> = phones.chain(self.people.iter().flatten().copied()).collect();
        let said =
            |name: Option<&String>, found: &dyn Fn(&[usize]) -> Option<usize>, taken: &[usize]| match name {
                Some(name) if name.trim().is_empty() => Ok(None),
                Some(name) => position(&self.names, name).map(Some),
                None => Ok(found(taken)),
            };
        let names = &self.names;
        let by_name = |taken: &[usize]| match own {
            true => names.iter().position(|name| name == "tags"),
            false => other_columns::tags(names, taken),
        };
        let tags = said(mapping.and_then(|mapping| mapping.tags.as_ref()), &by_name, &taken)?;
        taken.extend(tags);
        let zone = mapping.and_then(|mapping| mapping.time_zone.as_ref());
        let time_zone = said(zone, &|taken| other_columns::time_zone(names, taken), &taken)?;
        taken.extend(time_zone);
        let consent = other_columns::consent(names, &taken);
        (self.tags, self.time_zone, self.consent) = (tags, time_zone, consent);
        Ok(())
    }

    fn mapped(names: Vec<String>, keys: &[String], mapping: &Mapping) -> Result<Self, AudienceError> {
        let phone = position(&names, &mapping.phone)?;
        let name = mapping.name.as_deref().map(|name| position(&names, name)).transpose()?;
        let phones = vec![PhoneColumn { at: phone, kind: PhoneKind::WhatsApp, label: None }];
        let people: Vec<Vec<usize>> = name.into_iter().map(|at| vec![at]).collect();
        let variables = match &mapping.variables {
            None => all_variables(keys, &phones, &people),
            Some(wanted) => wanted
                .iter()
                .map(|(variable, column)| Ok((position(&names, column)?, variable.clone())))
                .collect::<Result<_, AudienceError>>()?,
        };
        Ok(Self::new(names, phones, people, variables, RoleSource::Mapping, ColumnNames::new()))
    }

    /// Checks that every required variable has a column.
    pub(crate) fn check_required(&self, required: &BTreeSet<String>) -> Result<(), AudienceError> {
        let there = |name: &String| {
            *name == "phone"
                || (*name == "name" && !self.people.is_empty())
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

/// The place of a column that somebody named.
fn position(names: &[String], wanted: &str) -> Result<usize, AudienceError> {
    let exact = names.iter().position(|name| name == wanted.trim());
    let key = variable_name(wanted);
    let found = exact.or_else(|| names.iter().position(|name| variable_name(name) == key));
    found.ok_or_else(|| AudienceError::UnknownColumn { name: wanted.into(), found: names.join(", ") })
}

/// Columns with telephone numbers by their headers, else by their cells.
fn phone_columns(
    names: &[String],
    known: &ColumnNames,
    sample: &[Vec<String>],
    country: Country,
) -> (Vec<PhoneColumn>, RoleSource) {
    let cells =
        |at: usize| sample.iter().filter_map(move |line| line.get(at)).filter(|cell| !cell.is_empty());
    let is_phone = |cell: &&String| {
        let digits = cell.chars().filter(|c| c.is_numeric()).count();
        digits >= 8 && matches!(Phone::parse(cell, country), Ok(_) | Err(InvalidPhone::Several))
    };
    let readable = |at: usize| cells(at).filter(is_phone).count();
    let column = |at: usize, kind: PhoneKind| PhoneColumn { at, kind, label: label_of(names, at) };
    let named = names.iter().enumerate().filter_map(|(at, name)| Some(column(at, known.phone(name)?)));
    let (unsure, mut named): (Vec<_>, Vec<_>) = named.partition(|column| column.kind == PhoneKind::Unsure);
    named.sort_by_key(|column| column.kind);
    if named.iter().any(|column| readable(column.at) > 0) {
        // A header that looks like a telephone, above cells that are none.
        named.retain(|column| readable(column.at) > 0 || cells(column.at).next().is_none());
    }
    if !named.is_empty() {
        return (named, RoleSource::Header);
    }
    let most = |at: &usize| readable(*at) * 2 > sample.len();
    if let Some(at) = unsure.iter().map(|column| column.at).find(most) {
        return (vec![column(at, PhoneKind::Unsure)], RoleSource::Header);
    }
    // Of several equally full columns the first.
    let guess = (0..names.len()).rev().filter(most).max_by_key(|at| readable(*at));
    if let Some(at) = guess {
        return (vec![column(at, PhoneKind::Unsure)], RoleSource::Content);
    }
    let plain =
        |column: &PhoneColumn| matches!(variable_name(&names[column.at]).as_str(), "number" | "nomor");
    (unsure.into_iter().filter(plain).take(1).collect(), RoleSource::Header)
}

/// The column with names in a list without a header: the first with words and no figures.
fn names_by_content(names: &[String], phones: &[PhoneColumn], sample: &[Vec<String>]) -> Option<Vec<usize>> {
    let is_name = |cell: &String| {
        let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
        letters >= 2 && !cell.chars().any(|c| c.is_numeric() || matches!(c, '@' | '/' | ':'))
    };
    let fits = |at: &usize| {
        let cells = sample.iter().filter_map(|line| line.get(*at)).filter(|cell| is_name(cell));
        phones.iter().all(|column| column.at != *at) && cells.count() * 2 > sample.len()
    };
    (0..names.len()).find(fits).map(|at| vec![at])
}

/// The column with the label of a number: `Phone 1 - Type` or `Phone 1 - Label` of `Phone 1 - Value`.
fn label_of(names: &[String], at: usize) -> Option<usize> {
    let key = variable_name(&names[at]);
    let stem = key.strip_suffix("_value")?;
    let is_label = |name: &String| {
        let key = variable_name(name);
        key.strip_prefix(stem).is_some_and(|end| matches!(end, "_label" | "_type"))
    };
    names.iter().position(is_label)
}

/// Columns with names of people by their headers: whole names first, then first and last names.
fn name_columns(names: &[String], known: &ColumnNames, phones: &[PhoneColumn]) -> Vec<Vec<usize>> {
    let is_phone = |at: &usize| phones.iter().any(|column| column.at == *at);
    let found: Vec<(usize, NameKind)> = (0..names.len())
        .filter(|at| !is_phone(at))
        .filter_map(|at| Some((at, known.name(&names[at])?)))
        .collect();
    let of = |wanted: NameKind| found.iter().find(|(_, kind)| *kind == wanted).map(|(at, _)| *at);
    let rank = |(at, kind): &(usize, NameKind)| {
        if let NameKind::Full(rank) = kind { Some((*rank, *at)) } else { None }
    };
    let mut whole = found.iter().filter_map(rank).min().map(|(_, at)| at);
    let (mut first, mut last) = (of(NameKind::First), of(NameKind::Last));
    match of(NameKind::FullOrFirst) {
        Some(at) if last.is_some() && first.is_none() => first = Some(at),
        Some(at) => whole = whole.or(Some(at)),
        None => {}
    }
    match of(NameKind::FullOrLast) {
        Some(at) if first.is_some_and(|first| takes_last(&names[first])) && last.is_none() => last = Some(at),
        Some(at) if last.is_some() && first.is_none() => first = Some(at),
        Some(at) => whole = whole.or(Some(at)),
        None => {}
    }
    // Vietnamese names begin with that of the family.
    let family_first = last.is_some_and(|last| unaccented(&variable_name(&names[last])) == "ho");
    let parts = if family_first { [last, first] } else { [first, last] };
    let parts: Vec<usize> = parts.into_iter().flatten().collect();
    let parts = (!parts.is_empty() && (first.is_some() || whole.is_none())).then_some(parts);
    whole.map(|at| vec![at]).into_iter().chain(parts).collect()
}

/// Whether a header for the first name stands beside a header for the last name that alone means the whole name.
fn takes_last(first: &str) -> bool {
    matches!(unaccented(&variable_name(first)).as_str(), "prenom" | "vorname" | "voornaam")
}

/// Every column under its own name. `phone` and `name` are given to every person, so columns of these names are left
/// out where they say the same.
fn all_variables(keys: &[String], phones: &[PhoneColumn], people: &[Vec<usize>]) -> Vec<(usize, String)> {
    let given = |at: usize, key: &str| match key {
        "phone" => matches!(phones, [only] if only.at == at),
        "name" => matches!(people, [only] if *only == [at]),
        _ => false,
    };
    let kept = |(at, key): &(usize, &String)| {
        !key.is_empty() && !REJECT_COLUMNS.contains(&key.as_str()) && !given(*at, key)
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

/// Refuses a header that is data.
pub(crate) fn refuse_data(names: &[String], country: Country) -> Result<(), AudienceError> {
    let phone = names.iter().position(|name| Phone::parse(name, country).is_ok());
    match phone {
        Some(at) => Err(AudienceError::NoHeader { value: names[at].clone(), column: at + 1 }),
        None => Ok(()),
    }
}
