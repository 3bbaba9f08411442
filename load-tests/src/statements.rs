//! Which statements Postgres spent its time on, counted by its own extension `pg_stat_statements`.

use anyhow::Context;
use serde_json::json;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use wahana_embedded::Services;

use crate::report::Report;

/// Number of statements that are shown.
const TOP: i64 = 15;
/// Length to which statements are cut for people.
const SHOWN: usize = 110;

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

/// Adds them to the report: milliseconds and calls per 10,000 messages.
pub(crate) fn put(report: &mut Report, name: &str, messages: f64, dearest: &[Counted]) {
    let per_10k = 10_000.0 / messages;
    let list = dearest.iter().map(|(query, calls, ms, rows)| {
        json!({"ms_per_10k": ms * per_10k, "calls_per_10k": *calls as f64 * per_10k, "rows_per_10k": *rows as f64 * per_10k, "query": query})
    });
    report.put_json(format!("{name}_statements"), list.collect());
    report.line(format!("  {:>10} {:>10} {:>10}  statement, {name} way", "ms/10k", "calls/10k", "ms/call"));
    for (query, calls, ms, _) in dearest {
        let shown: String = query.chars().take(SHOWN).collect();
        let per_call = ms / (*calls).max(1) as f64;
        report.line(format!(
            "  {:>10.0} {:>10.0} {per_call:>10.3}  {shown}",
            ms * per_10k,
            *calls as f64 * per_10k
        ));
    }
}
