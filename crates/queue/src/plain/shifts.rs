//! The books of the workers of one plain queue in this process.
//!
//! A shift is one life of an apalis worker, under a name of its own. Its worker may die (any Redis error) while its
//! jobs run on; this file then stands in for it: it keeps the name alive while something runs, acks what finished, gives
//! back what was fetched but never started, and puts aside an entry whose fetch kills one worker after the other.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use redis::Script;

use super::storage::base;
use crate::measure;
use crate::{JobId, Queue, QueueError};

static CLOSE: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("lua/close.lua")));

pub(super) const TICK: Duration = Duration::from_secs(1);
/// A task that was just spawned when its worker died has had the time to say that it runs.
const SETTLING_IN: Duration = Duration::from_millis(200);
/// Finished tasks remembered per shift; apalis has far fewer acks under way.
const REMEMBERED: usize = 2_000;

/// One life of a worker.
pub(super) struct Shift {
    pub name: String,
    tasks: Mutex<Tasks>,
}

#[derive(Default)]
struct Tasks {
    running: HashSet<String>,
    finished: VecDeque<String>,
    over: Option<Instant>,
    died: bool,
}

impl Shift {
    pub(super) fn started(&self, task: &str) {
        self.tasks().running.insert(task.to_owned());
    }

    pub(super) fn finished(&self, task: String) {
        let mut tasks = self.tasks();
        tasks.running.remove(&task);
        if tasks.finished.len() == REMEMBERED && tasks.over.is_none() {
            tasks.finished.pop_front();
        }
        tasks.finished.push_back(task);
    }

    fn tasks(&self) -> MutexGuard<'_, Tasks> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// All shifts of one `run_plain`, and the jobs whose dedup key still has to go.
pub(super) struct Shifts {
    queue: Queue,
    name: &'static str,
    all: Mutex<Vec<Arc<Shift>>>,
    unforgotten: Mutex<Vec<JobId>>,
}

impl Shifts {
    pub(super) fn new(queue: Queue, name: &'static str) -> Self {
        Self { queue, name, all: Mutex::default(), unforgotten: Mutex::default() }
    }

    /// Begins a new shift; the name is used once and never again (apalis refuses a name it saw lately).
    #[expect(clippy::disallowed_methods, reason = "a name used once, not an id")]
    pub(super) fn begin(&self) -> Arc<Shift> {
        let name = format!("{}-{}", self.name, uuid::Uuid::new_v4().simple());
        let shift = Arc::new(Shift { name, tasks: Mutex::default() });
        lock(&self.all).push(shift.clone());
        shift
    }

    /// The worker of every shift so far has ended: `died` if nobody had asked it to stop.
    pub(super) fn all_over(&self, died: bool) {
        for shift in lock(&self.all).iter() {
            let mut tasks = shift.tasks();
            if tasks.over.is_none() {
                (tasks.over, tasks.died) = (Some(Instant::now()), died);
            }
        }
    }

    /// The job may be pushed again. Retried by [`Self::tick`] until Redis took it.
    pub(super) async fn forget(&self, job: JobId) {
        if self.delete_dedup_key(job).await.is_err() {
            lock(&self.unforgotten).push(job);
        }
    }

    /// Keeps the payload of something that was no job.
    pub(super) async fn bury(&self, payload: &[u8]) -> Result<(), QueueError> {
        measure::undecodable(self.name);
        let key = format!("{}:undecodable", base(&self.queue, self.name));
        let conn = &mut self.queue.conn.clone();
        Ok(redis::pipe().lpush(&key, payload).ignore().ltrim(&key, 0, 999).ignore().query_async(conn).await?)
    }

    /// Closes shifts that are over, for ever; abort the task to end it.
    pub(super) async fn keep_books(&self) {
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tick.tick().await;
            self.tick_logged().await;
        }
    }

    /// After the last shift: until nothing is owed to Redis or the caller's patience ends.
    pub(super) async fn close_books(&self) {
        while !self.tick_logged().await {
            tokio::time::sleep(TICK / 4).await;
        }
    }

    /// `true`: no shift and no dedup key is left.
    async fn tick_logged(&self) -> bool {
        match self.tick().await {
            Ok(clear) => clear,
            Err(error) => {
                measure::redis_error(self.name, "shift");
                tracing::debug!(error.message = %error, "cannot keep the books of the workers");
                false
            }
        }
    }

    async fn tick(&self) -> Result<bool, QueueError> {
        let shifts = lock(&self.all).clone();
        for shift in shifts {
            let over = shift.tasks().over.map(|since| since.elapsed());
            if over.is_some_and(|since| since > SETTLING_IN) && self.close(&shift).await? {
                lock(&self.all).retain(|other| other.name != shift.name);
            }
        }
        let owed = std::mem::take(&mut *lock(&self.unforgotten));
        for job in owed {
            self.forget(job).await;
        }
        Ok(lock(&self.all).is_empty() && lock(&self.unforgotten).is_empty())
    }

    /// `true` when nothing of the shift is left.
    async fn close(&self, shift: &Shift) -> Result<bool, QueueError> {
        let (running, finished, died) = {
            let tasks = shift.tasks();
            (tasks.running.clone(), tasks.finished.clone(), tasks.died)
        };
        let mut close = CLOSE.key(base(&self.queue, self.name));
        close.arg(&shift.name).arg(unix_seconds()).arg(u8::from(died)).arg(running.len());
        running.iter().chain(&finished).for_each(|task| {
            close.arg(task);
        });
        let left: u64 = close.invoke_async(&mut self.queue.conn.clone()).await?;
        Ok(left == 0)
    }

    async fn delete_dedup_key(&self, job: JobId) -> Result<(), QueueError> {
        let key = format!("{}:idempotency:{job}", base(&self.queue, self.name));
        Ok(redis::cmd("DEL").arg(key).query_async::<i64>(&mut self.queue.conn.clone()).await.map(drop)?)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The clock apalis-redis itself writes heartbeats with.
#[expect(clippy::disallowed_methods, reason = "compared with what apalis-redis wrote by this same clock")]
fn unix_seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}
