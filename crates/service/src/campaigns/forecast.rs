//! Forecast of a campaign: when it will be through, and whether it keeps its deadline. The rules are in
//! `wahana_pacing::forecast`; here they get the facts of the store.

use std::time::Duration;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::waiting::WaitingFor;
use wahana_domain::{CampaignId, time_zones};
use wahana_pacing::forecast::{self as simulation, Forecast, Outlook, Sender};
use wahana_store::Tenant;
use wahana_store::campaigns::forecast::CampaignOutlook;

use crate::campaigns::errors::CampaignError;
use crate::jobs::shared_rates::{RateKeeper, of_lane};
use crate::messages::media::{self, CampaignFile};

/// The forecast of a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignForecast {
    /// The end, and each day until then.
    pub course: Forecast,
    /// The campaign's deadline.
    pub finish_by: Option<DateTime<Utc>>,
    /// How many people are still to be written to.
    pub messages: u64,
}

impl CampaignForecast {
    /// Whether it is through by its deadline; `None` without a deadline.
    pub fn finishes_before_deadline(&self) -> Option<bool> {
        self.finish_by.map(|by| self.course.finish.is_some_and(|at| at <= by))
    }

    /// What keeps it from being through earlier: of the first day, if it has an end.
    pub fn waits_for(&self) -> WaitingFor {
        let first = self.course.days.first().map(|day| day.binding);
        self.course.stuck.or(first).unwrap_or(WaitingFor::Turn)
    }
}

/// The forecast of a campaign as things stand now.
///
/// # Errors
/// See [`CampaignError`].
pub async fn forecast(
    tenant: &Tenant,
    id: CampaignId,
    now: DateTime<Utc>,
) -> Result<CampaignForecast, CampaignError> {
    let known = tenant.campaigns().forecast_basis(id).await?.ok_or(CampaignError::NoCampaign)?;
    let running = known.state == CampaignState::Running;
    let mut told = play(known, now).await?;
    if running && file_is_lost(tenant, id).await? {
        told.course.stuck = Some(WaitingFor::File);
        (told.course.finish, told.course.finish_between) = (None, None);
        told.course.days.clear();
    }
    Ok(told)
}

/// Whether a campaign that was launched while its file was being fetched waits for it in vain.
async fn file_is_lost(tenant: &Tenant, id: CampaignId) -> Result<bool, CampaignError> {
    let campaign = tenant.campaigns().get(id).await?.ok_or(CampaignError::NoCampaign)?;
    let file = media::of_campaign(tenant, id, &campaign.content, false, Duration::ZERO).await?;
    Ok(matches!(file, CampaignFile::Failed(_)))
}

/// Refuses the launch of a campaign that cannot keep its deadline. Other obstacles to a launch are found by the launch
/// itself.
///
/// # Errors
/// [`CampaignError::DeadlineMissed`], or nothing can be said of it.
pub async fn check_deadline(
    tenant: &Tenant,
    id: CampaignId,
    now: DateTime<Utc>,
) -> Result<(), CampaignError> {
    let known = tenant.campaigns().forecast_basis(id).await?.ok_or(CampaignError::NoCampaign)?;
    if known.state != CampaignState::Draft || known.people.is_empty() || known.senders.is_empty() {
        return Ok(());
    }
    let Some(finish_by) = known.pace.finish_by else { return Ok(()) };
    let forecast = play(known, now).await?;
    if forecast.finishes_before_deadline() != Some(false) {
        return Ok(());
    }
    let waits_for = forecast.waits_for();
    Err(CampaignError::DeadlineMissed { finish: forecast.course.finish, finish_by, waits_for })
}

/// Refuses to resume a campaign whose deadline has passed.
///
/// # Errors
/// [`CampaignError::DeadlineMissed`], or nothing can be said of it.
pub async fn check_deadline_ahead(
    tenant: &Tenant,
    id: CampaignId,
    now: DateTime<Utc>,
) -> Result<(), CampaignError> {
    let known = tenant.campaigns().forecast_basis(id).await?.ok_or(CampaignError::NoCampaign)?;
    let passed = known.pace.finish_by.filter(|by| *by <= now && known.state == CampaignState::Paused);
    let Some(finish_by) = passed else { return Ok(()) };
    let forecast = play(known, now).await?;
    let waits_for = forecast.waits_for();
    Err(CampaignError::DeadlineMissed { finish: forecast.course.finish, finish_by, waits_for })
}

/// Plays a campaign forward.
pub(crate) async fn play(
    known: CampaignOutlook,
    now: DateTime<Utc>,
) -> Result<CampaignForecast, CampaignError> {
    let (finish_by, outlook) = (known.pace.finish_by, outlook(known, now));
    let messages = outlook.people.iter().map(|(_, n)| n).sum();
    // Some milliseconds per month and sender: too long for the threads that answer requests.
    let course = tokio::task::spawn_blocking(move || simulation::forecast(&outlook)).await?;
    Ok(CampaignForecast { course, finish_by, messages })
}

fn outlook(known: CampaignOutlook, now: DateTime<Utc>) -> Outlook {
    let mut keepers: Vec<RateKeeper> = Vec::new();
    let mut rates = Vec::new();
    let senders: Vec<Sender> = known
        .senders
        .into_iter()
        .map(|(facts, others)| {
            let own = of_lane(&facts).map(|rate| {
                keepers.iter().position(|keeper| *keeper == rate.keeper).unwrap_or_else(|| {
                    keepers.push(rate.keeper);
                    let why = rate.keeper.waiting_for();
                    rates.push(simulation::SharedRate { why, per_minute: rate.per_minute });
                    rates.len() - 1
                })
            });
            Sender { rates: own.collect(), lane: facts.state, others }
        })
        .collect();
    let home = senders.first().map_or(chrono_tz::UTC, |sender| sender.lane.policy.time_zone);
    let people = known.people.iter().map(|crowd| {
        let zones = time_zones::of_person(crowd.time_zone.as_deref(), Some(&crowd.phone), home);
        (zones, crowd.n.max(0) as u64)
    });
    Outlook {
        start: known.send_at.unwrap_or(now).max(now),
        pace: known.pace,
        people: by_zone(people),
        new_chats: known.new_chats,
        rates,
        senders,
    }
}

/// One crowd for each set of time zones, in the order in which they occur.
fn by_zone(people: impl Iterator<Item = (&'static [Tz], u64)>) -> Vec<(&'static [Tz], u64)> {
    let mut crowds: Vec<(&'static [Tz], u64)> = Vec::new();
    for (zones, n) in people {
        match crowds.iter_mut().find(|(known, _)| *known == zones) {
            Some((_, crowd)) => *crowd += n,
            None => crowds.push((zones, n)),
        }
    }
    crowds
}
