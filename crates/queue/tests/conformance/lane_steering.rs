//! What a scheduler can do to a lane, and what it can see: budget, window, parking, depth, hunger, pages.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use wahana_queue::{
    Breaks, Class, JobId, LaneDepth, LaneId, LaneView, LaneWorkerOpts, Pace, Park, Queue, Settled,
    WaitingFor, run_lanes,
};
use wahana_testkit::eventually;

use crate::harness::{Kind, Ledger, Worker, full_speed, ids};
use crate::redis_server::RedisServer;

struct TestLane {
    _server: RedisServer,
    queue: Queue,
    ledger: Arc<Ledger>,
    lane: LaneId,
    worker: Option<Worker>,
}

impl TestLane {
    async fn new() -> Self {
        let server = RedisServer::start().await;
        let queue = Queue::connect(&server.url(), "t").await.unwrap();
        Self { _server: server, queue, ledger: Arc::default(), lane: Uuid::now_v7(), worker: None }
    }

    fn work(&mut self) {
        let lease = Duration::from_secs(30);
        self.worker = Some(Worker::start(Kind::Lanes, &self.queue, &self.ledger, 8, lease, Duration::ZERO));
    }

    async fn push(&self, jobs: &[JobId], class: Class, pace: &Pace) -> LaneDepth {
        let jobs: Vec<_> = jobs.iter().map(|job| (*job, class)).collect();
        self.queue.lane_push(self.lane, &jobs, pace).await.unwrap()
    }

    async fn view(&self) -> LaneView {
        self.queue.lane_views(&[self.lane]).await.unwrap().remove(0)
    }

    async fn waits_for(&self, reason: WaitingFor) {
        eventually(&format!("{reason:?}"), async || self.view().await.waiting_for == reason).await;
    }

