//! Imports: listed, shown, read in another way, checked, started and taken back.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use futures::Stream;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::access::Scope;
use wahana_domain::recipients::ExportFormat;
use wahana_domain::{CampaignId, ImportId};
use wahana_service::imports::intake::{self, IntakeError};
use wahana_store::Tenant;
use wahana_store::campaigns::recipients::Reject;
use wahana_store::imports::{Import, ImportWish};

use crate::audience::{self, RejectView, SHOWN};
use crate::campaigns::problems::import_problem;
use crate::exports::{self, Cells, reject_header};
use crate::imports::settings::ImportSettingsBody;
use crate::imports::view::ImportView;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Paged, Path};
use wahana_api_kit::paging::{PageQuery, PageView};
use wahana_api_kit::problem::{Answer, Code, Problem};
use wahana_api_kit::scoped::{Scoped, need};

/// Rows that are read at once while a file is written.
const BATCH: u32 = 1000;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(get, change, delete))
        .routes(routes!(check))
        .routes(routes!(start))
        .routes(routes!(undo))
        .routes(routes!(rejects))
}

/// The problem of a list that was not taken, or an import that was left as it is.
pub(crate) fn problem_of(error: IntakeError) -> Problem {
    match error {
        IntakeError::Store(error) => error.into(),
        IntakeError::Wrong(wrong) => wrong.into(),
        IntakeError::List(error) => audience::problem_of(error),
        IntakeError::Campaign(error) => import_problem(error),
        IntakeError::Unread(problem) => Problem::new(audience::code(&problem.code), problem.detail),
        IntakeError::TooMany => Problem::new(Code::TooManyImports, error.to_string()).retry_after(30),
        IntakeError::NotFound => no_import(),
        IntakeError::WrongState(_) => Problem::new(Code::WrongState, error.to_string()),
        IntakeError::Disk(error) => Problem::internal(error),
    }
}

fn no_import() -> Problem {
    Problem::not_found("import")
}

async fn read(tenant: &Tenant, id: ImportId) -> Answer<Import> {
    tenant.imports().get(id).await?.ok_or_else(no_import)
}

/// An import as it is shown.
pub(crate) async fn find(tenant: &Tenant, id: ImportId) -> Answer<ImportView> {
    let rejects = tenant.imports().rejects(id, 0, SHOWN as u32).await?;
    let rejects = rejects.into_iter().map(|(_, reject)| RejectView::from(reject)).collect();
    ImportView::of(read(tenant, id).await?, rejects)
}

