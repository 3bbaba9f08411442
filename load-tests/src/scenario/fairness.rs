//! Effect of a tenant with a million queued jobs on a small one: the small tenant's steady rate of messages,
//! alone and beside the big one, from the API's answer to the moment the stub reads the send. Half of the
//! baseline runs before and half after. At the end the big tenant drops all its pauses and uses the whole
//! machine.

use std::time::Duration;

use anyhow::Context;
use indicatif::ProgressBar;
use tokio::time::Instant;
use wahana_domain::SessionId;

use crate::account::Account;
use crate::check::Invariants;
use crate::cli::{Common, FairnessArgs};
use crate::load::{bar, post_all};
use crate::meter::Cpu;
use crate::report::{Report, percentile};
use crate::rows::copy_message;
use crate::stack::{Stack, Wanted};
use crate::traffic::Traffic;
use crate::trickle::{Beat, CONNECTIONS, started, trickle};

/// Enough sessions that the small tenant's messages do not wait for each other.
const SMALL_SESSIONS: u16 = 10;
/// Pause of the fast sessions between two messages, in milliseconds.
const FAST_GAP_MS: (u32, u32) = (150, 250);
/// Pause of the slow sessions: the product's default.
const SLOW_GAP_MS: (u32, u32) = (30_000, 60_000);
/// Warm-up messages of the small tenant before each measurement, so that connections are open and plans are
/// cached.
const WARM_UP: u64 = 50;
/// Time limit for the last texts.
const ARRIVE_WITHIN: Duration = Duration::from_secs(60);
/// Time limit for the big tenant to start with every session.
const BEGIN_WITHIN: Duration = Duration::from_secs(120);

/// Measurements of the small tenant.
#[derive(Default)]
struct Stretch {
    /// Microseconds from the request to the API's answer.
    answers: Vec<i64>,
    /// Microseconds from the answer to the start of the send.
    waits: Vec<i64>,
    cpu: Cpu,
    seconds: f64,
    /// Texts that did not start within the time limit.
    unstarted: usize,
    /// Texts that the big tenant sent meanwhile.
    beside: u64,
}

impl Stretch {
    fn add(&mut self, other: Self) {
        self.answers.extend(other.answers);
        self.waits.extend(other.waits);
        self.cpu.add(other.cpu);
        self.seconds += other.seconds;
        self.unstarted += other.unstarted;
        self.beside += other.beside;
    }

    fn p99(&self) -> f64 {
        let mut sorted = self.waits.clone();
        sorted.sort_unstable();
        percentile(&sorted, 0.99)
    }
}

struct Run<'a> {
    args: &'a FairnessArgs,
    traffic: Traffic,
    bar: ProgressBar,
    /// The next unused recipient of the small tenant.
    next: u64,
}

pub(crate) async fn run(args: &FairnessArgs, common: &Common) -> anyhow::Result<bool> {
    let small =
        Wanted { sessions: SMALL_SESSIONS, sending: true, keys: CONNECTIONS as usize, ..Wanted::default() };
    let mut stack = Stack::start(common, small).await?;
    let mut report = super::report("fairness", common, &stack).await?;
    let bar = bar(args.rate * args.seconds * 5 / 2, "posting at a steady rate");
    let mut run = Run { args, traffic: Traffic::new(common.seed), bar, next: 0 };

    let mut alone = run.stretch(&stack, None, args.seconds / 2).await.context("alone, at first")?;
    stack.stop_sending().await;
    let big = run.big_tenant(&stack).await?;
    stack.start_sending()?;
    run.until_all_began(&stack, &big).await?;
    let beside = run.stretch(&stack, Some(&big), args.seconds).await.context("beside the big tenant")?;
    stack.stop_sending().await;
    stack.set_gap(&big.session_ids(), 0, 0).await?;
    stack.start_sending()?;
    let flood = run.stretch(&stack, Some(&big), args.seconds / 2).await.context("beside the flood")?;
    stack.stop_sending().await;
    let first = Invariants::at_rest(&stack, args.messages + run.next).await?;

    stack.clear().await?;
    stack.start_sending()?;
    let before = run.next;
    let again = run.stretch(&stack, None, args.seconds - args.seconds / 2).await.context("alone, at last")?;
    alone.add(again);
    run.bar.finish_and_clear();
    let invariants = first.and(Invariants::after_sending(&stack, run.next - before).await?);
    put(&mut report, args, &alone, &beside, &flood);
    stack.stop().await;
    Ok(report.print(common.json, &invariants))
}

