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
pub struct Sight(HashMap<Hint, i64>);

impl Sight {
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
    pub async fn cursor(self) -> Result<Sight, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let now = self.tenant.store.clock().now();
        let rows = sqlx::query!(
            r#"select 'session' as "kind!: HintKind", s.id, hashtextextended(concat_ws('|', s.name, s.description, s.desired, s.status,
                      s.status_since, s.phone, s.push_name, s.policy, s.parked_until, s.park_code, s.bulk_parked_until, s.bulk_park_code,
                      s.moving_to, case when s.status = 'scan_qr_code' then s.status_event_ms end, h.health, h.reason, date_bin($2::text::interval, s.last_inbound_at, 'epoch'), date_bin($2::text::interval,
                      (select max(last_at) from session_usage u where u.session_id = s.id and u.quarter > $1::timestamptz - interval '30 minutes'), 'epoch')), 0) as "mark!"
               from sessions s cross join lateral session_health(s, $1) h where s.deleted_at is null
               union all
               select 'campaign', c.id, hashtextextended(concat_ws('|', c.state, c.name, c.total, c.rejected, c.updated_at,
                      (select string_agg(concat(p.state, p.n), ',') from (select state, sum(n) as n from campaign_progress
                       where campaign_id = c.id and (c.finished_at is null or c.finished_at > $3) group by state order by state) p)), 0)
               from (select * from campaigns order by state = 'running' desc, id desc limit $4) c
               union all
               select 'message', id, hashtextextended(concat_ws('|', state, session_id, error_code, send_at), 0)
               from (select * from messages where id > $6 order by id desc limit $4) as newest
               union all
               select 'message', null, hashtextextended(concat(max(last_ack_at)), 0) from sessions
               union all
               select 'conversation', id, hashtextextended(concat_ws('|', last_message_id, unread, name), 0)
               from (select * from conversations order by last_message_id desc limit $4) as newest
               union all
               select 'conversation', null, hashtextextended(concat_ws('|', count(*), sum(unread)), 0) from conversations where unread > 0
               union all
               select 'job', null, hashtextextended(concat_ws('|', count(*), min(id::text), max(id::text)), 0)
               from (select id from jobs where state = 'dead' order by id desc limit $5) as dead"#,
            now,
            TOUCHED,
            now - ECHO,
            NEWEST,
            COUNTED_DEAD,
            uuid_v7(now - ECHO, 0),
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(Sight(rows.into_iter().map(|row| (Hint { kind: row.kind, id: row.id }, row.mark)).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sight(rows: &[(HintKind, u128, i64)]) -> Sight {
        let row = |(kind, id, mark): &(HintKind, u128, i64)| {
            (Hint { kind: *kind, id: Some(Uuid::from_u128(*id)) }, *mark)
        };
        Sight(rows.iter().map(row).collect())
    }

    #[test]
    fn what_is_new_or_changed_is_told_and_the_rest_is_not() {
        let before = sight(&[(HintKind::Session, 1, 7), (HintKind::Message, 2, 7)]);
        assert_eq!(before.changes_since(&before), []);
        let after = sight(&[(HintKind::Session, 1, 8), (HintKind::Message, 2, 7), (HintKind::Message, 3, 7)]);
        let id = |n| Some(Uuid::from_u128(n));
        let wanted =
            [Hint { kind: HintKind::Session, id: id(1) }, Hint { kind: HintKind::Message, id: id(3) }];
        assert_eq!(after.changes_since(&before), wanted);
    }

    #[test]
    fn a_burst_is_one_hint_and_so_is_what_is_gone() {
        let burst: Vec<_> = (0..40).map(|id| (HintKind::Message, id, 1)).collect();
        let any = |kind| vec![Hint { kind, id: None }];
        assert_eq!(sight(&burst).changes_since(&Sight::default()), any(HintKind::Message));
        let two = sight(&[(HintKind::Session, 1, 7), (HintKind::Session, 2, 7)]);
        assert_eq!(sight(&[(HintKind::Session, 1, 7)]).changes_since(&two), any(HintKind::Session));
    }
}
