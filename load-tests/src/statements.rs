//! Which statements Postgres spent its time on, counted by its own extension `pg_stat_statements`.

use anyhow::Context;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use wahana_embedded::Services;

/// Number of statements that are shown.
const TOP: i64 = 15;

/// Text, calls, milliseconds in all, rows.
pub(crate) type Counted = (String, i64, f64, i64);

/// Enables counting in Postgres, which must be restarted for it. Nothing else may be connected yet.
pub(crate) async fn count(services: &Services) -> anyhow::Result<()> {
    let pool = connect(services).await?;
    sqlx::query("alter system set shared_preload_libraries = 'pg_stat_statements'").execute(&pool).await?;
    pool.close().await;
    services.kill_postgres().await;
    services
        .start_postgres()
        .await
        .context("this Postgres has no pg_stat_statements; leave --statements out")?;
    let pool = connect(services).await?;
    sqlx::query("create extension pg_stat_statements").execute(&pool).await?;
    pool.close().await;
    Ok(())
}

async fn connect(services: &Services) -> anyhow::Result<PgPool> {
    Ok(PgPoolOptions::new().max_connections(1).connect(&services.database_url).await?)
}

/// Resets the counts.
pub(crate) async fn forget(pool: &PgPool) -> anyhow::Result<()> {
    sqlx::query("select pg_stat_statements_reset()").execute(pool).await?;
    Ok(())
}

/// The most expensive ones since [`forget`].
pub(crate) async fn dearest(pool: &PgPool) -> anyhow::Result<Vec<Counted>> {
    let counted = sqlx::query_as(
        "select regexp_replace(query, '\\s+', ' ', 'g'), calls, total_exec_time, rows from pg_stat_statements
         where query !~ 'pg_stat_statements' order by total_exec_time desc limit $1",
    );
    Ok(counted.bind(TOP).fetch_all(pool).await?)
}
