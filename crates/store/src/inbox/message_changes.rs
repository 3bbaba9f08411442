//! What happens to messages after they were sent: edits, deletions, reactions, receipts of members of a group; and the names
//! of groups.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use wahana_domain::{OrganizationId, SessionId};
use wahana_jobs::NameGroups;

use super::SystemInbox;
use crate::{Enqueue, StoreError, Tx};

/// A group without a name is asked for no more often.
const ASK_AGAIN: TimeDelta = TimeDelta::hours(6);

/// What happened to a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeBody {
    /// It has these words now, if they were told.
    Edited(Option<String>),
    /// It was deleted for everyone.
    Revoked,
    /// Somebody reacted with this emoji; empty: took it back.
    Reaction(String),
}

/// Something that happened to a message.
#[derive(Clone, Debug)]
pub struct MessageChange {
    /// The bare WhatsApp id of the message.
    pub waha_id: String,
    /// The chat id of the person who did it; empty: the account itself.
    pub author: String,
    /// What.
    pub what: ChangeBody,
    /// When.
    pub at: DateTime<Utc>,
}

/// A member of a group has a message of ours.
#[derive(Clone, Debug)]
pub struct GroupReceipt {
    /// The bare WhatsApp id of the message.
    pub waha_id: String,
    /// The member, as a chat id.
    pub member: String,
    /// Whether the member has read it.
    pub read: bool,
    /// When.
    pub at: DateTime<Utc>,
}

/// What is known of a group.
#[derive(Clone, Debug)]
pub struct GroupName {
    /// `<id>@g.us`.
    pub chat_id: String,
    /// Its name, where told.
    pub subject: Option<String>,
    /// How many members it has, where told.
    pub members: Option<i32>,
    /// How many came or went.
    pub change: i32,
}

impl SystemInbox<'_> {
    /// Applies changes of messages, in any order and as often as they are told. Returns the ids that are known.
    pub async fn apply_changes(
        self,
        session: SessionId,
        changes: &[MessageChange],
    ) -> Result<Vec<String>, StoreError> {
        let ids: Vec<&str> = changes.iter().map(|c| c.waha_id.as_str()).collect();
        let (kinds, words): (Vec<&str>, Vec<Option<&str>>) = changes
            .iter()
            .map(|change| match &change.what {
                ChangeBody::Edited(words) => ("edited", words.as_deref()),
                ChangeBody::Revoked => ("revoked", None),
                ChangeBody::Reaction(emoji) => ("reaction", Some(emoji.as_str())),
            })
            .unzip();
        let authors: Vec<&str> = changes.iter().map(|c| c.author.as_str()).collect();
        let ats: Vec<DateTime<Utc>> = changes.iter().map(|c| c.at).collect();
        let known = sqlx::query_file_scalar!(
            "src/inbox/apply_changes.sql",
            session.0,
            &ids as &[&str],
            &kinds as &[&str],
            &words as &[Option<&str>],
            &authors as &[&str],
            &ats,
        );
        Ok(known.fetch_all(self.system.store.pool()).await?)
    }

    /// Notes which members of groups have our messages, and counts them.
    pub async fn record_receipts(
        self,
        session: SessionId,
        receipts: &[GroupReceipt],
    ) -> Result<(), StoreError> {
        if receipts.is_empty() {
            return Ok(());
        }
        let ids: Vec<&str> = receipts.iter().map(|r| r.waha_id.as_str()).collect();
        let members: Vec<&str> = receipts.iter().map(|r| r.member.as_str()).collect();
        let read: Vec<bool> = receipts.iter().map(|r| r.read).collect();
        let ats: Vec<DateTime<Utc>> = receipts.iter().map(|r| r.at).collect();
        let mut tx = self.system.begin().await?;
        let messages = sqlx::query_file_scalar!(
            "src/inbox/record_receipts.sql",
            session.0,
            &ids as &[&str],
            &members as &[&str],
            &read,
            &ats,
        )
        .fetch_all(&mut *tx)
        .await?;
        sqlx::query!(
            "update messages m
             set group_delivered = n.delivered, group_read = n.read
             from (
                 select message_id, count(delivered_at)::integer as delivered, count(read_at)::integer as read
                 from group_receipts
                 where message_id = any($1)
                 group by 1
             ) n
             where m.id = n.message_id",
            &messages,
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    /// Takes over names and sizes of groups; `None` leaves what is known.
    pub async fn name_groups(self, session: SessionId, groups: &[GroupName]) -> Result<(), StoreError> {
        if groups.is_empty() {
            return Ok(());
        }
        let chats: Vec<&str> = groups.iter().map(|g| g.chat_id.as_str()).collect();
        let names: Vec<Option<&str>> = groups.iter().map(|g| g.subject.as_deref()).collect();
        let members: Vec<Option<i32>> = groups.iter().map(|g| g.members).collect();
        let changes: Vec<i32> = groups.iter().map(|g| g.change).collect();
        sqlx::query!(
            "update conversations c
             set name = coalesce(x.name, c.name), members = coalesce(x.members, greatest(c.members + x.change, 1))
             from unnest($2::text[], $3::text[], $4::integer[], $5::integer[]) as x (chat_id, name, members, change)
             where c.session_id = $1 and c.chat_id = x.chat_id",
            session.0,
            &chats as &[&str],
            &names as &[Option<&str>],
            &members as &[Option<i32>],
            &changes,
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(())
    }
}

/// Has WAHA asked for the names of groups that have none, rarely: WhatsApp limits such questions.
pub(super) async fn ask_for_names(
    tx: &mut Tx,
    organization: OrganizationId,
    session: SessionId,
    chats: &[&str],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if chats.is_empty() {
        return Ok(());
    }
    let unnamed: Vec<Uuid> = sqlx::query_scalar!(
        "update conversations
         set group_asked_at = $3
         where session_id = $1 and chat_id = any($2) and (name is null or members is null)
           and (group_asked_at is null or group_asked_at < $4)
         returning id",
        session.0,
        chats as &[&str],
        now,
        now - ASK_AGAIN,
    )
    .fetch_all(&mut **tx)
    .await?;
    if !unnamed.is_empty() {
        tx.enqueue(Enqueue::now(organization, NameGroups { session })).await?;
    }
    Ok(())
}
