//! CPU time and memory by process, from /proc. Zero on systems without it.

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Linux reports the CPU time of processes in hundredths of a second.
const TICKS_PER_SECOND: f64 = 100.0;

/// A process, or a server with all its children.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Watched {
    pub(crate) name: &'static str,
    pub(crate) pid: u32,
    /// Postgres works in child processes, whose number changes.
    pub(crate) with_children: bool,
}

/// Measures from its creation.
pub(crate) struct Meter {
    watched: Vec<Watched>,
    before: Vec<f64>,
}

/// Seconds of CPU by process.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cpu(pub(crate) Vec<(&'static str, f64)>);

impl Meter {
    pub(crate) fn start(watched: &[Watched]) -> Self {
        Self { before: watched.iter().map(|w| seconds(*w)).collect(), watched: watched.to_vec() }
    }

    pub(crate) fn stop(self) -> Cpu {
        Cpu(self.watched.iter().zip(self.before).map(|(w, before)| (w.name, seconds(*w) - before)).collect())
    }
}

impl Cpu {
    /// Combines two periods.
    pub(crate) fn add(&mut self, other: Self) {
        for (name, seconds) in other.0 {
            match self.0.iter_mut().find(|(known, _)| *known == name) {
                Some((_, sum)) => *sum += seconds,
                None => self.0.push((name, seconds)),
            }
        }
    }

    /// Of these processes.
    pub(crate) fn only(self, names: &[&str]) -> Self {
        Self(self.0.into_iter().filter(|(name, _)| names.contains(name)).collect())
    }

    /// Of all.
    pub(crate) fn sum(&self) -> f64 {
        self.0.iter().map(|(_, seconds)| seconds).sum()
    }

    /// Of one process.
    pub(crate) fn of(&self, name: &str) -> f64 {
        self.0.iter().find(|(known, _)| *known == name).map_or(0.0, |(_, seconds)| *seconds)
    }
}

struct Stat {
    parent: u32,
    own: f64,
    reaped_children: f64,
}

fn seconds(watched: Watched) -> f64 {
    let Some(stat) = stat(watched.pid) else { return 0.0 };
    let children = children(watched).into_iter().filter_map(self::stat);
    let reaped = if watched.with_children { stat.reaped_children } else { 0.0 };
    stat.own + reaped + children.map(|child| child.own + child.reaped_children).sum::<f64>()
}

/// Its current child processes, if they count.
fn children(watched: Watched) -> Vec<u32> {
    if !watched.with_children {
        return Vec::new();
    }
    let pids = std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(|pid| stat(*pid).is_some_and(|stat| stat.parent == watched.pid)).collect()
}

/// Current memory of these processes, in MiB; shared pages count once.
pub(crate) fn memory_mb(watched: &[Watched]) -> f64 {
    let pids = watched.iter().flat_map(|w| children(*w).into_iter().chain([w.pid]));
    pids.filter_map(proportional_kib).sum::<f64>() / 1024.0
}

/// Its share of the pages it holds ("Pss" of proc_pid_smaps_rollup(5)).
fn proportional_kib(pid: u32) -> Option<f64> {
    let rollup = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Samples the memory of some processes once a second; more often would slow them down.
pub(crate) struct PeakMemory {
    enough: CancellationToken,
    looking: JoinHandle<f64>,
}

impl PeakMemory {
    pub(crate) fn watch(watched: Vec<Watched>) -> Self {
        let enough = CancellationToken::new();
        let told = enough.clone();
        let looking = tokio::spawn(async move {
            let mut peak = memory_mb(&watched);
            while told.run_until_cancelled(tokio::time::sleep(Duration::from_secs(1))).await.is_some() {
                peak = peak.max(memory_mb(&watched));
            }
            peak.max(memory_mb(&watched))
        });
        Self { enough, looking }
    }

    /// The peak of their sum, in MiB.
    pub(crate) async fn stop(self) -> f64 {
        self.enough.cancel();
        self.looking.await.unwrap_or_default()
    }
}

/// proc_pid_stat(5): the name in parentheses may hold anything, so fields are counted behind it.
fn stat(pid: u32) -> Option<Stat> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some(Stat {
        parent: fields.get(1)?.parse().ok()?,
        own: (ticks(11)? + ticks(12)?) / TICKS_PER_SECOND,
        reaped_children: (ticks(13)? + ticks(14)?) / TICKS_PER_SECOND,
    })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::{Meter, PeakMemory, Watched};

    #[tokio::test]
    async fn memory_of_this_process_shows() {
        let me = Watched { name: "me", pid: std::process::id(), with_children: false };
        let watch = PeakMemory::watch(vec![me]);
        let held = std::hint::black_box(vec![1u8; 32 << 20]);
        let peak = watch.stop().await;
        assert!(peak > 32.0 && held.len() == 32 << 20, "{peak} MiB");
    }

    #[test]
    fn work_of_this_process_shows() {
        let watched = [Watched { name: "me", pid: std::process::id(), with_children: false }];
        let meter = Meter::start(&watched);
        let started = std::time::Instant::now();
        while started.elapsed().as_millis() < 60 {
            std::hint::black_box(started);
        }
        let cpu = meter.stop();
        assert!(cpu.of("me") > 0.0 && cpu.of("nobody") == 0.0);
    }
}
