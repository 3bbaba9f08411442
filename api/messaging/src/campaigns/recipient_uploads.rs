//! Adding people to a campaign: from a CSV file, a JSON list, or the address book by tag. All of it, or nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

use axum::extract::{DefaultBodyLimit, Request, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::recipients::{ListWarning, RejectCode};
use wahana_domain::{CampaignId, Country, Names, Rule};
use wahana_service::campaigns::import::{ImportLimits, ImportReport, RecipientImport};
use wahana_service::campaigns::sources::{self, Source};
use wahana_service::contacts::lists::{self, NamedColumns};

use crate::audience::{self, ByCode, RejectView};
use crate::campaigns::problems::import_problem;
use crate::contacts::contact::ListForm;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Path, Query, read_strictly};
use wahana_api_kit::problem::{Answer, Code, Problem};
use wahana_api_kit::scoped::{Scoped, need};
use wahana_api_kit::spool::{media_type, spool};

pub(crate) fn uploads() -> OpenApiRouter<ApiState> {
    // The spool counts a file's bytes itself; JSON keeps a limit of its own.
    OpenApiRouter::new().routes(routes!(add)).layer(DefaultBodyLimit::disable())
}

/// Most bytes of a JSON list.
const JSON_BYTES: usize = 16 * 1024 * 1024;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AddQuery {
    /// Whose numbers may lack a country code, such as ID; usually your organization's.
    #[param(value_type = Option<String>, pattern = "^[A-Z]{2}$")]
    country: Option<Country>,
    /// Which column holds the number, if its name does not tell.
    phone_column: Option<String>,
    /// Which column holds the name, if its name does not tell.
    name_column: Option<String>,
    /// Only tell what would happen.
    #[serde(default)]
    #[param(required = false)]
    dry_run: bool,
}

/// People to add: either listed, or taken from the address book.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "contacts": [{"phone": "+6281234567890", "name": "Sari", "variables": {"order": "INV-1042"}}],
}))]
struct AddRecipients {
    /// The people.
    contacts: Option<Vec<Person>>,
    /// Everybody in the address book with one of these tags.
    tags: Option<Vec<String>>,
}

/// A person to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Person {
    #[schema(example = "+6281234567890")]
    phone: String,
    #[schema(example = "Sari")]
    name: Option<String>,
    /// What the template is filled with. Numbers and booleans are taken as text.
    #[serde(default, deserialize_with = "crate::contacts::text_values::map")]
    variables: BTreeMap<String, String>,
}

impl From<Person> for sources::Person {
    fn from(Person { phone, name, variables }: Person) -> Self {
        Self { phone, name, variables }
    }
}

/// What an upload did, or would do.
#[derive(Debug, Serialize, ToSchema)]
struct UploadView {
    /// Whether it was only tried.
    dry_run: bool,
    /// Lines with something on them, the header not counted.
    #[schema(example = 1208)]
    total_lines: u64,
    /// New recipients.
    #[schema(example = 1200)]
    accepted: i64,
    /// Refused lines, duplicates and suppressed ones included.
    #[schema(example = 8)]
    rejected: i64,
    /// Refused because the number is in the campaign already, or twice in the file.
    #[schema(example = 3)]
    duplicates: i64,
    /// Refused because the person must not be written to.
    #[schema(example = 14)]
    suppressed: i64,
    /// How many lines were refused for each reason.
    #[schema(value_type = BTreeMap<RejectCode, i64>)]
    by_code: ByCode,
    /// How many lines were taken with a reservation.
    warnings: BTreeMap<ListWarning, i64>,
    /// The first 100 refused lines; all of them: `GET /campaigns/{id}/rejects`.
    rejects: Vec<RejectView>,
    /// What the first people would be sent.
    #[schema(example = json!(["Halo Sari, pesanan batik Anda sudah siap diambil."]))]
    sample: Vec<String>,
    /// The variables of the template.
    #[schema(example = json!(["name", "order"]))]
    variables: BTreeSet<String>,
    /// Those that every person must have.
    #[schema(example = json!(["order"]))]
    required: BTreeSet<String>,
}

impl UploadView {
    fn of(report: ImportReport, dry_run: bool) -> Self {
        let ImportReport { total_lines, counts, by_code, warnings, rejects, samples, variables, required } =
            report;
        Self {
            dry_run,
            total_lines,
            accepted: counts.accepted,
            rejected: counts.rejected,
            duplicates: counts.duplicates,
            suppressed: counts.suppressed,
            by_code,
            warnings,
            rejects: rejects.into_iter().map(RejectView::from).collect(),
            sample: samples,
            variables,
            required,
        }
    }
}

/// Add recipients
///
/// A CSV file with a header (a column for the number, perhaps one for the name; the others are variables), a JSON
/// list, or tags of the address book. All accepted lines are added at once, or none. Needs the scope
/// `campaigns:write`.
#[utoipa::path(post, path = "/campaigns/{id}/recipients", tag = "campaigns", operation_id = "add_recipients", params(("id" = CampaignId, Path), AddQuery),
    request_body(content((String = "text/csv"), (ListForm = "multipart/form-data"), (AddRecipients = "application/json"))), responses((status = 200, body = UploadView)))]
async fn add(
    State(state): State<ApiState>,
    scoped: Scoped<need::CampaignsWrite>,
    Path(id): Path<CampaignId>,
    Query(query): Query<AddQuery>,
    request: Request,
) -> Answer<Json<UploadView>> {
    let AddQuery { country, phone_column, name_column, dry_run } = query;
    let (tenant, now) = (scoped.tenant, state.store.clock().now());
    let import = RecipientImport::new(&tenant, id, country, now).await.map_err(import_problem)?;
    let source = match media_type(&request).as_str() {
        "application/json" => of_json(read_json(request).await?)?,
        "text/csv"
        | "text/plain"
        | "text/vcard"
        | "text/x-vcard"
        | "application/octet-stream"
        | "application/vnd.ms-excel"
        | "application/vnd.oasis.opendocument.spreadsheet"
        | crate::exports::XLSX
        | "multipart/form-data" => {
            let columns = NamedColumns { phone: phone_column, name: name_column };
            let options = import.list_options(columns)?;
            let opened = lists::open(spool(&state, request).await?, options).await;
            Source::File(Box::new(opened.map_err(audience::problem_of)?))
        }
        _ => {
            return Err(Problem::new(
                Code::UnsupportedMediaType,
                "send text/csv, multipart/form-data or application/json",
            ));
        }
    };
    let limits = ImportLimits { most: state.config.max_recipients, dry_run, import: None };
    let report = import.run(&tenant, source, limits).await.map_err(import_problem)?;
    Ok(Json(UploadView::of(report, dry_run)))
}

async fn read_json(request: Request) -> Answer<AddRecipients> {
    let read = axum::body::to_bytes(request.into_body(), JSON_BYTES).await;
    let body = read.map_err(|_| {
        Problem::new(Code::TooLarge, format!("a JSON list has at most {JSON_BYTES} bytes; send CSV"))
    })?;
    read_strictly(&body)
}

fn of_json(body: AddRecipients) -> Answer<Source<File>> {
    match (body.contacts, body.tags) {
        (Some(people), None) => Ok(Source::People(people.into_iter().map(Person::into).collect())),
        (None, Some(tags)) if !tags.is_empty() => Ok(Source::Tags(tags)),
        (None, Some(_)) => Err(Problem::field("tags", Rule::TooFewItems { min: 1 })),
        _ => Err(Problem::field("contacts", Rule::ExactlyOneOf { fields: Names::of(&["contacts", "tags"]) })),
    }
}
