//! The product beside other queues that do the same work on the same machine with the same stub, and beside a
//! loop without a queue. Two rounds at full speed, in which the sides take turns; then a steady rate; then
//! idle.

use std::collections::HashMap;
use std::time::Duration;

use super::loops::Sender;
use super::sending::{CONNECTIONS, Run, Way};
use crate::check::Invariants;
use crate::cli::{Common, PeersArgs};
use crate::load::bar;
use crate::meter::{Cpu, Meter, PeakMemory};
use crate::peers::{Side, Work};
use crate::report::{Report, percentile};
use crate::stack::{Stack, Wanted};
use crate::traffic::Traffic;
use crate::trickle::{self, Beat};

const ROUNDS: u64 = 2;
/// Time limit for the last texts.
const ARRIVE_WITHIN: Duration = Duration::from_secs(30);
/// The start-up of all sides is over by then.
const CALM: Duration = Duration::from_secs(3);

/// Measurements of one side.
#[derive(Default)]
struct Figures {
    name: &'static str,
    messages: u64,
    seconds: f64,
    cpu: Cpu,
    peak_mb: f64,
    /// Microseconds from the acknowledged push to the start of the send.
    push_to_start: Vec<i64>,
    idle_cpu_s_per_min: f64,
}

impl Figures {
    fn named(name: &'static str) -> Self {
        Self { name, ..Self::default() }
    }

    fn add(&mut self, messages: u64, work: Work) {
        self.messages += messages;
        self.seconds += work.seconds;
        self.cpu.add(work.cpu);
        self.peak_mb = self.peak_mb.max(work.peak_mb);
    }

    fn per_s(&self) -> f64 {
        self.messages as f64 / self.seconds.max(1e-9)
    }

    fn per_cpu_s(&self) -> f64 {
        self.messages as f64 / self.cpu.sum().max(1e-9)
    }

    fn push_to_start_ms(&self, share: f64) -> f64 {
        let mut sorted = self.push_to_start.clone();
        sorted.sort_unstable();
        percentile(&sorted, share) / 1000.0
    }
}

/// Our two entry points, and the loop.
struct Ours {
    campaign: Figures,
    one_by_one: Figures,
    plain_loop: Figures,
}

pub(crate) async fn run(args: &PeersArgs, common: &Common) -> anyhow::Result<bool> {
    let wanted = Wanted { sessions: args.sessions, sending: true, keys: CONNECTIONS, ..Wanted::default() };
    let stack = Stack::start(common, wanted).await?;
    let mut report = super::report("peers", common, &stack).await?;
    let mut sides = Vec::new();
    for peer in &args.peers {
        sides.push(Side::start(*peer, common.durable, &stack.stub_url, &stack.logs).await?);
    }
    let mut theirs: Vec<Figures> = sides.iter().map(|side| Figures::named(side.peer.name())).collect();
    let mut ours = Ours {
        campaign: Figures::named("wahana"),
        one_by_one: Figures::named("wahana_one_by_one"),
        plain_loop: Figures::named("plain_loop"),
    };
    let traffic = Traffic::new(common.seed);
    let mut run =
        Run { stack: &stack, traffic, bar: indicatif::ProgressBar::hidden(), next: 0, statements: false };

    warm_up(&mut run, &mut sides, args).await?;
    for _ in 0..ROUNDS {
        full_speed(&mut run, &mut sides, args.messages / ROUNDS, &mut ours, &mut theirs).await?;
    }
    beat(&mut run, &mut sides, args, &mut ours, &mut theirs).await?;
    idle(&stack, &mut sides, args, &mut ours, &mut theirs).await?;

    put(&mut report, &ours, &theirs);
    let accepted: i64 =
        sqlx::query_scalar("select count(*) from messages").fetch_one(stack.store.pool()).await?;
    let wanted = warm_up_size(args) * 2 + args.messages / ROUNDS * ROUNDS * 2 + args.rate * args.seconds;
    anyhow::ensure!(accepted as u64 == wanted, "{accepted} of {wanted} messages were recorded");
    for side in &sides {
        let taken = stack.stub_taken_of(&[&side.sender()]).await?;
        side.check(&taken.into_iter().map(|taken| taken.id).collect::<Vec<_>>()).await?;
    }
    let invariants = Invariants::after_sending(&stack, wanted).await?;
    for side in sides {
        side.stop().await;
    }
    stack.stop().await;
    Ok(report.print(common.json, &invariants))
}

