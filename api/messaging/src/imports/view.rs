//! Imports as they are shown.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wahana_domain::imports::ImportState;
use wahana_domain::recipients::{ColumnRole, ListFormat, ListOrigin, ListWarning, RejectCode, RoleSource};
use wahana_domain::{CampaignId, Country, ImportId};
use wahana_service::imports::settings::ImportSettings;
use wahana_store::imports::Import;

use crate::audience::RejectView;
use wahana_api_kit::problem::{Answer, Problem};

/// An import of a list of people.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportView {
    id: ImportId,
    /// The campaign that gets the people; null is the address book.
    campaign_id: Option<CampaignId>,
    state: ImportState,
    #[schema(example = "pelanggan.xlsx")]
    file_name: Option<String>,
    /// Bytes of the file.
    #[schema(example = 48213)]
    bytes: i64,
    /// How it is read; what is null is recognised.
    settings: ImportSettingsView,
    /// What was recognised in it.
    preview: ImportPreviewView,
    /// Lines with something on them that were read so far, the header not counted.
    #[schema(example = 1208)]
    lines: i64,
    /// People who are new: to the address book, or to the campaign.
    #[schema(example = 1100)]
    added: i64,
    /// People of the address book who were known.
    #[schema(example = 90)]
    changed: i64,
    /// Lines whose number an earlier line had; their cells are united with it.
    #[schema(example = 10)]
    merged: i64,
    /// Lines that were refused; all of them: `GET /imports/{id}/rejects`.
    #[schema(example = 8)]
    rejected: i64,
    /// How many lines were refused for each reason.
    #[schema(value_type = BTreeMap<RejectCode, i64>)]
    by_code: BTreeMap<String, i64>,
    /// The first 100 refused lines; empty in lists of imports.
    rejects: Vec<RejectView>,
    /// How many lines were taken with a reservation.
    #[schema(value_type = BTreeMap<ListWarning, i64>)]
    warnings: BTreeMap<String, i64>,
    /// People whom undoing took back.
    #[schema(example = 0)]
    undone: i64,
    /// Why it failed.
    error: Option<ImportErrorView>,
    created_at: DateTime<Utc>,
    started_at: Option<DateTime<Utc>>,
    finished_at: Option<DateTime<Utc>>,
}

/// Why an import failed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ImportErrorView {
    /// For programs: a code of a problem.
    #[schema(example = "too_many_lines")]
    code: String,
    /// For people: what is wrong and what to do.
    #[schema(example = "the file has more than 5000000 lines. Split it")]
    detail: String,
}

/// How a list is read.
#[derive(Debug, Serialize, ToSchema)]
struct ImportSettingsView {
    #[schema(value_type = Option<String>, example = "ID")]
    country: Option<Country>,
    header: Option<bool>,
    sheet: Option<String>,
    #[schema(example = "No HP")]
    phone_column: Option<String>,
    #[schema(example = "Nama")]
    name_column: Option<String>,
    tags_column: Option<String>,
    time_zone_column: Option<String>,
    #[schema(example = "pelanggan")]
    tag: Option<String>,
}

/// What was recognised in a list.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct ImportPreviewView {
    format: ListFormat,
    /// The program that wrote it.
    origin: ListOrigin,
    /// The encoding of a text file.
    #[schema(example = "windows-1252")]
    encoding: Option<String>,
    /// The delimiter of a CSV file.
    #[schema(example = ";")]
    delimiter: Option<String>,
    /// The sheets of a workbook.
    #[schema(example = json!(["Januari", "Februari"]))]
    sheets: Vec<String>,
    /// The sheet that is read.
    #[schema(example = "Januari")]
    sheet: Option<String>,
    /// The line of the header; null where there is none.
    #[schema(example = 1)]
    header_line: Option<u64>,
    /// The columns, and what they are taken for.
    columns: Vec<ImportColumnView>,
    /// The first lines as they stand there.
    #[schema(example = json!([["Sari", "0812-3456-7890"]]))]
    rows: Vec<Vec<String>>,
    /// The first people.
    people: Vec<ImportPersonView>,
    /// Refused lines among the first.
    rejects: Vec<ImportRejectView>,
    /// Variables of the campaign's text that every person must have, and no column has.
    #[schema(example = json!([]))]
    missing_variables: Vec<String>,
    /// What is to be told of the list as a whole.
    warnings: Vec<ListWarning>,
    /// Why it cannot be started as it is read now: name the columns with `PATCH /imports/{id}`.
    problem: Option<ImportErrorView>,
}

/// A column of a list.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct ImportColumnView {
    #[schema(example = "No HP")]
    name: String,
    role: ColumnRole,
    /// How the role was found.
    by: RoleSource,
    /// The variable under which messages use it.
    #[schema(example = "no_hp")]
    variable: Option<String>,
}

/// A person of a list.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct ImportPersonView {
    /// Line in the file, from 1.
    #[schema(example = 2)]
    line: u64,
    #[schema(example = "+6281234567890")]
    phone: String,
    #[schema(example = "Sari")]
    name: Option<String>,
    #[schema(example = json!(["pelanggan"]))]
    tags: Vec<String>,
    #[schema(example = json!({"kota": "Solo"}))]
    variables: BTreeMap<String, String>,
    /// What was taken with a reservation.
    warnings: Vec<ListWarning>,
}

/// A refused line of a list.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct ImportRejectView {
    /// Line in the file, from 1.
    #[schema(example = 3)]
    line: u64,
    #[schema(example = "No HP")]
    column: Option<String>,
    #[schema(example = "0812-34")]
    value: String,
    code: RejectCode,
    #[schema(example = "this is not a telephone number")]
    reason: String,
}

impl ImportView {
    pub(crate) fn of(import: Import, rejects: Vec<RejectView>) -> Answer<Self> {
        let settings: ImportSettings = serde_json::from_value(import.options).map_err(Problem::internal)?;
        let ImportSettings { country, header, sheet, phone_column, name_column, tags_column, .. } = settings;
        let (time_zone_column, tag) = (settings.time_zone_column, settings.tag);
        let detail = import.error.unwrap_or_default();
        Ok(Self {
            id: import.id,
            campaign_id: import.campaign,
            state: import.state,
            file_name: import.file_name,
            bytes: import.bytes,
            settings: ImportSettingsView {
                country,
                header,
                sheet,
                phone_column,
                name_column,
                tags_column,
                time_zone_column,
                tag,
            },
            preview: serde_json::from_value(import.preview).map_err(Problem::internal)?,
            lines: import.lines,
            added: import.added,
            changed: import.changed,
            merged: import.merged,
            rejected: import.rejected,
            by_code: import.by_code.0,
            rejects,
            warnings: import.warnings.0,
            undone: import.undone,
            error: import.error_code.map(|code| ImportErrorView { code, detail }),
            created_at: import.created_at,
            started_at: import.started_at,
            finished_at: import.finished_at,
        })
    }
}
