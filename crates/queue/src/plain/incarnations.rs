//! Bookkeeping for the apalis workers of one plain queue in this process.
//!
//! An incarnation is one apalis worker with a unique name. The worker may die (on any Redis error) while its
//! jobs continue; this file then acts for it: it sends heartbeats under its name while jobs run, acks
//! finished ones, gives back jobs that were fetched and never started, and quarantines an entry whose fetch
//! kills one worker after the other.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use redis::Script;

use super::storage::base;
use crate::measure;
use crate::{JobId, Queue, QueueError};

static CLOSE: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("lua/close.lua")));

pub(super) const TICK: Duration = Duration::from_secs(1);
/// Time for tasks that were spawned just before their worker died to register. A later one is not run, because its job
/// is given back by then.
const SETTLING_IN: Duration = Duration::from_millis(200);
/// Finished tasks remembered per incarnation; apalis has far fewer acks in flight.
const REMEMBERED: usize = 2_000;

/// One start of a worker.
pub(super) struct WorkerIncarnation {
    pub name: String,
    tasks: Mutex<Tasks>,
}

#[derive(Default)]
struct Tasks {
    running: HashSet<String>,
    finished: VecDeque<String>,
    over: Option<Instant>,
    died: bool,
    /// Jobs that did not start are being given back.
    closed: bool,
}

impl WorkerIncarnation {
    /// `false` if the job must not start any more: it is given back, and another worker runs it.
    #[must_use]
    pub(super) fn start(&self, task: &str) -> bool {
        let mut tasks = self.tasks();
        if !tasks.closed {
            tasks.running.insert(task.to_owned());
        }
        !tasks.closed
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

/// All incarnations of one `run_plain`, and the jobs whose idempotency key must still be deleted.
pub(super) struct Incarnations {
    queue: Queue,
    name: &'static str,
    all: Mutex<Vec<Arc<WorkerIncarnation>>>,
    unforgotten: Mutex<Vec<JobId>>,
}

impl Incarnations {
    pub(super) fn new(queue: Queue, name: &'static str) -> Self {
        Self { queue, name, all: Mutex::default(), unforgotten: Mutex::default() }
    }

    /// Starts a new incarnation. Its name is never reused, because apalis refuses a name that it saw
    /// recently.
    #[expect(clippy::disallowed_methods, reason = "a name used once, not an id")]
    pub(super) fn begin(&self) -> Arc<WorkerIncarnation> {
        let name = format!("{}-{}", self.name, uuid::Uuid::new_v4().simple());
        let incarnation = Arc::new(WorkerIncarnation { name, tasks: Mutex::default() });
        lock(&self.all).push(incarnation.clone());
        incarnation
    }

    /// Marks the workers of all incarnations as ended; `died` unless they were asked to stop.
    pub(super) fn all_over(&self, died: bool) {
        for incarnation in lock(&self.all).iter() {
            let mut tasks = incarnation.tasks();
            if tasks.over.is_none() {
                (tasks.over, tasks.died) = (Some(Instant::now()), died);
            }
        }
    }

    /// Deletes the idempotency key of the job, so that it may be pushed again. [`Self::tick`] retries it.
    pub(super) async fn forget(&self, job: JobId) {
        if self.delete_dedup_key(job).await.is_err() {
            lock(&self.unforgotten).push(job);
        }
    }

    /// Keeps the payload of an entry that is not a job.
    pub(super) async fn bury(&self, payload: &[u8]) -> Result<(), QueueError> {
        measure::undecodable(self.name);
        let key = format!("{}:undecodable", base(&self.queue, self.name));
        let conn = &mut self.queue.conn.clone();
        Ok(redis::pipe().lpush(&key, payload).ignore().ltrim(&key, 0, 999).ignore().query_async(conn).await?)
    }

    /// Closes incarnations that are over, until the task is aborted.
    pub(super) async fn maintain(&self) {
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tick.tick().await;
            self.tick_logged().await;
        }
    }

    /// After the last incarnation: runs until no write to Redis is left; the caller limits the time.
    pub(super) async fn finish(&self) {
        while !self.tick_logged().await {
            tokio::time::sleep(TICK / 4).await;
        }
    }

    /// `true` if no incarnation and no idempotency key is left.
    async fn tick_logged(&self) -> bool {
        match self.tick().await {
            Ok(clear) => clear,
            Err(error) => {
                measure::redis_error(self.name, "incarnation");
                tracing::debug!(error.message = %error, "cannot update the state of workers in Redis");
                false
            }
        }
    }

    async fn tick(&self) -> Result<bool, QueueError> {
        let incarnations = lock(&self.all).clone();
        for incarnation in incarnations {
            let over = incarnation.tasks().over.map(|since| since.elapsed());
            if over.is_some_and(|since| since > SETTLING_IN) && self.close(&incarnation).await? {
                lock(&self.all).retain(|other| other.name != incarnation.name);
            }
        }
        let owed = std::mem::take(&mut *lock(&self.unforgotten));
        for job in owed {
            self.forget(job).await;
        }
        Ok(lock(&self.all).is_empty() && lock(&self.unforgotten).is_empty())
    }

    /// `true` if nothing of the incarnation is left in Redis.
    async fn close(&self, incarnation: &WorkerIncarnation) -> Result<bool, QueueError> {
        let (running, finished, died) = {
            let mut tasks = incarnation.tasks();
            tasks.closed = true;
            (tasks.running.clone(), tasks.finished.clone(), tasks.died)
        };
        let mut close = CLOSE.key(base(&self.queue, self.name));
        close.arg(&incarnation.name).arg(unix_seconds()).arg(u8::from(died)).arg(running.len());
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

/// The clock that apalis-redis uses for heartbeats.
#[expect(clippy::disallowed_methods, reason = "compared with what apalis-redis wrote by this same clock")]
fn unix_seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}
