//! Makes a file ready before it is sent: fetched from its address or read from the upload, looked at, converted if
//! WhatsApp wants another format, and stored. Nothing is sent here; lanes go on meanwhile.
//!
//! A file that cannot be had, or not be sent, fails the messages that wait for it, with the reason.

use std::time::Duration;

use bytes::Bytes;
use chrono::TimeDelta;
use sha2::{Digest, Sha256};
use wahana_domain::messages::{MAX_FILE_BYTES, MediaKind, PreparationState};
use wahana_domain::{MediaId, MediaPreparationId, Reason};
use wahana_egress::EgressError;
use wahana_jobs::{Job, Outcome, PrepareMedia};
use wahana_media::{ConvertError, FileType, Fit, disposition, fit, name};
use wahana_store::jobs::FencedJob;
use wahana_store::messages::media::preparations::{FileWish, Preparation};
use wahana_store::messages::media::{Added, MediaFile};
use wahana_store::{StoreError, Tenant};

use crate::Workers;

/// How long fetching a file may take.
const FETCH: Duration = Duration::from_secs(30);
/// Files of one organization that are made ready at once, over all workers: slow addresses of one must not take the
/// slots of all.
const MAX_AT_ONCE: i64 = 3;
/// How long a job rests at least while its organization has that many, and how much longer at most.
const REST: [TimeDelta; 2] = [TimeDelta::seconds(2), TimeDelta::seconds(6)];

/// Why a file is not ready.
enum Unready {
    /// It will not be: what the messages fail with.
    Refused(Reason, String),
    /// It may be later.
    Later(Reason, String),
}

impl From<StoreError> for Unready {
    fn from(error: StoreError) -> Self {
        Self::Later(Reason::MediaUnavailable, error.to_string())
    }
}

/// A file with what it is and what it was called.
struct Found {
    bytes: Bytes,
    names: Vec<Option<String>>,
    /// Its media type as its sender or its server says it.
    told: String,
    /// Whether the server calls it a web page, though nobody asked for one.
    page: bool,
    /// Whether it is an upload, which is stored already.
    upload: Option<MediaId>,
}

/// Makes the file of this job ready.
pub(crate) async fn prepare(
    workers: &Workers,
    id: MediaPreparationId,
    fenced: &FencedJob,
) -> Result<Outcome, StoreError> {
    let system = workers.store.system();
    let Some(wanted) = system.media().preparation(id).await? else { return Ok(Outcome::Done) };
    // What failed is made ready again only when somebody asks again, which makes it waiting.
    if wanted.state != PreparationState::Waiting {
        return Ok(Outcome::Done);
    }
    let before = system.media().preparing(&wanted, (fenced.started_at, fenced.id)).await?;
    if before.same || before.files >= MAX_AT_ONCE {
        let [least, more] = REST;
        let spread = more.num_milliseconds() as f64 * rand::random::<f64>();
        let until = workers.store.clock().now() + least + TimeDelta::milliseconds(spread as i64);
        return Ok(Outcome::Defer { until, code: Reason::WaitingForFile });
    }
    let ready = make(workers, &wanted).await;
    let result = match ready {
        Ok((media, hash)) => {
            system.media().prepared(id, media, hash.as_deref()).await?;
            "ready"
        }
        Err(Unready::Later(code, detail)) if PrepareMedia::RETRY.after(fenced.attempt, 0.0).is_some() => {
            return Ok(Outcome::Retry { code, detail });
        }
        Err(Unready::Refused(code, detail) | Unready::Later(code, detail)) => {
            let failed = system.media().not_prepared(id, code, &detail).await?;
            tracing::info!(organization.id = %wanted.organization, error.type = code.as_str(), messages = failed, "a file cannot be sent");
            "failed"
        }
    };
    metrics::counter!("media_prepared_total", "result" => result).increment(1);
    Ok(Outcome::Done)
}

async fn make(workers: &Workers, wanted: &Preparation) -> Result<(MediaId, Option<Vec<u8>>), Unready> {
    let tenant = workers.store.tenant(wanted.organization);
    let found = find(workers, &tenant, &wanted.wish).await?;
    let kind = wanted.wish.kind;
    let file = FileType::of(&found.bytes);
    if found.bytes.is_empty() {
        return Err(Unready::Refused(Reason::MediaRefused, "the address answers with nothing".into()));
    }
    if found.page && !file.is_certain() {
        let detail = "the address answers with a web page";
        return Err(Unready::Refused(Reason::MediaWrongType, detail.into()));
    }
    let fits = fit(kind, &file, &found.told)
        .map_err(|rule| Unready::Refused(Reason::MediaWrongType, rule.to_string()))?;
    let converts = match fits {
        // A picture that is too large is made smaller.
        Fit::AsIs => {
            kind == MediaKind::Image
                && check_size(&tenant, kind, &found.bytes).is_err()
                && workers.converters.can(kind, &file)
        }
        Fit::Convert => true,
        // WAHA does it where we cannot.
        Fit::ConvertOrWaha => workers.converters.can(kind, &file),
    };
    if converts {
        return convert(workers, &tenant, kind, &file, found).await;
    }
    check_size(&tenant, kind, &found.bytes)?;
    match found.upload {
        Some(upload) => Ok((upload, None)),
        None => Ok((store(&tenant, found, &file).await?, None)),
    }
}

