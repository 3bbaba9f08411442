//! The audit log: who did what. Read only.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::access::ActorKindCode;
use wahana_domain::{AuditEventId, OrganizationId};
use wahana_store::db::audit::{AuditEvent, AuditFilter};

use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Paged};
use wahana_api_kit::operator::Operator;
use wahana_api_kit::paging::{PageQuery, PageView};
use wahana_api_kit::problem::Answer;
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(list_all))
}

/// An act on record.
#[derive(Debug, Serialize, ToSchema)]
struct AuditEventView {
    id: AuditEventId,
    /// Whose things it touched; null for the platform's own.
    organization_id: Option<OrganizationId>,
    actor_kind: ActorKindCode,
    /// Who: an email address, the name of a key, an account of the machine.
    #[schema(example = "sari@tokobatik.example")]
    actor: String,
    /// What was done, such as `campaign.pause`.
    #[schema(example = "campaign.pause")]
    action: String,
    /// To what: an id, a number, or the name of a queue.
    #[schema(example = "cam_01kb8v2m5xe7s9q4h6n0r3t8wz")]
    target: Option<String>,
    /// What changed.
    #[schema(value_type = Object)]
    detail: serde_json::Value,
    /// The request it was done with.
    #[schema(example = "req_01kb8v2m5xe7s9")]
    request_id: Option<String>,
    /// Where the request came from.
    #[schema(example = "203.0.113.7")]
    address: Option<String>,
    at: DateTime<Utc>,
}

impl From<AuditEvent> for AuditEventView {
    fn from(event: AuditEvent) -> Self {
        let AuditEvent {
            id,
            organization,
            actor_kind,
            actor,
            action,
            target,
            detail,
            request_id,
            address,
            at,
        } = event;
        let (organization_id, actor_kind) = (organization, ActorKindCode::from(actor_kind));
        Self { id, organization_id, actor_kind, actor, action, target, detail, request_id, address, at }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListFilter {
    /// Only this act (`campaign.pause`), or with a trailing dot its family (`campaign.`).
    action: Option<String>,
    /// Only what was done to this.
    target: Option<String>,
    /// Only what this actor did.
    actor: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListAllFilter {
    /// Only what touched this organization.
    organization: Option<OrganizationId>,
    /// Only this act (`campaign.pause`), or with a trailing dot its family (`campaign.`).
    action: Option<String>,
    /// Only what was done to this.
    target: Option<String>,
    /// Only what this actor did.
    actor: Option<String>,
}

/// List what was done
///
/// Every act on the organization's things, newest first: by members, keys and operators. Needs the scope `audit:read`.
#[utoipa::path(get, path = "/audit-events", tag = "accounts", operation_id = "list_audit_events", params(PageQuery, ListFilter), responses((status = 200, body = PageView<AuditEventView>)))]
async fn list(
    scoped: Scoped<need::AuditRead>,
    Paged { page, filter: query }: Paged<ListFilter>,
) -> Answer<Json<PageView<AuditEventView>>> {
    let ListFilter { action, target, actor } = query;
    let filter = AuditFilter { organization: None, action, target, actor };
    let page = scoped.tenant.audit().list(&filter, page).await?;
    Ok(Json(PageView::of(page, AuditEventView::from)))
}

/// List what was done anywhere
///
/// For operators.
#[utoipa::path(get, path = "/operator/audit-events", tag = "operator", operation_id = "list_all_audit_events", params(PageQuery, ListAllFilter), responses((status = 200, body = PageView<AuditEventView>)))]
async fn list_all(
    operator: Operator,
    Paged { page, filter: query }: Paged<ListAllFilter>,
) -> Answer<Json<PageView<AuditEventView>>> {
    let ListAllFilter { organization, action, target, actor } = query;
    let filter = AuditFilter { organization, action, target, actor };
    let page = operator.system.audit().list(&filter, page).await?;
    Ok(Json(PageView::of(page, AuditEventView::from)))
}
