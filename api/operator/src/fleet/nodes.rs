//! The operator's view of WAHA servers: registry, health, cordon, drain.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::nodes::{Labels, NodeGap, NodeHealth, wrong_labels};
use wahana_domain::waha_versions::gaps;
use wahana_domain::{NodeId, Rule};
use wahana_store::fleet::draining::DrainProgress;
use wahana_store::fleet::nodes::{NewNode, Node, NodeChange, NodeRemoval};
use wahana_store::{StoreError, System};

use wahana_api_kit::ApiState;
use wahana_api_kit::extract::given;
use wahana_api_kit::extract::{Check, Json, Path};
use wahana_api_kit::operator::Operator;
use wahana_api_kit::problem::{Answer, Code, Problem};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(get, change, remove))
        .routes(routes!(cordon))
        .routes(routes!(uncordon))
        .routes(routes!(drain))
}

/// A WAHA server.
#[derive(Debug, Serialize, ToSchema)]
struct NodeView {
    id: NodeId,
    #[schema(example = "waha-1")]
    name: String,
    #[schema(example = "http://waha-1:3000")]
    base_url: String,
    /// Its engine and version, once it answered.
    #[schema(example = "NOWEB")]
    engine: Option<String>,
    #[schema(example = "2026.7.1")]
    version: Option<String>,
    /// What it lacks because of its version or engine.
    gaps: Vec<NodeGap>,
    /// Most sessions it takes.
    #[schema(example = 500)]
    capacity: i32,
    /// Sessions placed on it, and how many of them work.
    #[schema(example = 120)]
    sessions: i64,
    #[schema(example = 117)]
    working: i64,
    health: NodeHealth,
    health_since: DateTime<Utc>,
    /// When it last answered, and why it did not when it was last asked.
    seen_at: Option<DateTime<Utc>>,
    error: Option<String>,
    /// Whether it takes no new sessions.
    cordoned: bool,
    /// How far its draining is; null while it is not drained.
    drain: Option<DrainView>,
    /// Words to place sessions by.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    labels: Labels,
    /// Nodes of one group share WAHA's session storage: sessions move between them without a new scan.
    storage_group: Option<String>,
    /// Most messages a minute of all its sessions together; null is no limit.
    #[schema(example = 600)]
    messages_per_minute: Option<i32>,
    /// What a person has to do; null if nothing.
    attention: Option<&'static str>,
    created_at: DateTime<Utc>,
}

/// How far the draining of a node is.
#[derive(Debug, Serialize, ToSchema)]
struct DrainView {
    since: DateTime<Utc>,
    /// Sessions that are still on it.
    #[schema(example = 14)]
    left: i64,
    /// Of those, on their way.
    #[schema(example = 2)]
    moving: i64,
    /// Sessions that left since then; of those, that somebody has to scan again.
    #[schema(example = 104)]
    moved: i64,
    #[schema(example = 0)]
    needs_scan: i64,
    /// Moves that failed since then.
    #[schema(example = 0)]
    failed: i64,
}

fn attention(node: &Node) -> Option<&'static str> {
    if node.health != NodeHealth::Dead || node.sessions == 0 {
        return None;
    }
    Some(if node.storage_group.is_some() {
        "its sessions are started at another node of its storage group; make sure that this one runs no more"
    } else {
        "it shares its storage with no other node: bring it back, or end it and move its sessions with force, \
         which needs a new scan of each"
    })
}

impl NodeView {
    fn of(node: Node, drain: Option<DrainProgress>) -> Self {
        let attention = attention(&node);
        let gaps = gaps(node.version.as_deref(), node.engine.as_deref());
        let drain = drain.and_then(|d| {
            let DrainProgress { since, left, moving, moved, needs_scan, failed } = d;
            Some(DrainView { since: since?, left, moving, moved, needs_scan, failed })
        });
        Self {
            id: node.id,
            name: node.name,
            base_url: node.base_url,
            engine: node.engine,
            version: node.version,
            gaps,
            capacity: node.capacity,
            sessions: node.sessions,
            working: node.working,
            health: node.health,
            health_since: node.health_since,
            seen_at: node.seen_at,
            error: node.error,
            cordoned: node.cordoned,
            drain,
            labels: node.labels.0,
            storage_group: node.storage_group,
            messages_per_minute: node.messages_per_minute,
            attention,
            created_at: node.created_at,
        }
    }
}

/// All nodes.
#[derive(Debug, Serialize, ToSchema)]
struct NodesView {
    items: Vec<NodeView>,
}

