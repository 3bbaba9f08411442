//! Choice of the session of a sender pool that writes to a person. The rules of the choice are in `wahana_pacing::pools`;
//! here they meet the rows of the store.

use chrono::{DateTime, Utc};
use thiserror::Error;
use wahana_domain::messages::Class;
use wahana_domain::{SenderPoolId, SessionId};
use wahana_pacing::pools::{Known, Member, pick};
use wahana_store::sessions::pool_members::{Acquaintance, PoolMember};
use wahana_store::{StoreError, Tenant};

/// Why no session was chosen.
#[derive(Debug, Error)]
pub enum ChoiceError {
    /// Postgres.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The organization has no such pool.
    #[error("there is no such sender pool")]
    NoPool,
    /// No member of the pool may send now.
    #[error("the sender pool has no member that may send")]
    NoMember,
}

/// A member as the choice sees it.
pub fn as_member(of: &PoolMember, class: Class, now: DateTime<Utc>) -> Member {
    Member::of((of.lane.session, &of.lane.state), of.weight, of.enabled, of.waiting, class, now)
}

/// The members among which is chosen, for messages of one class. A message that a member gets counts at once.
#[derive(Clone, Debug)]
pub struct Choice(Vec<Member>);

impl Choice {
    /// Among these members.
    pub fn among<'a>(
        members: impl IntoIterator<Item = &'a PoolMember>,
        class: Class,
        now: DateTime<Utc>,
    ) -> Self {
        Self(members.into_iter().map(|member| as_member(member, class, now)).collect())
    }

    /// Only among those that can take over messages of another member.
    #[must_use]
    pub fn that_can_take_over(mut self) -> Self {
        self.0.retain(Member::can_take_over);
        self
    }

    /// The member that writes to a person: the one that they know, else one drawn by weight with `dice` (0 to 1).
    /// `None` if no member is enabled.
    pub fn draw(&mut self, known: Acquaintance, dice: f64) -> Option<SessionId> {
        let Acquaintance { chat, wrote } = known;
        let chosen = pick(&self.0, Known { chat, wrote }, dice)?;
        if let Some(member) = self.0.iter_mut().find(|member| member.session == chosen) {
            member.waiting += 1;
        }
        Some(chosen)
    }
}

/// The member of a pool that writes to this person: the one that they know, else one drawn by weight.
///
/// `person` is the key of the person.
///
/// # Errors
/// See [`ChoiceError`].
pub async fn choose(
    tenant: &Tenant,
    pool: SenderPoolId,
    person: &str,
    class: Class,
    now: DateTime<Utc>,
) -> Result<SessionId, ChoiceError> {
    let members = tenant.sender_pools().members(pool).await?.ok_or(ChoiceError::NoPool)?;
    let known = tenant.sender_pools().acquaintance(pool, person).await?;
    Choice::among(&members, class, now).draw(known, rand::random()).ok_or(ChoiceError::NoMember)
}

/// The members of a pool that get messages: a campaign of the pool sends through them. At least one.
///
/// # Errors
/// See [`ChoiceError`].
pub async fn enabled_members(tenant: &Tenant, pool: SenderPoolId) -> Result<Vec<SessionId>, ChoiceError> {
    let pool = tenant.sender_pools().get(pool).await?.ok_or(ChoiceError::NoPool)?;
    let enabled: Vec<SessionId> =
        pool.members.iter().filter(|member| member.enabled).map(|member| member.session).collect();
    if enabled.is_empty() { Err(ChoiceError::NoMember) } else { Ok(enabled) }
}
