//! The plan of faults and their times, drawn from the seed before anything starts, so that a seed always
//! gives the same plan. It must never read the clock.

use std::fmt;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use super::net::Weather;
use super::roles::{LEASE, ROLES, name};

/// Time without faults at the beginning, until messages are being sent.
const LEAD: Duration = Duration::from_secs(2);

/// A server that all processes share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Server {
    Postgres,
    Redis,
    Waha,
    /// The API as WAHA reaches it.
    Webhooks,
    /// The API as customers reach it.
    Customers,
}

/// Stands for all processes, in place of a number.
const EVERYBODY: usize = usize::MAX;

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// `kill -9` of a process; started again at the end.
    Kill(usize),
    /// SIGSTOP, then SIGCONT.
    Freeze(usize),
    /// SIGTERM as in a rolling deploy; it must end in time, and is started again.
    Deploy(usize),
    /// `kill -9` of Redis, which keeps nothing.
    RedisDies,
    /// `FLUSHALL`.
    RedisForgets,
    /// SIGSTOP of Redis.
    RedisStalls,
    /// `kill -9` of Postgres.
    PostgresDies,
    /// SIGINT: a fast restart.
    PostgresFast,
    /// SIGQUIT: an immediate restart, with recovery.
    PostgresImmediate,
    /// The WAHA node restarts: pending webhooks are gone, sessions start again.
    NodeRestarts,
    /// WAHA hangs, refuses and cuts connections before and after it sent.
    WahaErrs,
    /// The network between one process (or all) and a server.
    Network { process: Option<usize>, server: Server, weather: Weather },
}

/// A fault in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Event {
    /// From the start of the traffic.
    pub(super) at: Duration,
    /// Duration.
    pub(super) lasts: Duration,
    /// The kind.
    pub(super) fault: Fault,
}

/// Draws faults for this duration; all of them end within it.
pub(super) fn draw(seed: u64, length: Duration) -> Vec<Event> {
    let mut rng = StdRng::seed_from_u64(seed);
    let (mut plan, mut deck, mut at) = (Vec::<Event>::new(), Vec::new(), LEAD);
    while at < length {
        if deck.is_empty() {
            deck = Kind::ALL.to_vec();
            deck.shuffle(&mut rng);
        }
        let Some(kind) = deck.pop() else { break };
        let (fault, lasts) = kind.draw(&mut rng);
        let busy = plan.iter().filter(|e| e.fault.touches(fault)).map(|e| e.at + e.lasts).max();
        let event = Event { at: at.max(busy.unwrap_or_default()), lasts, fault };
        if event.at + event.lasts <= length {
            plan.push(event);
        }
        at += millis(&mut rng, 400, 2_800);
    }
    plan.sort_by_key(|event| event.at);
    plan
}

fn millis(rng: &mut StdRng, from: u64, to: u64) -> Duration {
    Duration::from_millis(rng.random_range(from..=to))
}

/// Kinds of faults; each comes once before one comes twice.
#[derive(Clone, Copy, Debug)]
enum Kind {
    KillWorker,
    KillScheduler,
    KillApi,
    FreezeBriefly,
    FreezeBeyondLease,
    Deploy,
    RedisDies,
    RedisForgets,
    RedisStalls,
    PostgresDies,
    PostgresFast,
    PostgresImmediate,
    NodeRestarts,
    WahaErrs,
    PostgresLink,
    PostgresLinkForgotten,
    RedisLink,
    RedisLinkForgotten,
    WahaLink,
    WebhookLink,
    CustomerLink,
}

impl Kind {
    const ALL: [Self; 21] = [
        Self::KillWorker,
        Self::KillScheduler,
        Self::KillApi,
        Self::FreezeBriefly,
        Self::FreezeBeyondLease,
        Self::Deploy,
        Self::RedisDies,
        Self::RedisForgets,
        Self::RedisStalls,
        Self::PostgresDies,
        Self::PostgresFast,
        Self::PostgresImmediate,
        Self::NodeRestarts,
        Self::WahaErrs,
        Self::PostgresLink,
        Self::PostgresLinkForgotten,
        Self::RedisLink,
        Self::RedisLinkForgotten,
        Self::WahaLink,
        Self::WebhookLink,
        Self::CustomerLink,
    ];

