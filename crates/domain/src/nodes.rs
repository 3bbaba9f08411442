//! WAHA servers: how healthy one is, and what labels a session may wish for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Rule;
use crate::closed::closed_enum;

/// Words about a node, or what a session wants of its node: `{"region": "jakarta"}`.
pub type Labels = BTreeMap<String, String>;

/// The label that every node has: its engine, as it says itself (`NOWEB`, `GOWS`, ...).
pub const ENGINE_LABEL: &str = "engine";
/// Most labels of one node or wish.
pub const MAX_LABELS: usize = 20;
/// Longest name or value of a label.
pub const LABEL_LENGTH: usize = 63;

/// Whether a node answers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "node_health", rename_all = "snake_case")]
pub enum NodeHealth {
    /// Never asked yet.
    Unknown,
    /// It answered when it was last asked.
    Healthy,
    /// It did not answer when it was last asked.
    Degraded,
    /// It has not answered for longer than `fleet.dead_after_seconds`.
    Dead,
}

impl NodeHealth {
    /// The name in JSON, metrics and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Healthy => "healthy",
            Self::Degraded => "degraded",
            Self::Dead => "dead",
        }
    }
}

closed_enum! {
    /// What a WAHA server lacks because of its version or engine (`waha_versions`).
    NodeGap {
        /// It sends under ids of its own. A bulk message whose answer was lost cannot be sent again without the risk that
        /// it arrives twice, so it ends as not confirmed.
        ClientIds = "client_ids",
        /// It cannot be asked whether WhatsApp restricts an account. Rejections are counted instead.
        Restrictions = "restrictions",
    }
}

/// The rule that labels break; `None` if they break none.
pub fn wrong_labels(labels: &Labels) -> Option<Rule> {
    if labels.len() > MAX_LABELS {
        return Some(Rule::TooManyItems { max: MAX_LABELS as u64 });
    }
    let plain = |text: &str| {
        (1..=LABEL_LENGTH).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    let wrong = labels.iter().find(|(name, value)| !plain(name) || !plain(value))?;
    Some(Rule::BadLabel { label: format!("{}={}", wrong.0, wrong.1), max: LABEL_LENGTH as u64 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_short_plain_words() {
        let labels = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect::<Labels>()
        };
        assert_eq!(wrong_labels(&labels(&[("region", "ap-southeast-3"), ("plan", "a_1.b")])), None);
        for (name, value) in [("", "x"), ("x", ""), ("a b", "x"), ("x", "ä"), ("x", &"y".repeat(64))] {
            assert!(wrong_labels(&labels(&[(name, value)])).is_some(), "{name}={value}");
        }
        let many = (0..=MAX_LABELS).map(|n| (format!("l{n}"), "x".to_owned())).collect();
        assert!(wrong_labels(&many).is_some());
    }
}
