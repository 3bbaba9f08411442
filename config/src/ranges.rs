//! What numbers may be: for the check of the settings and for their schema.

use toml::{Table, Value};

use crate::ConfigError;

/// The range of a number.
pub(crate) struct Range {
    pub(crate) key: &'static str,
    pub(crate) least: f64,
    pub(crate) most: Option<f64>,
    /// The reason for people who set something else.
    reason: &'static str,
}

const POSITIVE: &str = "must be more than 0";

const fn positive(key: &'static str) -> Range {
    Range { key, least: 1.0, most: None, reason: POSITIVE }
}

/// Numbers with limits; those that are not here may be 0 and more.
pub(crate) const RANGES: &[Range] = &[
    positive("http.json_max_bytes"),
    positive("http.request_timeout_seconds"),
    positive("http.upload_timeout_seconds"),
    positive("http.requests_per_second"),
    positive("http.attempts_per_minute"),
    Range { key: "http.trusted_proxies", least: 0.0, most: Some(255.0), reason: "must be 0 to 255" },
    positive("database.max_connections"),
    positive("database.acquire_timeout_seconds"),
    positive("waha.connect_timeout_seconds"),
    positive("waha.request_timeout_seconds"),
    positive("waha.media_timeout_seconds"),
    positive("security.access_token_minutes"),
    positive("security.refresh_token_days"),
    positive("workers.lane_concurrency"),
    positive("workers.plain_concurrency"),
    Range {
        key: "workers.lease_seconds",
        least: 10.0,
        most: None,
        reason: "must be at least 10, or a slow call is given to two workers",
    },
    positive("scheduler.tick_ms"),
    positive("scheduler.lane_window"),
    positive("scheduler.plain_window"),
    positive("scheduler.reconcile_seconds"),
    positive("supervision.starting_seconds"),
    positive("supervision.deaf_seconds"),
    positive("supervision.unacked_seconds"),
    positive("supervision.restarts_per_node"),
    positive("number_checks.gap_ms"),
    positive("number_checks.yes_days"),
    positive("number_checks.no_minutes"),
    positive("rejections.of_last"),
    positive("rejections.pause_minutes"),
    positive("rejections.retry_minutes"),
    positive("media.keep_days"),
    positive("media.image_max_bytes"),
    positive("media.video_max_bytes"),
    positive("media.voice_max_bytes"),
    positive("media.document_max_bytes"),
    positive("fleet.dead_after_seconds"),
    positive("fleet.moves_at_once"),
    Range {
        key: "telemetry.sample_ratio",
        least: 0.0,
        most: Some(1.0),
        reason: "must be between 0.0 and 1.0",
    },
];

/// The number at this key.
pub(crate) fn number(table: &Table, key: &str) -> Option<f64> {
    let (section, key) = key.split_once('.')?;
    match table.get(section)?.get(key)? {
        Value::Integer(n) => Some(*n as f64),
        Value::Float(n) => Some(*n),
        _ => None,
    }
}

/// A problem for each number outside of its range.
pub(crate) fn outside(table: &Table) -> Vec<ConfigError> {
    let wrong = RANGES.iter().filter(|range| {
        let most = range.most.unwrap_or(f64::INFINITY);
        number(table, range.key).is_some_and(|n| !(range.least..=most).contains(&n))
    });
    wrong.map(|range| ConfigError::Invalid { key: range.key.into(), reason: range.reason.into() }).collect()
}
