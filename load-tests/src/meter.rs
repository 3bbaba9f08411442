//! CPU time by process, from /proc. Zero where there is none.

/// Linux counts the CPU time of processes in hundredths of a second, whatever the kernel's own clock.
const TICKS_PER_SECOND: f64 = 100.0;

/// A process, or a server with all its children.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Watched {
    pub(crate) name: &'static str,
    pub(crate) pid: u32,
    /// Postgres works in child processes, which come and go.
    pub(crate) with_children: bool,
}

/// Measures from its making on.
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
    /// Puts two stretches together.
    pub(crate) fn add(&mut self, other: Self) {
        for (name, seconds) in other.0 {
            match self.0.iter_mut().find(|(known, _)| *known == name) {
                Some((_, sum)) => *sum += seconds,
                None => self.0.push((name, seconds)),
            }
        }
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
    if !watched.with_children {
        return stat.own;
    }
    let pids = std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let children = pids.filter_map(self::stat).filter(|child| child.parent == watched.pid);
    stat.own + stat.reaped_children + children.map(|child| child.own + child.reaped_children).sum::<f64>()
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
    use super::{Meter, Watched};

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
