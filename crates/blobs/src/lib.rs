//! Bytes of files in a folder or in a bucket of S3, by organization and hash of the content.
//!
//! What is stored is never changed: the same key holds the same bytes. Must never know what refers to them, or decide
//! when something is deleted.

use std::fmt;
use std::path::{Path as Folder, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt};
use secrecy::{ExposeSecret, SecretString};
use url::Url;
use uuid::Uuid;

/// Why bytes could not be stored, read or deleted.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// There is no such object.
    #[error("the object store does not have the file")]
    Missing,
    /// The folder or bucket does not do what it was asked to.
    #[error("the object store failed: {0}")]
    Failed(String),
    /// The location in the settings does not read.
    #[error("{0}")]
    Location(String),
}

impl From<object_store::Error> for BlobError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            other => Self::Failed(other.to_string()),
        }
    }
}

/// A bucket of S3 or of what speaks like it.
#[derive(Clone, Debug, Default)]
pub struct Bucket {
    /// `s3://bucket/prefix`.
    pub location: String,
    /// The address of the server; `None` is AWS.
    pub endpoint: Option<Url>,
    /// Such as `eu-central-1`.
    pub region: String,
    /// The key; `None` takes it from the environment of the machine.
    pub access_key: Option<SecretString>,
    /// Its secret.
    pub secret_key: Option<SecretString>,
}

/// A place for bytes; cheap to clone.
#[derive(Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
    place: Arc<str>,
    folder: Option<Arc<Folder>>,
}

impl fmt::Debug for Blobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blobs({})", self.place)
    }
}

impl Blobs {
    /// A folder, made if it does not exist. Every API and worker process must see the same one.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn folder(path: &Folder) -> Result<Self, BlobError> {
        let failed = |error: std::io::Error| BlobError::Location(format!("{}: {error}", path.display()));
        std::fs::create_dir_all(path).map_err(failed)?;
        let path: PathBuf = path.canonicalize().map_err(failed)?;
        let store = LocalFileSystem::new_with_prefix(&path)?.with_fsync(true);
        let place = path.display().to_string().into();
        Ok(Self { store: Arc::new(store), place, folder: Some(path.into()) })
    }

    /// A bucket of S3.
    ///
    /// # Errors
    /// The location is no `s3://bucket/prefix`.
    pub fn bucket(bucket: &Bucket) -> Result<Self, BlobError> {
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            // An error means that another thread installed it first.
            let _ = rustls::crypto::ring::default_provider().install_default();
        }
        let bad = || BlobError::Location(format!("{} is not like s3://bucket/prefix", bucket.location));
        let url = Url::parse(&bucket.location).map_err(|_| bad())?;
        let name = url.host_str().filter(|_| url.scheme() == "s3").ok_or_else(bad)?;
        let mut builder = AmazonS3Builder::from_env().with_bucket_name(name).with_region(&bucket.region);
        if let Some(endpoint) = &bucket.endpoint {
            builder = builder
                .with_endpoint(endpoint.as_str().trim_end_matches('/'))
                .with_allow_http(endpoint.scheme() == "http");
        }
        if let (Some(key), Some(secret)) = (&bucket.access_key, &bucket.secret_key) {
            builder = builder
                .with_access_key_id(key.expose_secret())
                .with_secret_access_key(secret.expose_secret());
        }
        let store = PrefixStore::new(builder.build()?, url.path().trim_matches('/'));
        Ok(Self { store: Arc::new(store), place: bucket.location.as_str().into(), folder: None })
    }

    /// Where it is, for people.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The folder, if it is one: for backups.
    pub fn path(&self) -> Option<&Folder> {
        self.folder.as_deref()
    }

    /// Stores bytes; storing them again changes nothing.
    ///
    /// # Errors
    /// See [`BlobError`].
    pub async fn put(&self, organization: Uuid, hash: &[u8], bytes: Bytes) -> Result<(), BlobError> {
        self.store.put(&key(organization, hash), bytes.into()).await?;
        Ok(())
    }

    /// Reads bytes.
    ///
    /// # Errors
    /// See [`BlobError`].
    pub async fn get(&self, organization: Uuid, hash: &[u8]) -> Result<Bytes, BlobError> {
        Ok(self.store.get(&key(organization, hash)).await?.bytes().await?)
    }

    /// Deletes bytes; what is not there is deleted already.
    ///
    /// # Errors
    /// See [`BlobError`].
    pub async fn delete(&self, organization: Uuid, hash: &[u8]) -> Result<(), BlobError> {
        match self.store.delete(&key(organization, hash)).await.map_err(BlobError::from) {
            Ok(()) | Err(BlobError::Missing) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Writes, reads and deletes a file, to see whether that works.
    ///
    /// # Errors
    /// What does not work.
    pub async fn probe(&self, name: Uuid) -> Result<(), BlobError> {
        let bytes = Bytes::from_static(b"wahana");
        self.put(Uuid::nil(), name.as_bytes(), bytes.clone()).await?;
        let read = self.get(Uuid::nil(), name.as_bytes()).await?;
        self.delete(Uuid::nil(), name.as_bytes()).await?;
        if read == bytes {
            Ok(())
        } else {
            Err(BlobError::Failed("it does not return what was stored".into()))
        }
    }
}

/// `<organization>/<two digits of the hash>/<hash>`: folders stay small.
fn key(organization: Uuid, hash: &[u8]) -> Path {
    let hash = hex::encode(hash);
    Path::from(format!("{}/{}/{hash}", organization.simple(), hash.get(..2).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contract that a folder and a bucket keep.
    async fn keeps_bytes(blobs: &Blobs) {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let bytes = Bytes::from(vec![7_u8; 300_000]);
        blobs.put(one, b"\x01\x02", bytes.clone()).await.unwrap();
        blobs.put(one, b"\x01\x02", bytes.clone()).await.unwrap();
        assert_eq!(blobs.get(one, b"\x01\x02").await.unwrap(), bytes);
        assert!(
            matches!(blobs.get(other, b"\x01\x02").await, Err(BlobError::Missing)),
            "another organization"
        );
        assert!(matches!(blobs.get(one, b"\x03").await, Err(BlobError::Missing)));
        blobs.delete(one, b"\x01\x02").await.unwrap();
        blobs.delete(one, b"\x01\x02").await.unwrap();
        assert!(matches!(blobs.get(one, b"\x01\x02").await, Err(BlobError::Missing)));
        blobs.probe(Uuid::from_u128(9)).await.unwrap();
    }

    #[tokio::test]
    async fn a_folder_keeps_bytes_by_organization() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::folder(&folder.path().join("a/b")).unwrap();
        keeps_bytes(&blobs).await;
        assert!(blobs.path().is_some_and(|path| path.ends_with("a/b")));
    }

    /// Against a server that speaks S3, if the environment names one: `moto_server -p 8422` and a bucket `media`.
    #[tokio::test]
    async fn a_bucket_keeps_bytes_like_a_folder() {
        let Ok(endpoint) = std::env::var("WAHANA_TEST_S3") else {
            let bad = Bucket { location: "media".into(), ..Bucket::default() };
            assert!(matches!(Blobs::bucket(&bad), Err(BlobError::Location(_))));
            return;
        };
        let bucket = Bucket {
            location: "s3://media/some/prefix".into(),
            endpoint: Some(endpoint.parse().unwrap()),
            region: "us-east-1".into(),
            access_key: Some("test".to_owned().into()),
            secret_key: Some("test".to_owned().into()),
        };
        keeps_bytes(&Blobs::bucket(&bucket).unwrap()).await;
    }
}
