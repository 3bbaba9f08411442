//! Sender pools: several sessions behind one sender, and how each of them stands.

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::ReasonCode;
use wahana_domain::messages::Class;
use wahana_domain::sender_pools::MemberStanding;
use wahana_domain::{Rule, SenderPoolId, SessionId};
use wahana_pacing::WaitingFor;
use wahana_pacing::pools::Standing;
use wahana_service::sessions::sender_choice::as_member;
use wahana_store::StoreError;
use wahana_store::sessions::pool_members::{MemberFigures, PoolMember};
use wahana_store::sessions::sender_pools::{MemberSetting, PoolDeletion, PoolSaved, PoolUse, SenderPool};

use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Check, Json, NoFilter, Paged, Path, Query, given};
use wahana_api_kit::paging::{PageQuery, PageView};
use wahana_api_kit::problem::{Answer, Code, Problem};
use wahana_api_kit::scoped::{Scoped, need};

/// Most sessions of one pool.
const MAX_MEMBERS: usize = 50;
/// Largest weight of a member.
const MAX_WEIGHT: u32 = 1_000;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(get, change, delete))
        .routes(routes!(set_member, remove_member))
        .routes(routes!(status))
}

/// A sender pool.
#[derive(Debug, Serialize, ToSchema)]
struct SenderPoolView {
    id: SenderPoolId,
    #[schema(example = "Pengingat pesanan")]
    name: String,
    description: Option<String>,
    members: Vec<MemberView>,
    created_at: DateTime<Utc>,
}

/// A session of a pool.
#[derive(Debug, Serialize, ToSchema)]
struct MemberView {
    session_id: SessionId,
    /// Its share beside the others.
    #[schema(example = 100)]
    weight: u32,
    /// Whether it gets messages.
    enabled: bool,
}

impl From<SenderPool> for SenderPoolView {
    fn from(pool: SenderPool) -> Self {
        let member =
            |m: MemberSetting| MemberView { session_id: m.session, weight: m.weight, enabled: m.enabled };
        Self {
            id: pool.id,
            name: pool.name,
            description: pool.description,
            members: pool.members.into_iter().map(member).collect(),
            created_at: pool.created_at,
        }
    }
}

/// A sender pool to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "Pengingat pesanan",
    "members": [{"session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz", "weight": 100}],
}))]
struct CreateSenderPool {
    /// Unique among your pools.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// What it is for.
    #[schema(max_length = 1000)]
    description: Option<String>,
    /// Its sessions; more can be added later.
    #[serde(default)]
    #[schema(required = false, max_items = 50)]
    members: Vec<NewMember>,
}

/// A session of a pool to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewMember {
    session_id: SessionId,
    /// Its share beside the others.
    #[serde(default = "usual_weight")]
    #[schema(default = 100, minimum = 1, maximum = 1000)]
    weight: u32,
    #[serde(default = "yes")]
    #[schema(default = true)]
    enabled: bool,
}

/// How a session takes part in a pool.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"weight": 50, "enabled": true}))]
struct SetMember {
    /// Its share beside the others.
    #[serde(default = "usual_weight")]
    #[schema(default = 100, minimum = 1, maximum = 1000)]
    weight: u32,
    /// Whether it gets messages; when it is off, those that wait for it go to its peers.
    #[serde(default = "yes")]
    #[schema(default = true)]
    enabled: bool,
}

const fn usual_weight() -> u32 {
    100
}

const fn yes() -> bool {
    true
}