impl Run<'_> {
    /// Runs the small tenant's messages for this duration.
    async fn stretch(
        &mut self,
        stack: &Stack,
        big: Option<&Account>,
        seconds: u64,
    ) -> anyhow::Result<Stretch> {
        let (traffic, session_of) = (self.traffic, stack.account.session_of());
        let body = move |n| traffic.message(session_of(n), n);
        let warm_up = self.next..self.next + WARM_UP;
        post_all(&stack.account.targets(4), warm_up, body, &ProgressBar::hidden()).await?;
        let beat =
            Beat { rate: self.args.rate, messages: self.args.rate * seconds, first: self.next + WARM_UP };
        self.next = beat.first + beat.messages;
        let sent_before = sent(stack, big).await?;
        let (meter, clock) = (stack.meter(), Instant::now());
        let posted = trickle(&stack.account, self.traffic, beat, &self.bar).await?;
        let (cpu, seconds) = (meter.stop(), clock.elapsed().as_secs_f64());
        let beside = sent(stack, big).await? - sent_before;
        let started = started(stack, &stack.account, &posted, ARRIVE_WITHIN).await?;
        let answer = |p: &crate::trickle::Posted| (p.accepted - p.asked).num_microseconds();
        let answers = posted.iter().filter_map(answer).collect();
        let (waits, unstarted) = (started.waits(&posted), started.missing(&posted));
        Ok(Stretch { answers, waits, cpu, seconds, unstarted, beside })
    }

    /// One message by the API, and a million like it.
    async fn big_tenant(&self, stack: &Stack) -> anyhow::Result<Account> {
        let FairnessArgs { fast_sessions, slow_sessions, messages, .. } = *self.args;
        let wanted =
            Wanted { sessions: fast_sessions + slow_sessions, sending: true, keys: 1, ..Wanted::default() };
        let big = stack.open_account("Big", &wanted).await?;
        let ids = big.session_ids();
        let (fast, slow) = ids.split_at(usize::from(fast_sessions));
        stack.set_gap(fast, FAST_GAP_MS.0, FAST_GAP_MS.1).await?;
        stack.set_gap(slow, SLOW_GAP_MS.0, SLOW_GAP_MS.1).await?;
        let session = *fast.first().context("no session")?;
        let template = big.send(session, "+6289900000000".to_owned(), self.traffic.text(0)).await?;
        let filling = bar(messages, "queueing jobs of the big tenant");
        copy_message(stack.store.pool(), template, messages - 1, by_halves(fast, slow), &filling).await?;
        filling.finish_and_clear();
        Ok(big)
    }

    /// Waits until every session of the big tenant has sent once; the first message needs no pause.
    async fn until_all_began(&self, stack: &Stack, big: &Account) -> anyhow::Result<()> {
        let (deadline, wanted) = (Instant::now() + BEGIN_WITHIN, big.sessions.len() as u64);
        while sent(stack, Some(big)).await? < wanted.min(self.args.messages) {
            anyhow::ensure!(Instant::now() < deadline, "the big tenant does not begin");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        Ok(())
    }
}

/// Half of the jobs to the fast sessions, half to the slow ones.
fn by_halves(fast: &[SessionId], slow: &[SessionId]) -> impl Fn(u64) -> SessionId {
    move |n| {
        let side = if n % 2 == 0 { fast } else { slow };
        side[(n / 2) as usize % side.len()]
    }
}

async fn sent(stack: &Stack, account: Option<&Account>) -> anyhow::Result<u64> {
    let Some(account) = account else { return Ok(0) };
    let names: Vec<&str> = account.sessions.iter().map(|(_, name)| name.as_str()).collect();
    Ok(stack.stub_taken_of(&names).await?.len() as u64)
}

fn put(report: &mut Report, args: &FairnessArgs, alone: &Stretch, beside: &Stretch, flood: &Stretch) {
    report.section("from the API's answer to the send at the stub, a small tenant's messages");
    report.put(
        "p99_ratio",
        beside.p99() / alone.p99().max(1.0),
        "p99 beside the big tenant, of the p99 alone",
    );
    report.put(
        "flood_p99_ratio",
        flood.p99() / alone.p99().max(1.0),
        "the same while the big one sends without pauses",
    );
    for (name, stretch) in [("alone", alone), ("beside", beside), ("flood", flood)] {
        report.put_spread(&format!("{name}_accepted_to_started"), &stretch.waits, "");
        report.put(
            format!("{name}_unstarted"),
            stretch.unstarted as f64,
            "texts that had not started after a minute",
        );
    }
    report.section("the API's answer time");
    for (name, stretch) in [("alone", alone), ("beside", beside), ("flood", flood)] {
        report.put_spread(&format!("{name}_asked_to_accepted"), &stretch.answers, "");
    }
    report.section("the big tenant meanwhile");
    report.put("queued_jobs", args.messages as f64, "");
    report.put("beside_big_per_s", beside.beside as f64 / beside.seconds, "its messages per second");
    report.put("flood_big_per_s", flood.beside as f64 / flood.seconds, "without pauses");
    report.section("CPU seconds per minute");
    for (name, stretch) in [("alone", alone), ("beside", beside), ("flood", flood)] {
        for process in ["api", "scheduler", "worker", "postgres", "redis"] {
            let per_minute = stretch.cpu.of(process) / stretch.seconds * 60.0;
            report.put(format!("{name}_{process}_cpu_s_per_min"), per_minute, "");
        }
    }
    report.put("measured_messages", (alone.waits.len() + beside.waits.len() + flood.waits.len()) as f64, "");
}