/// A WAHA server to add.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "waha-1",
    "base_url": "http://waha-1:3000",
    "api_key": "a long secret of that server",
    "capacity": 500,
    "labels": {"region": "jakarta"},
}))]
struct AddNode {
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// Where it answers, without `/api`.
    #[schema(example = "http://waha-1:3000")]
    base_url: String,
    /// Its API key.
    api_key: String,
    /// Most sessions it takes.
    #[serde(default = "usual_capacity")]
    #[schema(default = 500, minimum = 1)]
    capacity: i32,
    /// Words to place sessions by: `{"region": "jakarta"}`.
    #[serde(default)]
    #[schema(required = false, value_type = std::collections::BTreeMap<String, String>)]
    labels: Labels,
    storage_group: Option<String>,
}

const fn usual_capacity() -> i32 {
    500
}

/// What to change of a node; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"capacity": 400}))]
struct ChangeNode {
    /// Where it answers, without `/api`.
    base_url: Option<String>,
    api_key: Option<String>,
    #[schema(minimum = 1)]
    capacity: Option<i32>,
    /// All labels.
    #[schema(value_type = Option<std::collections::BTreeMap<String, String>>)]
    labels: Option<Labels>,
    /// Null takes it out of its group.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    storage_group: Option<Option<String>>,
    /// Most messages a minute of all its sessions together; null is no limit.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<i32>, minimum = 1)]
    messages_per_minute: Option<Option<i32>>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"may_scan": false}))]
struct DrainNode {
    /// Also move sessions that somebody will have to scan again.
    #[serde(default)]
    #[schema(default = false)]
    may_scan: bool,
}

pub(crate) fn no_node() -> Problem {
    Problem::not_found("node")
}

fn check_url(check: &mut Check, url: &str) {
    let host = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
    if host.is_none_or(|host| host.is_empty() || host.starts_with('/') || url.contains(char::is_whitespace)) {
        check.wrong("base_url", Rule::BadUrl);
    }
}

fn check_rest(check: &mut Check, capacity: Option<i32>, labels: Option<&Labels>, group: Option<&str>) {
    if capacity.is_some_and(|capacity| capacity < 1) {
        check.wrong("capacity", Rule::TooSmall { min: 1 });
    }
    if let Some(wrong) = labels.and_then(wrong_labels) {
        check.wrong("labels", wrong);
    }
    if let Some(group) = group {
        check.length("storage_group", group, 1, 100);
    }
}

fn taken(error: StoreError) -> Problem {
    if error.is_refused_by("nodes_base_url") {
        return Problem::new(Code::NameTaken, "another node has this address").at("base_url");
    }
    error.into()
}

async fn view(system: &System, id: NodeId) -> Answer<Json<NodeView>> {
    let node = system.nodes().get(id).await?.ok_or_else(no_node)?;
    let drain = system.nodes().drain_progress(id).await?;
    Ok(Json(NodeView::of(node, drain)))
}

/// List WAHA servers
///
/// For operators.
#[utoipa::path(get, path = "/operator/nodes", tag = "operator", operation_id = "list_nodes", responses((status = 200, body = NodesView)))]
async fn list(operator: Operator) -> Answer<Json<NodesView>> {
    let mut items = Vec::new();
    for node in operator.system.nodes().list().await? {
        let drain = if node.draining_since.is_some() {
            operator.system.nodes().drain_progress(node.id).await?
        } else {
            None
        };
        items.push(NodeView::of(node, drain));
    }
    Ok(Json(NodesView { items }))
}

/// Add a WAHA server
///
/// New sessions go to the least loaded. For operators.
#[utoipa::path(post, path = "/operator/nodes", tag = "operator", operation_id = "add_node", request_body = AddNode, responses((status = 201, body = NodeView)))]
async fn add(operator: Operator, Json(body): Json<AddNode>) -> Answer<(StatusCode, Json<NodeView>)> {
    let AddNode { name, base_url, api_key, capacity, labels, storage_group } = body;
    let mut check = Check::default();
    check.length("name", &name, 1, 100);
    check_url(&mut check, &base_url);
    check_rest(&mut check, Some(capacity), Some(&labels), storage_group.as_deref());
    check.done()?;
    if operator.system.nodes().list().await?.iter().any(|node| node.name == name) {
        return Err(Problem::of(Code::NameTaken).at("name"));
    }
    let node = NewNode { name, base_url, api_key: api_key.into(), engine: None, capacity };
    let id = operator.system.nodes().upsert(node).await.map_err(taken)?;
    let change =
        NodeChange { labels: Some(labels), storage_group: Some(storage_group), ..NodeChange::default() };
    operator.system.nodes().change(id, change).await?;
    Ok((StatusCode::CREATED, view(&operator.system, id).await?))
}

