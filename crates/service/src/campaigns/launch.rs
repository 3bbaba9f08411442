//! Launch of a campaign, and the commands after it: unschedule, pause, resume, cancel.

use std::time::Duration;

use chrono::{DateTime, Utc};
use wahana_domain::campaigns::CampaignState;
use wahana_domain::filler::Filler;
use wahana_domain::{CampaignId, Rule};
use wahana_store::Tenant;
use wahana_store::campaigns::{Campaign, CampaignCommand};

use crate::campaigns::audience::anybody_left;
use crate::campaigns::errors::{CampaignError, saved};
use crate::campaigns::forecast::{check_deadline, check_deadline_ahead};
use crate::checks::WrongField;
use crate::messages::media::{self, CampaignFile};

/// How long a launch waits for its file.
const FILE_PATIENCE: Duration = Duration::from_secs(8);

/// Launches a draft: it begins to send, or waits for its `send_at`. Refused if nobody would get it, and if it cannot
/// keep its deadline, unless `accept_late`.
///
/// # Errors
/// See [`CampaignError`].
pub async fn start(
    tenant: &Tenant,
    id: CampaignId,
    accept_late: bool,
    now: DateTime<Utc>,
) -> Result<Campaign, CampaignError> {
    check_anybody_left(tenant, id).await?;
    check_file(tenant, id).await?;
    if !accept_late {
        check_deadline(tenant, id, now).await?;
    }
    command(tenant, id, CampaignCommand::Start).await
}

/// Makes a scheduled campaign a draft again.
///
/// # Errors
/// See [`CampaignError`].
pub async fn unschedule(tenant: &Tenant, id: CampaignId) -> Result<Campaign, CampaignError> {
    command(tenant, id, CampaignCommand::Unschedule).await
}

/// Pauses a running campaign: nothing more of it is sent until it is resumed.
///
/// # Errors
/// See [`CampaignError`].
pub async fn pause(tenant: &Tenant, id: CampaignId) -> Result<Campaign, CampaignError> {
    command(tenant, id, CampaignCommand::Pause).await
}

/// Resumes a paused campaign. Refused if its deadline has passed, unless `accept_late`.
///
/// # Errors
/// See [`CampaignError`].
pub async fn resume(
    tenant: &Tenant,
    id: CampaignId,
    accept_late: bool,
    now: DateTime<Utc>,
) -> Result<Campaign, CampaignError> {
    if !accept_late {
        check_deadline_ahead(tenant, id, now).await?;
    }
    check_file(tenant, id).await?;
    command(tenant, id, CampaignCommand::Resume).await
}

/// Cancels a campaign for good: what is not on its way yet is taken back.
///
/// # Errors
/// See [`CampaignError`].
pub async fn cancel(tenant: &Tenant, id: CampaignId) -> Result<Campaign, CampaignError> {
    command(tenant, id, CampaignCommand::Cancel).await
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
) -> Result<Campaign, CampaignError> {
    saved(tenant.campaigns().command(id, command).await?)
}
