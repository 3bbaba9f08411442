//! Thousands of sessions at a human pace: how long after its allowed time each send starts.
//!
//! The allowed time of a lane's next send is drawn when it claims the one before, and stored in its state in
//! Redis (`next`, crates/queue/src/lanes/lua/claim.lua). It is read there from time to time, more often than
//! a lane may send, and each start at the stub is compared with the time that held for it. A lane's first
//! send has no such time.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use tokio::time::Instant;
use wahana_domain::Clock;

use super::dispatch::redis_mb;
use crate::account::Account;
use crate::cli::ScaleArgs;
use crate::load::bar;
use crate::meter::{Meter, memory_mb};
use crate::report::Report;
use crate::rows::copy_message;
use crate::stack::Stack;
use crate::stub::Taken;
use crate::traffic::Traffic;

/// Lanes per command: about a millisecond of Redis.
const CHUNK: usize = 500;
/// Time limit for all lanes to start.
const BEGIN_WITHIN: Duration = Duration::from_secs(120);

/// Observed allowed times in milliseconds since 1970, by session at WAHA.
type Allowed = HashMap<String, BTreeSet<i64>>;

pub(super) async fn measure(
    stack: &mut Stack,
    lanes: &Account,
    args: &ScaleArgs,
    seed: u64,
    report: &mut Report,
) -> anyhow::Result<()> {
    stack.stop_sending().await;
    stack.clear().await?;
    stack.set_gap(&lanes.session_ids(), args.gap_min_ms, args.gap_max_ms).await?;
    let queued = queue(stack, lanes, args, seed).await?;
    let redis_before = redis_mb(&stack.services.redis_url).await?;
    stack.start_sending()?;
    let began = Instant::now();
    all_began(stack, lanes).await?;
    let begin_s = began.elapsed().as_secs_f64();

    let seconds = (args.minutes * 60.0) as u64;
    let bar = bar(seconds, "at a human pace");
    let mut allowed = Allowed::new();
    note_allowed(stack, lanes, &mut allowed).await?;
    let (meter, clock, from) = (Meter::start(&stack.watched()), Instant::now(), Clock::System.now());
    let sent_before = stack.stub_count().await?;
    let (mut redis_peak, mut memory) = (redis_before, 0.0f64);
    let look = Duration::from_millis(u64::from(args.gap_min_ms / 3)).max(Duration::from_millis(20));
    while clock.elapsed().as_secs_f64() < args.minutes * 60.0 {
        let until = Instant::now() + look;
        note_allowed(stack, lanes, &mut allowed).await?;
        redis_peak = redis_peak.max(redis_mb(&stack.services.redis_url).await?);
        memory = memory.max(memory_mb(&stack.watched()));
        bar.set_position(clock.elapsed().as_secs());
        tokio::time::sleep_until(until).await;
    }
    let (cpu, elapsed) = (meter.stop(), clock.elapsed().as_secs_f64());
    let sent = stack.stub_count().await? - sent_before;
    bar.finish_and_clear();
    stack.stop_sending().await;

    let taken = stack.stub_taken().await?;
    let (lags, unseen) = lags(&taken, &allowed, from.timestamp_micros());
    anyhow::ensure!(
        !lags.is_empty(),
        "no send could be compared with its allowed time: is `next` still in Redis?"
    );
    report.section("at a human pace: from the allowed time of a send to the moment the stub has read it");
    report.put("sessions", f64::from(args.sessions), "each pauses at random between two messages");
    report.put("minutes", args.minutes, "");
    report.put("queued_messages", queued as f64, "at the beginning");
    report.put("msgs_per_s", sent as f64 / elapsed, "");
    report.put_spread("lag", &lags, "");
    report.put("measured_sends", lags.len() as f64, "");
    report.put("unseen_sends", unseen as f64, "whose allowed time was not seen");
    report.put("begin_s", begin_s, "until every lane had sent its first, all at once");
    report.put("pace_redis_mb_before", redis_before, "");
    report.put("pace_redis_mb_peak", redis_peak, "");
    report.put("pace_memory_mb", memory, "the most of all roles and servers together");
    for (name, seconds) in &cpu.0 {
        report.put(format!("pace_{name}_cpu_s_per_min"), seconds / elapsed * 60.0, "");
    }
    report.put(
        "pace_cpu_s_per_10k",
        cpu.sum() / sent.max(1) as f64 * 10_000.0,
        "CPU seconds for 10,000 messages",
    );
    Ok(())
}

