//! Writes requests down after they were answered: handed over in memory, written in one batch a second.
//!
//! Must never: hold up a request, or be the reason that one fails; see a body, a header or a query. When too many come,
//! all are counted and a part of them can be looked at; when Postgres is away, they are not kept.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::http::StatusCode;
use chrono::TimeDelta;
use wahana_batch::{BatchWindow, Collector};
use wahana_domain::OrganizationId;
use wahana_store::accounts::request_log::{CountsByMinute, LoggedRequest, minute_of};
use wahana_store::{ANSWER, Store, within};

use crate::auth::Caller;
use crate::problem::Code;

/// Requests that may wait to be written.
const WAITING: usize = 20_000;
/// How long they gather.
const GATHER: Duration = Duration::from_secs(1);
/// Of one organization and batch, so many are written out: of those that went well, and of those that did not.
const KEPT_GOOD: usize = 10;
const KEPT_BAD: usize = 20;

/// Takes what was asked. Cheap to clone.
#[derive(Clone)]
pub struct RequestLog {
    store: Store,
    waiting: Collector<LoggedRequest>,
}

/// A request that was answered.
pub struct Answered {
    /// The caller.
    pub caller: Caller,
    /// HTTP method.
    pub method: &'static str,
    /// The route as it stands in the OpenAPI document.
    pub route: String,
    /// The path as it was asked for, without the query.
    pub path: String,
    /// The HTTP status of the answer.
    pub status: StatusCode,
    /// The code of the problem, if it was one.
    pub code: Option<Code>,
    /// Time from the first byte of the request to the answer.
    pub took: Duration,
    /// The id under which the log knows it.
    pub request_id: Arc<str>,
}

/// Where the one who finds out who calls tells it to the one who writes it down.
#[derive(Clone, Default)]
pub struct CallerSlot(Arc<OnceLock<Caller>>);

impl CallerSlot {
    /// Tells who calls.
    pub fn fill(&self, caller: &Caller) {
        // The first one stays; a request has one caller.
        let _ = self.0.set(caller.clone());
    }

    /// The caller, if it was identified.
    pub fn caller(&self) -> Option<&Caller> {
        self.0.get()
    }
}

impl Answered {
    /// What members look at is not worth a line: the dashboard asks all the time.
    fn is_worth_it(&self) -> bool {
        let looked = self.method == "GET" && !self.status.is_client_error() && !self.status.is_server_error();
        matches!(self.caller, Caller::Key(_)) || !looked
    }
}

impl RequestLog {
    /// Starts the task that writes; it ends with the last handle.
    pub fn start(store: Store) -> Self {
        let window = BatchWindow::of(WAITING, WAITING).open_for(GATHER);
        let waiting = Collector::new(window, {
            let store = store.clone();
            move |requests: Vec<LoggedRequest>| {
                let store = store.clone();
                async move { write(&store, requests).await }
            }
        });
        Self { store, waiting }
    }

    /// Hands a request over; drops it when too many wait.
    pub fn note(&self, answered: Answered) {
        if !answered.is_worth_it() {
            return;
        }
        let took = TimeDelta::from_std(answered.took).unwrap_or_default();
        let (key, user, caller) = match &answered.caller {
            Caller::Key(key) => (Some(key.key), None, key.name.to_string()),
            Caller::User(user) => (None, Some(user.user), user.email.to_string()),
        };
        // Nobody is told of a full channel: that would only make more work of too much work.
        let _ = self.waiting.offer(LoggedRequest {
            organization: answered.caller.organization(),
            at: self.store.clock().now() - took,
            method: answered.method.to_owned(),
            route: answered.route,
            path: answered.path,
            status: answered.status.as_u16(),
            duration_ms: u32::try_from(took.num_milliseconds()).unwrap_or(u32::MAX),
            request_id: answered.request_id.to_string(),
            key,
            user,
            caller,
            error_code: answered.code.map(|code| code.as_str().to_owned()),
        });
    }
}

async fn write(store: &Store, requests: Vec<LoggedRequest>) {
    let mut batch = Batch::default();
    requests.into_iter().for_each(|request| batch.add(request));
    let written = within(ANSWER, store.system().request_log().record(&batch.kept, &batch.counts)).await;
    if let Err(error) = written {
        tracing::debug!(error.message = %error, requests = batch.kept.len(), "requests not written down");
    }
}

/// What is written at once.
#[derive(Default)]
struct Batch {
    kept: Vec<LoggedRequest>,
    counts: CountsByMinute,
    taken: HashMap<(OrganizationId, bool), usize>,
}

impl Batch {
    fn add(&mut self, request: LoggedRequest) {
        self.counts.entry((request.organization, minute_of(request.at))).or_default().add(request.status);
        let good = request.status < 400;
        let taken = self.taken.entry((request.organization, good)).or_default();
        if *taken < if good { KEPT_GOOD } else { KEPT_BAD } {
            *taken += 1;
            self.kept.push(request);
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use wahana_store::accounts::request_log::RequestCounts;

    use super::*;

    #[test]
    fn a_flood_is_counted_and_its_errors_are_kept() {
        let request = |status| LoggedRequest {
            organization: OrganizationId::new(DateTime::UNIX_EPOCH, 1),
            at: DateTime::UNIX_EPOCH,
            method: "GET".into(),
            route: "/x".into(),
            path: "/x".into(),
            status,
            duration_ms: 1,
            request_id: "req".into(),
            key: None,
            user: None,
            caller: "me".into(),
            error_code: None,
        };
        let mut batch = Batch::default();
        (0..1000).for_each(|_| batch.add(request(202)));
        (0..10).for_each(|_| batch.add(request(422)));
        batch.add(request(500));
        assert_eq!(batch.kept.len(), KEPT_GOOD + 11);
        let counts: Vec<_> = batch.counts.into_values().collect();
        assert_eq!(counts, [RequestCounts { requests: 1011, client_errors: 10, server_errors: 1 }]);
    }
}
