//! What each of our calls needs of a WAHA server: engine and version (docs/waha.md section 0). Pure functions; a version
//! that does not read can nothing.

use crate::nodes::NodeGap;

/// Something that only some WAHA servers can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// `sendText` sends under the id that we chose. Files never have a chosen id.
    ClientId,
    /// `GET /api/sessions/{s}/timelock`: whether WhatsApp lets the account open no new chats.
    Timelock,
    /// `GET /api/sessions/{s}/capping`: WhatsApp's quota of new chats.
    Capping,
    /// An ack of -1 says why WhatsApp refused the message.
    RejectionReason,
}

/// An engine, and the first version that can it there.
type Since = (&'static str, [u32; 3]);

impl Need {
    /// The table: on which engines, and since which version.
    const fn since(self) -> &'static [Since] {
        match self {
            Self::ClientId => &[("NOWEB", [2026, 4, 3]), ("GOWS", [2026, 4, 3])],
            Self::Timelock => &[("NOWEB", [2026, 8, 1]), ("GOWS", [2026, 8, 1]), ("WEBJS", [2026, 8, 1])],
            Self::Capping => &[("NOWEB", [2026, 8, 1]), ("GOWS", [2026, 8, 1])],
            Self::RejectionReason => &[("NOWEB", [2026, 7, 2])],
        }
    }

    /// Whether this server can it.
    #[must_use]
    pub fn is_met(self, version: Option<&str>, engine: Option<&str>) -> bool {
        let (Some(version), Some(engine)) = (version.and_then(numbers), engine) else { return false };
        self.since().iter().any(|(name, since)| engine.eq_ignore_ascii_case(name) && version >= *since)
    }
}

/// Whether WAHA sends a text under the id that we chose: since 2026.4.3 on NOWEB and GOWS (docs/waha.md 0.15). Files never
/// have a chosen id.
#[must_use]
pub fn keeps_client_id(version: Option<&str>, engine: Option<&str>) -> bool {
    Need::ClientId.is_met(version, engine)
}

/// What a server that answered lacks, the worst first. Nothing is said of one that never answered.
#[must_use]
pub fn gaps(version: Option<&str>, engine: Option<&str>) -> Vec<NodeGap> {
    if version.is_none() || engine.is_none() {
        return Vec::new();
    }
    let lacks = |need: Need| !need.is_met(version, engine);
    let found = [(NodeGap::ClientIds, lacks(Need::ClientId)), (NodeGap::Restrictions, lacks(Need::Timelock))];
    found.into_iter().filter_map(|(gap, there)| there.then_some(gap)).collect()
}

/// `2026.7.1` as numbers.
fn numbers(version: &str) -> Option<[u32; 3]> {
    let mut parts = version.trim().split('.').map(|part| part.parse().ok());
    Some([parts.next()??, parts.next()??, parts.next()??])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_kept_from_the_version_on_that_can() {
        for (version, engine, keeps) in [
            (Some("2026.4.3"), Some("NOWEB"), true),
            (Some("2026.7.1"), Some("GOWS"), true),
            (Some("2026.10.1"), Some("NOWEB"), true),
            (Some("2026.4.2"), Some("NOWEB"), false),
            (Some("2025.12.9"), Some("GOWS"), false),
            (Some("2026.7.1"), Some("WEBJS"), false),
            (Some("latest"), Some("NOWEB"), false),
            (None, Some("NOWEB"), false),
            (Some("2026.7.1"), None, false),
        ] {
            assert_eq!(keeps_client_id(version, engine), keeps, "{version:?} {engine:?}");
        }
    }

    #[test]
    fn what_an_old_server_lacks_is_named() {
        let of = |version, engine| gaps(Some(version), Some(engine));
        assert_eq!(of("2026.10.1", "NOWEB"), []);
        assert_eq!(of("2026.8.1", "gows"), []);
        assert_eq!(of("2026.7.2", "NOWEB"), [NodeGap::Restrictions]);
        assert_eq!(of("2026.4.1", "NOWEB"), [NodeGap::ClientIds, NodeGap::Restrictions]);
        assert_eq!(of("2026.10.1", "WEBJS"), [NodeGap::ClientIds]);
        assert_eq!(of("nightly", "NOWEB"), [NodeGap::ClientIds, NodeGap::Restrictions]);
        assert_eq!(gaps(None, None), [], "it never answered");
    }
}
