//! Import of people into a draft, from any source: all of it, or nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use chrono::{DateTime, Utc};
use tokio::sync::mpsc;
use wahana_audience::{Options, variable_name};
use wahana_domain::filler::values;
use wahana_domain::recipients::RejectCode;
use wahana_domain::template::Template;
use wahana_domain::{CampaignId, Country, ImportId};
use wahana_store::Tenant;
use wahana_store::campaigns::recipient_imports::{Accepted, Import, ImportOptions, Imported};
use wahana_store::campaigns::recipients::Reject;

use crate::campaigns::draft;
use crate::campaigns::errors::ImportError;
use crate::campaigns::sources::{Feed, Source, Warnings};
use crate::checks::WrongField;
use crate::contacts::lists::{self, NamedColumns};
use crate::contacts::numbers;

/// Pieces that wait between reading and writing.
const AHEAD: usize = 4;

/// An import before its people are read.
#[derive(Clone, Debug)]
pub struct RecipientImport {
    campaign: CampaignId,
    template: Option<Template>,
    country: Country,
    now: DateTime<Utc>,
}

/// What an import may do.
#[derive(Clone, Copy, Debug)]
pub struct ImportLimits {
    /// Most recipients that the campaign may have.
    pub most: u32,
    /// Only tell what would happen.
    pub dry_run: bool,
    /// The recorded import that this is the run of.
    pub import: Option<ImportId>,
}

/// What an import did, or would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportReport {
    /// Lines with something on them, the header not counted.
    pub total_lines: u64,
    /// How many people were accepted and how many lines refused.
    pub counts: Imported,
    /// How many lines were refused for each code.
    pub by_code: BTreeMap<RejectCode, i64>,
    /// How many lines were taken with a reservation.
    pub warnings: Warnings,
    /// The first refused lines.
    pub rejects: Vec<Reject>,
    /// What the first people would be sent.
    pub samples: Vec<String>,
    /// The variables of the template.
    pub variables: BTreeSet<String>,
    /// Those that every person must have.
    pub required: BTreeSet<String>,
}

impl RecipientImport {
    /// Reads what the campaign's template needs. `country` is that of numbers without a country code; `None` is the
    /// organization's.
    ///
    /// # Errors
    /// See [`ImportError`].
    pub async fn new(
        tenant: &Tenant,
        campaign: CampaignId,
        country: Option<Country>,
        now: DateTime<Utc>,
    ) -> Result<Self, ImportError> {
        let found = tenant.campaigns().get(campaign).await?.ok_or(ImportError::NoCampaign)?;
        let template = draft::template(&found.content)?;
        let country = match country {
            Some(country) => country,
            None => numbers::country(tenant, "").await?,
        };
        Ok(Self { campaign, template, country, now })
    }

    /// What the reader of a CSV file is told.
    ///
    /// # Errors
    /// When what is said of the columns contradicts itself.
    pub fn list_options(&self, columns: NamedColumns) -> Result<Options, WrongField> {
        lists::options(self.country, columns, self.required())
    }

    /// The country of numbers without a country code.
    pub(crate) fn country(&self) -> Country {
        self.country
    }

    /// Adds the people of a source. A dry run does everything and then undoes it, so that its report is exact.
    ///
    /// # Errors
    /// See [`ImportError`].
    pub async fn run<R: Read + Send + 'static>(
        self,
        tenant: &Tenant,
        source: Source<R>,
        limits: ImportLimits,
    ) -> Result<ImportReport, ImportError> {
        let ImportLimits { most, dry_run, import } = limits;
        let columns = source.columns();
        let keys = columns.iter().map(|column| variable_name(column)).collect();
        let options = ImportOptions { columns, keys, most, dry_run, import };
        let feed = Feed { required: self.required(), country: self.country, now: self.now };
        let (sender, receiver) = mpsc::channel(AHEAD);
        let feeding = tokio::spawn(feed.pass(tenant.clone(), source, sender));
        let imported = tenant.recipients().import(self.campaign, receiver, &options).await;
        let fed = feeding.await?;
        let (counts, by_code, rejects, first) = match imported? {
            Import::Done { counts, by_code, rejects, first } => (counts, by_code, rejects, first),
            Import::NotFound => return Err(ImportError::NoCampaign),
            Import::WrongState(state) => return Err(ImportError::WrongState(state)),
            Import::TooMany => return Err(ImportError::TooMany { most }),
            // What was read was no list to its end: the reader knows why.
            Import::Aborted => return Err(fed.err().unwrap_or(ImportError::Endless)),
        };
        let (total_lines, warnings) = fed?;
        Ok(ImportReport {
            total_lines,
            warnings,
            counts,
            by_code,
            rejects,
            samples: samples(self.template.as_ref(), first),
            variables: self.template.as_ref().map(Template::variables).unwrap_or_default(),
            required: self.required(),
        })
    }

    /// The variables that every person must have.
    pub(crate) fn required(&self) -> BTreeSet<String> {
        self.template.as_ref().map(Template::required).unwrap_or_default()
    }
}

/// What the first people would be sent, one choice of the spintax each.
fn samples(template: Option<&Template>, first: Vec<Accepted>) -> Vec<String> {
    let Some(template) = template else { return Vec::new() };
    let rendered = first.into_iter().enumerate().map(|(n, Accepted { phone, name, variables })| {
        template.render(&values(variables, name, phone.as_deref().unwrap_or_default()), &mut |variants| {
            n % variants.max(1)
        })
    });
    rendered.filter_map(Result::ok).collect()
}
