//! Choosing the session of a sender pool that writes to a person.

use chrono::{DateTime, Utc};
use thiserror::Error;
use wahana_domain::messages::Class;
use wahana_domain::{SenderPoolId, SessionId};
use wahana_pacing::pools::{Known, Member, pick};
use wahana_store::sessions::pool_members::PoolMember;
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

/// The member of a pool that writes to this person: the one that they know, else one drawn by weight.
///
/// `phone` is E.164 digits.
///
/// # Errors
/// See [`ChoiceError`].
pub async fn choose(
    tenant: &Tenant,
    pool: SenderPoolId,
    phone: &str,
    class: Class,
    now: DateTime<Utc>,
) -> Result<SessionId, ChoiceError> {
    let members = tenant.sender_pools().members(pool).await?.ok_or(ChoiceError::NoPool)?;
    let known = tenant.sender_pools().acquaintance(pool, phone).await?;
    let members: Vec<Member> = members.iter().map(|member| as_member(member, class, now)).collect();
    let known = Known { chat: known.chat, wrote: known.wrote };
    pick(&members, known, rand::random()).ok_or(ChoiceError::NoMember)
}
