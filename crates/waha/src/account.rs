//! WhatsApp's restrictions of an account, as WAHA reports them (docs/waha.md section 9): the ban on new chats
//! ("reachout timelock", error 463) and the quota of new chats ("message capping"). Both are null until
//! known.

use serde::Deserialize;
use serde_json::Value;
use wahana_domain::chat_id::without_device;
use wahana_domain::sessions::QuotaStatus;

use crate::{Class, WahaClient, WahaError, client::Call, webhook::flexible};

/// WhatsApp's ban on new chats.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Timelock {
    /// Whether it is in force.
    #[serde(default, rename = "isActive")]
    pub is_active: bool,
    /// Its end, as WAHA gives it.
    #[serde(default, rename = "timeEnforcementEnds")]
    pub ends: Option<Value>,
}

/// WhatsApp's quota of new chats.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Capping {
    /// `NONE`, `FIRST_WARNING`, `SECOND_WARNING`, `CAPPED`; WAHA may add to it.
    #[serde(default, rename = "cappingStatus")]
    pub status: Option<String>,
    /// When the quota resets, as WAHA gives it.
    #[serde(default, rename = "cycleEnd")]
    pub cycle_end: Option<Value>,
    /// New chats of a cycle; -1 is no limit.
    #[serde(default, rename = "totalQuota")]
    pub total: Option<i64>,
    /// Of those, begun.
    #[serde(default, rename = "usedQuota")]
    pub used: Option<i64>,
}

/// What WhatsApp lets an account do, as WAHA was told when it was asked. `None` where WAHA cannot ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountState {
    /// The ban on new chats.
    pub timelock: Option<Timelock>,
    /// The quota of new chats.
    pub capping: Option<Capping>,
}

/// How much of the quota of new chats is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// How far.
    pub status: QuotaStatus,
    /// New chats of a cycle; `None` is no limit.
    pub total: Option<u32>,
    /// Of those, begun.
    pub used: Option<u32>,
    /// When it resets (Unix seconds), if told.
    pub resets: Option<i64>,
}

impl AccountState {
    /// Whether new chats are allowed.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing::of(self.timelock.as_ref(), self.capping.as_ref())
    }

    /// The quota; `None` if it is not known, or WAHA has a word for it that we do not know.
    #[must_use]
    pub fn quota(&self) -> Option<Quota> {
        let capping = self.capping.as_ref()?;
        let status = match capping.status.as_deref()? {
            "NONE" => QuotaStatus::None,
            "FIRST_WARNING" => QuotaStatus::FirstWarning,
            "SECOND_WARNING" => QuotaStatus::SecondWarning,
            "CAPPED" => QuotaStatus::Capped,
            _ => return None,
        };
        let count = |n: Option<i64>| n.and_then(|n| u32::try_from(n).ok());
        Some(Quota {
            status,
            total: count(capping.total),
            used: count(capping.used),
            resets: capping.cycle_end.as_ref().and_then(flexible::time).filter(|at| *at > 0),
        })
    }
}

/// Whether an account may open new chats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// WAHA does not know.
    Unknown,
    /// New chats are allowed.
    Free,
    /// WhatsApp refuses new chats with error 463, until this time (Unix seconds), if told.
    Timelocked(Option<i64>),
    /// The quota of new chats is used up, until this time (Unix seconds), if told.
    Capped(Option<i64>),
}

impl Standing {
    /// Combines both; the ban is the stricter one.
    #[must_use]
    pub fn of(timelock: Option<&Timelock>, capping: Option<&Capping>) -> Self {
        let time = |end: &Option<Value>| end.as_ref().and_then(flexible::time);
        if let Some(timelock) = timelock.filter(|timelock| timelock.is_active) {
            return Self::Timelocked(time(&timelock.ends));
        }
        match capping {
            Some(capping) if capping.status.as_deref() == Some("CAPPED") => {
                Self::Capped(time(&capping.cycle_end))
            }
            None if timelock.is_none() => Self::Unknown,
            _ => Self::Free,
        }
    }
}

/// The WhatsApp account behind a session.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Me {
    /// `<digits>@c.us`.
    pub id: String,
    /// The account's LID.
    #[serde(default)]
    pub lid: Option<String>,
    /// The name the owner chose.
    #[serde(default, rename = "pushName")]
    pub push_name: Option<String>,
    /// WhatsApp's ban on new chats, if WAHA knows (2026.7.2).
    #[serde(default, rename = "reachoutTimelock")]
    pub reachout_timelock: Option<Timelock>,
    /// WhatsApp's quota of new chats, if WAHA knows.
    #[serde(default, rename = "messageCapping")]
    pub message_capping: Option<Capping>,
}

