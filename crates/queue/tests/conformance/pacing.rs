//! Check 6: deferred ten times, a job costs nothing and comes back on time. Check 7: a campaign keeps its rate, others
//! do not notice it, cancel stops it within one interval. Lanes only: plain queues neither defer nor pace.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use wahana_queue::{Class, LaneWorkerOpts, Pace, Queue, Settled, run_lanes};
use wahana_testkit::PATIENCE;

use crate::harness::{Kind, Ledger, Worker, every_ms, full_speed, ids};
use crate::redis_server::RedisServer;

#[tokio::test(flavor = "multi_thread")]
async fn a_deferred_job_comes_back_on_time_and_costs_no_budget() {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let (lane, job) = (Uuid::now_v7(), Uuid::now_v7());
    let pace = Pace { budget: Some(1), ..full_speed() };
    queue.lane_push(lane, &[(job, Class::Hi)], &pace).await.unwrap();

    let asked = Arc::new(Mutex::new(Vec::<i64>::new()));
    let late = Arc::new(Mutex::new(Vec::<i64>::new()));
    let done = CancellationToken::new();
    let shutdown = CancellationToken::new();
    let handler = {
        let (queue, asked, late, done) = (queue.clone(), asked.clone(), late.clone(), done.clone());
        move |claim: wahana_queue::Claim| {
            let (queue, asked, late, done) = (queue.clone(), asked.clone(), late.clone(), done.clone());
            async move {
                assert_eq!(claim.class, Class::Hi, "the class is kept");
                let now = queue.now_ms().await.unwrap();
                let mut asked = asked.lock().unwrap();
                if let Some(at) = asked.last() {
                    late.lock().unwrap().push(now - at);
                }
                if asked.len() == 10 {
                    done.cancel();
                    return Settled::Drop;
                }
                asked.push(now + 300);
                Settled::Again { not_before_ms: now + 300 }
            }
        }
    };
    // The next look is an hour away, so only the job's own time can bring it back.
    let opts = LaneWorkerOpts { poll_ms: 3_600_000, ..LaneWorkerOpts::default() };
    let worker = tokio::spawn(run_lanes(queue.clone(), opts, shutdown.clone(), handler));
    let machine = Arc::new(Mutex::new(Machine::default()));
    let beating = tokio::spawn(beat(queue.clone(), Duration::from_millis(100), machine.clone()));
    tokio::time::timeout(PATIENCE, done.cancelled()).await.expect("eleven deliveries");
    beating.abort();
    shutdown.cancel();
    worker.await.unwrap().unwrap();

    let mut late = late.lock().unwrap().clone();
    late.sort();
    assert!(late[0] >= 0, "never early: {late:?}");
    // The original asks for 50 ms each; what the machine itself was late beside it is not the queue's.
    let own = machine.lock().unwrap().slowest.as_millis() as i64 - 100;
    assert!(late[4] <= 50 + own.max(0), "on time, on a machine that is {own} ms late: {late:?}");
    assert_eq!(queue.lane_views(&[lane]).await.unwrap()[0].budget_left, Some(0), "one budget for all ten");
}

