//! One process at a time applies migrations.

use std::time::Duration;

use sqlx::{Connection, PgConnection, PgPool};

use crate::{MIGRATOR, StoreError};

/// Our own lock, beside that of the library.
const LOCK: i64 = 7_702_390_411;
/// Between two tries to get it.
const PAUSE: Duration = Duration::from_millis(200);

/// Applies all migrations that are missing; waits while another process does.
///
/// The library's own lock is waited for inside of a statement. An index that is built concurrently waits for the end of all
/// statements, that one included, and Postgres would see a deadlock. So who comes second asks for a lock of ours again
/// and again, and waits in no statement.
pub(crate) async fn migrate(pool: &PgPool) -> Result<(), StoreError> {
    let mut connection = pool.acquire().await?.detach();
    while !sqlx::query_scalar::<_, bool>("select pg_try_advisory_lock($1)")
        .bind(LOCK)
        .fetch_one(&mut connection)
        .await?
    {
        tokio::time::sleep(PAUSE).await;
    }
    let migrated = apply(&mut connection).await;
    // The lock ends with the connection.
    connection.close().await?;
    migrated
}

async fn apply(connection: &mut PgConnection) -> Result<(), StoreError> {
    super::baseline::adopt(connection).await?;
    MIGRATOR.run(connection).await.map_err(|error| StoreError::Migration(error.to_string()))
}
