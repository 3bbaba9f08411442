//! The home screen in one call: of an organization, and of the installation for those who run it.

use std::collections::BTreeMap;

use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::CampaignId;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::health::Health;
use wahana_domain::sessions::SessionStatus;
use wahana_store::accounts::request_log::RequestCounts;
use wahana_store::analytics::home::{CountedSessions, OpenCampaign, OrganizationOverview, Today};

use wahana_api_kit::ApiState;
use wahana_api_kit::extract::Json;
use wahana_api_kit::problem::Answer;
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(overview))
}

/// What an organization sees at a glance.
#[derive(Debug, Serialize, ToSchema)]
struct OverviewView {
    at: DateTime<Utc>,
    onboarding: OnboardingView,
    campaigns: OverviewCampaigns,
    inbox: OverviewInbox,
    /// Its sessions by what WAHA says of them and how they are.
    sessions: Vec<OverviewSessions>,
    messages_today: MessagesToday,
    /// What its keys and members asked of the API; see `list_requests` for which of it counts.
    requests_last_hour: OverviewRequests,
    /// Jobs that gave up, counted up to 10,000.
    #[schema(example = 0)]
    dead_letters: i64,
}

/// The first steps; each ticks itself off when it has happened.
#[derive(Debug, Serialize, ToSchema)]
struct OnboardingView {
    /// Always true: there is one.
    organization: bool,
    /// A phone is paired, or was when its session was deleted.
    session_paired: bool,
    /// A message left.
    message_sent: bool,
    /// A campaign was started or planned.
    campaign_started: bool,
}

/// Campaigns that have not ended.
#[derive(Debug, Serialize, ToSchema)]
struct OverviewCampaigns {
    #[schema(example = 1)]
    running: i64,
    #[schema(example = 2)]
    scheduled: i64,
    #[schema(example = 0)]
    paused: i64,
    /// The newest five of them, running ones first.
    items: Vec<OverviewCampaign>,
}

/// How far a campaign is.
#[derive(Debug, Serialize, ToSchema)]
struct OverviewCampaign {
    id: CampaignId,
    #[schema(example = "Promo akhir tahun")]
    name: String,
    state: CampaignState,
    started_at: Option<DateTime<Utc>>,
    /// People in it.
    #[schema(example = 1200)]
    total: i32,
    /// Messages that left, whatever became of them.
    #[schema(example = 820)]
    sent: i64,
    /// Of those, delivered; of those, read.
    #[schema(example = 790)]
    delivered: i64,
    #[schema(example = 512)]
    read: i64,
    /// Messages that will not leave: failed, expired or cancelled.
    #[schema(example = 6)]
    failed: i64,
}

/// What waits in the inbox.
#[derive(Debug, Serialize, ToSchema)]
struct OverviewInbox {
    /// Conversations in which somebody wrote last and nobody looked, counted among the newest 1,000 unread.
    #[schema(example = 4)]
    replies_waiting: i64,
    /// Conversations with something unread.
    #[schema(example = 3)]
    unread_conversations: i64,
    /// Messages in them.
    #[schema(example = 7)]
    unread_messages: i64,
}

/// Sessions that are alike.
#[derive(Debug, Serialize, ToSchema)]
struct OverviewSessions {
    status: SessionStatus,
    health: Health,
    #[schema(example = 3)]
    sessions: i64,
}

/// How many requests there were.
#[derive(Debug, Serialize, ToSchema)]
struct OverviewRequests {
    #[schema(example = 1840)]
    requests: i64,
    /// Answered with a status of 400 to 499.
    #[schema(example = 6)]
    client_errors: i64,
    /// Answered with a status of 500 or more.
    #[schema(example = 0)]
    server_errors: i64,
}

/// Messages since midnight.
#[derive(Debug, Serialize, ToSchema)]
struct MessagesToday {
    /// Midnight in the organization's zone.
    since: DateTime<Utc>,
    /// Messages that left, all of them.
    #[schema(example = 820)]
    sent: i64,
    /// Messages by state, received ones too; of the newest 5,000.
    by_state: BTreeMap<&'static str, i64>,
    /// Whether those are all of today.
    complete: bool,
}

impl From<OpenCampaign> for OverviewCampaign {
    fn from(campaign: OpenCampaign) -> Self {
        let OpenCampaign { id, name, state, started_at, total, sent, delivered, read, failed } = campaign;
        Self { id, name, state, started_at, total, sent, delivered, read, failed }
    }
}

impl From<CountedSessions> for OverviewSessions {
    fn from(CountedSessions { status, health, sessions }: CountedSessions) -> Self {
        Self { status, health, sessions }
    }
}

impl From<RequestCounts> for OverviewRequests {
    fn from(RequestCounts { requests, client_errors, server_errors }: RequestCounts) -> Self {
        Self { requests, client_errors, server_errors }
    }
}

impl From<Today> for MessagesToday {
    fn from(Today { since, sent, by_state, complete }: Today) -> Self {
        Self { since, sent, by_state, complete }
    }
}

/// Show the overview
///
/// Everything of the home screen in one cheap call. For logged-in users.
#[utoipa::path(get, path = "/overview", tag = "accounts", operation_id = "get_overview", responses((status = 200, body = OverviewView)))]
async fn overview(State(state): State<ApiState>, scoped: Scoped<need::User>) -> Answer<Json<OverviewView>> {
    let OrganizationOverview {
        onboarding,
        campaigns,
        newest_campaigns,
        replies_waiting,
        sessions,
        today,
        dead_letters,
    } = scoped.tenant.analytics().home().await?;
    let unread = scoped.tenant.conversations().unread().await?;
    let now = state.store.clock().now();
    let requests = scoped.tenant.request_log().count(now - TimeDelta::hours(1)).await?;
    Ok(Json(OverviewView {
        at: now,
        onboarding: OnboardingView {
            organization: true,
            session_paired: onboarding.session_paired,
            message_sent: onboarding.message_sent,
            campaign_started: onboarding.campaign_started,
        },
        campaigns: OverviewCampaigns {
            running: campaigns.running,
            scheduled: campaigns.scheduled,
            paused: campaigns.paused,
            items: newest_campaigns.into_iter().map(OverviewCampaign::from).collect(),
        },
        inbox: OverviewInbox {
            replies_waiting,
            unread_conversations: unread.conversations,
            unread_messages: unread.messages,
        },
        sessions: sessions.into_iter().map(OverviewSessions::from).collect(),
        messages_today: today.into(),
        requests_last_hour: requests.into(),
        dead_letters,
    }))
}
