//! Launch of a campaign, and the commands after it: unschedule, pause, resume, cancel.

use std::time::Duration;

use chrono::{DateTime, Utc};
use wahana_domain::campaigns::CampaignState;
use wahana_domain::filler::Filler;
use wahana_domain::{CampaignId, Rule};
use wahana_store::Tenant;
use wahana_store::campaigns::{Campaign, CampaignCommand, Changed, CommandTerms};

use crate::campaigns::audience::anybody_left;
use crate::campaigns::errors::{CampaignError, saved};
use crate::campaigns::forecast::{check_deadline, check_deadline_ahead};
use crate::checks::WrongField;
use crate::messages::media::{self, CampaignFile};

/// How long a launch waits for its file.
const FILE_PATIENCE: Duration = Duration::from_secs(8);

/// Launches a draft: it begins to send, or waits for its `send_at`. Refused if it is in another version than the caller
/// looked at, if nobody would get it, and if it cannot keep its deadline, unless `accept_late`.
///
/// # Errors
/// See [`CampaignError`].
pub async fn start(
    tenant: &Tenant,
    id: CampaignId,
    terms: CommandTerms,
    now: DateTime<Utc>,
) -> Result<Campaign, CampaignError> {
    check_version(tenant, id, terms).await?;
    check_anybody_left(tenant, id).await?;
    check_file(tenant, id).await?;
    if !terms.accept_late {
        check_deadline(tenant, id, now).await?;
    }
    let started = command(tenant, id, CampaignCommand::Start, terms).await?;
    tenant.campaigns().ask_accounts(id).await?;
    Ok(started)
}

/// Makes a scheduled campaign a draft again.
///
/// # Errors
/// See [`CampaignError`].
pub async fn unschedule(tenant: &Tenant, id: CampaignId) -> Result<Campaign, CampaignError> {
    command(tenant, id, CampaignCommand::Unschedule, CommandTerms::default()).await
}

/// Pauses a running campaign: nothing more of it is sent until it is resumed.
///
/// # Errors
/// See [`CampaignError`].
pub async fn pause(tenant: &Tenant, id: CampaignId) -> Result<Campaign, CampaignError> {
    command(tenant, id, CampaignCommand::Pause, CommandTerms::default()).await
}

/// Resumes a paused campaign. Refused if it is in another version than the caller looked at, and if its deadline has
/// passed, unless `accept_late`.
///
/// # Errors
/// See [`CampaignError`].
pub async fn resume(
    tenant: &Tenant,
    id: CampaignId,
    terms: CommandTerms,
    now: DateTime<Utc>,
) -> Result<Campaign, CampaignError> {
    check_version(tenant, id, terms).await?;
    if !terms.accept_late {
        check_deadline_ahead(tenant, id, now).await?;
    }
    check_file(tenant, id).await?;
    command(tenant, id, CampaignCommand::Resume, terms).await
}

/// Cancels a campaign for good: what is not on its way yet is taken back.
///
/// # Errors
/// See [`CampaignError`].
pub async fn cancel(tenant: &Tenant, id: CampaignId) -> Result<Campaign, CampaignError> {
    command(tenant, id, CampaignCommand::Cancel, CommandTerms::default()).await
}

/// Refuses another version before anything else is looked at. The command looks again under the campaign's lock.
async fn check_version(tenant: &Tenant, id: CampaignId, terms: CommandTerms) -> Result<(), CampaignError> {
    let Some(wanted) = terms.version else { return Ok(()) };
    let Campaign { version, changed_by: by, updated_at: at, state, .. } =
        tenant.campaigns().get(id).await?.ok_or(CampaignError::NoCampaign)?;
    let open = matches!(state, CampaignState::Draft | CampaignState::Paused);
    if open && version != wanted {
        return Err(CampaignError::Changed(Changed { version, by, at }));
    }
    Ok(())
}

/// Refuses the launch of a draft that everybody is left out of. One without people or without sender is refused by the
/// launch itself.
async fn check_anybody_left(tenant: &Tenant, id: CampaignId) -> Result<(), CampaignError> {
    let campaign = tenant.campaigns().get(id).await?.ok_or(CampaignError::NoCampaign)?;
    if campaign.state != CampaignState::Draft || campaign.total == 0 {
        return Ok(());
    }
    match anybody_left(tenant, id, &Filler::new(&campaign.content)).await? {
        true => Ok(()),
        false => Err(CampaignError::NobodyLeft),
    }
}

/// Refuses a launch whose file cannot be sent. It is fetched once and kept for everybody; one that takes longer than this
/// request holds the people back until it is there.
async fn check_file(tenant: &Tenant, id: CampaignId) -> Result<(), CampaignError> {
    let campaign = tenant.campaigns().get(id).await?.ok_or(CampaignError::NoCampaign)?;
    match media::of_campaign(tenant, id, &campaign.content, true, FILE_PATIENCE).await? {
        CampaignFile::Failed(problem) => {
            Err(WrongField::new(media::field(&campaign.content), Rule::FileNotUsable { problem }).into())
        }
        CampaignFile::None | CampaignFile::Ready | CampaignFile::Waiting => Ok(()),
    }
}

async fn command(
    tenant: &Tenant,
    id: CampaignId,
    command: CampaignCommand,
    terms: CommandTerms,
) -> Result<Campaign, CampaignError> {
    saved(tenant.campaigns().command(id, command, terms).await?)
}
