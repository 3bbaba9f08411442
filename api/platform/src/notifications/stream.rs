//! The stream of hints: what changed in the organization, so that a screen asks again for what it shows.

use std::convert::Infallible;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::Event;
use chrono::{DateTime, Utc};
use serde::Serialize;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::hints::HintKind;
use wahana_domain::{CampaignId, ConversationId, JobId, MessageId, SessionId};
use wahana_store::notifications::hints::Hint;

use crate::notifications::hints::{Hints, Listener};
use wahana_api_kit::ApiState;
use wahana_api_kit::problem::Answer;
use wahana_api_kit::scoped::{Scoped, need};
use wahana_api_kit::sse;

/// How often it is asked whether the caller's credentials have ended.
const ASK: Duration = Duration::from_secs(5);

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(stream)).layer(Extension(Hints::default()))
}

/// Something changed.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Hint)]
struct HintView {
    kind: HintKind,
    /// Which; left out when several changed at once, or old ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
}

impl From<Hint> for HintView {
    fn from(Hint { kind, id }: Hint) -> Self {
        let id = id.map(|id| match kind {
            HintKind::Session => SessionId(id).to_string(),
            HintKind::Message => MessageId(id).to_string(),
            HintKind::Campaign => CampaignId(id).to_string(),
            HintKind::Conversation => ConversationId(id).to_string(),
            HintKind::Job => JobId(id).to_string(),
        });
        Self { kind, id }
    }
}

/// Watch what changes
///
/// A stream of server-sent events: `ready` once, from when on nothing is missed; `hint` within about a second of each
/// change, at most five per kind and second; `auth.expired` when your credentials end. A hint only says that it is worth
/// asking again. For logged-in users.
#[utoipa::path(get, path = "/stream", tag = "accounts", operation_id = "watch_changes",
    responses((status = 200, body = HintView, content_type = "text/event-stream")))]
async fn stream(
    State(state): State<ApiState>,
    Extension(followers): Extension<Hints>,
    scoped: Scoped<need::User>,
) -> Answer<impl IntoResponse> {
    let until = scoped.caller.expires_at();
    let Listener { mut hints, mut ready } = followers.listen(scoped.tenant, &state.shutdown);
    let events = async_stream::stream! {
        if !begins(&state, &mut ready).await {
            return;
        }
        yield Ok::<_, Infallible>(Event::default().event("ready").data("{}"));
        loop {
            match next(&state, &mut hints, until).await {
                Next::End => break,
                Next::Expired => {
                    yield Ok(sse::expired());
                    break;
                }
                Next::Hints(told) => {
                    for hint in told {
                        if let Ok(event) = Event::default().event("hint").json_data(HintView::from(hint)) {
                            yield Ok(event);
                        }
                    }
                }
            }
        }
    };
    Ok(sse::answer(events))
}

/// Waits until nothing is missed any more; `false` when the process ends before.
async fn begins(state: &ApiState, ready: &mut watch::Receiver<bool>) -> bool {
    tokio::select! {
        () = state.shutdown.cancelled() => false,
        seen = ready.wait_for(|seen| *seen) => seen.is_ok(),
    }
}

/// What a stream goes on with.
enum Next {
    Hints(Vec<Hint>),
    /// The caller's credentials have ended.
    Expired,
    /// The process ends.
    End,
}

async fn next(state: &ApiState, hints: &mut broadcast::Receiver<Hint>, until: Option<DateTime<Utc>>) -> Next {
    loop {
        if until.is_some_and(|until| until <= state.store.clock().now()) {
            return Next::Expired;
        }
        let told = tokio::select! {
            () = state.shutdown.cancelled() => return Next::End,
            () = tokio::time::sleep(ASK) => continue,
            told = hints.recv() => told,
        };
        return match told {
            Ok(hint) => Next::Hints(vec![hint]),
            // Too slow for some of them: anything may have changed.
            Err(RecvError::Lagged(_)) => {
                Next::Hints(HintKind::ALL.map(|kind| Hint { kind, id: None }).into())
            }
            Err(RecvError::Closed) => Next::End,
        };
    }
}