fn warm_up_size(args: &PeersArgs) -> u64 {
    (args.messages / 20).max(5)
}

/// Warm-up: connections, plans, just-in-time compilers.
async fn warm_up(run: &mut Run<'_>, sides: &mut [Side], args: &PeersArgs) -> anyhow::Result<()> {
    let n = warm_up_size(args);
    let stack = run.stack;
    run.by_api(n).await?;
    run.by_campaign(n).await?;
    for side in sides {
        side.work(run.traffic, run.take(n), async || stack.stub_count().await).await?;
    }
    Ok(())
}

/// One turn of each side.
async fn full_speed(
    run: &mut Run<'_>,
    sides: &mut [Side],
    n: u64,
    ours: &mut Ours,
    theirs: &mut [Figures],
) -> anyhow::Result<()> {
    let stack = run.stack;
    let bar = bar(3 + sides.len() as u64, "full speed, each in turn");
    bar.enable_steady_tick(Duration::from_millis(200));

    let loops = Sender::new(&stack.stub_url, run.traffic, indicatif::ProgressBar::hidden())?;
    let meter = stack.meter();
    let seconds = loops.ledger(stack.store.pool(), run.take(n)).await?;
    // The loop runs in this process.
    let cpu = meter.stop().only(&["client", "postgres"]);
    ours.plain_loop.add(n, Work { seconds, cpu, peak_mb: 0.0 });
    bar.inc(1);

    let memory = PeakMemory::watch(stack.watched());
    let way = run.by_campaign(n).await?;
    ours.campaign.add(n, work(way, memory.stop().await));
    bar.inc(1);
    let memory = PeakMemory::watch(stack.watched());
    let way = run.by_api(n).await?;
    ours.one_by_one.add(n, work(way, memory.stop().await));
    bar.inc(1);

    for (side, figures) in sides.iter_mut().zip(theirs) {
        let done = side.work(run.traffic, run.take(n), async || stack.stub_count().await).await?;
        figures.add(n, done);
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}

/// Including its import, excluding the load and the stub.
fn work(way: Way, peak_mb: f64) -> Work {
    let mut cpu = way.cpu;
    cpu.add(way.import_cpu);
    let cpu = cpu.only(&["api", "scheduler", "worker", "postgres", "redis"]);
    Work { seconds: way.seconds + way.import_seconds, cpu, peak_mb }
}

/// One message at a time, at a steady rate.
async fn beat(
    run: &mut Run<'_>,
    sides: &mut [Side],
    args: &PeersArgs,
    ours: &mut Ours,
    theirs: &mut [Figures],
) -> anyhow::Result<()> {
    let (stack, n) = (run.stack, args.rate * args.seconds);
    let bar = bar(n * (1 + sides.len() as u64), "one by one at a steady rate");
    let beat = Beat { rate: args.rate, messages: n, first: run.take(n).start };
    let posted = trickle::trickle(&stack.account, run.traffic, beat, &bar).await?;
    let started = trickle::started(stack, &stack.account, &posted, ARRIVE_WITHIN).await?;
    anyhow::ensure!(started.missing(&posted) == 0, "{} of {n} texts did not start", started.missing(&posted));
    ours.one_by_one.push_to_start = started.waits(&posted);
    for (side, figures) in sides.iter_mut().zip(theirs) {
        let pushed = side.trickle(run.traffic, run.take(n), args.rate).await?;
        let taken = stack.stub_taken_of(&[&side.sender()]).await?;
        let started: HashMap<&str, i64> = taken.iter().map(|taken| (taken.id.as_str(), taken.at)).collect();
        figures.push_to_start =
            pushed.iter().filter_map(|(id, at)| Some(started.get(id.as_str())? - at)).collect();
        bar.inc(n);
    }
    bar.finish_and_clear();
    Ok(())
}

/// All sides idle, with as many queues as we have sessions.
async fn idle(
    stack: &Stack,
    sides: &mut [Side],
    args: &PeersArgs,
    ours: &mut Ours,
    theirs: &mut [Figures],
) -> anyhow::Result<()> {
    let bar = bar(args.idle_seconds, "idle");
    for side in sides.iter_mut() {
        side.start_worker(usize::from(args.sessions), 1).await?;
    }
    tokio::time::sleep(CALM).await;
    let our_meter = Meter::start(&stack.watched());
    let meters: Vec<Meter> = sides.iter().map(Side::meter).collect();
    for _ in 0..args.idle_seconds {
        tokio::time::sleep(Duration::from_secs(1)).await;
        bar.inc(1);
    }
    let per_minute = 60.0 / args.idle_seconds as f64;
    ours.campaign.idle_cpu_s_per_min = our_meter.stop().sum() * per_minute;
    for (figures, meter) in theirs.iter_mut().zip(meters) {
        figures.idle_cpu_s_per_min = meter.stop().sum() * per_minute;
    }
    bar.finish_and_clear();
    Ok(())
}

fn put(report: &mut Report, ours: &Ours, theirs: &[Figures]) {
    let Ours { campaign, one_by_one, plain_loop } = ours;
    report.section("ours, of the loop without a queue");
    report.put(
        "plain_loop_ratio",
        campaign.per_s() / plain_loop.per_s(),
        "a campaign's messages/s, import included",
    );
    report.put(
        "plain_loop_cpu_ratio",
        campaign.per_cpu_s() / plain_loop.per_cpu_s(),
        "messages per CPU second",
    );
    for peer in theirs {
        report.section("ours divided by theirs");
        let name = peer.name;
        let mut put = |key, value, meaning| report.put_of(name, key, value, meaning);
        put("msgs_per_cpu_s_ratio", campaign.per_cpu_s() / peer.per_cpu_s(), "higher is better");
        put("msgs_per_s_ratio", campaign.per_s() / peer.per_s(), "higher is better");
        let one_by_one_ratio = one_by_one.per_cpu_s() / peer.per_cpu_s();
        put(
            "one_by_one_msgs_per_cpu_s_ratio",
            one_by_one_ratio,
            "ours posted singly, theirs pushed by hundreds",
        );
        for (key, share) in [("push_to_start_p50_ratio", 0.5), ("push_to_start_p99_ratio", 0.99)] {
            let ratio = one_by_one.push_to_start_ms(share) / peer.push_to_start_ms(share).max(0.001);
            put(key, ratio, "lower is better");
        }
        put("peak_memory_ratio", campaign.peak_mb / peer.peak_mb.max(0.001), "lower is better");
        put(
            "idle_cpu_ratio",
            campaign.idle_cpu_s_per_min / peer.idle_cpu_s_per_min.max(0.001),
            "lower is better",
        );
    }
    for side in [campaign, one_by_one, plain_loop].into_iter().chain(theirs) {
        put_side(report, side);
    }
}

fn put_side(report: &mut Report, side: &Figures) {
    report.section(side.name);
    let per_10k = 10_000.0 / side.messages.max(1) as f64;
    let mut put = |key: &str, value, meaning| report.put_of(side.name, key, value, meaning);
    put("msgs_per_s", side.per_s(), "from the first push to the last row that says sent");
    put("msgs_per_cpu_s", side.per_cpu_s(), "without stub and load");
    put("cpu_s_per_10k", side.cpu.sum() * per_10k, "CPU seconds for 10,000 messages");
    for (process, seconds) in &side.cpu.0 {
        put(&format!("{process}_cpu_s_per_10k"), seconds * per_10k, "");
    }
    for (key, value) in [("peak_memory_mb", side.peak_mb), ("idle_cpu_s_per_min", side.idle_cpu_s_per_min)] {
        if value > 0.0 {
            put(key, value, "");
        }
    }
    if !side.push_to_start.is_empty() {
        put("push_to_start_p50_ms", side.push_to_start_ms(0.5), "from the acknowledged push to the send");
        put("push_to_start_p99_ms", side.push_to_start_ms(0.99), "");
    }
}
