//! What is seen while the demo runs: steps, and a bar with the funnel.

use std::collections::BTreeMap;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use tokio::time::Instant;
use wahana_client::Client;
use wahana_client::types::Progress;
use wahana_domain::CampaignId;
use wahana_domain::campaigns::CampaignState;

/// States in which a message still moves by itself.
const MOVING: [&str; 5] = ["accepted", "scheduled", "queued", "sending", "unknown"];
/// How long nothing may move after the last message was sent, until the phones count as done answering.
const QUIET: Duration = Duration::from_millis(1_500);
/// How long nothing at all may move before the demo gives up.
const STUCK: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(100);

/// Talks to the person at the terminal; on stderr, so that `--json` leaves stdout to the answer.
pub(super) struct Say {
    json: bool,
}

#[expect(clippy::print_stderr, reason = "a person watches")]
impl Say {
    pub(super) fn new(json: bool) -> Self {
        Self { json }
    }

    pub(super) fn step(&self, text: &str) {
        eprintln!("==> {text}");
    }

    pub(super) fn block(&self, text: &str) {
        if !self.json {
            eprintln!("{text}");
        }
    }

    pub(super) fn line(&self, text: &str) {
        eprintln!("{text}");
    }
}

/// How many people are in each state.
pub(super) type States = BTreeMap<String, u64>;

/// Follows a campaign until nobody is waiting and the phones have gone quiet.
pub(super) async fn until_settled(
    client: &Client,
    campaign: CampaignId,
    say: &Say,
) -> anyhow::Result<States> {
    let total = client.campaign_progress(campaign).await?.total;
    let bar = ProgressBar::new(total);
    bar.set_style(ProgressStyle::with_template("    {bar:36} {pos}/{len}  {msg}")?.progress_chars("=> "));
    let mut last = States::new();
    let mut moved = Instant::now();
    let mut shown = Instant::now();
    loop {
        let progress = client.campaign_progress(campaign).await?;
        let states = states(&progress);
        if states != last {
            (moved, last) = (Instant::now(), states);
        }
        let waiting: u64 = MOVING.iter().filter_map(|s| last.get(*s)).sum();
        bar.set_position(total.saturating_sub(waiting));
        bar.set_message(funnel(&last));
        if bar.is_hidden() && shown.elapsed() > Duration::from_secs(2) {
            say.line(&format!("    {}", funnel(&last)));
            shown = Instant::now();
        }
        let settled = waiting == 0 && progress.state == CampaignState::Finished;
        if settled && moved.elapsed() > QUIET || moved.elapsed() > STUCK {
            bar.finish();
            return Ok(last);
        }
        tokio::time::sleep(LOOK).await;
    }
}

fn states(progress: &Progress) -> States {
    let mut states = progress.by_state.clone();
    *states.entry("accepted".into()).or_default() += progress.waiting;
    states.retain(|_, n| *n > 0);
    states
}

/// The funnel as people count it: who has read it has got it, and who has got it was sent to.
pub(super) fn funnel(states: &States) -> String {
    let sum = |names: &[&str]| names.iter().filter_map(|s| states.get(*s)).sum::<u64>();
    let read = sum(&["read", "played"]);
    let delivered = read + sum(&["delivered"]);
    let sent = delivered + sum(&["sent"]);
    format!(
        "queued {}  sent {sent}  delivered {delivered}  read {read}  failed {}",
        sum(&MOVING),
        sum(&["failed", "expired", "cancelled"])
    )
}
