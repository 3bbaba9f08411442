//! What of an organization changed since the last look, for screens that follow it.
//!
//! Looked at, not reported: a send or an ack writes nothing for it. A look costs the same however much is sent, because
//! it sees the newest of each kind and, of everything older, only that something changed.

use std::collections::HashMap;

use chrono::TimeDelta;
use uuid::Uuid;
use wahana_domain::hints::HintKind;
use wahana_domain::uuid_v7;

use super::TenantNotifications;
use crate::StoreError;

/// Rows of each kind that are told one by one.
const NEWEST: i64 = 50;
/// When a session last sent or received is told this coarsely, or a campaign would tell it every second.
const TOUCHED: &str = "5 seconds";
/// So long after a campaign ended its messages are still delivered and read.
const ECHO: TimeDelta = TimeDelta::days(1);
/// Dead letters counted at most.
const COUNTED_DEAD: i64 = 1_000;
/// More changes of one kind than this are told as one, without an id.
const ONE_BY_ONE: usize = 5;

/// Something changed: this one, or some of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hint {
    /// The kind.
    pub kind: HintKind,
    /// Which; `None` is any number of them.
    pub id: Option<Uuid>,
}

/// What an organization's things looked like.
#[derive(Clone, Debug, Default)]
pub struct ChangeCursor(HashMap<Hint, i64>);

impl ChangeCursor {
    /// What differs from how it was before.
    pub fn changes_since(&self, before: &Self) -> Vec<Hint> {
        let mut changes: Vec<Hint> = Vec::new();
        for kind in HintKind::ALL {
            let changed = |(seen, mark): (&Hint, &i64)| {
                (seen.kind == kind && before.0.get(seen) != Some(mark)).then_some(*seen)
            };
            let mut of_kind: Vec<Hint> = self.0.iter().filter_map(changed).collect();
            // One that is gone cannot be looked at any more; its list can.
            if before.count(kind) > self.count(kind) || of_kind.len() > ONE_BY_ONE {
                of_kind = vec![Hint { kind, id: None }];
            }
            of_kind.sort_unstable();
            changes.append(&mut of_kind);
        }
        changes
    }

    fn count(&self, kind: HintKind) -> usize {
        self.0.keys().filter(|seen| seen.kind == kind).count()
    }
}

impl TenantNotifications<'_> {
    /// What the organization's things look like now.
    pub async fn cursor(self) -> Result<ChangeCursor, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let now = self.tenant.store.clock().now();
        let rows = sqlx::query_file!(
            "src/db/changes_of_organization.sql",
            now,
            TOUCHED,
            now - ECHO,
            NEWEST,
            COUNTED_DEAD,
            uuid_v7(now - ECHO, 0),
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(ChangeCursor(
            rows.into_iter().map(|row| (Hint { kind: row.kind, id: row.id }, row.mark)).collect(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cursor_of(rows: &[(HintKind, u128, i64)]) -> ChangeCursor {
        let row = |(kind, id, mark): &(HintKind, u128, i64)| {
            (Hint { kind: *kind, id: Some(Uuid::from_u128(*id)) }, *mark)
        };
        ChangeCursor(rows.iter().map(row).collect())
    }

    #[test]
    fn what_is_new_or_changed_is_told_and_the_rest_is_not() {
        let before = cursor_of(&[(HintKind::Session, 1, 7), (HintKind::Message, 2, 7)]);
        assert_eq!(before.changes_since(&before), []);
        let after =
            cursor_of(&[(HintKind::Session, 1, 8), (HintKind::Message, 2, 7), (HintKind::Message, 3, 7)]);
        let id = |n| Some(Uuid::from_u128(n));
        let wanted =
            [Hint { kind: HintKind::Session, id: id(1) }, Hint { kind: HintKind::Message, id: id(3) }];
        assert_eq!(after.changes_since(&before), wanted);
    }

    #[test]
    fn a_burst_is_one_hint_and_so_is_what_is_gone() {
        let burst: Vec<_> = (0..40).map(|id| (HintKind::Message, id, 1)).collect();
        let any = |kind| vec![Hint { kind, id: None }];
        assert_eq!(cursor_of(&burst).changes_since(&ChangeCursor::default()), any(HintKind::Message));
        let two = cursor_of(&[(HintKind::Session, 1, 7), (HintKind::Session, 2, 7)]);
        assert_eq!(cursor_of(&[(HintKind::Session, 1, 7)]).changes_since(&two), any(HintKind::Session));
    }
}