/// Show a WAHA server
///
/// For operators.
#[utoipa::path(get, path = "/operator/nodes/{id}", tag = "operator", operation_id = "get_node", params(("id" = NodeId, Path)), responses((status = 200, body = NodeView)))]
async fn get(operator: Operator, Path(id): Path<NodeId>) -> Answer<Json<NodeView>> {
    view(&operator.system, id).await
}

/// Change a WAHA server
///
/// For operators.
#[utoipa::path(patch, path = "/operator/nodes/{id}", tag = "operator", operation_id = "change_node", params(("id" = NodeId, Path)), request_body = ChangeNode, responses((status = 200, body = NodeView)))]
async fn change(
    operator: Operator,
    Path(id): Path<NodeId>,
    Json(body): Json<ChangeNode>,
) -> Answer<Json<NodeView>> {
    let ChangeNode { base_url, api_key, capacity, labels, storage_group, messages_per_minute } = body;
    let mut check = Check::default();
    if let Some(url) = &base_url {
        check_url(&mut check, url);
    }
    check_rest(&mut check, capacity, labels.as_ref(), storage_group.as_ref().and_then(Option::as_deref));
    if messages_per_minute.flatten().is_some_and(|rate| rate < 1) {
        check.wrong("messages_per_minute", Rule::SendsNothing);
    }
    check.done()?;
    let api_key = api_key.map(Into::into);
    let change = NodeChange { base_url, api_key, capacity, labels, storage_group, messages_per_minute };
    if !operator.system.nodes().change(id, change).await.map_err(taken)? {
        return Err(no_node());
    }
    view(&operator.system, id).await
}

/// Remove a WAHA server
///
/// Not while sessions are placed on it. For operators.
#[utoipa::path(delete, path = "/operator/nodes/{id}", tag = "operator", operation_id = "remove_node", params(("id" = NodeId, Path)), responses((status = 204, description = "removed")))]
async fn remove(operator: Operator, Path(id): Path<NodeId>) -> Answer<StatusCode> {
    match operator.system.nodes().remove(id).await? {
        NodeRemoval::Removed => Ok(StatusCode::NO_CONTENT),
        NodeRemoval::NotFound => Err(no_node()),
        NodeRemoval::InUse { count, sessions } => {
            let first: Vec<_> = sessions.iter().map(ToString::to_string).collect();
            let detail = format!("{count} sessions are placed on it: {}; drain it first", first.join(", "));
            Err(Problem::new(Code::NodeInUse, detail))
        }
    }
}

/// Let no new sessions onto a WAHA server
///
/// Those that are on it stay. For operators.
#[utoipa::path(post, path = "/operator/nodes/{id}/cordon", tag = "operator", operation_id = "cordon_node", params(("id" = NodeId, Path)), responses((status = 200, body = NodeView)))]
async fn cordon(operator: Operator, Path(id): Path<NodeId>) -> Answer<Json<NodeView>> {
    set_cordon(&operator, id, true).await
}

/// Let new sessions onto a WAHA server again
///
/// Ends its draining. For operators.
#[utoipa::path(post, path = "/operator/nodes/{id}/uncordon", tag = "operator", operation_id = "uncordon_node", params(("id" = NodeId, Path)), responses((status = 200, body = NodeView)))]
async fn uncordon(operator: Operator, Path(id): Path<NodeId>) -> Answer<Json<NodeView>> {
    set_cordon(&operator, id, false).await
}

async fn set_cordon(operator: &Operator, id: NodeId, cordoned: bool) -> Answer<Json<NodeView>> {
    if !operator.system.nodes().cordon(id, cordoned).await? {
        return Err(no_node());
    }
    view(&operator.system, id).await
}

/// Drain a WAHA server
///
/// It takes no new sessions, and those it has move to others, a few at a time: without a new scan within its storage
/// group, and elsewhere only with `may_scan`. For operators.
#[utoipa::path(post, path = "/operator/nodes/{id}/drain", tag = "operator", operation_id = "drain_node", params(("id" = NodeId, Path)), request_body = DrainNode, responses((status = 202, body = NodeView)))]
async fn drain(
    operator: Operator,
    Path(id): Path<NodeId>,
    Json(body): Json<DrainNode>,
) -> Answer<(StatusCode, Json<NodeView>)> {
    if !operator.system.nodes().drain(id, body.may_scan).await? {
        return Err(no_node());
    }
    Ok((StatusCode::ACCEPTED, view(&operator.system, id).await?))
}
