//! WhatsApp's restrictions of an account as WAHA shows them: in `me`, and on request (docs/waha.md section
//! 9). The field names are those of WAHA's newest known sources; the values are ours.

use serde_json::{Value, json};

use crate::{config::Version, sim::Sim};

/// A restriction lasts this long (docs/waha.md 10.1: seven days), in seconds.
pub(crate) const RESTRICTION_SECONDS: i64 = 7 * 86_400;

impl Sim {
    /// The ban on new chats, if there is one.
    pub(crate) fn timelock(&self, session: &str) -> Option<Value> {
        let is = self.with_faults(|faults| faults.restricted_sessions.iter().any(|name| name == session));
        let ends = self.now() / 1000 + RESTRICTION_SECONDS;
        is.then(|| json!({ "enforcementType": "REACHOUT_TIMELOCK", "isActive": true, "timeEnforcementEnds": ends }))
    }

    /// The quota of new chats, if it is used up.
    pub(crate) fn capping(&self, session: &str) -> Option<Value> {
        let is = self.with_faults(|faults| faults.capped_sessions.iter().any(|name| name == session));
        let warned = self.with_faults(|faults| faults.warned_sessions.iter().any(|name| name == session));
        let end = self.now() / 1000 + RESTRICTION_SECONDS;
        let (status, used) = if is { ("CAPPED", 100) } else { ("FIRST_WARNING", 80) };
        (is || warned).then(|| {
            json!({ "cappingStatus": status, "totalQuota": 100, "usedQuota": used, "cycleStart": end - 30 * 86_400,
                    "cycleEnd": end })
        })
    }

    /// `me` with the known restrictions: none before the first refusal.
    pub(crate) fn with_standing(&self, session: &str, refused: bool, mut me: Value) -> Value {
        if me.is_object() && refused && self.config.version >= Version::V2026_10 {
            if let Some(timelock) = self.timelock(session) {
                me["reachoutTimelock"] = timelock;
            }
            if let Some(capping) = self.capping(session) {
                me["messageCapping"] = capping;
            }
        }
        me
    }
}
