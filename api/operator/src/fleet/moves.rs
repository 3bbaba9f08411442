//! Sessions on a WAHA server, and moving them to another one.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Path};
use wahana_api_kit::operator::Operator;
use wahana_api_kit::problem::{Answer, Code, Problem};
use wahana_domain::sessions::{MoveReasonCode, MoveStateCode, SessionStatus};
use wahana_domain::{NodeId, OrganizationId, Rule, SessionId, SessionMoveId};
use wahana_store::fleet::nodes::PlacedOn;
use wahana_store::fleet::session_moves::{MovePlan, MoveReason, MoveRefusal, MoveWish, SessionMove};

use crate::fleet::nodes::no_node;

/// Most sessions and moves of one node that are shown.
const MAX_ROWS: i64 = 1_000;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(sessions)).routes(routes!(moves)).routes(routes!(move_session))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"node_id": "nod_01kb8v2m5xe7s9q4h6n0r3t8wz", "dry_run": true}))]
struct MoveSession {
    /// Where to; without it the least loaded node that fits, of the same storage group if there is one.
    node_id: Option<NodeId>,
    /// Move it although somebody will have to scan it again.
    #[serde(default)]
    #[schema(default = false)]
    may_scan: bool,
    /// You vouch that the old node runs it no more, so it is not asked. If it does run, the phone is logged out.
    #[serde(default)]
    #[schema(default = false)]
    force: bool,
    /// Only tell what would happen.
    #[serde(default)]
    #[schema(default = false)]
    dry_run: bool,
}

/// What a move does.
#[derive(Debug, Serialize, ToSchema)]
struct MovePlanView {
    session_id: SessionId,
    from_node_id: NodeId,
    to_node_id: NodeId,
    /// Whether somebody has to scan it again.
    needs_scan: bool,
    /// Null for a dry run.
    move_id: Option<SessionMoveId>,
}

/// A move of a session.
#[derive(Debug, Serialize, ToSchema)]
struct MoveView {
    id: SessionMoveId,
    session_id: SessionId,
    from_node_id: NodeId,
    to_node_id: NodeId,
    reason: MoveReasonCode,
    forced: bool,
    needs_scan: bool,
    state: MoveStateCode,
    /// What it ran into last.
    error: Option<String>,
    created_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
}

/// The newest moves.
#[derive(Debug, Serialize, ToSchema)]
struct MovesView {
    items: Vec<MoveView>,
}

/// A session on a node.
#[derive(Debug, Serialize, ToSchema)]
struct PlacedView {
    id: SessionId,
    organization_id: OrganizationId,
    #[schema(example = "Toko Batik Sari")]
    name: String,
    status: SessionStatus,
    status_since: DateTime<Utc>,
    /// Whether it is on its way to another node.
    moving: bool,
}

/// The sessions on a node.
#[derive(Debug, Serialize, ToSchema)]
struct PlacedListView {
    items: Vec<PlacedView>,
}

/// List the sessions on a WAHA server
///
/// The first 1,000. For operators.
#[utoipa::path(get, path = "/operator/nodes/{id}/sessions", tag = "operator", operation_id = "list_node_sessions", params(("id" = NodeId, Path)), responses((status = 200, body = PlacedListView)))]
async fn sessions(operator: Operator, Path(id): Path<NodeId>) -> Answer<Json<PlacedListView>> {
    operator.system.nodes().get(id).await?.ok_or_else(no_node)?;
    let placed = operator.system.nodes().sessions_on(id, MAX_ROWS).await?;
    let view = |s: PlacedOn| PlacedView {
        id: s.id,
        organization_id: s.organization,
        name: s.name,
        status: s.status,
        status_since: s.status_since,
        moving: s.moving,
    };
    Ok(Json(PlacedListView { items: placed.into_iter().map(view).collect() }))
}

/// List the moves away from a WAHA server
///
/// The newest 1,000. For operators.
#[utoipa::path(get, path = "/operator/nodes/{id}/moves", tag = "operator", operation_id = "list_node_moves", params(("id" = NodeId, Path)), responses((status = 200, body = MovesView)))]
async fn moves(operator: Operator, Path(id): Path<NodeId>) -> Answer<Json<MovesView>> {
    operator.system.nodes().get(id).await?.ok_or_else(no_node)?;
    let view = |m: SessionMove| MoveView {
        id: m.id,
        session_id: m.session,
        from_node_id: m.from,
        to_node_id: m.to,
        reason: m.reason.into(),
        forced: m.forced,
        needs_scan: m.needs_scan,
        state: m.state.into(),
        error: m.error,
        created_at: m.created_at,
        finished_at: m.finished_at,
    };
    let moves = operator.system.session_moves().list_from(id, MAX_ROWS).await?;
    Ok(Json(MovesView { items: moves.into_iter().map(view).collect() }))
}

/// Move a session to another WAHA server
///
/// It is stopped at its old server, seen stopped, and only then started at the new one; meanwhile its messages wait.
/// For operators.
#[utoipa::path(post, path = "/operator/sessions/{id}/move", tag = "operator", operation_id = "move_session", params(("id" = SessionId, Path)), request_body = MoveSession,
    responses((status = 202, body = MovePlanView), (status = 200, description = "a dry run", body = MovePlanView)))]
async fn move_session(
    operator: Operator,
    Path(session): Path<SessionId>,
    Json(body): Json<MoveSession>,
) -> Answer<(StatusCode, Json<MovePlanView>)> {
    let MoveSession { node_id, may_scan, force, dry_run } = body;
    // A dry run tells whether a scan is needed rather than refuse it.
    let may_scan = may_scan || dry_run;
    let wish = MoveWish { session, to: node_id, reason: MoveReason::Operator, forced: force, may_scan };
    let view = |plan: MovePlan, move_id| MovePlanView {
        session_id: session,
        from_node_id: plan.from,
        to_node_id: plan.to,
        needs_scan: plan.needs_scan,
        move_id,
    };
    if dry_run {
        let plan = operator.system.session_moves().plan(&wish).await?.map_err(refused)?;
        return Ok((StatusCode::OK, Json(view(plan, None))));
    }
    let (id, plan) = operator.system.session_moves().start(&wish).await?.map_err(refused)?;
    Ok((StatusCode::ACCEPTED, Json(view(plan, Some(id)))))
}

fn refused(refusal: MoveRefusal) -> Problem {
    match refusal {
        MoveRefusal::NoSession => Problem::not_found("session"),
        MoveRefusal::NoNode => Problem::field("node_id", Rule::NoSuchNode),
        MoveRefusal::NoRoom(_) => Problem::new(Code::NoNode, refusal.to_string()),
        _ => Problem::new(Code::CannotMove, refusal.to_string()),
    }
}
