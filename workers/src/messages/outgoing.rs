//! From content to what WAHA is told. Files are fetched by us and travel as bytes; WAHA never gets a tenant's address.

use std::time::Duration;

use wahana_domain::Reason;
use wahana_domain::messages::{Content, MediaRef, MediaSource};
use wahana_jobs::Outcome;
use wahana_store::messages::sending::Fenced;
use wahana_store::{ANSWER, within};
use wahana_waha::{File, Outgoing};

use crate::Workers;

/// What WAHA takes as base64 in a 50 MB body (docs/waha.md section 4).
const MAX_FILE_BYTES: usize = 37_000_000;
/// How long fetching a tenant's file may take.
const FETCH: Duration = Duration::from_secs(20);

/// The content of a fenced message, ready to be sent; or why it cannot be.
pub(super) async fn prepare(workers: &Workers, fenced: &Fenced) -> Result<Outgoing, Outcome> {
    let file = async |media: &MediaRef| load(workers, fenced, media).await;
    Ok(match &fenced.content {
        Content::Text { text, link_preview, reply_to, mentions } => Outgoing::Text {
            text: text.clone(),
            link_preview: link_preview.unwrap_or(true),
            reply_to: reply_to.clone(),
            mentions: mentions.clone(),
        },
        Content::Image { media, caption } => {
            Outgoing::Image { file: file(media).await?, caption: caption.clone() }
        }
        Content::Video { media, caption } => {
            Outgoing::Video { file: file(media).await?, caption: caption.clone() }
        }
        Content::Document { media, caption } => {
            Outgoing::Document { file: file(media).await?, caption: caption.clone() }
        }
        Content::Voice { media } => Outgoing::Voice { file: file(media).await? },
    })
}

async fn load(workers: &Workers, fenced: &Fenced, media: &MediaRef) -> Result<File, Outcome> {
    let (data, stored_name) = match &media.source {
        MediaSource::Id(id) => {
            let tenant = workers.store.tenant(fenced.organization);
            let stored = within(ANSWER, tenant.media().get(*id)).await;
            let stored = stored.map_err(|error| Outcome::Retry {
                code: Reason::MediaUnavailable,
                detail: error.to_string(),
            })?;
            let stored = stored.ok_or_else(|| Outcome::GiveUp {
                code: Reason::MediaGone,
                detail: format!("there is no file {id} any more"),
            })?;
            (stored.content, stored.filename)
        }
        MediaSource::Url(url) => {
            let fetched = workers.egress.fetch(url, MAX_FILE_BYTES, FETCH).await.map_err(|error| {
                let detail = error.to_string();
                if error.is_transient() {
                    Outcome::Retry { code: Reason::MediaFetch, detail }
                } else {
                    Outcome::GiveUp { code: Reason::MediaRefused, detail }
                }
            })?;
            (fetched.bytes, None)
        }
    };
    if data.len() > MAX_FILE_BYTES {
        let detail = format!("{} bytes, but WAHA takes at most {MAX_FILE_BYTES}", data.len());
        return Err(Outcome::GiveUp { code: Reason::MediaTooLarge, detail });
    }
    let filename = media.filename.clone().or(stored_name).unwrap_or_else(|| default_name(&media.mimetype));
    Ok(File { mimetype: media.mimetype.clone(), filename, data })
}

fn default_name(mimetype: &str) -> String {
    let extension = mimetype.rsplit(['/', ';']).next().unwrap_or("bin").trim();
    format!("file.{}", extension.chars().filter(char::is_ascii_alphanumeric).take(8).collect::<String>())
}
