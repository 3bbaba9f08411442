//! The standard `process_*` metrics of Prometheus clients, read at each scrape, and the version of the build.
//! Absent on systems without /proc.

use std::fmt::Write;
use std::fs;

/// Appends them to the text of `/metrics`.
pub(crate) fn render(text: &mut String) {
    let version = env!("CARGO_PKG_VERSION");
    let build_info = format!("wahana_build_info{{version=\"{version}\"}}");
    gauge(text, &build_info, "Always 1; the label is the version that runs.", 1.0);
    let Some(figures) = Figures::read() else { return };
    line(text, "process_cpu_seconds_total", "CPU time of this process.", "counter", figures.cpu_seconds);
    gauge(text, "process_resident_memory_bytes", "Resident memory of this process.", figures.resident_bytes);
    gauge(text, "process_virtual_memory_bytes", "Virtual memory of this process.", figures.virtual_bytes);
    gauge(text, "process_threads", "Threads of this process.", figures.threads);
    let help = "Start of this process in Unix time; a change is a restart.";
    gauge(text, "process_start_time_seconds", help, figures.started_at);
    if let Ok(open) = fs::read_dir("/proc/self/fd") {
        gauge(text, "process_open_fds", "Open files and sockets of this process.", open.count() as f64);
    }
    if let Some(most) = most_open_files() {
        let help = "Most open files and sockets that this process may have.";
        gauge(text, "process_max_fds", help, most);
    }
}

fn gauge(text: &mut String, name: &str, help: &str, value: f64) {
    line(text, name, help, "gauge", value);
}

fn line(text: &mut String, name: &str, help: &str, kind: &str, value: f64) {
    let family = name.split('{').next().unwrap_or(name);
    // Writing to a String does not fail.
    let _ = write!(text, "# HELP {family} {help}\n# TYPE {family} {kind}\n{name} {value}\n");
}

struct Figures {
    cpu_seconds: f64,
    resident_bytes: f64,
    virtual_bytes: f64,
    threads: f64,
    started_at: f64,
}

impl Figures {
    /// proc(5): fields are counted behind the name, which may hold anything but ends with the last `)`.
    fn read() -> Option<Self> {
        let stat = fs::read_to_string("/proc/self/stat").ok()?;
        let behind: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        // Field 3 of proc(5) is the first behind the name.
        let field = |n: usize| behind.get(n - 3)?.parse::<f64>().ok();
        let ticks = sysconf(nix::unistd::SysconfVar::CLK_TCK)?;
        let page = sysconf(nix::unistd::SysconfVar::PAGE_SIZE)?;
        let booted = fs::read_to_string("/proc/stat").ok()?;
        let booted: f64 = booted.lines().find_map(|line| line.strip_prefix("btime "))?.trim().parse().ok()?;
        Some(Self {
            cpu_seconds: (field(14)? + field(15)?) / ticks,
            threads: field(20)?,
            started_at: booted + field(22)? / ticks,
            virtual_bytes: field(23)?,
            resident_bytes: field(24)? * page,
        })
    }
}

fn sysconf(name: nix::unistd::SysconfVar) -> Option<f64> {
    nix::unistd::sysconf(name).ok().flatten().map(|value| value as f64)
}

/// `Max open files   <soft>   <hard>   files`
fn most_open_files() -> Option<f64> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"))?
        .split_whitespace()
        .next()?
        .parse()
        .ok()
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    #[test]
    fn the_figures_are_of_this_process() {
        let mut text = String::new();
        render(&mut text);
        let value = |name: &str| -> f64 {
            let line = text.lines().find(|line| line.starts_with(&format!("{name} ")));
            line.and_then(|line| line.rsplit(' ').next()?.parse().ok())
                .unwrap_or_else(|| panic!("{name} in\n{text}"))
        };
        assert!(value("process_resident_memory_bytes") > 100_000.0);
        assert!(value("process_virtual_memory_bytes") > value("process_resident_memory_bytes"));
        assert!(value("process_threads") >= 1.0);
        assert!(value("process_open_fds") >= 3.0 && value("process_max_fds") > value("process_open_fds"));
        let of = |file: &str| fs::read_to_string(file).expect("proc");
        let booted: f64 = of("/proc/stat")
            .lines()
            .find_map(|line| line.strip_prefix("btime ")?.parse().ok())
            .expect("btime");
        let up: f64 = of("/proc/uptime").split(' ').next().and_then(|up| up.parse().ok()).expect("a number");
        let now = booted + up;
        let age = now - value("process_start_time_seconds");
        assert!((-5.0..86_400.0).contains(&age), "it started {age} s ago");
        assert!(text.contains("wahana_build_info{version=\""), "{text}");
    }
}
