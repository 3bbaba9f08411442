//! Files of messages and campaigns: whether one may be sent in a way, and whether it has to be fetched or converted first.

use std::time::Duration;

use wahana_domain::messages::{Content, MediaKind, MediaSource, PreparationState};
use wahana_domain::{CampaignId, Names, Rule};
use wahana_media::{FileType, Fit, conversion, fit};
use wahana_store::messages::media::preparations::FileWish;
use wahana_store::{StoreError, Tenant};

use crate::checks::WrongField;

/// Pause between two looks at a file that is being fetched.
const LOOK_AGAIN: Duration = Duration::from_millis(150);

/// Why a file is not taken.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Postgres.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file breaks a rule.
    #[error(transparent)]
    Wrong(#[from] WrongField),
}

/// How far the file of a campaign is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CampaignFile {
    /// It has none, or one that is sent as it is.
    None,
    /// It is ready.
    Ready,
    /// It is being fetched or converted.
    Waiting,
    /// It cannot be had, or not be sent.
    Failed(String),
}

/// Checks bytes that somebody sends with a message.
///
/// # Errors
/// The rule that they break.
pub async fn check_bytes(
    tenant: &Tenant,
    kind: MediaKind,
    bytes: &[u8],
    told: &str,
) -> Result<Result<(), Rule>, StoreError> {
    let checked = check(tenant, kind, &FileType::of(bytes), told, bytes.len() as u64).await?;
    Ok(checked.map(|_| ()))
}

/// What has to be made ready before this content can be sent; `None`: nothing.
///
/// # Errors
/// The upload that it names breaks a rule.
pub async fn wish(tenant: &Tenant, content: &Content) -> Result<Option<FileWish>, FileError> {
    let (Some(media), Some(kind)) = (content.media(), content.media_kind()) else { return Ok(None) };
    let MediaSource::Id(id) = &media.source else { return Ok(FileWish::of(content)) };
    // One that does not exist is refused where the message is recorded.
    let Some(facts) = tenant.media().facts(*id).await? else { return Ok(None) };
    // Uploads of earlier versions are looked at when they are sent.
    let Some(file) = facts.file_type else { return Ok(None) };
    let checked = check(tenant, kind, &file, &media.mimetype, facts.size).await?;
    let converts = checked.map_err(|rule| WrongField::new("content.media.id", rule))?;
    Ok(converts.then(|| FileWish::of(content)).flatten())
}

/// Whether the file has to be converted; or the rule that it breaks.
async fn check(
    tenant: &Tenant,
    kind: MediaKind,
    file: &FileType,
    told: &str,
    size: u64,
) -> Result<Result<bool, Rule>, StoreError> {
    let fits = match fit(kind, file, told) {
        Ok(fits) => fits,
        Err(rule) => return Ok(Err(rule)),
    };
    let limits = tenant.media().limits();
    // A picture that is too large is made smaller.
    let shrinks = kind == MediaKind::Image && fits == Fit::AsIs && size > limits.of(kind);
    let able = match conversion(kind, file) {
        Some(conversion) if fits != Fit::AsIs || shrinks => tenant.media().can_convert(conversion).await?,
        _ => false,
    };
    Ok(match fits {
        // What it becomes is checked when it was converted.
        Fit::AsIs | Fit::Convert | Fit::ConvertOrWaha if able => Ok(true),
        Fit::Convert => Err(Rule::WrongFileType {
            found: file.name.clone().into_owned(),
            kind: kind.as_str().into(),
            takes: Names::of(kind.takes()),
        }),
        Fit::AsIs | Fit::ConvertOrWaha => limits.check(kind, size).map(|()| false),
    })
}

/// How far the file of a campaign is, asked for if nobody did, and again if it failed and `again` is set; waits a little
/// for one that is under way.
///
/// # Errors
/// The upload that it names breaks a rule.
pub async fn of_campaign(
    tenant: &Tenant,
    id: CampaignId,
    content: &Content,
    again: bool,
    patience: Duration,
) -> Result<CampaignFile, FileError> {
    let Some(wish) = wish(tenant, content).await? else { return Ok(CampaignFile::None) };
    let known = tenant.media().of_campaign(id, &wish).await?;
    if known.is_none_or(|known| again && known.state == PreparationState::Failed) {
        tenant.media().want_for_campaign(id, &wish).await?;
    }
    let mut left = patience;
    loop {
        let Some(known) = tenant.media().of_campaign(id, &wish).await? else {
            return Ok(CampaignFile::Waiting);
        };
        match known.state {
            PreparationState::Ready => return Ok(CampaignFile::Ready),
            PreparationState::Failed => return Ok(CampaignFile::Failed(known.detail.unwrap_or_default())),
            PreparationState::Waiting if left.is_zero() => return Ok(CampaignFile::Waiting),
            PreparationState::Waiting => {
                tokio::time::sleep(LOOK_AGAIN).await;
                left = left.saturating_sub(LOOK_AGAIN);
            }
        }
    }
}

/// The field of a content that names its file.
pub fn field(content: &Content) -> &'static str {
    match content.media().map(|media| &media.source) {
        Some(MediaSource::Id(_)) => "content.media.id",
        _ => "content.media.url",
    }
}
