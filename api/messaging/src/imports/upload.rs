//! A list that comes: spooled, inspected, and recorded as an import.

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::access::Scope;
use wahana_domain::{CampaignId, Country};
use wahana_service::imports::intake::{self, wish};
use wahana_store::imports::ImportWish;

use crate::contacts::contact::ListForm;
use crate::imports::import::{find, problem_of};
use crate::imports::settings::ImportSettingsBody;
use crate::imports::view::ImportView;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Query};
use wahana_api_kit::problem::Answer;
use wahana_api_kit::scoped::{Scoped, need};
use wahana_api_kit::spool::{Spooled, spool_named};

pub(crate) fn uploads() -> OpenApiRouter<ApiState> {
    // The spool counts a file's bytes itself.
    OpenApiRouter::new().routes(routes!(upload)).layer(DefaultBodyLimit::disable())
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct UploadQuery {
    /// The draft that gets the people; without it the address book does.
    campaign_id: Option<CampaignId>,
    /// Whose numbers may lack a country code, such as ID; usually your organization's.
    #[param(value_type = Option<String>, pattern = "^[A-Z]{2}$")]
    country: Option<Country>,
    /// Whether the first line names the columns; usually that is recognised.
    header: Option<bool>,
    /// The sheet of a workbook; usually the first with rows.
    sheet: Option<String>,
    /// Which column holds the number, if its name does not tell.
    phone_column: Option<String>,
    /// Which column holds the name, if its name does not tell.
    name_column: Option<String>,
    /// Which column holds tags; empty is none.
    tags_column: Option<String>,
    /// Which column holds the time zone; empty is none.
    time_zone_column: Option<String>,
    /// A tag that everybody in the list gets.
    #[param(max_length = 100)]
    tag: Option<String>,
    /// What the file is called, unless a form says so.
    #[param(max_length = 200)]
    file_name: Option<String>,
    /// Start at once instead of waiting for `POST /imports/{id}/start`.
    #[serde(default)]
    #[param(required = false)]
    start: bool,
}

/// Upload a list of people
///
/// CSV of any shape, XLSX, ODS or vCard. The answer tells what was recognised: format, columns, and the first people as
/// they would be saved. Change that with `PATCH /imports/{id}`, then start it. Needs the scope `contacts:write`, with
/// `campaign_id` also `campaigns:write`.
#[utoipa::path(post, path = "/imports", tag = "imports", operation_id = "upload_import", params(UploadQuery),
    request_body(content((String = "text/csv"), (ListForm = "multipart/form-data"), (String = "text/vcard"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "application/octet-stream"))), responses((status = 201, body = ImportView)))]
async fn upload(
    State(state): State<ApiState>,
    scoped: Scoped<need::ContactsWrite>,
    Query(query): Query<UploadQuery>,
    request: Request,
) -> Answer<(StatusCode, Json<ImportView>)> {
    let (campaign, start) = (query.campaign_id, query.start);
    if campaign.is_some() {
        scoped.also(Scope::CampaignsWrite)?;
    }
    let body = ImportSettingsBody {
        country: query.country,
        header: query.header,
        sheet: query.sheet,
        phone_column: query.phone_column,
        name_column: query.name_column,
        tags_column: query.tags_column,
        time_zone_column: query.time_zone_column,
        tag: query.tag,
    };
    let settings = body.settings(state.config.max_recipients)?;
    let Spooled { file, name } = spool_named(&state, request).await?;
    let name = name.or(query.file_name).map(|name| name.chars().take(200).collect());
    let now = state.store.clock().now();
    let created = intake::create(&scoped.tenant, file, name, campaign, &settings, now).await;
    let id = created.map_err(problem_of)?;
    if start {
        let started = wish(&scoped.tenant, id, ImportWish::Start).await;
        if let Err(error) = started {
            scoped.tenant.imports().delete(id).await?;
            return Err(problem_of(error));
        }
    }
    Ok((StatusCode::CREATED, Json(find(&scoped.tenant, id).await?)))
}
