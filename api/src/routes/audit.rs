//! The audit log: who did what. Read only.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::access::ActorKindCode;
use wahana_domain::{AuditEventId, OrganizationId};
use wahana_store::audit::{AuditEvent, AuditFilter};

use crate::ApiState;
use crate::extract::{Json, Query};
use crate::operator::Operator;
use crate::paging::{self, Cursor, Limit, PageView};
use crate::problem::Answer;
use crate::scoped::{Scoped, need};

pub(super) fn router() -> OpenApiRouter<ApiState> {
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
    actor: String,
    /// What was done, such as `campaign.pause`.
    action: String,
    /// To what: an id, a number, or the name of a queue.
    target: Option<String>,
    /// What changed.
    #[schema(value_type = Object)]
    detail: serde_json::Value,
    /// The request it was done with.
    request_id: Option<String>,
    /// Where the request came from.
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
struct ListQuery {
    /// Rows per page.
    #[serde(default)]
    #[param(required = false)]
    limit: Limit,
    /// The `next_cursor` of the page before.
    cursor: Option<Cursor>,
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
struct ListAllQuery {
    /// Rows per page.
    #[serde(default)]
    #[param(required = false)]
    limit: Limit,
    /// The `next_cursor` of the page before.
    cursor: Option<Cursor>,
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
#[utoipa::path(get, path = "/audit-events", tag = "accounts", operation_id = "list_audit_events", params(ListQuery), responses((status = 200, body = PageView<AuditEventView>)))]
async fn list(
    scoped: Scoped<need::AuditRead>,
    Query(query): Query<ListQuery>,
) -> Answer<Json<PageView<AuditEventView>>> {
    let ListQuery { limit, cursor, action, target, actor } = query;
    let filter = AuditFilter { organization: None, action, target, actor };
    let page = scoped.tenant.audit_events(&filter, paging::request(limit, cursor)).await?;
    Ok(Json(PageView::of(page, AuditEventView::from)))
}

/// List what was done anywhere
///
/// For operators.
#[utoipa::path(get, path = "/operator/audit-events", tag = "operator", operation_id = "list_all_audit_events", params(ListAllQuery), responses((status = 200, body = PageView<AuditEventView>)))]
async fn list_all(
    operator: Operator,
    Query(query): Query<ListAllQuery>,
) -> Answer<Json<PageView<AuditEventView>>> {
    let ListAllQuery { limit, cursor, organization, action, target, actor } = query;
    let filter = AuditFilter { organization, action, target, actor };
    let page = operator.system.audit_events(&filter, paging::request(limit, cursor)).await?;
    Ok(Json(PageView::of(page, AuditEventView::from)))
}
