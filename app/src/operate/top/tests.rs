//! What a look becomes on screens of two sizes.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use wahana_domain::jobs::{Queue, WorkerRole};
use wahana_store::jobs::workers::{SlotUse, Worker};
use wahana_store::operator::controls::{Control, Hold};
use wahana_store::operator::overview::CountedErrors;

use super::draw::{Focus, Screen, bar, span};
use super::gather::{LaneLine, QueueLine, View};
use super::plain;

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(10)
}

fn screen(focus: Focus) -> Screen {
    let worker = |owner: &str, seen: i64| Worker {
        owner: owner.to_owned(),
        role: WorkerRole::Worker.into(),
        host: "alpha".to_owned(),
        version: "1".to_owned(),
        started_at: now(),
        seen_at: now() - TimeDelta::seconds(seen),
        draining: false,
        converts: Vec::new(),
        slots: BTreeMap::from([(Queue::Lanes.into(), SlotUse { most: 32, running: 16 })]).into(),
        redis_error: None,
        redis_since: now(),
    };
    let view = View {
        now: now(),
        queues: vec![QueueLine {
            name: "lanes",
            pending: 1_234,
            released: 20,
            running: 16,
            dead: 3,
            oldest_runnable: TimeDelta::seconds(90),
            held: true,
        }],
        at_least: false,
        lanes: vec![LaneLine {
            name: "acme / Toko".to_owned(),
            waiting: 20,
            running: 1,
            waits_for: "pace",
            resumes_in: Some(TimeDelta::seconds(42)),
            age: Some(TimeDelta::minutes(7)),
        }],
        workers: vec![worker("1-a", 2), worker("2-b", 60)],
        nodes: Vec::new(),
        errors: vec![CountedErrors { code: "connection_closed".to_owned(), attempts: 12, last: now() }],
        controls: vec![Control {
            hold: Hold::Outbound,
            paused: true,
            slots: None,
            reason: None,
            set_by: "me".to_owned(),
            set_at: now(),
        }],
        rate: 41.3,
        outbound_held: true,
        trouble: None,
    };
    Screen { view, focus, question: false }
}

#[test]
fn everything_fits_the_smallest_terminal() {
    let text = plain(&screen(Focus::All), 80, 24).unwrap();
    assert_eq!(text.lines().count(), 24);
    for wanted in [
        "10:00:00 UTC",
        "41.3 messages/s",
        "1 workers",
        "OUTBOUND HELD",
        "lanes        1234      20        16        3         90s              held",
        "acme / Toko",
        "pace 42s",
        "7m",
        "█████░░░░░",
        "16/32",
        "lost",
        "connection_closed",
    ] {
        assert!(text.contains(wanted), "no {wanted:?} in\n{text}");
    }
}

#[test]
fn a_pane_alone_has_all_the_room() {
    let text = plain(&screen(Focus::Errors), 120, 30).unwrap();
    assert!(text.contains("connection_closed") && !text.contains("acme"), "{text}");
    assert_eq!(Focus::Errors.next(), Focus::All);
}

#[test]
fn a_question_is_asked_before_everything_is_held() {
    let asked = Screen { question: true, ..screen(Focus::All) };
    assert!(plain(&asked, 80, 24).unwrap().contains("let everything outbound go? y / n"));
}

#[test]
fn bars_and_spans_are_never_longer_than_their_columns() {
    assert_eq!(
        (bar(0, 0), bar(1, 100), bar(7, 5)),
        ("░".repeat(10), "█".to_owned() + &"░".repeat(9), "█".repeat(10))
    );
    for (seconds, text) in [(-5, "0s"), (119, "119s"), (120, "2m"), (7_200, "2h"), (172_800, "2d")] {
        assert_eq!(span(TimeDelta::seconds(seconds)), text);
    }
}
