//! The two ways to rows: of one organization, or of all.

use std::panic::Location;
use std::sync::Arc;

use wahana_domain::OrganizationId;

use crate::db::spans;
use crate::{Actor, Store, StoreError, Tx};

/// Defines handles: `tenant.messages()` and `system.messages()` group the statements of one noun, so that a method is
/// looked up by its noun and not among all methods of the store.
macro_rules! handles {
    ($($(#[$doc:meta])+ $handle:ident = $scope:ident :: $method:ident;)+) => {
        $($crate::db::scope::handles!(@one [$(#[$doc])+] $handle $scope $method);)+
    };
    (@one [$($doc:tt)+] $handle:ident Tenant $method:ident) => {
        $crate::db::scope::handles!(@handle [$($doc)+] $handle Tenant tenant $method);
    };
    (@one [$($doc:tt)+] $handle:ident System $method:ident) => {
        $crate::db::scope::handles!(@handle [$($doc)+] $handle System system $method);
    };
    (@handle [$($doc:tt)+] $handle:ident $scope:ident $field:ident $method:ident) => {
        $($doc)+
        #[derive(Clone, Copy)]
        pub struct $handle<'a> {
            $field: &'a $scope,
        }

        impl $scope {
            $($doc)+
            pub fn $method(&self) -> $handle<'_> {
                $handle { $field: self }
            }
        }
    };
}
pub(crate) use handles;

/// The rows of one organization. The statements of each noun are behind a handle: `tenant.messages()`.
#[derive(Clone)]
pub struct Tenant {
    pub(crate) store: Store,
    organization: OrganizationId,
    pub(crate) actor: Option<Arc<Actor>>,
}

impl Tenant {
    pub(crate) fn new(store: Store, organization: OrganizationId) -> Self {
        Self { store, organization, actor: None }
    }

    /// The same rows; what is done to them stands in the audit log under this name.
    #[must_use]
    pub fn acting(self, actor: Arc<Actor>) -> Self {
        Self { actor: Some(actor), ..self }
    }

    /// Under whose name acts stand in the audit log; `None` is Wahana itself.
    pub fn actor(&self) -> Option<Arc<Actor>> {
        self.actor.clone()
    }

    /// Whose rows these are.
    pub fn organization(&self) -> OrganizationId {
        self.organization
    }

    /// A transaction that sees and writes this organization's rows only.
    #[track_caller]
    pub fn begin(&self) -> impl Future<Output = Result<Tx, StoreError>> + Send {
        self.begin_with("", Location::caller())
    }

    /// The same for a statement that takes longer to plan than to run: it is planned once per connection, for any
    /// number of rows, and by index, because that may be before its tables have any rows.
    #[track_caller]
    pub(crate) fn begin_planned_once(&self) -> impl Future<Output = Result<Tx, StoreError>> + Send {
        let settings = "; set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off";
        self.begin_with(settings, Location::caller())
    }

    async fn begin_with(
        &self,
        settings: &'static str,
        at: &'static Location<'static>,
    ) -> Result<Tx, StoreError> {
        let span = spans::transaction(at);
        // One round trip instead of two, on every request. The id is a UUID: nothing in it can be SQL.
        let begin = format!(
            "begin; set local role wahana_tenant; set local wahana.organization_id = '{}'{settings}",
            self.organization.0
        );
        let pool = self.store.pool.clone();
        let inner = begun(async move { pool.begin_with(sqlx::AssertSqlSafe(begin)).await }).await?;
        Ok(Tx::new(self.store.clone(), inner, Some(self.organization), self.actor.clone(), span))
    }
}

/// The rows of all organizations. The statements of each noun are behind a handle: `system.messages()`.
#[derive(Clone)]
pub struct System {
    pub(crate) store: Store,
    actor: Option<Arc<Actor>>,
}

impl System {
    pub(crate) fn new(store: Store) -> Self {
        Self { store, actor: None }
    }

    /// The same rows; what is done to them stands in the audit log under this name.
    #[must_use]
    pub fn acting(self, actor: Arc<Actor>) -> Self {
        Self { actor: Some(actor), ..self }
    }

    /// The rows of one organization, under the same name in the audit log.
    pub fn tenant(&self, organization: OrganizationId) -> Tenant {
        let tenant = Tenant::new(self.store.clone(), organization);
        Tenant { actor: self.actor.clone(), ..tenant }
    }

    /// A transaction over all rows.
    #[track_caller]
    pub fn begin(&self) -> impl Future<Output = Result<Tx, StoreError>> + Send {
        let at = Location::caller();
        async move {
            let span = spans::transaction(at);
            let pool = self.store.pool.clone();
            let inner = begun(async move { pool.begin().await }).await?;
            Ok(Tx::new(self.store.clone(), inner, None, self.actor.clone(), span))
        }
    }
}

type Begun = Result<sqlx::Transaction<'static, sqlx::Postgres>, sqlx::Error>;

/// Begins in a task of its own. A caller may go away in the middle, as a browser does that asks no more; sqlx rolls
/// back only what it has seen begin, so the connection would go back to the pool inside of the transaction, with its
/// role.
async fn begun(begin: impl Future<Output = Begun> + Send + 'static) -> Begun {
    tokio::spawn(begin).await.unwrap_or(Err(sqlx::Error::WorkerCrashed))
}
