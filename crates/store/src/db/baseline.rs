//! Databases from before the migrations were squashed into one baseline per context. The schema is the same, so the
//! baseline takes the place of their history.
//!
//! Must never: touch anything but the history, or accept a history that is not complete.

use sqlx::{Connection, PgConnection};

use crate::{MIGRATOR, StoreError};

/// The last migration of the baseline.
const LAST: i64 = 10;

/// The migrations that the baseline took the place of; never released.
const REPLACED: [i64; 32] = [
    20261123000001,
    20261123000002,
    20261123000003,
    20261123000004,
    20261123000020,
    20261123000030,
    20261123110000,
    20261123110100,
    20261123111000,
    20261123112000,
    20261123112100,
    20261123112200,
    20261123112300,
    20261123113000,
    20261123113100,
    20261123113200,
    20261123114000,
    20261123114100,
    20261123114200,
    20261123114300,
    20261123115000,
    20261123115100,
    20261123120000,
    20261123121000,
    20261123125000,
    20261123130000,
    20261123130100,
    20261123130200,
    20261123130300,
    20261123140000,
    20261123141000,
    20261123142000,
];

/// Whether these versions, in order, are the complete history that the baseline took the place of.
pub(crate) fn is_replaced(versions: &[i64]) -> bool {
    versions == REPLACED
}

/// Writes the baseline into the history of a database that has the replaced migrations; all others stay as they are.
pub(crate) async fn adopt(connection: &mut PgConnection) -> Result<(), StoreError> {
    let mut tx = connection.begin().await?;
    let migrated: bool =
        sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null").fetch_one(&mut *tx).await?;
    if !migrated || applied(&mut tx).await?.iter().all(|version| !REPLACED.contains(version)) {
        return Ok(());
    }
    // Another process may be doing the same: the second one waits here, and sees the baseline.
    sqlx::query("lock table _sqlx_migrations in share row exclusive mode").execute(&mut *tx).await?;
    let versions = applied(&mut tx).await?;
    if versions.iter().all(|version| !REPLACED.contains(version)) {
        return Ok(());
    }
    if !is_replaced(&versions) {
        return Err(StoreError::Migration(format!(
            "this database is from a development version that was never released; {} of its {} migrations are applied, \
             and this binary does not have them any more. Nothing was changed. Start anew with an empty database \
             (for `wahana up`: with another data folder), or run `wahana migrate` of the last version that has them, \
             then this one",
            versions.iter().filter(|version| REPLACED.contains(version)).count(),
            REPLACED.len(),
        )));
    }
    sqlx::query("delete from _sqlx_migrations").execute(&mut *tx).await?;
    MIGRATOR.skip(&mut *tx, Some(LAST)).await.map_err(|error| StoreError::Migration(error.to_string()))?;
    tx.commit().await?;
    tracing::info!("the history of migrations was replaced by the baseline; the schema is the same");
    Ok(())
}

async fn applied(tx: &mut PgConnection) -> Result<Vec<i64>, StoreError> {
    Ok(sqlx::query_scalar("select version from _sqlx_migrations where success order by version")
        .fetch_all(tx)
        .await?)
}
