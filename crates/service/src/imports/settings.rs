//! How a list is to be read, as its import remembers it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use wahana_audience::{HeaderRow, Mapping, Options};
use wahana_domain::{Country, Rule};

use crate::checks::WrongField;

/// How a list is to be read. What is left out is recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportSettings {
    /// The country of numbers without a country code; `None` is the organization's.
    pub country: Option<Country>,
    /// Whether the first line names the columns.
    pub header: Option<bool>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The column with the number.
    pub phone_column: Option<String>,
    /// The column with the name.
    pub name_column: Option<String>,
    /// The column with tags; empty is none.
    pub tags_column: Option<String>,
    /// The column with the time zone; empty is none.
    pub time_zone_column: Option<String>,
    /// A tag that everybody gets.
    pub tag: Option<String>,
    /// Most recipients that the campaign may have.
    pub most: u32,
}

impl ImportSettings {
    /// Checks what can be wrong without the file.
    ///
    /// # Errors
    /// When a column is named and none for the number.
    pub fn check(&self) -> Result<(), WrongField> {
        let others = [
            ("name_column", &self.name_column),
            ("tags_column", &self.tags_column),
            ("time_zone_column", &self.time_zone_column),
        ];
        match others.into_iter().find(|(_, column)| column.is_some()) {
            Some((field, _)) if self.phone_column.is_none() => {
                Err(WrongField::new(field, Rule::Needs { other: "phone_column".into() }))
            }
            _ => Ok(()),
        }
    }

    /// What the reader is told; `required` are the variables that every person must have.
    pub(crate) fn options(&self, country: Country, required: BTreeSet<String>) -> Options {
        let mapping = self.phone_column.clone().map(|phone| Mapping {
            phone,
            name: self.name_column.clone(),
            tags: self.tags_column.clone(),
            time_zone: self.time_zone_column.clone(),
            variables: None,
        });
        let header = match self.header {
            None => HeaderRow::Guessed,
            Some(true) => HeaderRow::First,
            Some(false) => HeaderRow::Missing,
        };
        let sheet = self.sheet.clone();
        Options { default_country: country, mapping, required, header, sheet, ..Options::default() }
    }
}