impl Me {
    /// Whether a chat id, with or without a device, is this account: its number or its LID.
    #[must_use]
    pub fn is(&self, jid: &str) -> bool {
        let Some(person) = person(jid) else { return false };
        [Some(&self.id), self.lid.as_ref()].into_iter().flatten().any(|own| self::person(own) == Some(person))
    }

    /// WAHA's stored state of the account; it may be outdated.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing::of(self.reachout_timelock.as_ref(), self.message_capping.as_ref())
    }
}

/// The user of a person's chat id, and whether it is a LID. `None` for everything else.
fn person(jid: &str) -> Option<(&str, bool)> {
    let (user, server) = jid.split_once('@')?;
    match server {
        "c.us" | "s.whatsapp.net" => Some((without_device(user), false)),
        "lid" => Some((without_device(user), true)),
        _ => None,
    }
}

impl WahaClient {
    /// Asks WhatsApp what it lets the account do.
    ///
    /// # Errors
    /// As classified.
    pub async fn account(&self, session: &str) -> Result<AccountState, WahaError> {
        Ok(AccountState {
            timelock: self.ask(session, "timelock").await?,
            capping: self.ask(session, "capping").await?,
        })
    }

    /// `None` for an answer without information: no such route before 2026.8.1, or another engine.
    async fn ask<T: serde::de::DeserializeOwned>(
        &self,
        session: &str,
        what: &'static str,
    ) -> Result<Option<T>, WahaError> {
        let call = Call::get(what, &["api", "sessions", session, what]);
        match self.json_or_empty::<Option<T>>(call).await {
            Ok(answer) => Ok(answer.flatten()),
            Err(error) if error.class == Class::Permanent && matches!(error.status, Some(404 | 501)) => {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn me(more: Value) -> Standing {
        let mut me = json!({"id": "62811@c.us"});
        me.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        serde_json::from_value::<Me>(me).unwrap().standing()
    }

    #[test]
    fn the_account_is_known_by_number_and_lid_on_any_device() {
        let me: Me = serde_json::from_value(json!({"id": "62811@c.us", "lid": "99811@lid"})).unwrap();
        for own in
            ["62811@c.us", "62811:5@s.whatsapp.net", "62811@s.whatsapp.net", "99811@lid", "99811:5@lid"]
        {
            assert!(me.is(own), "{own}");
        }
        for other in ["62812@c.us", "62811@lid", "99811@c.us", "62811", "", "62811@g.us@lid"] {
            assert!(!me.is(other), "{other}");
        }
    }

    #[test]
    fn null_is_not_free() {
        assert_eq!(me(json!({})), Standing::Unknown);
        assert_eq!(me(json!({"reachoutTimelock": null, "messageCapping": null})), Standing::Unknown);
        assert_eq!(me(json!({"reachoutTimelock": {"isActive": false}})), Standing::Free);
        assert_eq!(me(json!({"messageCapping": {"cappingStatus": "SECOND_WARNING"}})), Standing::Free);
    }

    #[test]
    fn the_quota_is_read_in_seconds_and_without_a_limit() {
        let of = |capping: Value| {
            let capping = Some(serde_json::from_value(capping).unwrap());
            AccountState { timelock: None, capping }.quota()
        };
        let warned = json!({"cappingStatus": "FIRST_WARNING", "totalQuota": 100, "usedQuota": 80, "cycleEnd": 1_795_800_000});
        let quota = Quota {
            status: QuotaStatus::FirstWarning,
            total: Some(100),
            used: Some(80),
            resets: Some(1_795_800_000),
        };
        assert_eq!(of(warned), Some(quota));
        let free =
            of(json!({"cappingStatus": "NONE", "totalQuota": -1, "usedQuota": 3, "cycleEnd": 0})).unwrap();
        assert_eq!((free.status, free.total, free.resets), (QuotaStatus::None, None, None));
        assert_eq!(of(json!({"cappingStatus": "NEW_WORD"})), None);
        assert_eq!(of(json!({})), None);
    }

    #[test]
    fn the_end_is_told_in_seconds() {
        let lock = json!({"isActive": true, "timeEnforcementEnds": "1795800000", "enforcementType": "X"});
        assert_eq!(me(json!({"reachoutTimelock": lock})), Standing::Timelocked(Some(1_795_800_000)));
        let capped = json!({"cappingStatus": "CAPPED", "cycleEnd": 1_795_800_000_000_i64, "totalQuota": 10});
        assert_eq!(me(json!({"messageCapping": capped})), Standing::Capped(Some(1_795_800_000)));
        assert_eq!(me(json!({"reachoutTimelock": {"isActive": true}})), Standing::Timelocked(None));
    }
}
