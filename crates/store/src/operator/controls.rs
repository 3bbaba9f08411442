//! What operators hold back, and how many jobs run at once. A hold is obeyed by the relay, which releases nothing more,
//! and by the fence, which sends what is in Redis already back to wait. What runs, finishes.

use std::fmt;

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::controls::ControlScope;
use wahana_domain::jobs::Queue;
use wahana_domain::{CampaignId, NodeId, OrganizationId, SessionId};

use super::SystemControls;
use crate::campaigns::{CampaignCommand, CommandTerms, Saved};
use crate::{StoreError, Tx, Wake};

/// What is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Every job of every queue.
    All,
    /// Everything that is sent; what WAHA reports is still taken in.
    Outbound,
    /// The jobs of one queue.
    Queue(Queue),
    /// What one tenant sends.
    Organization(OrganizationId),
    /// What is sent through one WAHA server.
    Node(NodeId),
    /// What one session sends.
    Lane(SessionId),
}

/// What can be paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Held back by the platform.
    Hold(Hold),
    /// Paused as its owner would.
    Campaign(CampaignId),
}

/// A text that names nothing that can be paused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected all, outbound, a queue (lanes, inbound, sessions, maintenance, imports, media), or the id of an organization, node, session or campaign"
)]
pub struct UnknownTarget;

/// How a pause or its end went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pausing {
    /// It is so now.
    Done,
    /// There is no such thing.
    NotFound,
    /// The campaign cannot, in this state.
    WrongState(CampaignState),
}

impl Hold {
    /// The two columns of the row.
    fn columns(self) -> (ControlScope, String) {
        match self {
            Self::All => (ControlScope::All, String::new()),
            Self::Outbound => (ControlScope::Outbound, String::new()),
            Self::Queue(queue) => (ControlScope::Queue, queue.to_string()),
            Self::Organization(id) => (ControlScope::Organization, id.0.to_string()),
            Self::Node(id) => (ControlScope::Node, id.0.to_string()),
            Self::Lane(id) => (ControlScope::Lane, id.0.to_string()),
        }
    }

    /// `None` where the target does not read, such as a queue of a newer version.
    fn of_columns(scope: ControlScope, target: &str) -> Option<Self> {
        let id = || Uuid::try_parse(target).ok();
        match scope {
            ControlScope::All => Some(Self::All),
            ControlScope::Outbound => Some(Self::Outbound),
            ControlScope::Queue => target.parse().ok().map(Self::Queue),
            ControlScope::Organization => id().map(|id| Self::Organization(OrganizationId(id))),
            ControlScope::Node => id().map(|id| Self::Node(NodeId(id))),
            ControlScope::Lane => id().map(|id| Self::Lane(SessionId(id))),
        }
    }

    /// Where there may be work again when it ends.
    fn wake(self) -> Wake {
        match self {
            Self::Lane(session) => Wake::Lane(session),
            _ => Wake::Everywhere,
        }
    }
}

impl fmt::Display for Hold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => ControlScope::All.fmt(f),
            Self::Outbound => ControlScope::Outbound.fmt(f),
            Self::Queue(queue) => queue.fmt(f),
            Self::Organization(id) => id.fmt(f),
            Self::Node(id) => id.fmt(f),
            Self::Lane(id) => id.fmt(f),
        }
    }
}

impl std::str::FromStr for Target {
    type Err = UnknownTarget;

    fn from_str(text: &str) -> Result<Self, UnknownTarget> {
        let named = match text.parse() {
            Ok(ControlScope::All) => Some(Hold::All),
            Ok(ControlScope::Outbound) => Some(Hold::Outbound),
            _ => text.parse().ok().map(Hold::Queue),
        };
        let organization = || text.parse().ok().map(Hold::Organization);
        let node = || text.parse().ok().map(Hold::Node);
        let lane = || text.parse().ok().map(Hold::Lane);
        let hold = named.or_else(organization).or_else(node).or_else(lane).map(Self::Hold);
        hold.or_else(|| text.parse().ok().map(Self::Campaign)).ok_or(UnknownTarget)
    }
}

/// A row of what operators decided.
#[derive(Clone, Debug)]
pub struct Control {
    /// What it is about.
    pub hold: Hold,
    /// Whether it is held back.
    pub paused: bool,
    /// Of a queue: jobs at once per worker process, if not as its settings say.
    pub slots: Option<u32>,
    /// Why, for people.
    pub reason: Option<String>,
    /// The operator that decided it.
    pub set_by: String,
    /// When.
    pub set_at: DateTime<Utc>,
}