/// The import, if the caller may change what it changes.
async fn changeable(scoped: &Scoped<need::ContactsWrite>, id: ImportId) -> Answer<Import> {
    let import = read(&scoped.tenant, id).await?;
    if import.campaign.is_some() {
        scoped.also(Scope::CampaignsWrite)?;
    }
    Ok(import)
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListFilter {
    /// Into this campaign.
    campaign: Option<CampaignId>,
}

/// List imports
///
/// Newest first. Needs the scope `contacts:read`.
#[utoipa::path(get, path = "/imports", tag = "imports", operation_id = "list_imports", params(ListFilter, PageQuery), responses((status = 200, body = PageView<ImportView>)))]
async fn list(
    scoped: Scoped<need::ContactsRead>,
    Paged { page, filter }: Paged<ListFilter>,
) -> Answer<Json<PageView<ImportView>>> {
    let found = scoped.tenant.imports().list(filter.campaign, page).await?;
    let items = found
        .items
        .into_iter()
        .map(|import| ImportView::of(import, Vec::new()))
        .collect::<Answer<Vec<_>>>()?;
    Ok(Json(PageView::of(wahana_store::Page { items, next: found.next }, |view| view)))
}

/// Show an import
///
/// Its state, what was recognised in the list, and what became of it so far. Needs the scope `contacts:read`.
#[utoipa::path(get, path = "/imports/{id}", tag = "imports", operation_id = "get_import", params(("id" = ImportId, Path)), responses((status = 200, body = ImportView)))]
async fn get(scoped: Scoped<need::ContactsRead>, Path(id): Path<ImportId>) -> Answer<Json<ImportView>> {
    Ok(Json(find(&scoped.tenant, id).await?))
}

/// Read a list in another way
///
/// Replaces all settings and recognises the list anew, before it is started. Needs the scope `contacts:write`.
#[utoipa::path(patch, path = "/imports/{id}", tag = "imports", operation_id = "change_import", params(("id" = ImportId, Path)), request_body = ImportSettingsBody, responses((status = 200, body = ImportView)))]
async fn change(
    State(state): State<ApiState>,
    scoped: Scoped<need::ContactsWrite>,
    Path(id): Path<ImportId>,
    Json(body): Json<ImportSettingsBody>,
) -> Answer<Json<ImportView>> {
    changeable(&scoped, id).await?;
    let settings = body.settings(state.config.max_recipients)?;
    let now = state.store.clock().now();
    intake::change(&scoped.tenant, id, &settings, now).await.map_err(problem_of)?;
    Ok(Json(find(&scoped.tenant, id).await?))
}

/// Delete an import
///
/// What it did stays, and can no longer be taken back. Not while it is at work. Needs the scope `contacts:write`.
#[utoipa::path(delete, path = "/imports/{id}", tag = "imports", operation_id = "delete_import", params(("id" = ImportId, Path)), responses((status = 204, description = "deleted")))]
async fn delete(scoped: Scoped<need::ContactsWrite>, Path(id): Path<ImportId>) -> Answer<StatusCode> {
    let import = changeable(&scoped, id).await?;
    match scoped.tenant.imports().delete(id).await? {
        None => Err(no_import()),
        Some(true) => Ok(StatusCode::NO_CONTENT),
        Some(false) => Err(Problem::new(Code::WrongState, format!("the import is {}", import.state))),
    }
}

/// Check an import
///
/// A worker reads the whole list and counts what would happen, without saving anybody. Needs the scope
/// `contacts:write`.
#[utoipa::path(post, path = "/imports/{id}/check", tag = "imports", operation_id = "check_import", params(("id" = ImportId, Path)), responses((status = 202, body = ImportView)))]
async fn check(
    scoped: Scoped<need::ContactsWrite>,
    Path(id): Path<ImportId>,
) -> Answer<(StatusCode, Json<ImportView>)> {
    wish(scoped, id, ImportWish::Check).await
}

/// Start an import
///
/// A worker saves the people; at most two imports of an organization run, others wait. Needs the scope
/// `contacts:write`, for a campaign also `campaigns:write`.
#[utoipa::path(post, path = "/imports/{id}/start", tag = "imports", operation_id = "start_import", params(("id" = ImportId, Path)), responses((status = 202, body = ImportView)))]
async fn start(
    scoped: Scoped<need::ContactsWrite>,
    Path(id): Path<ImportId>,
) -> Answer<(StatusCode, Json<ImportView>)> {
    wish(scoped, id, ImportWish::Start).await
}

/// Undo an import
///
/// Contacts that it added and that nothing changed since are deleted; what it changed of others goes back where it is
/// unchanged since; recipients that it added leave the draft. Needs the scope `contacts:write`.
#[utoipa::path(post, path = "/imports/{id}/undo", tag = "imports", operation_id = "undo_import", params(("id" = ImportId, Path)), responses((status = 202, body = ImportView)))]
async fn undo(
    scoped: Scoped<need::ContactsWrite>,
    Path(id): Path<ImportId>,
) -> Answer<(StatusCode, Json<ImportView>)> {
    let import = changeable(&scoped, id).await?;
    if let Some(campaign) = import.campaign {
        intake::undoable(&scoped.tenant, campaign).await.map_err(problem_of)?;
    }
    wish(scoped, id, ImportWish::Undo).await
}

async fn wish(
    scoped: Scoped<need::ContactsWrite>,
    id: ImportId,
    wish: ImportWish,
) -> Answer<(StatusCode, Json<ImportView>)> {
    changeable(&scoped, id).await?;
    intake::wish(&scoped.tenant, id, wish).await.map_err(problem_of)?;
    Ok((StatusCode::ACCEPTED, Json(find(&scoped.tenant, id).await?)))
}

/// Download the refused lines of an import
///
/// CSV with the columns of the list and what was wrong: repair it and import it again. Needs the scope
/// `contacts:read`.
#[utoipa::path(get, path = "/imports/{id}/rejects", tag = "imports", operation_id = "export_import_rejects", params(("id" = ImportId, Path)), responses((status = 200, content_type = "text/csv", body = String)))]
async fn rejects(scoped: Scoped<need::ContactsRead>, Path(id): Path<ImportId>) -> Answer<Response> {
    let import = read(&scoped.tenant, id).await?;
    let columns = import.preview["columns"].as_array().into_iter().flatten();
    let names = columns.filter_map(|column| column["name"].as_str().map(str::to_owned)).collect();
    let (columns, header) = reject_header(names);
    exports::download("rejects", ExportFormat::Csv, header, reject_lines(scoped.tenant, id, columns)).await
}

fn reject_lines(tenant: Tenant, id: ImportId, columns: Vec<String>) -> impl Stream<Item = Answer<Cells>> {
    async_stream::try_stream! {
        let mut after = 0;
        loop {
            let rows = tenant.imports().rejects(id, after, BATCH).await?;
            let Some((last, _)) = rows.last() else { break };
            after = *last;
            for (_, Reject { line, column, reason, fields, .. }) in rows {
                let cells = columns.iter().map(|name| fields.get(name).cloned().unwrap_or_default());
                yield cells.chain([line.to_string(), column.unwrap_or_default(), reason]).collect();
            }
        }
    }
}
