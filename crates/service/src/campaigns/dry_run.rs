//! Dry run of a campaign: who will get it, who will not and why, what its senders can do, and what speaks against
//! launching it. Changes nothing, but has WAHA asked how far the senders' quotas of new chats are used up.

use std::time::Duration;

use chrono::{DateTime, Utc};
use wahana_domain::filler::Filler;
use wahana_domain::messages::Class;
use wahana_domain::{CampaignId, Reason, SessionId};
use wahana_pacing::day;
use wahana_store::campaigns::check::{Audience, CampaignSender, Lacking};
use wahana_store::campaigns::forecast::CampaignOutlook;
use wahana_store::jobs::relay::LaneFacts;
use wahana_store::{StoreError, Tenant};

use crate::campaigns::audience::{audience, left_out};
use crate::campaigns::errors::CampaignError;
use crate::campaigns::findings::{Facts, Finding};
use crate::campaigns::forecast::{CampaignForecast, play};
use crate::messages::line::Line;
use crate::messages::media;

/// How long a dry run waits for a file that is being fetched.
const FILE_PATIENCE: Duration = Duration::from_secs(3);

/// What would become of a campaign if it went out as it is.
#[derive(Clone, Debug)]
pub struct DryRun {
    /// The version of the campaign that was looked at.
    pub version: i32,
    /// The people who have no message yet, counted.
    pub audience: Audience,
    /// How many of them are left out, by reason. Reasons that leave out nobody are not listed.
    pub left_out: Vec<(Reason, i64)>,
    /// The variables that people lack, of those who may be written to.
    pub lacking: Vec<Lacking>,
    /// About how many of those who get it no sender has a chat with.
    pub new_chats: i64,
    /// The sessions that send it.
    pub senders: Vec<SenderOutlook>,
    /// What speaks against launching it, or for another look; the gravest first.
    pub findings: Vec<Finding>,
    /// When it will be through, without those who are left out.
    pub forecast: CampaignForecast,
}

/// A session that sends the campaign, and what it can do.
#[derive(Clone, Debug)]
pub struct SenderOutlook {
    /// The session and its health.
    pub sender: CampaignSender,
    /// What its bulk messages wait for now, and what its caps leave.
    pub line: Line,
    /// Bulk messages that it could send on a whole day like today by its pace.
    pub per_day: u64,
    /// Other running campaigns that it takes turns with.
    pub other_campaigns: u32,
}

/// Tries a campaign. Reads every person who is left.
///
/// # Errors
/// See [`CampaignError`].
pub async fn dry_run(tenant: &Tenant, id: CampaignId, now: DateTime<Utc>) -> Result<DryRun, CampaignError> {
    let campaign = tenant.campaigns().get(id).await?.ok_or(CampaignError::NoCampaign)?;
    let known = tenant.campaigns().forecast_basis(id).await?.ok_or(CampaignError::NoCampaign)?;
    let filler = Filler::new(&campaign.content);
    let (audience, lacking) = audience(tenant, id, &filler).await?;
    tenant.campaigns().ask_accounts(id).await?;
    let sessions = tenant.campaigns().senders(id).await?;
    let senders = senders(tenant, &known, &sessions, now).await?;
    let new_chats = (known.new_chats * audience.to_send() as f64).round() as i64;
    let policies: Vec<_> = known.senders.iter().map(|(facts, _)| facts.state.policy.clone()).collect();
    let forecast = play(without_left_out(known, &audience), now).await?;
    let file = media::of_campaign(tenant, id, &campaign.content, false, FILE_PATIENCE).await?;
    let facts = Facts {
        file: &file,
        audience: &audience,
        template: filler.template(),
        senders: &sessions,
        policies: &policies,
        forecast: &forecast,
    };
    let findings = facts.findings();
    let version = campaign.version;
    Ok(DryRun {
        version,
        audience,
        left_out: left_out(&audience),
        lacking,
        new_chats,
        senders,
        findings,
        forecast,
    })
}

/// Removes recipients that are left out: they take no time.
fn without_left_out(mut known: CampaignOutlook, audience: &Audience) -> CampaignOutlook {
    let share = audience.to_send() as f64 / audience.people.max(1) as f64;
    let mut owed = 0.0;
    for crowd in &mut known.people {
        owed += crowd.n as f64 * share;
        crowd.n = owed.round() as i64;
        owed -= crowd.n as f64;
    }
    known
}

async fn senders(
    tenant: &Tenant,
    known: &CampaignOutlook,
    sessions: &[CampaignSender],
    now: DateTime<Utc>,
) -> Result<Vec<SenderOutlook>, StoreError> {
    let ids: Vec<SessionId> = known.senders.iter().map(|(facts, _)| facts.session).collect();
    let limits = tenant.lanes().limits(&ids).await?;
    let outlook = |(facts, others): &(LaneFacts, u32)| {
        let sender = sessions.iter().find(|session| session.id == facts.session)?.clone();
        let lane = &facts.state;
        Some(SenderOutlook {
            sender,
            line: Line::of(facts, &limits, Class::Bulk, now),
            per_day: day::plan(&lane.policy, lane.warm_up_from, known.new_chats, now).messages,
            other_campaigns: *others,
        })
    };
    Ok(known.senders.iter().filter_map(outlook).collect())
}