    fn draw(self, rng: &mut StdRng) -> (Fault, Duration) {
        let one_of = |rng: &mut StdRng, role: &str| {
            let fitting: Vec<usize> =
                (0..ROLES.len()).filter(|n| role.is_empty() || ROLES[*n] == role).collect();
            fitting[rng.random_range(0..fitting.len())]
        };
        let lease = u64::try_from(LEASE.as_millis()).unwrap_or(u64::MAX);
        match self {
            Self::KillWorker => (Fault::Kill(one_of(rng, "worker")), millis(rng, 100, 4_000)),
            Self::KillScheduler => (Fault::Kill(one_of(rng, "scheduler")), millis(rng, 100, 4_000)),
            Self::KillApi => (Fault::Kill(one_of(rng, "api")), millis(rng, 100, 4_000)),
            Self::FreezeBriefly => (Fault::Freeze(one_of(rng, "")), millis(rng, 500, 3_000)),
            Self::FreezeBeyondLease => {
                (Fault::Freeze(one_of(rng, "worker")), millis(rng, lease + 1_000, lease + 4_000))
            }
            Self::Deploy => (Fault::Deploy(one_of(rng, "")), millis(rng, 6_000, 7_000)),
            Self::RedisDies => (Fault::RedisDies, millis(rng, 100, 4_000)),
            Self::RedisForgets => (Fault::RedisForgets, Duration::ZERO),
            Self::RedisStalls => (Fault::RedisStalls, millis(rng, 1_000, 7_000)),
            Self::PostgresDies => (Fault::PostgresDies, millis(rng, 100, 7_000)),
            Self::PostgresFast => (Fault::PostgresFast, millis(rng, 1_000, 2_000)),
            Self::PostgresImmediate => (Fault::PostgresImmediate, millis(rng, 1_000, 2_000)),
            Self::NodeRestarts => (Fault::NodeRestarts, millis(rng, 500, 1_000)),
            Self::WahaErrs => (Fault::WahaErrs, millis(rng, 2_000, 6_000)),
            Self::PostgresLink => network(rng, true, Server::Postgres),
            Self::RedisLink => network(rng, true, Server::Redis),
            Self::PostgresLinkForgotten => forgotten(rng, Server::Postgres),
            Self::RedisLinkForgotten => forgotten(rng, Server::Redis),
            Self::WahaLink => network(rng, false, Server::Waha),
            Self::WebhookLink => network(rng, false, Server::Webhooks),
            Self::CustomerLink => network(rng, false, Server::Customers),
        }
    }
}

fn network(rng: &mut StdRng, of_one: bool, server: Server) -> (Fault, Duration) {
    let process = of_one.then(|| rng.random_range(0..ROLES.len()));
    let weather = match rng.random_range(0..4) {
        0 => Weather::Slow(millis(rng, 20, 400)),
        1 => Weather::Cut,
        2 => Weather::BlackHole,
        _ => Weather::AnswersLost,
    };
    (Fault::Network { process, server, weather }, millis(rng, 1_000, 7_000))
}

/// A firewall that lost its table: the connections are dead, and neither side knows.
fn forgotten(rng: &mut StdRng, server: Server) -> (Fault, Duration) {
    let process = rng.random_bool(0.7).then(|| rng.random_range(0..ROLES.len()));
    (Fault::Network { process, server, weather: Weather::Forgotten }, Duration::from_secs(1))
}

impl Fault {
    /// Whether the two must not happen at the same time, because the end of one would end the other.
    fn touches(self, other: Self) -> bool {
        let (one, two) = (self.subject(), other.subject());
        one == two || (one.0 == two.0 && (one.1 == EVERYBODY || two.1 == EVERYBODY))
    }

    fn subject(self) -> (u8, usize) {
        match self {
            Self::Kill(process) | Self::Freeze(process) | Self::Deploy(process) => (0, process),
            Self::RedisDies | Self::RedisForgets | Self::RedisStalls => (1, 0),
            Self::PostgresDies | Self::PostgresFast | Self::PostgresImmediate => (2, 0),
            Self::NodeRestarts | Self::WahaErrs => (3, 0),
            Self::Network { process, server, .. } => (4 + server as u8, process.unwrap_or(EVERYBODY)),
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:6.1} s  {:4.1} s  {}", self.at.as_secs_f64(), self.lasts.as_secs_f64(), self.fault)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kill(process) => write!(f, "kill -9 {}", name(*process)),
            Self::Freeze(process) => write!(f, "SIGSTOP {}", name(*process)),
            Self::Deploy(process) => write!(f, "SIGTERM {}, and start again", name(*process)),
            Self::RedisDies => f.write_str("kill -9 redis"),
            Self::RedisForgets => f.write_str("FLUSHALL"),
            Self::RedisStalls => f.write_str("SIGSTOP redis"),
            Self::PostgresDies => f.write_str("kill -9 postgres"),
            Self::PostgresFast => f.write_str("postgres restarts, fast"),
            Self::PostgresImmediate => f.write_str("postgres restarts, immediate"),
            Self::NodeRestarts => f.write_str("the WAHA node restarts"),
            Self::WahaErrs => f.write_str("WAHA hangs, refuses and cuts connections"),
            Self::Network { process, server, weather } => {
                let from = process.map_or_else(|| "all".to_owned(), name);
                write!(f, "network {from} -> {server:?}: {weather:?}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::draw;

    #[test]
    fn a_seed_is_a_plan_and_every_kind_of_fault_comes() {
        let length = Duration::from_secs(180);
        let plan = draw(7, length);
        assert_eq!(plan, draw(7, length));
        assert_ne!(plan, draw(8, length));
        assert!(plan.iter().all(|e| e.at + e.lasts <= length), "all of it ends in time");
        let kinds: std::collections::HashSet<_> =
            plan.iter().map(|e| std::mem::discriminant(&e.fault)).collect();
        assert_eq!(kinds.len(), 12, "every variant of Fault: {plan:?}");
        for (n, event) in plan.iter().enumerate() {
            let clash = plan[..n].iter().find(|e| e.fault.touches(event.fault) && e.at + e.lasts > event.at);
            assert!(clash.is_none(), "{event} while {clash:?}");
        }
    }
}
