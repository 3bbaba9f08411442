//! Asking WhatsApp whether numbers have it: one at a time per session, slowly and with random pauses, for WhatsApp
//! limits these questions (docs/waha.md section 5). Its own pace, beside that of sending. A number that has several
//! forms is asked for in each, the one that was given first, until one is found.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use wahana_domain::{OrganizationId, Phone, Reason, SessionId};
use wahana_jobs::{Outcome, Retry};
use wahana_store::StoreError;
use wahana_store::contacts::number_checks::FoundChat;
use wahana_waha::{ChatId, Class, WahaClient, WahaError};

use crate::Workers;
use crate::reasons::of_waha;
use crate::sessions::commands;

/// Pauses after checks that did not work.
const AGAIN: Retry =
    Retry { attempts: u32::MAX, base: Duration::from_secs(30), cap: Duration::from_secs(3600) };
/// How much longer the longest pause is than the shortest.
const SPREAD: f64 = 2.0;

/// How numbers are checked.
#[derive(Clone, Copy, Debug)]
pub struct NumberChecks {
    /// Shortest pause between two questions of one session; the longest is twice that.
    pub gap: Duration,
    /// How long a yes is believed.
    pub keep_yes: Duration,
    /// How long a no is believed.
    pub keep_no: Duration,
}

impl Default for NumberChecks {
    fn default() -> Self {
        let days = |n: u64| Duration::from_secs(n * 24 * 3600);
        Self { gap: Duration::from_secs(4), keep_yes: days(30), keep_no: Duration::from_secs(600) }
    }
}

/// Checks the session's next number, and comes back after a pause while more wait.
pub(crate) async fn check(
    workers: &Workers,
    organization: OrganizationId,
    session: SessionId,
) -> Result<Outcome, StoreError> {
    let system = workers.store.system();
    let Some((wanted, more)) = system.number_checks().next_wanted(organization, session).await? else {
        return Ok(Outcome::Done);
    };
    let (work, client) = match commands::open(workers, session).await? {
        Ok(opened) => opened,
        Err(outcome) => return Ok(outcome),
    };
    let options = workers.options.number_checks;
    let random: f64 = rand::random();
    let pause_between = options.gap.mul_f64(1.0 + random * (SPREAD - 1.0));
    match find(&client, &work.waha_name, &wanted.phone, pause_between).await {
        Ok(found) => {
            let keep = if found.is_some() { options.keep_yes } else { options.keep_no };
            let checks = system.number_checks();
            checks.record(organization, session, &wanted.person, found.as_ref(), keep).await?;
            let found = if found.is_some() { "yes" } else { "no" };
            metrics::counter!("number_checks_total", "on_whatsapp" => found).increment(1);
            Ok(if more { later(workers, pause_between, Reason::NumberChecksLeft) } else { Outcome::Done })
        }
        Err(error) => {
            metrics::counter!("number_checks_total", "on_whatsapp" => "unknown").increment(1);
            system.number_checks().record_failure(organization, &wanted.person).await?;
            Ok(later(workers, pause_after(&error, wanted.tries, random), of_waha(error.code)))
        }
    }
}

/// The chat of a number; `None` if WhatsApp knows it in no form. That a question failed is no answer.
async fn find(
    client: &WahaClient,
    waha_name: &str,
    digits: &str,
    pause: Duration,
) -> Result<Option<FoundChat>, WahaError> {
    let forms = Phone::from_whatsapp(digits).map(|phone| phone.forms()).unwrap_or_default();
    for (n, form) in forms.iter().enumerate() {
        if n > 0 {
            tokio::time::sleep(pause).await;
        }
        let answer = client.check_exists(waha_name, form.digits()).await?;
        if answer.exists {
            let chat = answer.chat_id.or_else(|| ChatId::phone(form.digits()).ok());
            let phone = answer.pn.as_deref().and_then(Phone::from_whatsapp);
            return Ok(chat.map(|chat| FoundChat { chat, phone }));
        }
    }
    Ok(None)
}

/// Longer each time, and never shorter than WAHA asked for.
fn pause_after(error: &WahaError, tries: u32, random: f64) -> Duration {
    let own = AGAIN.after(tries + 1, random).unwrap_or(AGAIN.cap);
    let own = if error.class == Class::RateLimited { own * 2 } else { own };
    own.max(error.retry_after.unwrap_or_default())
}

fn later(workers: &Workers, pause: Duration, code: Reason) -> Outcome {
    let now: DateTime<Utc> = workers.store.clock().now();
    Outcome::Defer { until: now + TimeDelta::from_std(pause).unwrap_or(TimeDelta::hours(1)), code }
}
