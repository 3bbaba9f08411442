//! The run of an import by a worker: it is checked, its people are saved, or it is taken back. A run may be killed at
//! any line: people of the address book are saved batch by batch with the line that is reached, recipients of a campaign
//! all at once.

use std::collections::BTreeSet;
use std::fs::File;

use tokio::sync::mpsc;
use wahana_audience::{AudienceError, Event, Reader};
use wahana_domain::imports::ImportState;
use wahana_domain::recipients::ListWarning;
use wahana_domain::{CampaignId, ImportId};
use wahana_store::imports::{Claimed, Import, ImportBatch};
use wahana_store::{StoreError, Tenant};

use crate::campaigns::errors::ImportError;
use crate::campaigns::import::{ImportLimits, RecipientImport};
use crate::campaigns::sources::Source;
use crate::contacts::batches::PersonBatch;
use crate::contacts::lists::{self, ListError};
use crate::contacts::numbers;
use crate::imports::intake::{IntakeError, fetch};
use crate::imports::settings::ImportSettings;

/// Lines that are written at once.
const BATCH: i64 = 1000;
/// Batches that wait between reading and writing.
const AHEAD: usize = 2;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ran {
    /// Nothing is left to do.
    Done,
    /// Other imports of the organization come first.
    Later,
}

/// Does what is to be done about an import.
///
/// # Errors
/// When Postgres or the disk failed: run it again.
pub async fn run(tenant: &Tenant, id: ImportId) -> Result<Ran, StoreError> {
    let state = match tenant.imports().claim(id).await? {
        Claimed::Nothing => return Ok(Ran::Done),
        Claimed::Later => return Ok(Ran::Later),
        Claimed::Go(state) => state,
    };
    let Some(import) = tenant.imports().get(id).await? else { return Ok(Ran::Done) };
    let done = match state {
        ImportState::Undoing => undo(tenant, &import).await,
        _ => read(tenant, &import, state).await,
    };
    match done {
        Ok(()) => Ok(Ran::Done),
        Err(IntakeError::Store(error)) => Err(error),
        Err(IntakeError::Disk(error)) => Err(StoreError::Unreadable(error.to_string())),
        Err(IntakeError::Campaign(ImportError::Store(error))) => Err(error),
        Err(error) => {
            record_failure(tenant, id, &error).await?;
            Ok(Ran::Done)
        }
    }
}

/// Writes down why an import failed.
async fn record_failure(tenant: &Tenant, id: ImportId, error: &IntakeError) -> Result<(), StoreError> {
    let code = match error {
        IntakeError::List(ListError::NoList(error))
        | IntakeError::Campaign(ImportError::List(ListError::NoList(error))) => error.code(),
        IntakeError::Campaign(ImportError::TooMany { .. }) => "too_many_recipients",
        IntakeError::Campaign(ImportError::WrongState(_)) => "wrong_state",
        IntakeError::Campaign(ImportError::NoCampaign) | IntakeError::NotFound => "not_found",
        IntakeError::Wrong(_) | IntakeError::Campaign(ImportError::Wrong(_)) => "invalid_field",
        _ => "internal",
    };
    tenant.imports().fail(id, code, &error.to_string()).await
}

async fn read(tenant: &Tenant, import: &Import, state: ImportState) -> Result<(), IntakeError> {
    let settings: ImportSettings =
        serde_json::from_value(import.options.clone()).map_err(StoreError::from)?;
    let file = fetch(tenant, import.id).await?;
    match import.campaign {
        None => address_book(tenant, import, state, &settings, file).await,
        Some(campaign) => recipients(tenant, import, state, &settings, campaign, file).await,
    }
}

