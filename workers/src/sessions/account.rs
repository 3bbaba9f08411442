//! Whether WhatsApp lets an account open new chats: what WAHA says of it becomes a park of the bulk line, or its end.

use chrono::DateTime;
use wahana_domain::sessions::ParkReason;
use wahana_domain::{Reason, SessionId};
use wahana_jobs::Outcome;
use wahana_store::StoreError;
use wahana_store::sessions::signals::{ASK_AGAIN, NewChatQuota, Restriction};
use wahana_waha::{Quota, Standing};

use crate::Workers;
use crate::sessions::commands;

/// Asks WAHA, and asks again while the account is restricted.
pub(crate) async fn check(workers: &Workers, session: SessionId) -> Result<Outcome, StoreError> {
    let (work, client) = match commands::open(workers, session).await? {
        Ok(opened) => opened,
        Err(outcome) => return Ok(outcome),
    };
    let account = match client.account(&work.waha_name).await {
        Ok(account) => account,
        Err(error) => return Ok(commands::failed(&error)),
    };
    let (system, standing) = (workers.store.system(), account.standing());
    if let Some(quota) = account.quota() {
        system.sessions().record_quota(session, &quota_of(quota)).await?;
    }
    match restriction(standing) {
        Some(restriction) => {
            // Without an end it would ask again at once.
            let until = match restriction.until {
                Some(_) => Some(system.sessions().restrict(session, &restriction).await?),
                None => system.sessions().restricted_until(session).await?,
            };
            tracing::info!(session.id = %session, ?standing, ?until, "WAHA says the account may open no chats");
        }
        None if standing == Standing::Free => {
            system.sessions().lift_restriction(session).await?;
        }
        None => {}
    }
    let now = workers.store.clock().now();
    Ok(match system.sessions().restricted_until(session).await? {
        Some(until) => Outcome::Defer { until: until.min(now + ASK_AGAIN), code: Reason::Restricted },
        None => Outcome::Done,
    })
}

fn quota_of(quota: Quota) -> NewChatQuota {
    let count = |n: Option<u32>| n.and_then(|n| i32::try_from(n).ok());
    NewChatQuota {
        status: quota.status,
        total: count(quota.total),
        used: count(quota.used),
        resets_at: quota.resets.and_then(|s| DateTime::from_timestamp(s, 0)),
    }
}

/// What a standing means for the bulk line; `None` for none.
pub(crate) fn restriction(standing: Standing) -> Option<Restriction> {
    let at = |seconds: Option<i64>| seconds.and_then(|s| DateTime::from_timestamp(s, 0));
    match standing {
        Standing::Unknown | Standing::Free => None,
        Standing::Timelocked(ends) => Some(Restriction {
            code: ParkReason::Restricted,
            until: at(ends),
            detail: "WhatsApp lets the account open no new chats (reachout timelock)".into(),
        }),
        Standing::Capped(ends) => Some(Restriction {
            code: ParkReason::MessageCapping,
            until: at(ends),
            detail: "WhatsApp's quota of new chats is used up (message capping)".into(),
        }),
    }
}
