//! Kind, unit and help text of every metric: what `/metrics` tells as `# HELP`, and what docs/metrics.md lists
//! (`crates/rules` compares the two, and both with the code).
//!
//! A name that ends in `_seconds` or `_bytes` says its unit; every other metric is a count.

use metrics::Unit::{self, Count, Seconds};
use metrics::{describe_counter, describe_gauge, describe_histogram};

use Kind::{Counter, Gauge, Histogram};

#[derive(Clone, Copy)]
enum Kind {
    Counter,
    Gauge,
    Histogram,
}

/// Names as in the code, without `wahana_`.
const CATALOG: &[(Kind, &str, Unit, &str)] = &[
    (Gauge, "queue_jobs", Count, "Jobs in Postgres: pending, released (handed to Redis), running, dead."),
    (
        Gauge,
        "queue_oldest_due_seconds",
        Seconds,
        "Age of the oldest due job that has not been released, including jobs that wait for their \
         pace.",
    ),
    (
        Gauge,
        "queue_oldest_runnable_seconds",
        Seconds,
        "Age of the oldest job that is blocked only by worker capacity, not by its pace, a pause or \
         a window. Scale on this.",
    ),
    (
        Gauge,
        "lanes_waiting",
        Count,
        "Lanes in Redis by what they wait for: due waits for a worker, pace and the others for \
         their time.",
    ),
    (
        Gauge,
        "lanes_parked",
        Count,
        "Sessions that pause after WhatsApp or WAHA refused a message, by reason.",
    ),
    (Counter, "lane_parks_total", Count, "Refusals that made a session pause, by reason."),
    (Gauge, "sessions", Count, "Sessions that should run, by status."),
    (Gauge, "sessions_by_health", Count, "Sessions that should run, by health."),
    (Counter, "session_restarts_total", Count, "Automatic restarts of unhealthy sessions, by outcome."),
    (
        Counter,
        "session_restrictions_total",
        Count,
        "Restrictions that WhatsApp put on an account, by how they were noticed: send (the answer \
         to a send) or event.",
    ),
    (Counter, "session_rate_limits_total", Count, "Times that WhatsApp asked a session to send less."),
    (
        Counter,
        "sessions_found_deaf_total",
        Count,
        "Sessions that sent messages while no event of theirs arrived.",
    ),
    (
        Counter,
        "sessions_found_unacked_total",
        Count,
        "Sessions whose messages WhatsApp does not acknowledge.",
    ),
    (
        Counter,
        "number_checks_total",
        Count,
        "Phone numbers checked for WhatsApp; unknown when WAHA could not answer.",
    ),
    (
        Counter,
        "lids_resolved_total",
        Count,
        "Questions to WAHA for the phone number behind a LID; no when it did not know or did not \
         answer.",
    ),
    (
        Counter,
        "sessions_astray_total",
        Count,
        "Copies of a session found on a node where it does not belong.",
    ),
    (Counter, "session_moves_total", Count, "Sessions moved to another node."),
    (Counter, "session_moves_refused_total", Count, "Sessions that could not leave a node, by reason."),
    (
        Counter,
        "pool_moved_messages_total",
        Count,
        "Messages moved to another sender of their pool, by reason.",
    ),
    (
        Counter,
        "events_recovered_total",
        Count,
        "Missed messages and acks that were read back from the chats.",
    ),
    (Gauge, "nodes", Count, "WAHA servers, by health."),
    (Counter, "node_health_changes_total", Count, "Changes of a node's health, by the new health."),
    (Gauge, "holds", Count, "Pauses set by operators, by scope; a restore sets outbound, too."),
    (Gauge, "campaigns", Count, "Scheduled and running campaigns, by state."),
    (
        Gauge,
        "campaign_recipients_waiting",
        Count,
        "Recipients of running campaigns that have no message yet.",
    ),
    (
        Gauge,
        "messages_in_doubt",
        Count,
        "Messages whose answer from WAHA was lost and that are being looked for.",
    ),
    (
        Counter,
        "messages_attempts_total",
        Count,
        "Attempts to send, by outcome: done, retry, defer, give_up, unknown.",
    ),
    (
        Counter,
        "messages_resolved_total",
        Count,
        "Messages whose lost answer was cleared up, by result: sent, send_again, give_up.",
    ),
    (
        Counter,
        "messages_found_after_restore_total",
        Count,
        "Messages that a restored database had as unsent and WAHA had as sent.",
    ),
    (
        Histogram,
        "message_start_delay_seconds",
        Seconds,
        "Time from when a message was due to its first attempt; for campaigns, from its release.",
    ),
    (Histogram, "message_ack_lag_seconds", Seconds, "Time from WhatsApp's receipt to its being recorded."),
    (
        Histogram,
        "waha_request_seconds",
        Seconds,
        "Duration of calls to WAHA, by node, operation and outcome.",
    ),
    (Counter, "inbound_events_total", Count, "Events received from WAHA."),
    (Gauge, "inbound_events_waiting", Count, "Events that are not processed yet."),
    (Gauge, "inbound_event_oldest_seconds", Seconds, "Age of the oldest event that is not processed yet."),
    (Histogram, "inbound_event_lag_seconds", Seconds, "Time from receiving an event to having processed it."),
    (Counter, "jobs_total", Count, "Jobs of the plain queues, by kind and outcome."),
    (
        Counter,
        "media_prepared_total",
        Count,
        "Files that were fetched or converted before they were sent, by result: ready, failed.",
    ),
    (Histogram, "media_conversion_seconds", Seconds, "Duration of conversions of files, by kind."),
    (Counter, "media_deleted_total", Count, "Contents of files deleted because nothing referred to them."),
    (Counter, "jobs_lost_leases_total", Count, "Jobs taken back from workers that vanished."),
    (Gauge, "worker_slots", Count, "Jobs of a queue that this process may run at once."),
    (Gauge, "worker_slots_busy", Count, "Jobs of a queue that this process is running."),
    (Counter, "queue_claims_total", Count, "Jobs taken from Redis."),
    (
        Counter,
        "queue_settles_total",
        Count,
        "Jobs removed from Redis or put back, by outcome: drop, again, park, late, abandoned.",
    ),
    (Gauge, "queue_depth", Count, "Entries of a plain queue in Redis."),
    (Counter, "queue_leases_expired_total", Count, "Leases in Redis that expired."),
    (
        Counter,
        "queue_leases_lost_total",
        Count,
        "Leases that a job of this process lost while it was running.",
    ),
    (Counter, "queue_redis_errors_total", Count, "Failed calls to Redis, by queue and operation."),
    (Counter, "queue_handler_panics_total", Count, "Job handlers that panicked: a defect."),
    (
        Counter,
        "queue_undecodable_total",
        Count,
        "Entries in Redis that do not decode: a defect, or another program's.",
    ),
    (Counter, "queue_worker_restarts_total", Count, "Worker loops that ended and were started again."),
    (Counter, "relay_released_total", Count, "Jobs handed to Redis."),
    (Histogram, "relay_round_seconds", Seconds, "Duration of one round of the relay."),
    (
        Counter,
        "scheduler_failed_rounds_total",
        Count,
        "Rounds of the scheduler's loops that failed and were tried again.",
    ),
    (
        Counter,
        "postgres_errors_total",
        Count,
        "Failed queries, by class: unavailable, pool_timed_out, query.",
    ),
    (
        Gauge,
        "postgres_pool_connections",
        Count,
        "Database connections of this process: idle, used, and the max allowed.",
    ),
    (Counter, "http_requests_total", Count, "HTTP requests by method, route (never the path) and status."),
    (Histogram, "http_request_seconds", Seconds, "Duration of HTTP requests by route."),
];

/// Tells the installed recorder what each metric is.
pub(crate) fn describe() {
    for (kind, name, unit, help) in CATALOG.iter().copied() {
        match kind {
            Counter => describe_counter!(name, unit, help),
            Gauge => describe_gauge!(name, unit, help),
            Histogram => describe_histogram!(name, unit, help),
        }
    }
}