    async fn ended(&self, count: usize) {
        self.ledger.all_ended(count).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_is_idempotent() {
    let fixture = TestLane::new().await;
    let jobs = ids(3);
    fixture.push(&jobs[..2], Class::Lo, &full_speed()).await;
    let depth = fixture.push(&jobs, Class::Hi, &full_speed()).await;
    assert_eq!(depth, LaneDepth { hi: 1, lo: 2, later: 0, leased: 0 });
}

#[tokio::test(flavor = "multi_thread")]
async fn hi_goes_before_lo_and_leaves_it_every_fifth_turn() {
    let mut fixture = TestLane::new().await;
    let (low, high) = (ids(4), ids(10));
    let one_by_one = Pace { max_in_flight: 1, ..full_speed() };
    fixture.push(&low, Class::Lo, &one_by_one).await;
    fixture.push(&high, Class::Hi, &one_by_one).await;
    fixture.work();
    fixture.ended(14).await;
    let mut order: Vec<_> =
        low.iter().map(|job| (job, 'l')).chain(high.iter().map(|job| (job, 'h'))).collect();
    order.sort_by_key(|(job, _)| fixture.ledger.first_start(**job));
    let turns: String = order.into_iter().map(|(_, class)| class).collect();
    assert_eq!(turns, "hhhhlhhhhlhhll");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_span_can_be_closed_for_lo_alone() {
    let mut fixture = TestLane::new().await;
    let (low, high) = (ids(1), ids(1));
    let now = fixture.queue.now_ms().await.unwrap();
    let until = now + 700;
    let pace = Pace { lo_closed_ms: Some((now, until)), ..full_speed() };
    fixture.push(&low, Class::Lo, &pace).await;
    let view = fixture.view().await;
    assert_eq!((view.waiting_for, view.next_at_ms), (WaitingFor::Parked, Some(until)));
    fixture.push(&high, Class::Hi, &pace).await;
    fixture.work();
    fixture.ended(1).await;
    assert!(fixture.ledger.first_start(high[0]).is_some() && fixture.ledger.first_start(low[0]).is_none());
    fixture.ended(2).await;
    assert!(fixture.queue.now_ms().await.unwrap() >= until, "not before the span is over");
}

#[tokio::test(flavor = "multi_thread")]
async fn now_and_then_the_gap_is_a_break() {
    let mut fixture = TestLane::new().await;
    let breaks = Breaks { every: 4, min_ms: 300, max_ms: 300 };
    fixture.push(&ids(20), Class::Lo, &Pace { breaks: Some(breaks), ..full_speed() }).await;
    let begun = fixture.queue.now_ms().await.unwrap();
    fixture.work();
    fixture.ended(20).await;
    // 20 jobs with a break after 2 to 6 of them: at least three breaks.
    assert!(fixture.queue.now_ms().await.unwrap() - begun >= 900);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_ends_and_a_new_grant_goes_on() {
    let mut fixture = TestLane::new().await;
    fixture.push(&ids(5), Class::Lo, &Pace { budget: Some(2), ..full_speed() }).await;
    fixture.work();
    fixture.ended(2).await;
    fixture.waits_for(WaitingFor::Budget).await;
    assert_eq!(fixture.view().await.budget_left, Some(0));
    assert_eq!(fixture.view().await.next_at_ms, None, "no time would help");
    fixture.queue.lane_pace(fixture.lane, &Pace { budget: Some(2), ..full_speed() }).await.unwrap();
    fixture.ended(4).await;
    fixture.waits_for(WaitingFor::Budget).await;
    fixture.queue.lane_pace(fixture.lane, &full_speed()).await.unwrap();
    fixture.ended(5).await;
    fixture.waits_for(WaitingFor::Jobs).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lane_keeps_to_its_window() {
    let mut fixture = TestLane::new().await;
    fixture.work();
    let now = fixture.queue.now_ms().await.unwrap();
    fixture.push(&ids(1), Class::Hi, &Pace { open_until_ms: Some(now - 1), ..full_speed() }).await;
    assert_eq!(fixture.view().await.waiting_for, WaitingFor::Closed);
    let later = Pace { not_before_ms: now + 700, open_until_ms: Some(now + 60_000), ..full_speed() };
    fixture.queue.lane_pace(fixture.lane, &later).await.unwrap();
    assert_eq!(fixture.view().await.waiting_for, WaitingFor::NotBefore);
    fixture.ended(1).await;
    assert!(fixture.queue.now_ms().await.unwrap() >= now + 700, "not before its time");
}

/// F14: a file that takes minutes does not hold the replies of its session.
#[tokio::test(flavor = "multi_thread")]
async fn a_slow_low_job_leaves_one_place_for_the_high_line() {
    let fixture = TestLane::new().await;
    let one = Pace { max_in_flight: 1, ..full_speed() };
    let (low, high) = (ids(2), ids(3));
    let slow = low.clone();
    let running = Arc::new(Mutex::new((0_u32, 0_u32, Vec::new())));
    let seen = running.clone();
    fixture.push(&low, Class::Lo, &one).await;
    let shutdown = CancellationToken::new();
    let opts = LaneWorkerOpts::default();
    let worker = tokio::spawn(run_lanes(fixture.queue.clone(), opts, shutdown.clone(), move |claim| {
        let (seen, is_low) = (seen.clone(), slow.contains(&claim.job));
        async move {
            let count = |by: i32| {
                let mut running = seen.lock().unwrap();
                let (now_low, now_high, most) = &mut *running;
                let of = if is_low { &mut *now_low } else { &mut *now_high };
                *of = of.saturating_add_signed(by);
                most.push((*now_low, *now_high));
            };
            count(1);
            tokio::time::sleep(Duration::from_millis(if is_low { 1_500 } else { 50 })).await;
            count(-1);
            Settled::Drop
        }
    }));
    eventually("the slow one runs", async || running.lock().unwrap().0 == 1).await;
    fixture.push(&high, Class::Hi, &one).await;
    eventually("all high ones are through", async || {
        let running = running.lock().unwrap();
        running.2.iter().filter(|(_, high)| *high == 1).count() >= 3 && running.1 == 0
    })
    .await;
    assert_eq!(running.lock().unwrap().0, 1, "while the first slow one still runs");
    eventually("the second slow one runs", async || {
        running.lock().unwrap().2.iter().filter(|at| **at == (1, 0)).count() >= 2
    })
    .await;
    let most = running.lock().unwrap().2.clone();
    assert!(most.iter().all(|(low, high)| *low <= 1 && *high <= 1), "one of each at most: {most:?}");
    shutdown.cancel();
    worker.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn parking_stops_the_low_line_or_all() {
    let mut fixture = TestLane::new().await;
    let (queue, lane) = (fixture.queue.clone(), fixture.lane);
    let far = queue.now_ms().await.unwrap() + 3_600_000;
    queue.lane_park(lane, far, Park::Lo).await.unwrap();
    let (low, high) = (ids(1), ids(1));
    fixture.push(&low, Class::Lo, &full_speed()).await;
    fixture.push(&high, Class::Hi, &full_speed()).await;
    fixture.work();
    fixture.ended(1).await;
    assert!(fixture.ledger.first_start(high[0]).is_some(), "replies flow");
    fixture.waits_for(WaitingFor::Parked).await;
    assert_eq!(fixture.view().await.lo_parked_until_ms, far);

    queue.lane_park(lane, far, Park::All).await.unwrap();
    queue.lane_park(lane, 0, Park::Lo).await.unwrap();
    fixture.waits_for(WaitingFor::Parked).await;
    queue.lane_park(lane, queue.now_ms().await.unwrap() + 300, Park::All).await.unwrap();
    fixture.ended(2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_can_park_its_lane() {
    let fixture = TestLane::new().await;
    fixture.push(&ids(3), Class::Lo, &Pace { max_in_flight: 1, ..full_speed() }).await;
    let until_ms = fixture.queue.now_ms().await.unwrap() + 3_600_000;
    let shutdown = CancellationToken::new();
    let opts = LaneWorkerOpts::default();
    let worker =
        tokio::spawn(run_lanes(fixture.queue.clone(), opts, shutdown.clone(), move |_| async move {
            Settled::DropAndPark { until_ms, scope: Park::All }
        }));
    fixture.waits_for(WaitingFor::Parked).await;
    let view = fixture.view().await;
    assert_eq!((view.depth.lo, view.depth.leased, view.next_at_ms), (2, 0, Some(until_ms)));
    shutdown.cancel();
    worker.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_can_be_taken_out_and_what_runs_stays() {
    let fixture = TestLane::new().await;
    let jobs = ids(6);
    fixture.push(&jobs, Class::Lo, &Pace { max_in_flight: 1, ..full_speed() }).await;
    let (hold, shutdown) = (CancellationToken::new(), CancellationToken::new());
    let release = hold.clone();
    let opts = LaneWorkerOpts::default();
    let worker = tokio::spawn(run_lanes(fixture.queue.clone(), opts, shutdown.clone(), move |_| {
        let hold = hold.clone();
        async move {
            hold.cancelled().await;
            Settled::Drop
        }
    }));
    fixture.waits_for(WaitingFor::InFlight).await;
    let removed = fixture.queue.lane_remove(fixture.lane, &jobs[..3]).await.unwrap();
    assert_eq!(removed, jobs[1..3], "the first one runs");
    assert_eq!(fixture.queue.lane_clear(fixture.lane).await.unwrap(), jobs[3..]);
    assert_eq!(fixture.view().await.depth, LaneDepth { leased: 1, ..LaneDepth::default() });
    release.cancel();
    eventually("nothing is left", async || fixture.view().await.depth == LaneDepth::default()).await;
    shutdown.cancel();
    worker.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lane_that_runs_low_is_hungry_once() {
    let mut fixture = TestLane::new().await;
    fixture.push(&ids(30), Class::Lo, &Pace { budget: Some(15), ..full_speed() }).await;
    fixture.work();
    fixture.ended(15).await;
    assert!(fixture.queue.hungry_lanes(10).await.unwrap().is_empty(), "15 still wait");
    fixture.queue.lane_pace(fixture.lane, &Pace { budget: Some(6), ..full_speed() }).await.unwrap();
    fixture.ended(21).await;
    fixture.waits_for(WaitingFor::Budget).await;
    eventually("settled", async || fixture.view().await.depth.leased == 0).await;
    assert_eq!(fixture.queue.hungry_lanes(10).await.unwrap(), [fixture.lane]);
    assert!(fixture.queue.hungry_lanes(10).await.unwrap().is_empty(), "told once");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_overview_pages_through_all_lanes() {
    let fixture = TestLane::new().await;
    let mut lanes = ids(25);
    for lane in &lanes {
        fixture.queue.lane_push(*lane, &[(Uuid::now_v7(), Class::Lo)], &full_speed()).await.unwrap();
    }
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = fixture.queue.lanes_overview(after, 10).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.lane);
        assert!(page.iter().all(|view| view.waiting_for == WaitingFor::Worker && view.depth.lo == 1));
        seen.extend(page.iter().map(|view| view.lane));
    }
    lanes.sort();
    assert_eq!(seen, lanes);
}
