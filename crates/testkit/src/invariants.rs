//! Nothing is lost and nothing is sent twice: what Postgres says of a campaign against what WhatsApp really got.
//!
//! Only reads. Every breach is reported, not only the first, so that a failed run tells what happened.

use std::collections::HashMap;

use sqlx::{PgConnection, PgPool};
use wahana_domain::CampaignId;
use wahana_domain::messages::MessageState;

/// A message that WhatsApp got, as the simulator logged it.
#[derive(Clone, Debug)]
pub struct Received {
    /// The chat it went to.
    pub chat: String,
    /// Its bare id.
    pub waha_id: String,
}

/// What a check found.
#[derive(Debug, Default)]
pub struct Verdict {
    /// What is not as it must be; empty is good. At most [`SHOWN`] examples of each kind.
    pub breaches: Vec<String>,
    /// Messages by state.
    pub states: HashMap<MessageState, i64>,
    /// Messages that WhatsApp got more than once, with a lost answer as the excuse.
    pub excused_repeats: usize,
}

/// Examples of one kind of breach that are spelled out.
pub const SHOWN: usize = 5;

/// Codes of messages that failed after WhatsApp's servers had them.
const REFUSED_BY_WHATSAPP: [&str; 4] =
    ["rejected_by_whatsapp", "restricted", "chat_refused", "many_rejections"];
/// The code of messages of which nobody can say whether WhatsApp has them.
const IN_DOUBT: &str = "not_confirmed";

/// One message of the campaign, with what was tried.
#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    chat_id: String,
    waha_id: Option<String>,
    state: MessageState,
    error_code: Option<String>,
    lost_answers: i64,
}

/// Checks a campaign that has come to its end. `received` may hold other messages too.
///
/// # Errors
/// Postgres does not answer.
pub async fn check_campaign(
    pool: &PgPool,
    campaign: CampaignId,
    received: &[Received],
) -> sqlx::Result<Verdict> {
    let mut verdict = Verdict::default();
    // One moment for all that is read: acks go on coming.
    let mut tx = pool.begin_with("begin isolation level repeatable read read only").await?;
    books(&mut tx, campaign, &mut verdict).await?;
    let rows = messages(&mut tx, campaign).await?;
    for row in &rows {
        *verdict.states.entry(row.state).or_default() += 1;
    }
    progress(&mut tx, campaign, &mut verdict).await?;
    failures(&mut tx, campaign, &rows, &mut verdict).await?;
    verdict.note("not settled", rows.iter().filter(|r| !r.state.is_settled()).map(Row::describe));
    verdict.note(
        "failed without a code",
        rows.iter().filter(|r| r.state == MessageState::Failed && r.error_code.is_none()).map(Row::describe),
    );
    against_the_world(&rows, received, &mut verdict);
    Ok(verdict)
}

/// Messages that WhatsApp got and nobody ever wrote down.
///
/// # Errors
/// Postgres does not answer.
pub async fn strangers(pool: &PgPool, received: &[Received]) -> sqlx::Result<Vec<Received>> {
    let ids: Vec<&str> = received.iter().map(|r| r.waha_id.as_str()).collect();
    let known: Vec<String> = sqlx::query_scalar("select waha_id from messages where waha_id = any($1)")
        .bind(&ids)
        .fetch_all(pool)
        .await?;
    let known: std::collections::HashSet<String> = known.into_iter().collect();
    Ok(received.iter().filter(|r| !known.contains(&r.waha_id)).cloned().collect())
}

/// The campaign's own figures, and what must be gone.
async fn books(db: &mut PgConnection, campaign: CampaignId, verdict: &mut Verdict) -> sqlx::Result<()> {
    let (state, total, cursor): (String, i32, i32) =
        sqlx::query_as("select state::text, total, cursor from campaigns where id = $1")
            .bind(campaign.0)
            .fetch_one(&mut *db)
            .await?;
    if state != "finished" || cursor < total {
        verdict.breaches.push(format!("the campaign is {state}, released up to {cursor} of {total}"));
    }
    let without: Vec<String> = sqlx::query_scalar(
        "select r.phone
         from recipients r
         where r.campaign_id = $1
           and not exists (select 1 from messages m where m.id = r.id and m.campaign_id = $1)",
    )
    .bind(campaign.0)
    .fetch_all(&mut *db)
    .await?;
    verdict.note("recipient without a message", without.into_iter());
    let people: i64 = sqlx::query_scalar("select count(*) from recipients where campaign_id = $1")
        .bind(campaign.0)
        .fetch_one(&mut *db)
        .await?;
    if people != i64::from(total) {
        verdict.breaches.push(format!("{people} recipients, but the campaign says {total}"));
    }
    // A dead letter stays for people to look at; every other job must have come to its end.
    let jobs: Vec<(String, String, String)> = sqlx::query_as(
        "select j.kind, j.state::text, j.id::text from jobs j join messages m on m.id = j.id
         where m.campaign_id = $1 and (j.state <> 'dead' or m.state <> 'failed')",
    )
    .bind(campaign.0)
    .fetch_all(&mut *db)
    .await?;
    verdict
        .note("job left behind", jobs.into_iter().map(|(kind, state, id)| format!("{kind} {id} is {state}")));
    Ok(())
}

