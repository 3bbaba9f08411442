//! A worker in a process of its own, so that it can be killed: this test binary run again with one test selected.
//! Its fence is a folder in which each job's file can be created once; what was sent stands in a log.

use std::collections::HashSet;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::{Child, Command};
use tokio_util::sync::CancellationToken;
use wahana_queue::{JobId, LaneWorkerOpts, PlainWorkerOpts, Queue, Settled, run_lanes, run_plain};

use crate::harness::{Kind, PLAIN};

const URL: &str = "QUEUE_CHILD_URL";
const KIND: &str = "QUEUE_CHILD_KIND";
const FOLDER: &str = "QUEUE_CHILD_FOLDER";
const FENCE: &str = "fence";
pub(crate) const CONCURRENCY: usize = 32;
const SEND_TIME: Duration = Duration::from_millis(200);

/// Starts a worker process. It runs until it is killed.
pub(crate) fn spawn(kind: Kind, url: &str, folder: &Path) -> Child {
    Command::new(std::env::current_exe().expect("this binary"))
        .args(["--exact", "child::worker_process", "--nocapture"])
        .env(URL, url)
        .env(KIND, format!("{kind:?}"))
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("the child starts")
}

/// Jobs that took the fence. A process that is killed behind it leaves a job of which nobody knows whether it was sent.
pub(crate) fn fenced(folder: &Path) -> HashSet<JobId> {
    let files = fs::read_dir(folder.join(FENCE)).into_iter().flatten().flatten();
    files.map(|file| file.file_name().to_string_lossy().parse().expect("an id")).collect()
}

/// A line for each time that a job was sent.
pub(crate) fn sends(folder: &Path) -> Vec<JobId> {
    let text = fs::read_to_string(folder.join("sends")).unwrap_or_default();
    text.lines().map(|line| line.parse().expect("whole lines")).collect()
}

/// Not a check: the body of the worker process, idle in an ordinary run.
#[tokio::test(flavor = "multi_thread")]
async fn worker_process() {
    let Ok(url) = std::env::var(URL) else { return };
    let folder = PathBuf::from(std::env::var(FOLDER).expect("folder"));
    fs::create_dir_all(folder.join(FENCE)).expect("a fence");
    let queue = Queue::connect(&url, "t").await.expect("redis");
    let never = CancellationToken::new();
    if std::env::var(KIND).expect("kind") == "Lanes" {
        let opts = LaneWorkerOpts { slots: CONCURRENCY.into(), lease_ms: 2_000, ..Default::default() };
        let handler = move |claim: wahana_queue::Claim| {
            let folder = folder.clone();
            async move {
                send_once(&folder, claim.job).await;
                Settled::Drop
            }
        };
        run_lanes(queue, opts, never, handler).await.expect("runs");
    } else {
        let orphaned_after = Duration::from_secs(4);
        let opts = PlainWorkerOpts { slots: CONCURRENCY.into(), orphaned_after, ..Default::default() };
        let handler = move |claim: wahana_queue::Claim| {
            let folder = folder.clone();
            async move { send_once(&folder, claim.job).await }
        };
        run_plain(queue, PLAIN, opts, never, handler).await.expect("runs");
    }
}

/// The fence, then the send (one line, one write), then the time a send takes.
async fn send_once(folder: &Path, job: JobId) {
    let fence = folder.join(FENCE).join(job.to_string());
    if OpenOptions::new().write(true).create_new(true).open(fence).is_err() {
        return; // taken before: unknown outcome, and a campaign does not resend
    }
    let mut log = OpenOptions::new().append(true).create(true).open(folder.join("sends")).expect("log");
    log.write_all(format!("{job}\n").as_bytes()).expect("log");
    tokio::time::sleep(SEND_TIME).await;
}