impl SystemControls<'_> {
    /// What operators hold back or changed now.
    pub async fn get(self) -> Result<Vec<Control>, StoreError> {
        let rows = sqlx::query_as!(
            Row,
            r#"select scope as "scope: ControlScope", target, paused, slots, reason, set_by, set_at
               from controls
               where paused or slots is not null
               order by scope, target"#
        )
        .fetch_all(self.system.store.pool())
        .await?;
        let known = rows.into_iter().filter_map(|row| Some((Hold::of_columns(row.scope, &row.target)?, row)));
        Ok(known.map(|(hold, row)| row.control(hold)).collect())
    }

    /// Pauses or resumes something.
    pub async fn set_paused(
        self,
        target: Target,
        paused: bool,
        reason: Option<&str>,
    ) -> Result<Pausing, StoreError> {
        match target {
            Target::Hold(hold) => self.set_hold(hold, paused, reason).await,
            Target::Campaign(campaign) => self.pause_campaign(campaign, paused).await,
        }
    }

    async fn pause_campaign(self, campaign: CampaignId, paused: bool) -> Result<Pausing, StoreError> {
        let owner = sqlx::query_scalar!(
            r#"select organization_id as "id: OrganizationId" from campaigns where id = $1"#,
            campaign.0
        )
        .fetch_optional(self.system.store.pool())
        .await?;
        let Some(owner) = owner else { return Ok(Pausing::NotFound) };
        let command = if paused { CampaignCommand::Pause } else { CampaignCommand::Resume };
        Ok(
            match self
                .system
                .tenant(owner)
                .campaigns()
                .command(campaign, command, CommandTerms::default())
                .await?
            {
                Saved::Saved(_) => Pausing::Done,
                Saved::WrongState(state) => Pausing::WrongState(state),
                _ => Pausing::NotFound,
            },
        )
    }

    async fn set_hold(self, hold: Hold, paused: bool, reason: Option<&str>) -> Result<Pausing, StoreError> {
        let mut tx = self.system.begin().await?;
        let Some(organization) = owner_of(&mut tx, hold).await? else { return Ok(Pausing::NotFound) };
        let (scope, target) = hold.columns();
        let (by, now) = (tx.actor_label(), self.system.store.clock().now());
        sqlx::query!(
            "insert into controls (scope, target, paused, reason, set_by, set_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (scope, target) do update set paused = $3, reason = $4, set_by = $5, set_at = $6",
            scope.as_str(),
            target,
            paused,
            reason,
            &*by,
            now,
        )
        .execute(&mut *tx)
        .await?;
        let action = if paused { "hold.pause" } else { "hold.resume" };
        tx.audit_of(organization.0, action, Some(hold.to_string()), json!({ "reason": reason })).await?;
        if !paused {
            tx.wake(hold.wake());
        }
        tx.commit().await?;
        Ok(Pausing::Done)
    }

    /// How many jobs of a queue each worker process runs at once; `None` is as its settings say. Workers hear of it
    /// within five seconds.
    pub async fn set_slots(self, queue: Queue, slots: Option<u32>) -> Result<(), StoreError> {
        let mut tx = self.system.begin().await?;
        let by = tx.actor_label();
        sqlx::query!(
            r#"insert into controls (scope, target, slots, set_by, set_at) values ('queue', $1, $2, $3, $4)
               on conflict (scope, target) do update set slots = $2, set_by = $3, set_at = $4"#,
            queue.as_str(),
            slots.map(|slots| slots as i32),
            &*by,
            self.system.store.clock().now(),
        )
        .execute(&mut *tx)
        .await?;
        tx.audit_of(None, "concurrency.change", Some(queue.as_str().to_owned()), json!({ "slots": slots }))
            .await?;
        tx.commit().await
    }
}

struct Row {
    scope: ControlScope,
    target: String,
    paused: bool,
    slots: Option<i32>,
    reason: Option<String>,
    set_by: String,
    set_at: DateTime<Utc>,
}

impl Row {
    fn control(self, hold: Hold) -> Control {
        let Self { paused, slots, reason, set_by, set_at, .. } = self;
        Control { hold, paused, slots: slots.map(|slots| slots.max(0) as u32), reason, set_by, set_at }
    }
}

/// In whose audit log an act on a hold stands besides the platform's.
struct Whose(Option<OrganizationId>);

/// Whose log it is; `None` when there is no such thing.
async fn owner_of(tx: &mut Tx, hold: Hold) -> Result<Option<Whose>, StoreError> {
    let organization = match hold {
        Hold::All | Hold::Outbound | Hold::Queue(_) => return Ok(Some(Whose(None))),
        Hold::Node(id) => {
            let found = sqlx::query_scalar!("select 1 as one from nodes where id = $1", id.0);
            return Ok(found.fetch_optional(&mut **tx).await?.map(|_| Whose(None)));
        }
        Hold::Organization(id) => {
            sqlx::query_scalar!(r#"select id as "id: OrganizationId" from organizations where id = $1"#, id.0)
                .fetch_optional(&mut **tx)
                .await?
        }
        Hold::Lane(id) => {
            sqlx::query_scalar!(
                r#"select organization_id as "id: OrganizationId"
                   from sessions
                   where id = $1 and deleted_at is null"#,
                id.0
            )
            .fetch_optional(&mut **tx)
            .await?
        }
    };
    Ok(organization.map(|organization| Whose(Some(organization))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hold_comes_back_as_it_was_named() {
        let id = Uuid::from_u128(0x0190_aaaa_bbbb_7ccc_8ddd_eeee_ffff_0001);
        for hold in [
            Hold::All,
            Hold::Outbound,
            Hold::Queue(Queue::Lanes),
            Hold::Organization(OrganizationId(id)),
            Hold::Node(NodeId(id)),
            Hold::Lane(SessionId(id)),
        ] {
            assert_eq!(hold.to_string().parse(), Ok(Target::Hold(hold)));
            let (scope, target) = hold.columns();
            assert_eq!(Hold::of_columns(scope, &target), Some(hold));
        }
        for word in [ControlScope::Queue, ControlScope::Node] {
            assert_eq!(word.as_str().parse::<Target>(), Err(UnknownTarget), "it says no target");
        }
        assert_eq!("everything".parse::<Target>(), Err(UnknownTarget));
        let campaign = CampaignId(id);
        assert_eq!(campaign.to_string().parse(), Ok(Target::Campaign(campaign)));
    }
}