async fn find(workers: &Workers, tenant: &Tenant, wish: &FileWish) -> Result<Found, Unready> {
    if let Ok(id) = wish.source.parse::<MediaId>() {
        let stored = tenant.media().get(id).await?;
        let stored = stored
            .ok_or_else(|| Unready::Refused(Reason::MediaGone, format!("there is no file {id} any more")))?;
        let (bytes, names) = (stored.content, vec![stored.filename]);
        return Ok(Found { bytes, names, told: wish.mimetype.clone(), page: false, upload: Some(id) });
    }
    // What is converted may be larger before.
    let most = match wish.kind {
        MediaKind::Document => tenant.media().limits().of(wish.kind),
        _ => MAX_FILE_BYTES,
    };
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let fetched = workers.egress.fetch(&wish.source, most, FETCH).await.map_err(unfetched)?;
    let final_name = name::of_address(fetched.address.as_str());
    let first_name = name::of_address(&wish.source);
    let named = fetched.disposition.as_deref().and_then(disposition::filename);
    // An address like /download?id=3 that leads to /files/faktur.pdf: the name with an ending.
    let (with_ending, other) = match first_name.as_deref() {
        Some(first) if first.contains('.') => (first_name, final_name),
        _ => (final_name, first_name),
    };
    let names = vec![named, with_ending, other];
    let told = told(&wish.mimetype, fetched.content_type.as_deref());
    let page = is_page(fetched.content_type.as_deref().unwrap_or_default()) && !is_page(&wish.mimetype);
    Ok(Found { bytes: fetched.bytes, names, told, page, upload: None })
}

fn is_page(mimetype: &str) -> bool {
    ["text/html", "application/xhtml"].iter().any(|start| mimetype.to_ascii_lowercase().starts_with(start))
}

/// What the message says goes before what the server says, where it says something.
fn told(message: &str, server: Option<&str>) -> String {
    let says_nothing = message.is_empty() || message.starts_with("application/octet-stream");
    if says_nothing { server.unwrap_or(message).to_owned() } else { message.to_owned() }
}

fn unfetched(error: EgressError) -> Unready {
    let detail = match &error {
        EgressError::Status(401 | 403) => format!("{error}; it has to be public"),
        _ => error.to_string(),
    };
    match error {
        EgressError::TooLarge { .. } => Unready::Refused(Reason::MediaTooLarge, detail),
        ref transient if transient.is_transient() => Unready::Later(Reason::MediaFetch, detail),
        _ => Unready::Refused(Reason::MediaRefused, detail),
    }
}

async fn convert(
    workers: &Workers,
    tenant: &Tenant,
    kind: MediaKind,
    file: &FileType,
    found: Found,
) -> Result<(MediaId, Option<Vec<u8>>), Unready> {
    let hash = Sha256::digest(&found.bytes).to_vec();
    let system = workers.store.system();
    if let Some(media) = system.media().converted_before(tenant.organization(), kind, &hash).await? {
        return Ok((media, Some(hash)));
    }
    let started = std::time::Instant::now();
    let bytes = workers.converters.convert(kind, file, &found.bytes).await.map_err(|error| {
        let detail = format!("the file is {}; {error}", file.name);
        match error {
            // A worker that has the program may take it.
            ConvertError::NoProgram => Unready::Later(Reason::MediaConversion, detail),
            error if error.is_transient() => Unready::Later(Reason::MediaConversion, detail),
            _ => Unready::Refused(Reason::MediaConversion, detail),
        }
    })?;
    metrics::histogram!("media_conversion_seconds", "kind" => kind.as_str()).record(started.elapsed());
    check_size(tenant, kind, &bytes)?;
    let becomes = FileType::of(&bytes);
    let found = Found { bytes, told: String::new(), upload: None, ..found };
    Ok((store(tenant, found, &becomes).await?, Some(hash)))
}

fn check_size(tenant: &Tenant, kind: MediaKind, bytes: &Bytes) -> Result<(), Unready> {
    let checked = tenant.media().limits().check(kind, bytes.len() as u64);
    checked.map_err(|rule| Unready::Refused(Reason::MediaTooLarge, rule.to_string()))
}

async fn store(tenant: &Tenant, found: Found, file: &FileType) -> Result<MediaId, Unready> {
    let filename = name::name(found.names.iter().map(Option::as_deref), file, &found.told);
    let mimetype = file.mimetype_or(&found.told).to_owned();
    let stored = MediaFile { mimetype, filename: Some(filename), content: found.bytes };
    match tenant.media().add(stored).await? {
        Added::Stored(id) => Ok(id),
        Added::NoRoom { max } => {
            let detail = format!("the files of the organization would take more than {max} bytes");
            Err(Unready::Refused(Reason::MediaNoRoom, detail))
        }
    }
}
