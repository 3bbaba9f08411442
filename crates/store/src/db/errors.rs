//! What can go wrong between us and Postgres, sorted by what the caller should do.

use wahana_domain::closed::UnknownName;

/// A failed query.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Postgres cannot be reached or is overloaded: try again later, nothing was written.
    #[error("the database is unavailable: {0}")]
    Unavailable(#[source] sqlx::Error),
    /// Postgres was told to commit and did not answer: it may or may not have been written.
    #[error("the commit was not answered: {0}")]
    Uncertain(#[source] sqlx::Error),
    /// A constraint refused the row; its name says which.
    #[error("refused by {constraint}")]
    Refused {
        /// Name of the constraint or unique index.
        constraint: String,
        /// Postgres' own words.
        #[source]
        source: sqlx::Error,
    },
    /// The schema is older than this binary, or a migration failed.
    #[error("migration: {0}")]
    Migration(String),
    /// A secret at rest does not open with our keys.
    #[error("a stored secret cannot be opened; was the master key changed?")]
    Sealed,
    /// A row does not read as this version's types.
    #[error("unreadable row: {0}")]
    Unreadable(String),
    /// The object store of files does not do what it was asked to.
    #[error(transparent)]
    Files(#[from] wahana_blobs::BlobError),
    /// Anything else: a defect.
    #[error(transparent)]
    Query(sqlx::Error),
}

impl From<UnknownName> for StoreError {
    fn from(unknown: UnknownName) -> Self {
        Self::Unreadable(unknown.to_string())
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let sorted = Self::sort(error);
        let class = match &sorted {
            Self::Unavailable(sqlx::Error::PoolTimedOut) => Some("pool_timed_out"),
            Self::Unavailable(_) | Self::Uncertain(_) => Some("unavailable"),
            Self::Query(sqlx::Error::RowNotFound) | Self::Refused { .. } => None,
            _ => Some("query"),
        };
        if let Some(class) = class {
            metrics::counter!("postgres_errors_total", "class" => class).increment(1);
        }
        sorted
    }
}

impl StoreError {
    fn sort(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unavailable(error),
            sqlx::Error::Database(db) => {
                // 57P0x: shutting down; 53300: too many connections; 08xxx: connection; 40001, 40P01: retry.
                let code = db.code().unwrap_or_default();
                if code.starts_with("57P")
                    || code.starts_with("08")
                    || matches!(&*code, "53300" | "40001" | "40P01")
                {
                    return Self::Unavailable(error);
                }
                match db.constraint() {
                    Some(constraint) => Self::Refused { constraint: constraint.to_owned(), source: error },
                    None => Self::Query(error),
                }
            }
            _ => Self::Query(error),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

impl StoreError {
    /// Whether this constraint refused the row.
    pub fn is_refused_by(&self, name: &str) -> bool {
        matches!(self, Self::Refused { constraint, .. } if constraint == name)
    }

    /// Whether trying again later may help.
    pub const fn is_unavailable(&self) -> bool {
        matches!(
            self,
            Self::Unavailable(_) | Self::Uncertain(_) | Self::Files(wahana_blobs::BlobError::Failed(_))
        )
    }

    /// The same error, of a commit. Two transactions that were in each other's way are undone for certain.
    pub(crate) fn of_commit(self) -> Self {
        match self {
            Self::Unavailable(error)
                if !error
                    .as_database_error()
                    .is_some_and(|e| e.code().is_some_and(|code| code.starts_with("40"))) =>
            {
                Self::Uncertain(error)
            }
            other => other,
        }
    }

    /// The same outage, for another who waits for it; `None` if it is none.
    pub(crate) fn shared(&self) -> Option<Self> {
        let again = || sqlx::Error::Io(std::io::Error::other(self.to_string()));
        match self {
            Self::Unavailable(_) => Some(Self::Unavailable(again())),
            Self::Uncertain(_) => Some(Self::Uncertain(again())),
            _ => None,
        }
    }
}
