//! Copies rows that the product wrote, for backlogs that would take the API a quarter of an hour. Columns
//! that are not named are copied, including columns that are added later.
//!
//! It must never be used for what is measured, only for the backlog beside it.

use std::fmt::Write as _;

use anyhow::Context;
use chrono::{DateTime, Utc};
use indicatif::ProgressBar;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, PgPool};
use uuid::Uuid;
use wahana_domain::{MessageId, SessionId};
use wahana_jobs::SendMessage;
use wahana_waha::client_message_id;

/// Bytes of one piece of COPY.
const PIECE: usize = 256 * 1024;
/// Followed by eight digits; no number of [`crate::traffic`] has this prefix.
const PREFIX: &str = "62899";

/// Copies the session `template`: one for each of these ids, with its name at WAHA.
pub(crate) async fn copy_sessions(
    pool: &PgPool,
    template: SessionId,
    copies: &[(SessionId, String)],
) -> anyhow::Result<()> {
    let mut connection = pool.acquire().await?;
    let (ids, names): (Vec<Uuid>, Vec<String>) = copies.iter().map(|(id, name)| (id.0, name.clone())).unzip();
    sqlx::query(
        "create temp table copies as
         select id, waha_name from unnest($1::uuid[], $2::text[]) as x (id, waha_name)",
    )
    .bind(&ids)
    .bind(&names)
    .execute(&mut *connection)
    .await?;
    let changed = [("id", "c.id"), ("waha_name", "c.waha_name"), ("name", "c.waha_name")];
    copy(&mut connection, "sessions", template.0, &changed).await?;
    sqlx::query("drop table copies").execute(&mut *connection).await?;
    Ok(())
}

/// Copies the queued message `template` and its job `n` times, to as many people, over these sessions.
pub(crate) async fn copy_message(
    pool: &PgPool,
    template: MessageId,
    n: u64,
    session_of: impl Fn(u64) -> SessionId,
    bar: &ProgressBar,
) -> anyhow::Result<()> {
    let mut connection = pool.acquire().await?;
    let at: DateTime<Utc> = sqlx::query_scalar("select created_at from messages where id = $1")
        .bind(template.0)
        .fetch_one(&mut *connection)
        .await
        .context("no message to copy")?;
    // Foreign keys and triggers per row would take minutes, and the rows are valid.
    sqlx::query("set session_replication_role = replica").execute(&mut *connection).await?;
    sqlx::query(
        "create temp table copies (id uuid, session_id uuid, phone text, waha_id text, payload jsonb)",
    )
    .execute(&mut *connection)
    .await?;
    let mut into = connection.copy_in_raw("copy copies from stdin").await?;
    let mut piece = String::with_capacity(PIECE + 512);
    for k in 0..n {
        // In order, as the API would have written them.
        let id = MessageId::new(at, u128::from(k) << 16);
        let payload = serde_json::to_string(&SendMessage { message: id })?;
        let (session, waha_id) = (session_of(k).0, client_message_id(rand::random()));
        writeln!(piece, "{}\t{session}\t{PREFIX}{k:08}\t{waha_id}\t{payload}", id.0)?;
        if piece.len() >= PIECE {
            into.send(piece.as_bytes()).await?;
            piece.clear();
            bar.set_position(k / 2);
        }
    }
    into.send(piece.as_bytes()).await?;
    into.finish().await?;
    let of_message = [
        ("id", "c.id"),
        ("session_id", "c.session_id"),
        ("phone", "c.phone"),
        ("chat_id", "c.phone || '@c.us'"),
        ("waha_id", "c.waha_id"),
    ];
    copy(&mut connection, "messages", template.0, &of_message).await?;
    let of_job = [("id", "c.id"), ("lane", "c.session_id"), ("payload", "c.payload")];
    copy(&mut connection, "jobs", template.0, &of_job).await?;
    for statement in ["drop table copies", "reset session_replication_role", "vacuum analyze messages, jobs"]
    {
        sqlx::query(statement).execute(&mut *connection).await?;
    }
    bar.set_position(n);
    Ok(())
}

/// One row of `table` for each row of `copies`: like the template except for `changed`.
async fn copy(
    connection: &mut PgConnection,
    table: &'static str,
    template: Uuid,
    changed: &[(&str, &str)],
) -> anyhow::Result<()> {
    let columns: Vec<String> = sqlx::query_scalar(
        "select quote_ident(attname)
         from pg_attribute
         where attrelid = $1::text::regclass and attnum > 0 and not attisdropped and attgenerated = ''
           and attidentity = ''",
    )
    .bind(table)
    .fetch_all(&mut *connection)
    .await?;
    let values: Vec<String> = columns
        .iter()
        .map(|column| match changed.iter().find(|(name, _)| name == column) {
            Some((_, value)) => (*value).to_owned(),
            None => format!("t.{column}"),
        })
        .collect();
    let statement = format!(
        "insert into {table} ({}) select {} from {table} t, copies c where t.id = $1",
        columns.join(", "),
        values.join(", ")
    );
    sqlx::query(AssertSqlSafe(statement)).bind(template).execute(connection).await?;
    Ok(())
}