/// Adds all people of a list to a campaign, or nobody.
async fn recipients(
    tenant: &Tenant,
    import: &Import,
    state: ImportState,
    settings: &ImportSettings,
    campaign: CampaignId,
    file: File,
) -> Result<(), IntakeError> {
    let run = RecipientImport::new(tenant, campaign, settings.country, import.created_at).await?;
    let options = settings.options(run.country(), run.required());
    let reader = lists::open(file, options).await?;
    let warnings = reader.warnings();
    let dry_run = state == ImportState::Checking;
    let limits = ImportLimits { most: settings.most, dry_run, import: Some(import.id) };
    let report = match run.run(tenant, Source::File(Box::new(reader)), limits).await {
        // Another worker ended it.
        Err(ImportError::Endless) => return Ok(()),
        report => report?,
    };
    let mut batch =
        ImportBatch { lines: report.total_lines as i64, rejects: report.rejects, ..ImportBatch::default() };
    batch.warnings = report.warnings.iter().map(|(code, lines)| (code.as_str(), *lines)).collect();
    warnings.iter().for_each(|code| *batch.warnings.entry(code.as_str()).or_default() += 1);
    if dry_run {
        tenant.imports().set_report(import.id, &batch, report.counts.accepted).await?;
        tenant.imports().finish(import.id, ImportState::Checking, ImportState::Checked).await?;
    } else {
        tenant.imports().set_lines(import.id, &batch).await?;
    }
    Ok(())
}

/// Saves people batch by batch, behind the line that is done.
async fn address_book(
    tenant: &Tenant,
    import: &Import,
    state: ImportState,
    settings: &ImportSettings,
    file: File,
) -> Result<(), IntakeError> {
    let country = match settings.country {
        Some(country) => country,
        None => numbers::country(tenant, "").await?,
    };
    let reader = lists::open(file, settings.options(country, BTreeSet::new())).await?;
    let (sender, mut batches) = mpsc::channel(AHEAD);
    let (tag, mut position) = (settings.tag.clone(), import.position);
    let reading = tokio::task::spawn_blocking(move || send_batches(reader, position, tag, &sender));
    while let Some(batch) = batches.recv().await {
        let imports = tenant.imports();
        let went_on = match state {
            ImportState::Checking => imports.check_batch(import.id, position, &batch).await?,
            _ => imports.save_batch(import.id, position, &batch).await?,
        };
        if !went_on {
            return Ok(());
        }
        position = batch.last;
    }
    reading.await?.map_err(ListError::from)?;
    let end = if state == ImportState::Checking { ImportState::Checked } else { ImportState::Done };
    Ok(tenant.imports().finish(import.id, state, end).await?)
}

fn send_batches(
    reader: Reader<File>,
    position: i64,
    tag: Option<String>,
    sender: &mpsc::Sender<ImportBatch>,
) -> Result<(), AudienceError> {
    let columns = reader.columns().to_vec();
    let tags_variable = reader.tags_variable().map(str::to_owned);
    let tags: Vec<String> = tag.into_iter().collect();
    let mut batch = Batcher::default();
    if position == 0 {
        batch.warn(&reader.warnings());
    }
    for event in reader {
        match event? {
            Event::Row(row) if row.line as i64 <= position => continue,
            Event::Rejected(refused) if refused.line as i64 <= position => continue,
            Event::Row(row) => {
                batch.end_line(row.line);
                batch.warn(&row.warnings);
                batch.people.add(row, &tags, tags_variable.as_deref());
            }
            Event::Rejected(refused) => {
                batch.end_line(refused.line);
                batch.batch.rejects.push(lists::reject(&columns, refused));
            }
        }
        // Nobody listens only when the store failed, and then its error is the answer.
        if batch.batch.lines >= BATCH && sender.blocking_send(batch.take()).is_err() {
            return Ok(());
        }
    }
    if batch.batch.lines > 0 {
        let _ = sender.blocking_send(batch.take());
    }
    Ok(())
}

/// A batch that is being filled.
#[derive(Default)]
struct Batcher {
    batch: ImportBatch,
    people: PersonBatch,
}

impl Batcher {
    fn warn(&mut self, warnings: &[ListWarning]) {
        warnings.iter().for_each(|code| *self.batch.warnings.entry(code.as_str()).or_default() += 1);
    }

    fn end_line(&mut self, line: u64) {
        self.batch.last = line as i64;
        self.batch.lines += 1;
    }

    fn take(&mut self) -> ImportBatch {
        let (people, merged) = self.people.take();
        ImportBatch { people, merged, ..std::mem::take(&mut self.batch) }
    }
}

/// Takes an import back.
async fn undo(tenant: &Tenant, import: &Import) -> Result<(), IntakeError> {
    let imports = tenant.imports();
    while import.campaign.is_none() && imports.undo_contacts(import.id).await? {}
    if imports.undo_recipients(import.id).await?.is_err() {
        imports.keep(import.id).await?;
    }
    Ok(())
}