/// What to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"description": "Nomor untuk pengingat pesanan"}))]
struct ChangeSenderPool {
    #[schema(min_length = 1, max_length = 100)]
    name: Option<String>,
    /// Null removes it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 1000)]
    description: Option<Option<String>>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DeleteQuery {
    /// Do it although something depends on it. What waits is still sent by the session that has it.
    #[serde(default)]
    #[param(required = false)]
    force: bool,
}

fn no_pool() -> Problem {
    Problem::not_found("sender pool")
}

fn name_taken(error: StoreError) -> Problem {
    if error.is_refused_by("sender_pools_name") {
        Problem::of(Code::NameTaken).at("name")
    } else {
        error.into()
    }
}

fn check_weight(check: &mut Check, field: &str, weight: u32) {
    if !(1..=MAX_WEIGHT).contains(&weight) {
        check.wrong(field, Rule::OutOfRange { min: 1, max: MAX_WEIGHT.into() });
    }
}

/// What the store made of it, or the problem; `place` is where the body named this session.
fn saved(saved: PoolSaved, place: impl Fn(SessionId) -> Option<String>) -> Answer<SenderPool> {
    match saved {
        PoolSaved::Saved(pool) => Ok(pool),
        PoolSaved::NotFound => Err(no_pool()),
        PoolSaved::NoSession(id) => Err(match place(id) {
            Some(field) => Problem::field(field, Rule::NoSuchSession),
            None => Problem::not_found("session"),
        }),
    }
}

fn in_use(used: &PoolUse, instead: &str) -> Problem {
    let campaigns: Vec<_> = used.campaigns.iter().map(|c| format!("{} ({})", c.id, c.name)).collect();
    let campaigns = if campaigns.is_empty() { "none".to_owned() } else { campaigns.join(", ") };
    let detail =
        format!("{} messages wait; campaigns that depend on it: {campaigns}. {instead}", used.waiting);
    Problem::new(Code::PoolInUse, detail)
}

/// List sender pools
///
/// Newest first. Needs the scope `sessions:read`.
#[utoipa::path(get, path = "/sender-pools", tag = "sender pools", operation_id = "list_sender_pools", params(PageQuery), responses((status = 200, body = PageView<SenderPoolView>)))]
async fn list(
    scoped: Scoped<need::SessionsRead>,
    Paged { page, .. }: Paged<NoFilter>,
) -> Answer<Json<PageView<SenderPoolView>>> {
    let page = scoped.tenant.sender_pools().list(page).await?;
    Ok(Json(PageView::of(page, SenderPoolView::from)))
}

/// Create a sender pool
///
/// Name it as `pool_id` where a message or a campaign names its session: each person keeps the member that wrote to
/// them first, the others are spread by weight and by what each may still send. Needs the scope `sessions:write`.
#[utoipa::path(post, path = "/sender-pools", tag = "sender pools", operation_id = "create_sender_pool", request_body = CreateSenderPool, responses((status = 201, body = SenderPoolView)))]
async fn create(
    scoped: Scoped<need::SessionsWrite>,
    Json(body): Json<CreateSenderPool>,
) -> Answer<(StatusCode, Json<SenderPoolView>)> {
    let CreateSenderPool { name, description, members } = body;
    let mut check = Check::default();
    check.length("name", &name, 1, 100);
    check.length("description", description.as_deref().unwrap_or_default(), 0, 1000);
    if members.len() > MAX_MEMBERS {
        check.wrong("members", Rule::TooManyItems { max: MAX_MEMBERS as u64 });
    }
    for (at, member) in members.iter().enumerate() {
        check_weight(&mut check, &format!("members[{at}].weight"), member.weight);
        if members[..at].iter().any(|earlier| earlier.session_id == member.session_id) {
            check.wrong(&format!("members[{at}].session_id"), Rule::DuplicateItem);
        }
    }
    check.done()?;
    let settings: Vec<MemberSetting> = members
        .iter()
        .map(|m| MemberSetting { session: m.session_id, weight: m.weight, enabled: m.enabled })
        .collect();
    let made = scoped.tenant.sender_pools().create(&name, description.as_deref(), &settings).await;
    let place =
        |id| settings.iter().position(|m| m.session == id).map(|at| format!("members[{at}].session_id"));
    let pool = saved(made.map_err(name_taken)?, place)?;
    Ok((StatusCode::CREATED, Json(pool.into())))
}

/// Show a sender pool
///
/// Needs the scope `sessions:read`.
#[utoipa::path(get, path = "/sender-pools/{id}", tag = "sender pools", operation_id = "get_sender_pool", params(("id" = SenderPoolId, Path)), responses((status = 200, body = SenderPoolView)))]
async fn get(
    scoped: Scoped<need::SessionsRead>,
    Path(id): Path<SenderPoolId>,
) -> Answer<Json<SenderPoolView>> {
    Ok(Json(scoped.tenant.sender_pools().get(id).await?.ok_or_else(no_pool)?.into()))
}

/// Change a sender pool
///
/// Needs the scope `sessions:write`.
#[utoipa::path(patch, path = "/sender-pools/{id}", tag = "sender pools", operation_id = "change_sender_pool", params(("id" = SenderPoolId, Path)), request_body = ChangeSenderPool, responses((status = 200, body = SenderPoolView)))]
async fn change(
    scoped: Scoped<need::SessionsWrite>,
    Path(id): Path<SenderPoolId>,
    Json(body): Json<ChangeSenderPool>,
) -> Answer<Json<SenderPoolView>> {
    let mut check = Check::default();
    if let Some(name) = &body.name {
        check.length("name", name, 1, 100);
    }
    if let Some(Some(description)) = &body.description {
        check.length("description", description, 0, 1000);
    }
    check.done()?;
    let description = body.description.as_ref().map(Option::as_deref);
    let changed = scoped.tenant.sender_pools().change(id, body.name.as_deref(), description).await;
    Ok(Json(saved(changed.map_err(name_taken)?, |_| None)?.into()))
}

/// Delete a sender pool
///
/// Not while campaigns or waiting messages depend on it, unless `force`: then they keep the sessions they have. Needs
/// the scope `sessions:write`.
#[utoipa::path(delete, path = "/sender-pools/{id}", tag = "sender pools", operation_id = "delete_sender_pool", params(("id" = SenderPoolId, Path), DeleteQuery), responses((status = 204, description = "deleted")))]
async fn delete(
    scoped: Scoped<need::SessionsWrite>,
    Path(id): Path<SenderPoolId>,
    Query(query): Query<DeleteQuery>,
) -> Answer<StatusCode> {
    match scoped.tenant.sender_pools().delete(id, query.force).await? {
        PoolDeletion::Deleted => Ok(StatusCode::NO_CONTENT),
        PoolDeletion::NotFound => Err(no_pool()),
        PoolDeletion::InUse(used) => Err(in_use(&used, "With ?force=true they keep the sessions they have.")),
    }
}

/// Add or change a member of a sender pool
///
/// A campaign of the pool sends through it from now on. Needs the scope `sessions:write`.
#[utoipa::path(put, path = "/sender-pools/{id}/members/{session_id}", tag = "sender pools", operation_id = "set_sender_pool_member", params(("id" = SenderPoolId, Path), ("session_id" = SessionId, Path)), request_body = SetMember, responses((status = 200, body = SenderPoolView)))]
async fn set_member(
    scoped: Scoped<need::SessionsWrite>,
    Path((id, session)): Path<(SenderPoolId, SessionId)>,
    Json(body): Json<SetMember>,
) -> Answer<Json<SenderPoolView>> {
    let mut check = Check::default();
    check_weight(&mut check, "weight", body.weight);
    check.done()?;
    let pool = scoped.tenant.sender_pools().get(id).await?.ok_or_else(no_pool)?;
    if pool.members.len() >= MAX_MEMBERS && !pool.members.iter().any(|m| m.session == session) {
        return Err(Problem::new(Code::WrongState, format!("a pool has at most {MAX_MEMBERS} sessions")));
    }
    let member = MemberSetting { session, weight: body.weight, enabled: body.enabled };
    Ok(Json(saved(scoped.tenant.sender_pools().set_member(id, member).await?, |_| None)?.into()))
}

/// Remove a member of a sender pool
///
/// Not while messages of the pool wait for it, nor if a campaign would be left without sender, unless `force`: then it
/// still sends what waits for it, and the campaign pauses. To hand its messages to its peers, set `enabled` to false
/// first. Needs the scope `sessions:write`.
#[utoipa::path(delete, path = "/sender-pools/{id}/members/{session_id}", tag = "sender pools", operation_id = "remove_sender_pool_member", params(("id" = SenderPoolId, Path), ("session_id" = SessionId, Path), DeleteQuery), responses((status = 204, description = "removed")))]
async fn remove_member(
    scoped: Scoped<need::SessionsWrite>,
    Path((id, session)): Path<(SenderPoolId, SessionId)>,
    Query(query): Query<DeleteQuery>,
) -> Answer<StatusCode> {
    match scoped.tenant.sender_pools().remove_member(id, session, query.force).await? {
        PoolDeletion::Deleted => Ok(StatusCode::NO_CONTENT),
        PoolDeletion::NotFound => Err(Problem::not_found("member of this pool")),
        PoolDeletion::InUse(used) => Err(in_use(
            &used,
            "Set enabled to false to hand them to its peers first, or use ?force=true: then it still sends them.",
        )),
    }
}

/// How the members of a pool stand now.
#[derive(Debug, Serialize, ToSchema)]
struct PoolStatusView {
    members: Vec<MemberStatusView>,
}

/// How a member of a pool stands now, for messages of class bulk.
#[derive(Debug, Serialize, ToSchema)]
struct MemberStatusView {
    session_id: SessionId,
    #[schema(example = "Toko Batik Sari")]
    name: String,
    enabled: bool,
    /// Whether it sends.
    standing: MemberStanding,
    /// Why it rests or is out: as the `waiting.for` of a message.
    waiting_for: Option<WaitingFor>,
    /// What WhatsApp or WAHA said, if it is parked.
    code: Option<ReasonCode>,
    /// Until when, if that is known.
    until: Option<DateTime<Utc>>,
    /// Its share as you set it.
    #[schema(example = 100)]
    weight: u32,
    /// Its share now: less the more of its daily cap is used up; 0 while it does not send.
    #[schema(example = 100)]
    weight_in_force: u32,
    /// Messages of the pool that wait for it.
    #[schema(example = 40)]
    waiting: i64,
    /// People who keep it.
    #[schema(example = 310)]
    contacts: i64,
    /// Messages that came to it from its peers.
    #[schema(example = 0)]
    moved_in: i64,
    /// Messages that went from it to its peers.
    #[schema(example = 2)]
    moved_out: i64,
}

impl MemberStatusView {
    fn of(figures: MemberFigures, member: &PoolMember, now: DateTime<Utc>) -> Self {
        let stands = as_member(member, Class::Bulk, now);
        let (waiting_for, until) = match stands.standing {
            Standing::Sends { .. } => (None, None),
            Standing::Rests { why, until } => (Some(why), Some(until)),
            Standing::Out { why, until } => (Some(why), until),
        };
        let parked = waiting_for == Some(WaitingFor::Parked);
        Self {
            session_id: figures.session,
            name: figures.name,
            enabled: member.enabled,
            standing: stands.standing.name(),
            waiting_for,
            code: member.lane.park_code.clone().filter(|_| parked).map(ReasonCode::from),
            until,
            weight: member.weight,
            weight_in_force: stands.weight_in_force(),
            waiting: figures.waiting,
            contacts: figures.contacts,
            moved_in: figures.moved_in,
            moved_out: figures.moved_out,
        }
    }
}

/// Show how the members of a sender pool stand
///
/// The health of each, its weight in force, what waits for it and what moved. Needs the scope `sessions:read`.
#[utoipa::path(get, path = "/sender-pools/{id}/status", tag = "sender pools", operation_id = "sender_pool_status", params(("id" = SenderPoolId, Path)), responses((status = 200, body = PoolStatusView)))]
async fn status(
    State(state): State<ApiState>,
    scoped: Scoped<need::SessionsRead>,
    Path(id): Path<SenderPoolId>,
) -> Answer<Json<PoolStatusView>> {
    let members = scoped.tenant.sender_pools().members(id).await?.ok_or_else(no_pool)?;
    let figures = scoped.tenant.sender_pools().figures(id).await?;
    let now = state.store.clock().now();
    let views = figures.into_iter().filter_map(|figures| {
        let member = members.iter().find(|m| m.lane.session == figures.session)?;
        Some(MemberStatusView::of(figures, member, now))
    });
    Ok(Json(PoolStatusView { members: views.collect() }))
}
