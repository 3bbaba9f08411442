//! How the queues were, for charts: for operators.

use std::collections::BTreeMap;

use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::Rule;
use wahana_domain::jobs::QueueCode;
use wahana_store::operator::queue_history::QueueMinute;

use crate::operator::overview::QueueView;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Query};
use wahana_api_kit::operator::Operator;
use wahana_api_kit::problem::{Answer, Problem};

/// Hours that it reaches back.
const MAX_HOURS: u32 = 7 * 24;
/// Points of a chart.
const POINTS: u32 = 240;
const MINUTE: i64 = 60;
/// Messages sent are counted by quarters of an hour.
const QUARTER: i64 = 15 * MINUTE;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(history))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct HistoryQuery {
    /// How far back, up to a week.
    #[serde(default = "six")]
    #[param(required = false, minimum = 1, maximum = 168, default = 6)]
    hours: u32,
}

const fn six() -> u32 {
    6
}

/// How the queues were.
#[derive(Debug, Serialize, ToSchema)]
struct QueueHistoryView {
    /// Minutes that a point stands for.
    #[schema(example = 5)]
    step_minutes: u32,
    /// Oldest first, at most 240; one in which no scheduler looked is missing.
    points: Vec<HistoryPoint>,
}

/// How the queues were for some minutes.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
struct HistoryPoint {
    /// When they began.
    at: DateTime<Utc>,
    /// Messages sent per minute; null where it is not known.
    sent_per_minute: Option<f64>,
    queues: Vec<QueueView>,
}

/// How the queues were
///
/// In steps of minutes: how much waited and ran at the end of each, the longest wait, and how much was sent. Schedulers
/// write it, and it is kept for a week. For operators.
#[utoipa::path(get, path = "/operator/history", tag = "operator", operation_id = "get_queue_history", params(HistoryQuery), responses((status = 200, body = QueueHistoryView)))]
async fn history(
    State(state): State<ApiState>,
    operator: Operator,
    Query(query): Query<HistoryQuery>,
) -> Answer<Json<QueueHistoryView>> {
    if !(1..=MAX_HOURS).contains(&query.hours) {
        return Err(Problem::field("hours", Rule::OutOfRange { min: 1, max: MAX_HOURS.into() }));
    }
    let since = state.store.clock().now() - TimeDelta::hours(query.hours.into());
    let minutes = operator.system.queue_history().list(since).await?;
    let step_minutes = (query.hours * 60).div_ceil(POINTS);
    Ok(Json(QueueHistoryView { step_minutes, points: points(minutes, step_minutes) }))
}

/// Puts the minutes of each step together.
fn points(minutes: Vec<QueueMinute>, step_minutes: u32) -> Vec<HistoryPoint> {
    let step = i64::from(step_minutes) * MINUTE;
    let begin = |minute: DateTime<Utc>| minute.timestamp().div_euclid(step) * step;
    let mut rates: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
    for (minute, rate) in rates_of(&minutes) {
        rates.entry(begin(minute)).or_default().push(rate);
    }
    let mut steps: BTreeMap<i64, BTreeMap<QueueCode, QueueView>> = BTreeMap::new();
    for minute in minutes {
        let queues = steps.entry(begin(minute.minute)).or_default();
        let mut view = QueueView::from(minute);
        let longest = queues.get(&view.queue).map_or(0.0, |before| before.oldest_seconds);
        view.oldest_seconds = view.oldest_seconds.max(longest);
        queues.insert(view.queue.clone(), view);
    }
    let point = |(at, queues): (i64, BTreeMap<QueueCode, QueueView>)| {
        let rates = rates.get(&at).filter(|rates| !rates.is_empty());
        Some(HistoryPoint {
            at: DateTime::from_timestamp(at, 0)?,
            sent_per_minute: rates.map(|rates| rates.iter().sum::<f64>() / rates.len() as f64),
            queues: queues.into_values().collect(),
        })
    };
    steps.into_iter().filter_map(point).collect()
}

/// Messages sent per minute, from how far the count of the quarter went between two looks.
fn rates_of(minutes: &[QueueMinute]) -> Vec<(DateTime<Utc>, f64)> {
    let counts: Vec<_> =
        minutes.iter().filter_map(|minute| Some((minute.minute, minute.taken_at, minute.sent?))).collect();
    let quarter = |at: DateTime<Utc>| at.timestamp().div_euclid(QUARTER);
    let rate = |two: &[(DateTime<Utc>, DateTime<Utc>, i64)]| {
        let [(_, before, had), (minute, at, has)] = two else { return None };
        // A new quarter counts from nothing again.
        let (from, had) = if quarter(*before) == quarter(*at) {
            (*before, *had)
        } else {
            (DateTime::from_timestamp(quarter(*at) * QUARTER, 0)?, 0)
        };
        let passed = (*at - from).as_seconds_f64() / MINUTE as f64;
        (passed > 0.0).then(|| (*minute, (has - had).max(0) as f64 / passed))
    };
    counts.windows(2).filter_map(rate).collect()
}

#[cfg(test)]
mod tests {
    use wahana_domain::jobs::Queue;
    use wahana_store::operator::queue_history::QueueSample;

    use super::*;

    fn minute(n: i64, pending: i64, oldest_seconds: f64, sent: i64) -> QueueMinute {
        let minute = DateTime::UNIX_EPOCH + TimeDelta::minutes(n);
        let queue = Queue::Lanes.into();
        let sample = QueueSample { queue, pending, released: 0, running: 0, dead: 0, oldest_seconds };
        QueueMinute { minute, taken_at: minute + TimeDelta::seconds(30), sample, sent: Some(sent) }
    }

    #[test]
    fn a_point_is_the_last_depth_the_longest_wait_and_the_mean_rate() {
        let told = points(vec![minute(0, 9, 7.0, 10), minute(1, 5, 2.0, 30), minute(2, 1, 1.0, 30)], 2);
        assert_eq!(told.len(), 2);
        assert_eq!((told[0].queues[0].pending, told[0].queues[0].oldest_seconds), (5, 7.0));
        assert_eq!(told[0].sent_per_minute, Some(20.0));
        assert_eq!((told[1].queues[0].pending, told[1].sent_per_minute), (1, Some(0.0)));
    }

    #[test]
    fn a_quarter_counts_from_nothing() {
        let told = points(vec![minute(14, 0, 0.0, 900), minute(15, 0, 0.0, 20)], 1);
        assert_eq!(told[1].sent_per_minute, Some(40.0), "20 in the first half minute");
    }
}
