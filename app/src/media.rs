//! From the settings of `[media]` to the place where files are kept.

use std::path::Path;

use anyhow::Context;
use wahana_config::Config;
use wahana_domain::messages::MediaLimits;
use wahana_store::messages::media::{Blobs, Bucket, MediaStorage};

/// Files of `wahana up`, in its data folder.
const FOLDER: &str = "media";

/// Where files are kept by the settings, and how many.
pub(crate) fn storage(config: &Config) -> anyhow::Result<MediaStorage> {
    let media = &config.media;
    let limits = MediaLimits {
        image: media.image_max_bytes,
        video: media.video_max_bytes,
        document: media.document_max_bytes,
        voice: media.voice_max_bytes,
    };
    Ok(MediaStorage {
        objects: objects(config)?,
        quota: (media.quota_bytes > 0).then_some(media.quota_bytes),
        limits,
    })
}

/// The folder or bucket of the settings; `None` is Postgres.
pub(crate) fn objects(config: &Config) -> anyhow::Result<Option<Blobs>> {
    let media = &config.media;
    let place = media.location.trim();
    if place.is_empty() {
        return Ok(None);
    }
    let blobs = if place.starts_with("s3://") {
        Blobs::bucket(&Bucket {
            location: place.to_owned(),
            endpoint: media.s3_endpoint.clone(),
            region: media.s3_region.clone(),
            access_key: media.s3_access_key.clone(),
            secret_key: media.s3_secret_key.clone(),
        })
    } else {
        Blobs::folder(Path::new(place))
    };
    blobs.context("media.location cannot be used").map(Some)
}

/// `wahana up` keeps files in its data folder, unless the settings say otherwise.
pub(crate) fn default_folder(config: &mut Config, data: &Path) {
    if config.media.location.trim().is_empty() {
        config.media.location = data.join(FOLDER).to_string_lossy().into_owned();
    }
}
