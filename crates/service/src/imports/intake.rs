//! A file that comes: inspected, then recorded with what was recognised in it.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};

use chrono::{DateTime, Utc};
use serde::Deserialize;
use thiserror::Error;
use tokio::sync::mpsc;
use tokio::task::JoinError;
use wahana_audience::AudienceError;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::imports::ImportState;
use wahana_domain::{CampaignId, Country, ImportId};
use wahana_store::imports::{ImportWish, MAX_OPEN, NewImport, Wished};
use wahana_store::{StoreError, Tenant};

use crate::campaigns::errors::ImportError;
use crate::campaigns::import::RecipientImport;
use crate::checks::WrongField;
use crate::contacts::lists::ListError;
use crate::contacts::numbers;
use crate::imports::preview::{ImportPreview, PreviewProblem};
use crate::imports::settings::ImportSettings;

/// Bytes that are written at once.
const PIECE: usize = 1024 * 1024;
/// Pieces that wait between reading and writing.
const AHEAD: usize = 2;

/// Why a file was not taken, or an import not started.
#[derive(Debug, Error)]
pub enum IntakeError {
    /// Postgres.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A field breaks a rule.
    #[error(transparent)]
    Wrong(#[from] WrongField),
    /// It is no list of people.
    #[error(transparent)]
    List(#[from] ListError),
    /// Its campaign takes nobody.
    #[error(transparent)]
    Campaign(#[from] ImportError),
    /// Too many imports wait.
    #[error("at most {MAX_OPEN} imports of an organization wait or run at once")]
    TooMany,
    /// There is no such import.
    #[error("there is no such import")]
    NotFound,
    /// Not in this state.
    #[error("the import is {0}")]
    WrongState(ImportState),
    /// Somebody has to say how it is to be read.
    #[error("{}", .0.detail)]
    Unread(PreviewProblem),
    /// The disk.
    #[error("the file could not be read: {0}")]
    Disk(#[from] std::io::Error),
}

impl From<JoinError> for IntakeError {
    fn from(error: JoinError) -> Self {
        Self::List(error.into())
    }
}

/// Inspects a file and records it as an import that waits to be started.
///
/// # Errors
/// See [`IntakeError`].
pub async fn create(
    tenant: &Tenant,
    file: File,
    file_name: Option<String>,
    campaign: Option<CampaignId>,
    settings: &ImportSettings,
    now: DateTime<Utc>,
) -> Result<ImportId, IntakeError> {
    settings.check()?;
    let (file, preview) = inspect(tenant, file, campaign, settings, now).await?;
    let bytes = file.metadata()?.len();
    let new = NewImport {
        campaign,
        file_name,
        bytes,
        options: serde_json::to_value(settings).map_err(StoreError::from)?,
        preview: serde_json::to_value(&preview).map_err(StoreError::from)?,
    };
    let (sender, pieces) = mpsc::channel(AHEAD);
    let reading = tokio::task::spawn_blocking(move || send_pieces(file, &sender));
    let created = tenant.imports().create(&new, pieces).await;
    reading.await??;
    created?.ok_or(IntakeError::TooMany)
}

/// Reads a waiting file in another way.
///
/// # Errors
/// See [`IntakeError`].
pub async fn change(
    tenant: &Tenant,
    id: ImportId,
    settings: &ImportSettings,
    now: DateTime<Utc>,
) -> Result<(), IntakeError> {
    settings.check()?;
    let import = tenant.imports().get(id).await?.ok_or(IntakeError::NotFound)?;
    if !import.state.can_change() {
        return Err(IntakeError::WrongState(import.state));
    }
    let file = fetch(tenant, id).await?;
    let (_, preview) = inspect(tenant, file, import.campaign, settings, now).await?;
    let options = serde_json::to_value(settings).map_err(StoreError::from)?;
    let preview = serde_json::to_value(&preview).map_err(StoreError::from)?;
    if tenant.imports().set_options(id, options, preview).await? {
        Ok(())
    } else {
        Err(IntakeError::WrongState(ImportState::Queued))
    }
}

/// Has an import checked, started or taken back.
///
/// # Errors
/// See [`IntakeError`].
pub async fn wish(tenant: &Tenant, id: ImportId, wish: ImportWish) -> Result<(), IntakeError> {
    let import = tenant.imports().get(id).await?.ok_or(IntakeError::NotFound)?;
    let problem = Option::<PreviewProblem>::deserialize(&import.preview["problem"]).ok().flatten();
    if let Some(problem) = problem.filter(|_| wish != ImportWish::Undo) {
        return Err(IntakeError::Unread(problem));
    }
    match tenant.imports().wish(id, wish).await? {
        Wished::Taken => Ok(()),
        Wished::NotFound => Err(IntakeError::NotFound),
        Wished::WrongState(state) => Err(IntakeError::WrongState(state)),
    }
}

/// Whether recipients can leave a campaign.
///
/// # Errors
/// When it is no draft any more.
pub async fn undoable(tenant: &Tenant, campaign: CampaignId) -> Result<(), IntakeError> {
    let found = tenant.campaigns().get(campaign).await?.ok_or(ImportError::NoCampaign)?;
    match found.state {
        CampaignState::Draft => Ok(()),
        state => Err(ImportError::WrongState(state).into()),
    }
}

async fn inspect(
    tenant: &Tenant,
    mut file: File,
    campaign: Option<CampaignId>,
    settings: &ImportSettings,
    now: DateTime<Utc>,
) -> Result<(File, ImportPreview), IntakeError> {
    let (country, required) = target(tenant, campaign, settings, now).await?;
    let options = settings.options(country, BTreeSet::new());
    let inspected = tokio::task::spawn_blocking(move || {
        let preview = ImportPreview::of(&file, options, &required)?;
        file.seek(SeekFrom::Start(0))?;
        Ok::<_, AudienceError>((file, preview))
    });
    Ok(inspected.await?.map_err(ListError::from)?)
}

/// The country of numbers without a country code, and the variables that every person must have.
async fn target(
    tenant: &Tenant,
    campaign: Option<CampaignId>,
    settings: &ImportSettings,
    now: DateTime<Utc>,
) -> Result<(Country, BTreeSet<String>), IntakeError> {
    match (campaign, settings.country) {
        (Some(campaign), country) => {
            let import = RecipientImport::new(tenant, campaign, country, now).await?;
            Ok((import.country(), import.required()))
        }
        (None, Some(country)) => Ok((country, BTreeSet::new())),
        (None, None) => Ok((numbers::country(tenant, "").await?, BTreeSet::new())),
    }
}

/// The waiting file of an import, on this machine.
pub(crate) async fn fetch(tenant: &Tenant, id: ImportId) -> Result<File, IntakeError> {
    let mut file = tokio::task::spawn_blocking(tempfile::tempfile).await??;
    let mut n = 0;
    while let Some(piece) = tenant.imports().piece(id, n).await? {
        file = tokio::task::spawn_blocking(move || file.write_all(&piece).map(|()| file)).await??;
        n += 1;
    }
    if n == 0 {
        return Err(IntakeError::NotFound);
    }
    Ok(tokio::task::spawn_blocking(move || file.seek(SeekFrom::Start(0)).map(|_| file)).await??)
}

fn send_pieces(mut file: File, sender: &mpsc::Sender<Vec<u8>>) -> std::io::Result<()> {
    loop {
        let mut piece = Vec::with_capacity(PIECE);
        (&mut file).take(PIECE as u64).read_to_end(&mut piece)?;
        // Nobody listens only when the store failed, and then its error is the answer.
        if piece.is_empty() || sender.blocking_send(piece).is_err() {
            return Ok(());
        }
    }
}