async fn messages(db: &mut PgConnection, campaign: CampaignId) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as(
        "select m.id::text, m.chat_id, m.waha_id, m.state, m.error_code,
                (
                    select count(*) from attempts a where a.job_id = m.id and a.outcome in ('unknown', 'lost')
                ) as lost_answers
         from messages m
         where m.campaign_id = $1",
    )
    .bind(campaign.0)
    .fetch_all(&mut *db)
    .await
}

/// The funnel that people see must be what the messages are.
async fn progress(db: &mut PgConnection, campaign: CampaignId, verdict: &mut Verdict) -> sqlx::Result<()> {
    let counted: Vec<(MessageState, i64)> = sqlx::query_as(
        "select state, sum(n)::bigint from campaign_progress where campaign_id = $1 group by state",
    )
    .bind(campaign.0)
    .fetch_all(&mut *db)
    .await?;
    let counted: HashMap<MessageState, i64> = counted.into_iter().collect();
    for state in MessageState::ALL {
        let (shown, is) =
            (counted.get(state).copied().unwrap_or(0), verdict.states.get(state).copied().unwrap_or(0));
        if shown != is {
            verdict.breaches.push(format!("progress shows {shown} {state}, but {is} messages are"));
        }
    }
    Ok(())
}

/// So must the reasons why some got nothing.
async fn failures(
    db: &mut PgConnection,
    campaign: CampaignId,
    rows: &[Row],
    verdict: &mut Verdict,
) -> sqlx::Result<()> {
    let counted: Vec<(MessageState, String, i64)> = sqlx::query_as(
        "select state, code, sum(n)::bigint
         from campaign_failures
         where campaign_id = $1
         group by 1, 2
         having sum(n) <> 0",
    )
    .bind(campaign.0)
    .fetch_all(&mut *db)
    .await?;
    let shown: HashMap<_, _> = counted.into_iter().map(|(state, code, n)| ((state, code), n)).collect();
    let mut are = HashMap::<_, i64>::new();
    for row in rows {
        if matches!(row.state, MessageState::Failed | MessageState::Expired | MessageState::Cancelled) {
            *are.entry((row.state, row.error_code.clone().unwrap_or_default())).or_default() += 1;
        }
    }
    if shown != are {
        verdict.breaches.push(format!("failures are shown as {shown:?}, but are {are:?}"));
    }
    Ok(())
}

/// Compares what was received with what should have been.
fn against_the_world(rows: &[Row], received: &[Received], verdict: &mut Verdict) {
    let mut by_id: HashMap<&str, Vec<&Received>> = HashMap::new();
    for message in received {
        by_id.entry(&message.waha_id).or_default().push(message);
    }
    let nothing = Vec::new();
    let (mut lost, mut forbidden, mut twice, mut astray) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let got = row.waha_id.as_deref().and_then(|id| by_id.get(id)).unwrap_or(&nothing);
        match row.must_be_there() {
            Some(true) if got.is_empty() => lost.push(row.describe()),
            Some(false) if !got.is_empty() => forbidden.push(row.describe()),
            _ => {}
        }
        if got.len() > 1 + usize::try_from(row.lost_answers).unwrap_or(0) {
            twice.push(format!("{} times: {}", got.len(), row.describe()));
        } else if got.len() > 1 {
            verdict.excused_repeats += 1;
        }
        astray.extend(
            got.iter()
                .filter(|r| r.chat != row.chat_id)
                .map(|r| format!("{} got {}", r.chat, row.describe())),
        );
    }
    verdict.note("counts as sent, but WhatsApp never got it", lost.into_iter());
    verdict.note("counts as not sent, but WhatsApp got it", forbidden.into_iter());
    verdict.note("sent more than once", twice.into_iter());
    verdict.note("went to another chat", astray.into_iter());
}

impl Row {
    /// Whether WhatsApp must have it; `None` when both are right.
    fn must_be_there(&self) -> Option<bool> {
        match (self.state, self.error_code.as_deref()) {
            (MessageState::Failed, Some(IN_DOUBT)) => None,
            (MessageState::Failed, Some(code)) => Some(REFUSED_BY_WHATSAPP.contains(&code)),
            (MessageState::Sent | MessageState::Delivered | MessageState::Read | MessageState::Played, _) => {
                Some(true)
            }
            (MessageState::Cancelled | MessageState::Expired, _) => Some(false),
            _ => None,
        }
    }

    fn describe(&self) -> String {
        let code = self.error_code.as_deref().unwrap_or("no code");
        format!(
            "{} to {} is {} ({code}), {} answers lost",
            self.id, self.chat_id, self.state, self.lost_answers
        )
    }
}

impl Verdict {
    fn note(&mut self, what: &str, examples: impl Iterator<Item = String>) {
        let examples: Vec<String> = examples.collect();
        if !examples.is_empty() {
            let shown = examples.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("\n    ");
            self.breaches.push(format!("{what}: {} of them\n    {shown}", examples.len()));
        }
    }

    /// Panics with everything that is wrong.
    #[track_caller]
    pub fn assert_clean(&self) {
        assert!(self.breaches.is_empty(), "{:?}\n{}", self.states, self.breaches.join("\n"));
    }
}
