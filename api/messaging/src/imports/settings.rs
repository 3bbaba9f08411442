//! How a list is read, as requests say it.

use serde::Deserialize;
use utoipa::ToSchema;
use wahana_domain::{Country, Rule};
use wahana_service::imports::settings::ImportSettings;

use wahana_api_kit::problem::{Answer, Problem};

/// How a list is read.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"phone_column": "No HP", "name_column": "Nama", "tag": "pelanggan"}))]
pub(crate) struct ImportSettingsBody {
    /// Whose numbers may lack a country code; null is your organization's.
    #[schema(value_type = Option<String>, pattern = "^[A-Z]{2}$")]
    pub(crate) country: Option<Country>,
    /// Whether the first line names the columns; null is recognised.
    pub(crate) header: Option<bool>,
    /// The sheet of a workbook; null is the first with rows.
    pub(crate) sheet: Option<String>,
    /// Which column holds the number; null is recognised.
    pub(crate) phone_column: Option<String>,
    /// Which column holds the name.
    pub(crate) name_column: Option<String>,
    /// Which column holds tags; empty is none.
    pub(crate) tags_column: Option<String>,
    /// Which column holds the time zone; empty is none.
    pub(crate) time_zone_column: Option<String>,
    /// A tag that everybody in the list gets.
    #[schema(max_length = 100)]
    pub(crate) tag: Option<String>,
}

impl ImportSettingsBody {
    pub(crate) fn settings(self, most: u32) -> Answer<ImportSettings> {
        let Self { country, header, sheet, phone_column, name_column, tags_column, time_zone_column, tag } =
            self;
        let tag = tag.map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty());
        if tag.as_ref().is_some_and(|tag| tag.len() > 100) {
            return Err(Problem::field("tag", Rule::TooManyBytes { max: 100 }));
        }
        Ok(ImportSettings {
            country,
            header,
            sheet,
            phone_column,
            name_column,
            tags_column,
            time_zone_column,
            tag,
            most,
        })
    }
}