/// Smaller than the original: 5,000 recipients instead of 100,000, at 10 messages per second and for 12 s.
#[tokio::test(flavor = "multi_thread")]
async fn a_campaign_keeps_its_rate_and_disturbs_nobody() {
    const GAP_MS: u64 = 100;
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let ledger = Arc::new(Ledger::default());
    let send = Duration::from_millis(5);
    let workers =
        [(); 2].map(|()| Worker::start(Kind::Lanes, &queue, &ledger, 32, Duration::from_secs(30), send));

    let lane = Uuid::now_v7();
    let campaign = ids(5_000);
    let low: Vec<_> = campaign.iter().map(|job| (*job, Class::Lo)).collect();
    queue.lane_push(lane, &low, &every_ms(GAP_MS)).await.unwrap();
    let begun = Instant::now();
    let machine = Arc::new(Mutex::new(Machine::default()));
    let beating = tokio::spawn(beat(queue.clone(), Duration::from_millis(GAP_MS), machine.clone()));

    // Every 100 ms one of 19 other tenants sends a single message; every 2 s an urgent one joins the campaign's lane.
    let tenants = ids(19);
    let (mut singles, mut urgent) = (Vec::new(), Vec::new());
    for round in 0..120 {
        let job = Uuid::now_v7();
        singles.push((job, Instant::now()));
        queue.lane_push(tenants[round % 19], &[(job, Class::Hi)], &every_ms(GAP_MS)).await.unwrap();
        if round % 20 == 10 {
            let job = Uuid::now_v7();
            urgent.push((job, Instant::now()));
            queue.lane_push(lane, &[(job, Class::Hi)], &every_ms(GAP_MS)).await.unwrap();
        }
        tokio::time::sleep_until((begun + Duration::from_millis(100 * (round as u64 + 1))).into()).await;
    }

    let removed = queue.lane_clear(lane).await.unwrap();
    let cancelled = Instant::now();
    let ran = begun.elapsed();
    beating.abort();
    let machine = machine.lock().unwrap().clone();
    tokio::time::sleep(Duration::from_millis(5 * GAP_MS)).await;
    let mut starts: Vec<Instant> = campaign.iter().filter_map(|job| ledger.first_start(*job)).collect();
    assert_eq!(removed.len() + starts.len(), campaign.len(), "removed or run, nothing else");
    let late = starts.iter().filter(|start| **start >= cancelled).count();
    assert!(late <= 2, "cancel stops it: {late} that were claimed before began after it");

    // What the pace allows, and what a loop makes that does nothing but wait for as long and ask Redis.
    let allowed = ran.as_millis() as f64 / GAP_MS as f64 - urgent.len() as f64;
    let possible = machine.beats as f64 - urgent.len() as f64;
    let sent = starts.len() as f64;
    assert!(
        sent <= 1.02 * allowed && sent >= 0.90 * possible,
        "{sent} of {allowed} allowed, {possible} possible"
    );
    starts.sort();
    let in_one_second = starts
        .iter()
        .map(|from| starts.iter().filter(|s| **s >= *from && **s < *from + Duration::from_secs(1)).count());
    let delayed = 2 * (machine.slowest.as_millis() as u64).saturating_sub(GAP_MS) / GAP_MS;
    assert!(
        in_one_second.max() <= Some(11 + delayed as usize),
        "more than the limit of 10 + 1 in one second"
    );

    // Behind the campaign they would wait for minutes; half are sent at once, the rest as soon as the machine can.
    let latencies = |jobs: &[(Uuid, Instant)]| {
        let latency =
            |(job, pushed): &(Uuid, Instant)| ledger.first_start(*job).unwrap().duration_since(*pushed);
        let mut all: Vec<Duration> = jobs.iter().map(latency).collect();
        all.sort();
        [all[all.len() / 2], all[all.len() * 99 / 100]]
    };
    let [at_once, soon] = [Duration::from_millis(250), Duration::from_secs(5)];
    let [half, p99] = latencies(&singles);
    assert!(half < at_once && p99 < soon, "singles of others: {half:?}, {p99:?}");
    let [half, p99] = latencies(&urgent);
    assert!(
        half < at_once + Duration::from_millis(GAP_MS) && p99 < soon,
        "urgent in the same lane: {half:?}, {p99:?}"
    );
    for worker in workers {
        worker.stop().await;
    }
}

/// What this machine can do beside the test.
#[derive(Clone, Default)]
struct Machine {
    beats: usize,
    slowest: Duration,
}

/// Waits and asks Redis, again and again.
async fn beat(queue: Queue, gap: Duration, machine: Arc<Mutex<Machine>>) {
    loop {
        let begun = Instant::now();
        tokio::time::sleep(gap).await;
        queue.now_ms().await.unwrap();
        let mut machine = machine.lock().unwrap();
        machine.beats += 1;
        machine.slowest = machine.slowest.max(begun.elapsed());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gap_is_drawn_between_its_bounds() {
    let server = RedisServer::start().await;
    let queue = Queue::connect(&server.url(), "t").await.unwrap();
    let ledger = Arc::new(Ledger::default());
    let jobs = ids(30);
    let low: Vec<_> = jobs.iter().map(|job| (*job, Class::Lo)).collect();
    let pace = Pace { gap_min_ms: 50, gap_max_ms: 150, ..full_speed() };
    queue.lane_push(Uuid::now_v7(), &low, &pace).await.unwrap();
    let worker = Worker::start(Kind::Lanes, &queue, &ledger, 8, Duration::from_secs(30), Duration::ZERO);
    ledger.all_ended(30).await;
    worker.stop().await;

    let starts: Vec<Instant> = jobs.iter().map(|job| ledger.first_start(*job).unwrap()).collect();
    assert!(starts.is_sorted(), "first in, first out");
    let gaps: Vec<u128> = starts.windows(2).map(|pair| pair[1].duration_since(pair[0]).as_millis()).collect();
    let spread = gaps.iter().max().unwrap() - gaps.iter().min().unwrap();
    assert!(spread > 30, "the gap is random: {gaps:?}");
    let total = starts[29].duration_since(starts[0]).as_millis();
    assert!(total >= 29 * 50, "never faster than the shortest gap: {total} ms");
}
