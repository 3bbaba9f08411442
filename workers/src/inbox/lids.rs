//! Asking WAHA which number is behind a LID. WAHA answers from what it keeps, so there is no pace; but it may not know
//! yet (transcript C110), so it is asked again, ever more rarely; at most a minute apart while the person behind it asked to
//! be left alone, for the number may be written to meanwhile.

use std::time::Duration;

use wahana_domain::{OrganizationId, Phone, Reason, SessionId};
use wahana_jobs::{Outcome, Retry};
use wahana_store::StoreError;
use wahana_waha::{ChatId, WahaClient, WahaError};

use crate::Workers;
use crate::sessions::commands;

/// Pauses until a LID is asked for again. Without an end: somebody may have written STOP under it.
const AGAIN: Retry =
    Retry { attempts: u32::MAX, base: Duration::from_secs(10), cap: Duration::from_secs(24 * 3600) };
/// Longest pause while an opt-out waits for the number.
const OPTED_OUT: Duration = Duration::from_secs(60);
/// LIDs asked for in one go.
const BATCH: i64 = 50;

/// Asks for all LIDs of this session that are due, and comes back for those that are due later.
pub(crate) async fn resolve(
    workers: &Workers,
    organization: OrganizationId,
    session: SessionId,
) -> Result<Outcome, StoreError> {
    let system = workers.store.system();
    let wanted = system.lids().wanted(session, BATCH).await?;
    if !wanted.is_empty() {
        let (work, client) = match commands::open(workers, session).await? {
            Ok(opened) => opened,
            Err(outcome) => return Ok(outcome),
        };
        for one in wanted {
            let told = ask(&client, &work.waha_name, &one.lid).await;
            let found = if matches!(told, Ok(Some(_))) { "yes" } else { "no" };
            metrics::counter!("lids_resolved_total", "found" => found).increment(1);
            if let Ok(Some(phone)) = told {
                system.lids().record(organization, session, &one.lid, &phone).await?;
                continue;
            }
            let longest = if one.opted_out { OPTED_OUT } else { AGAIN.cap };
            let pause = AGAIN.after(one.tries + 1, rand::random()).unwrap_or(AGAIN.cap).min(longest);
            let again_at = workers.store.clock().now() + pause;
            // A WAHA that is away did not say that it does not know.
            system.lids().ask_again(organization, &one.lid, told.is_ok(), again_at).await?;
            if let Err(error) = told {
                // Of the others it would hardly say either, and a WAHA that hangs must not use up the time of this job.
                tracing::info!(session.id = %session, error.type = error.code.as_str(), "WAHA did not say which number is behind a LID");
                break;
            }
        }
    }
    let next = system.lids().next_wanted(session).await?;
    Ok(next.map_or(Outcome::Done, |until| Outcome::Defer { until, code: Reason::LidNotKnownYet }))
}

/// The number behind a LID; `None` while WAHA does not know.
async fn ask(client: &WahaClient, waha_name: &str, lid: &str) -> Result<Option<Phone>, WahaError> {
    let Ok(lid) = ChatId::parse(lid) else { return Ok(None) };
    let told = client.lid(waha_name, &lid).await?;
    let chat = told.pn.and_then(|pn| ChatId::parse(&pn).ok());
    Ok(chat.as_ref().and_then(ChatId::digits).and_then(Phone::from_whatsapp))
}