/// Enough for every lane until the end, even if each pause is the shortest.
async fn queue(stack: &Stack, lanes: &Account, args: &ScaleArgs, seed: u64) -> anyhow::Result<u64> {
    let each = (args.minutes * 60_000.0 / f64::from(args.gap_min_ms)) as u64 + 4;
    let (n, session_of) = (each * u64::from(args.sessions), lanes.session_of());
    let traffic = Traffic::new(seed);
    let (to, text) = (format!("+{}", traffic.digits(0)), traffic.text(0));
    let template = lanes.send(session_of(0), to, text).await?;
    let filling = bar(n, "queueing messages");
    copy_message(stack.store.pool(), template, n - 1, session_of, &filling).await?;
    filling.finish_and_clear();
    Ok(n)
}

async fn all_began(stack: &Stack, lanes: &Account) -> anyhow::Result<()> {
    let deadline = Instant::now() + BEGIN_WITHIN;
    loop {
        // The count may include second sends of fast lanes, so it is only the first check.
        if stack.stub_count().await? >= lanes.sessions.len() as u64 {
            let began: BTreeSet<String> =
                stack.stub_taken().await?.into_iter().map(|taken| taken.session).collect();
            if began.len() >= lanes.sessions.len() {
                return Ok(());
            }
        }
        anyhow::ensure!(Instant::now() < deadline, "not all lanes begin to send");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Reads the allowed time of every lane.
async fn note_allowed(stack: &Stack, lanes: &Account, allowed: &mut Allowed) -> anyhow::Result<()> {
    let client = redis::Client::open(stack.services.redis_url.as_str())?;
    let mut redis = client.get_multiplexed_async_connection().await?;
    for chunk in lanes.sessions.chunks(CHUNK) {
        let mut pipe = redis::pipe();
        for (id, _) in chunk {
            pipe.cmd("HGET").arg(format!("{{wahana:lanes3}}:l:{}:state", id.0)).arg("next");
        }
        let times: Vec<Option<i64>> = pipe.query_async(&mut redis).await?;
        for ((_, name), time) in chunk.iter().zip(times) {
            if let Some(time) = time {
                allowed.entry(name.clone()).or_default().insert(time);
            }
        }
    }
    Ok(())
}

/// Microseconds that each send since `from_us` started after its allowed time, and how many had none that was
/// seen: the latest before the start, but after the start of the send before.
fn lags(taken: &[Taken], allowed: &Allowed, from_us: i64) -> (Vec<i64>, usize) {
    let mut by_session: HashMap<&str, Vec<i64>> = HashMap::new();
    for taken in taken {
        by_session.entry(&taken.session).or_default().push(taken.at);
    }
    let (mut lags, mut unseen) = (Vec::new(), 0);
    for (session, mut starts) in by_session {
        starts.sort_unstable();
        let times = allowed.get(session);
        for pair in starts.windows(2).filter(|pair| pair[1] >= from_us) {
            let time = times.and_then(|times| times.range(pair[0] / 1_000 + 1..=pair[1] / 1_000).next_back());
            match time {
                Some(time) => lags.push(pair[1] - time * 1_000),
                None => unseen += 1,
            }
        }
    }
    (lags, unseen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(session: &str, at: i64) -> Taken {
        Taken { session: session.into(), chat: String::new(), id: String::new(), at }
    }

    #[test]
    fn a_lag_is_from_the_time_that_held_for_the_send() {
        let sends =
            [taken("a", 1_000_000), taken("a", 31_250_500), taken("a", 70_000_000), taken("b", 5_000_000)];
        let allowed = Allowed::from([("a".to_owned(), BTreeSet::from([31_250, 69_990]))]);
        let (mut lags, unseen) = super::lags(&sends, &allowed, 0);
        lags.sort_unstable();
        assert_eq!((lags, unseen), (vec![500, 10_000], 0));
    }

    #[test]
    fn what_was_not_seen_is_not_guessed() {
        let sends = [taken("a", 1_000_000), taken("a", 40_000_000), taken("a", 80_000_000)];
        let allowed = Allowed::from([("a".to_owned(), BTreeSet::from([79_000]))]);
        assert_eq!(super::lags(&sends, &allowed, 0), (vec![1_000_000], 1));
    }
}
