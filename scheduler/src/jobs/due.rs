//! Bulk messages that are due and need a look each: may this person be written to now, does the campaign's rate allow
//! it, may another chat be begun? Who may not go yet is put off and does not stand in the way of those who may.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use wahana_domain::policy::CampaignPace;
use wahana_domain::{CampaignId, time_zones};
use wahana_pacing::{WaitingFor, Window, new_chats_again, rate, windows};
use wahana_store::jobs::relay::Released;
use wahana_store::jobs::release_due::{Due, DueJob, Held};

use crate::jobs::lane::Lane;
use crate::{RoundError, Scheduler};

/// How many more than fit are looked at, in case some may not go.
const LOOK_AHEAD: u32 = 100;

/// What may be done with one message.
enum Look {
    Go,
    Hold(WaitingFor, DateTime<Utc>),
    /// Somebody else is at its campaign.
    Leave,
}

/// What is left while messages are looked at.
struct Looking<'a> {
    lane: &'a Lane,
    now: DateTime<Utc>,
    new_chats: Option<u32>,
    rates: HashMap<CampaignId, Option<DateTime<Utc>>>,
}

impl Scheduler {
    /// Releases what may go of this lane's due bulk messages.
    pub(crate) async fn release_due(
        &self,
        lane: &mut Lane,
        now: DateTime<Utc>,
    ) -> Result<Vec<Released>, RoundError> {
        let due = self.store.system().lanes().take_due(lane.facts.session, lane.lo + LOOK_AHEAD).await?;
        if due.jobs.is_empty() {
            return Ok(Vec::new());
        }
        let (mut open, mut held) = (Vec::new(), Vec::new());
        let mut looking =
            Looking { lane, now, new_chats: lane.new_chats, rates: due.rates.iter().copied().collect() };
        for job in &due.jobs {
            if open.len() >= lane.lo as usize {
                break;
            }
            match looking.at(job) {
                Look::Go => open.push(job.job),
                Look::Hold(why, until) => held.push(Held { job: job.job, until, why }),
                Look::Leave => {}
            }
        }
        let new_chats = looking.new_chats;
        let rates: Vec<_> = looking.rates.into_iter().filter_map(|(id, due)| Some((id, due?))).collect();
        lane.new_chats = new_chats;
        if open.is_empty()
            && let Some(first) = held.iter().min_by_key(|held| held.until)
        {
            lane.bind_lo(first.why, Some(first.until));
        }
        Ok(Due::release(due, &open, &held, &rates).await?)
    }
}

impl Looking<'_> {
    fn at(&mut self, job: &DueJob) -> Look {
        let policy = &self.lane.facts.state.policy;
        let pace: Option<&CampaignPace> = job.pace.as_deref();
        if let Window::Closed(why, until) = windows::of_sender(policy, pace, self.now) {
            return Look::Hold(why, until);
        }
        if windows::ask_recipient(policy, pace) {
            let zones =
                time_zones::of_person(job.time_zone.as_deref(), job.phone.as_deref(), policy.time_zone);
            if let Some(until) = windows::of_recipient(policy, pace, zones, self.now) {
                return Look::Hold(WaitingFor::RecipientWindow, until);
            }
        }
        if job.new_chat && self.new_chats == Some(0) {
            return self.no_new_chat();
        }
        if let (Some(campaign), Some(per_hour)) = (job.campaign, pace.and_then(|pace| pace.messages_per_hour))
        {
            let Some(due_at) = self.rates.get_mut(&campaign) else { return Look::Leave };
            match rate::allow(per_hour, *due_at, self.now, 1) {
                (0, until) => return Look::Hold(WaitingFor::CampaignRate, until),
                (_, next) => *due_at = Some(next),
            }
        }
        if job.new_chat {
            self.new_chats = self.new_chats.map(|left| left.saturating_sub(1));
        }
        Look::Go
    }

    /// Until midnight, if the day's chats are used up; if some are only on their way, they decide it soon.
    fn no_new_chat(&self) -> Look {
        match wahana_pacing::grant(&self.lane.facts.state, wahana_domain::messages::Class::Bulk, self.now) {
            wahana_pacing::Grant::Open(room) if room.new_chats.is_some_and(|left| left > 0) => Look::Leave,
            _ => Look::Hold(WaitingFor::NewChatCap, new_chats_again(&self.lane.facts.state, self.now)),
        }
    }
}
