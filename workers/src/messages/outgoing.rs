//! From content to what WAHA is told. Files are made ready before (`preparing.rs`) and travel as bytes; WAHA never gets a
//! tenant's address.

use wahana_domain::messages::{Content, MAX_FILE_BYTES, MediaKind, MediaRef, MediaSource};
use wahana_domain::{MediaId, Reason};
use wahana_jobs::Outcome;
use wahana_media::{FileType, Fit, fit, name};
use wahana_store::messages::sending::Fenced;
use wahana_store::{ANSWER, StoreError, within};
use wahana_waha::{File, Outgoing};

use crate::Workers;

/// The content of a fenced message, ready to be sent; or why it cannot be.
pub(super) async fn prepare(workers: &Workers, fenced: &Fenced) -> Result<Outgoing, Outcome> {
    let file = async |kind, media: &MediaRef| load(workers, fenced, kind, media).await;
    Ok(match &fenced.content {
        Content::Text { text, link_preview, reply_to, mentions } => Outgoing::Text {
            text: text.clone(),
            link_preview: link_preview.unwrap_or(true),
            reply_to: reply_to.clone(),
            mentions: mentions.clone(),
        },
        Content::Image { media, caption } => {
            Outgoing::Image { file: file(MediaKind::Image, media).await?, caption: caption.clone() }
        }
        Content::Video { media, caption } => {
            Outgoing::Video { file: file(MediaKind::Video, media).await?, caption: caption.clone() }
        }
        Content::Document { media, caption } => {
            Outgoing::Document { file: file(MediaKind::Document, media).await?, caption: caption.clone() }
        }
        Content::Voice { media } => Outgoing::Voice { file: file(MediaKind::Voice, media).await? },
    })
}

async fn load(
    workers: &Workers,
    fenced: &Fenced,
    kind: MediaKind,
    media: &MediaRef,
) -> Result<File, Outcome> {
    let unavailable =
        |error: StoreError| Outcome::Retry { code: Reason::MediaUnavailable, detail: error.to_string() };
    let system = workers.store.system();
    let ready = within(ANSWER, system.media().ready_for(fenced.message)).await.map_err(unavailable)?;
    let id = sent_id(ready, media)?;
    let tenant = workers.store.tenant(fenced.organization);
    let stored = within(ANSWER, tenant.media().get(id)).await.map_err(unavailable)?;
    let stored = stored.ok_or_else(|| Outcome::GiveUp {
        code: Reason::MediaGone,
        detail: format!("there is no file {id} any more"),
    })?;
    let data = stored.content;
    if data.len() as u64 > MAX_FILE_BYTES {
        let detail = format!("{} bytes, but WAHA takes at most {MAX_FILE_BYTES}", data.len());
        return Err(Outcome::GiveUp { code: Reason::MediaTooLarge, detail });
    }
    let file = FileType::of(&data);
    match fit(kind, &file, &media.mimetype) {
        Ok(Fit::AsIs | Fit::ConvertOrWaha) => {}
        // Uploads of earlier versions were not looked at.
        Ok(Fit::Convert) => {
            let detail = format!("the file is {}; upload it again, so that it is converted", file.name);
            return Err(Outcome::GiveUp { code: Reason::MediaWrongType, detail });
        }
        Err(rule) => {
            return Err(Outcome::GiveUp { code: Reason::MediaWrongType, detail: rule.to_string() });
        }
    }
    // The type that the message names is for the file before a conversion.
    let told = if ready.is_some() { stored.mimetype.as_str() } else { media.mimetype.as_str() };
    let names = [media.filename.as_deref(), stored.filename.as_deref()];
    let filename = name::name(names, &file, told);
    Ok(File { mimetype: mimetype(kind, &file, told), filename, data })
}

/// The file that was made ready, or the upload itself.
fn sent_id(ready: Option<MediaId>, media: &MediaRef) -> Result<MediaId, Outcome> {
    match (ready, &media.source) {
        (Some(ready), _) => Ok(ready),
        (None, MediaSource::Id(id)) => Ok(*id),
        // The fence saw it a moment ago.
        (None, MediaSource::Url(_)) => {
            let detail = "the file is being fetched again".into();
            Err(Outcome::Retry { code: Reason::MediaUnavailable, detail })
        }
    }
}

/// The media type that WAHA is told: it decides by it whether to convert.
fn mimetype(kind: MediaKind, file: &FileType, told: &str) -> String {
    match kind {
        MediaKind::Document => file.mimetype_or(told).to_owned(),
        MediaKind::Image | MediaKind::Video | MediaKind::Voice => file.mimetype.clone().into_owned(),
    }
}
