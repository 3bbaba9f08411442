//! Records every state of every message by a trigger in the throwaway database, and compares the steps with
//! the domain's transitions, independently of the guard in the database.

use std::collections::HashMap;

use sqlx::PgPool;
use wahana_domain::messages::MessageState;

/// Runs as the owner of the table, because tenants write messages, too.
const NOTE: &str = "
    create table chaos_history (
        n bigint generated always as identity primary key, message uuid not null,
        was message_state, became message_state not null,
        at timestamptz not null default clock_timestamp());
    create function chaos_note() returns trigger
        language plpgsql security definer set search_path = public as $$
    begin
        insert into chaos_history (message, was, became)
        values (new.id, case when tg_op = 'UPDATE' then old.state end, new.state);
        return null;
    end $$;
    create trigger chaos_insert after insert on messages for each row execute function chaos_note();
    create trigger chaos_update after update of state on messages for each row
        when (old.state is distinct from new.state) execute function chaos_note();";

/// Starts recording.
pub(super) async fn note_all(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::raw_sql(NOTE).execute(pool).await.map(drop)
}

/// Steps that are not a listed transition, and steps that do not start in the state where the last one ended.
pub(super) async fn bad_steps(pool: &PgPool) -> anyhow::Result<Vec<String>> {
    let steps: Vec<(uuid::Uuid, Option<MessageState>, MessageState)> =
        sqlx::query_as("select message, was, became from chaos_history order by n").fetch_all(pool).await?;
    let (mut last, mut bad) = (HashMap::new(), Vec::new());
    for (message, was, is) in steps {
        let before: Option<MessageState> = last.insert(message, is);
        if before != was {
            bad.push(format!("{message} was {before:?} and left {was:?}"));
        } else if was.is_some_and(|was| !was.can_become(is)) {
            bad.push(format!("{message} went from {was:?} to {is}"));
        }
    }
    Ok(bad)
}

/// Messages whose state and times contradict each other.
pub(super) async fn contradictions(pool: &PgPool) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "select id || ' is ' || state || ' with sent_at ' || coalesce(sent_at::text, 'null') ||
             ', settled_at ' || coalesce(settled_at::text, 'null')
         from messages
         where direction = 'outbound'
           and (
               state in ('sent', 'delivered', 'read', 'played') and sent_at is null
               or state in ('delivered', 'read', 'played') and delivered_at is null
               or state in ('read', 'played') and read_at is null
               or (state in ('accepted', 'scheduled', 'queued', 'sending')) <> (settled_at is null)
                  and state <> 'unknown'
               or state = 'failed' and error_code is null
           )",
    )
    .fetch_all(pool)
    .await
}

/// Attempts that were recorded more than once, and with them the usage that counts against caps.
pub(super) async fn written_twice(pool: &PgPool) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "select 'attempt ' || n || ' of ' || kind || ' ' || job_id || ' by ' || owner || ' was written ' ||
             count(*) || ' times'
         from attempts
         where outcome not in ('lost', 'resolved')
         group by job_id, kind, n, owner
         having count(*) > 1
         union all
         select 'usage says ' || u.sent || ' were sent, attempts say ' || a.sent
         from (select coalesce(sum(sent), 0) as sent from session_usage) u,
              (
                  select count(*) as sent
                  from attempts
                  where kind = 'send_message' and outcome in ('done', 'unknown')
              ) a
         where u.sent <> a.sent",
    )
    .fetch_all(pool)
    .await
}
