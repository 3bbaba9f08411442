//! Workers: one handler per job. They act on WAHA and write down what happened. Any number may run; killing one
//! loses nothing, for every act stands behind a fence in Postgres.

mod contacts;
mod fleet;
mod imports;
mod inbox;
mod jobs;
mod lanes;
mod messages;
mod plain;
mod reasons;
mod sessions;

pub use contacts::number_checks::NumberChecks;

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tracing::Instrument;
use url::Url;
use wahana_backoff::Backoff;
use wahana_domain::jobs::Queue;
use wahana_domain::rejections::RejectionLimits;
use wahana_egress::Egress;
use wahana_fleet::Fleet;
use wahana_media::Converters;
use wahana_queue::{LaneWorkerOpts, PlainWorkerOpts, Queue as RedisQueue, QueueError, run_lanes, run_plain};
use wahana_store::{Store, within};

use crate::jobs::heartbeat::AllSlots;
use crate::jobs::leases::Leases;

/// How long a worker that ends may take to say so.
const FAREWELL: Duration = Duration::from_secs(2);
/// First and longest pause until it is asked again whether a backup was restored.
const ASK_AGAIN: [Duration; 2] = [Duration::from_millis(200), Duration::from_secs(2)];

/// What handlers work with.
#[derive(Clone)]
pub struct Workers {
    /// The truth.
    pub store: Store,
    /// What may run now.
    pub queue: RedisQueue,
    /// The WAHA servers.
    pub fleet: Fleet,
    /// The client for addresses that a tenant chose.
    pub egress: Egress,
    /// The programs of this machine that convert files.
    pub converters: Converters,
    /// How much at once, and for how long.
    pub options: WorkerOptions,
}

/// How much at once, and for how long.
#[derive(Clone, Debug)]
pub struct WorkerOptions {
    /// The name of this worker in job rows; a fresh one per process start, see [`owner_name`].
    pub owner: String,
    /// The machine it runs on, for operators.
    pub host: String,
    /// Sends at the same time.
    pub lane_concurrency: usize,
    /// Other jobs at the same time, per queue.
    pub plain_concurrency: usize,
    /// How long a job is ours without a sign of life. Renewed while it runs, so a call may take longer.
    pub lease: Duration,
    /// How numbers are checked.
    pub number_checks: NumberChecks,
    /// How long a chat without the message proves nothing.
    pub doubt: DoubtOptions,
    /// When rejections of WhatsApp are taken for a restriction of the account.
    pub rejections: RejectionLimits,
    /// How WAHA reaches our API, without a trailing slash.
    pub webhook_url: Url,
    /// How long running jobs get to finish after shutdown.
    pub drain: Duration,
    /// Longest sleep between two looks at Redis.
    pub poll: Duration,
}

/// How long a message whose answer was lost stays in doubt, though WAHA's chat does not show it.
#[derive(Clone, Copy, Debug)]
pub struct DoubtOptions {
    /// After our own time limit ended a send, WAHA may still send for this long.
    pub late_send: Duration,
    /// After a session came back, its chats and acks may lag for this long.
    pub settle: Duration,
}

impl Default for DoubtOptions {
    /// WAHA's limit is 120 s for each query of WhatsApp, several per send.
    fn default() -> Self {
        Self { late_send: Duration::from_secs(300), settle: Duration::from_secs(30) }
    }
}

/// A name that no other process start has.
pub fn owner_name() -> String {
    format!("{}-{:08x}", std::process::id(), rand::random::<u32>())
}

impl Workers {
    /// Works until `shutdown`, then drains.
    pub async fn run(self, shutdown: CancellationToken) -> Result<(), QueueError> {
        let options = &self.options;
        let slots = AllSlots::new(options);
        let beats = tokio::spawn(jobs::heartbeat::beat(
            self.store.clone(),
            self.queue.clone(),
            options.clone(),
            self.converters.clone(),
            slots.clone(),
            shutdown.clone(),
        ));
        let lane_opts = LaneWorkerOpts {
            slots: slots.of(Queue::Lanes),
            lease_ms: options.lease.as_millis() as u64,
            poll_ms: options.poll.as_millis() as u64,
            drain: options.drain,
        };
        let leases = Leases::new(self.store.clone(), options.owner.clone(), options.lease);
        let keeper = tokio::spawn(leases.clone().keep());
        let restored = self.restore_point(&shutdown).await;
        let sender =
            Arc::new(messages::Sender::new(self.clone(), leases.clone(), restored.clone(), shutdown.clone()));
        let store = self.store.clone();
        let restores = tokio::spawn(async move { restored.keep(&store).await });
        let lanes = run_lanes(self.queue.clone(), lane_opts, shutdown.clone(), move |claim| {
            let sender = sender.clone();
            let span = tracing::info_span!("job", job.id = %claim.job, lane.id = claim.lane.map(tracing::field::display));
            // Boxed: it is large, and passes through a dozen hands before it runs.
            Box::pin(async move { lanes::handle(&sender, claim).await }.instrument(span))
        });
        let (lanes, inbound, sessions, maintenance, imports, media) = tokio::join!(
            lanes,
            self.run_queue(Queue::Inbound, &slots, &leases, shutdown.clone()),
            self.run_queue(Queue::Sessions, &slots, &leases, shutdown.clone()),
            self.run_queue(Queue::Maintenance, &slots, &leases, shutdown.clone()),
            self.run_queue(Queue::Imports, &slots, &leases, shutdown.clone()),
            self.run_queue(Queue::Media, &slots, &leases, shutdown.clone()),
        );
        keeper.abort();
        restores.abort();
        beats.abort();
        // What is not forgotten now is forgotten for its silence; the end must not wait for it.
        if let Err(error) = within(FAREWELL, self.store.system().workers().forget(&options.owner)).await {
            tracing::debug!(error.message = %error, "cannot say that this worker ended");
        }
        lanes.and(inbound).and(sessions).and(maintenance).and(imports).and(media)
    }

    /// Nothing is sent before this is known.
    async fn restore_point(&self, shutdown: &CancellationToken) -> Arc<messages::RestorePoint> {
        let point = Arc::new(messages::RestorePoint::new());
        let [first, longest] = ASK_AGAIN;
        let mut backoff = Backoff::new(first, longest);
        while let Err(error) = point.learn(&self.store).await {
            tracing::warn!(error.message = %error, "cannot ask for the last restore, trying again");
            let pause = tokio::time::sleep(backoff.next_pause());
            if shutdown.run_until_cancelled(pause).await.is_none() {
                break;
            }
        }
        point
    }

    async fn run_queue(
        &self,
        queue: Queue,
        slots: &AllSlots,
        leases: &Arc<Leases>,
        shutdown: CancellationToken,
    ) -> Result<(), QueueError> {
        let opts = PlainWorkerOpts {
            slots: slots.of(queue),
            poll_ms: self.options.poll.as_millis() as u64,
            drain: self.options.drain,
            ..PlainWorkerOpts::default()
        };
        let (workers, leases) = (self.clone(), leases.clone());
        run_plain(self.queue.clone(), queue.as_str(), opts, shutdown, move |claim| {
            let (workers, leases) = (workers.clone(), leases.clone());
            let span = tracing::info_span!("job", job.id = %claim.job, queue.name = queue.as_str());
            async move { plain::handle(&workers, &leases, queue, claim).await }.instrument(span)
        })
        .await
    }
}
