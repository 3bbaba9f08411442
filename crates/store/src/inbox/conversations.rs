//! The inbox: chats in which somebody wrote, with the last message and how much was not looked at. Written by
//! `inbound_work` with the messages that come in.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wahana_domain::messages::{ContentType, Direction, MessageState};
use wahana_domain::suppressions::SuppressionReasonCode;
use wahana_domain::{ContactId, ConversationId, MessageId, SessionId};

use super::TenantConversations;
use crate::{Page, PageRequest, StoreError};

/// A chat of a session.
#[derive(Clone, Debug)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// The session it belongs to.
    pub session_id: SessionId,
    /// The key of the person, or the chat of the group: that of its messages.
    pub person: String,
    /// The chat to write to, as WAHA names it.
    pub chat_id: String,
    /// E.164 digits of the other person, where known.
    pub phone: Option<String>,
    /// The username at WhatsApp, where known.
    pub username: Option<String>,
    /// The name in the address book, else what the person calls themself.
    pub name: Option<String>,
    /// The person in the address book.
    pub contact_id: Option<ContactId>,
    /// Why the person must not be written to, if so.
    pub suppressed: Option<SuppressionReasonCode>,
    /// Messages that came since somebody looked.
    pub unread: i32,
    /// The newest message that came: the conversation's place in the inbox.
    pub last_message_id: Uuid,
    /// When somebody wrote first.
    pub created_at: DateTime<Utc>,
    /// The newest message of both sides.
    pub last: LastMessage,
}

/// The newest message of a chat, either way.
#[derive(Clone, Debug)]
pub struct LastMessage {
    /// Its id.
    pub id: MessageId,
    /// Which way it went.
    pub direction: Direction,
    /// How far it is.
    pub state: MessageState,
    /// What it is.
    pub kind: ContentType,
    /// The beginning of its words.
    pub words: Option<String>,
    /// When it was accepted or came.
    pub at: DateTime<Utc>,
}

/// Which conversations of a list are wanted; `None` is all.
#[derive(Clone, Debug, Default)]
pub struct ConversationFilter {
    /// Of this session.
    pub session: Option<SessionId>,
    /// Only those with (or without) something unread.
    pub unread: Option<bool>,
    /// With this in the name or number.
    pub search: Option<String>,
    /// This one only.
    pub id: Option<ConversationId>,
}

/// What waits in the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Conversations with something unread.
    pub conversations: i64,
    /// Messages in them.
    pub messages: i64,
}

impl TenantConversations<'_> {
    /// Conversations, the one somebody wrote in last first.
    pub async fn list(
        self,
        filter: &ConversationFilter,
        page: PageRequest,
    ) -> Result<Page<Conversation>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        // Of a number its digits, however it is written; of a name any part.
        let digits = filter.search.as_deref().map(|text| text.chars().filter(char::is_ascii_digit).collect());
        let digits = digits.filter(|digits: &String| digits.len() >= 3);
        let rows = sqlx::query_file!(
            "src/inbox/list_conversations.sql",
            filter.session.map(|id| id.0),
            filter.unread,
            filter.search,
            digits,
            filter.id.map(|id| id.0),
            page.before,
            page.fetch(),
        )
        .fetch_all(&mut *tx)
        .await?;
        let rows = rows.into_iter().map(|row| Conversation {
            id: row.id,
            session_id: row.session_id,
            person: row.person,
            chat_id: row.chat_id,
            username: row.username,
            phone: row.phone,
            name: row.name,
            contact_id: row.contact_id,
            suppressed: row.suppressed.map(SuppressionReasonCode::from),
            unread: row.unread,
            last_message_id: row.last_message_id,
            created_at: row.created_at,
            last: LastMessage {
                id: row.message_id,
                direction: row.direction,
                state: row.state,
                kind: row.kind.as_deref().map_or(ContentType::Unknown, ContentType::named),
                words: row.words,
                at: row.message_at,
            },
        });
        Ok(Page::cut(rows.collect(), page, |row| row.last_message_id))
    }

    /// One conversation; `None` when there is none.
    pub async fn get(self, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
        let filter = ConversationFilter { id: Some(id), ..ConversationFilter::default() };
        let found = self.list(&filter, PageRequest { limit: 1, before: None }).await?;
        Ok(found.items.into_iter().next())
    }

    /// Somebody looked at a conversation; `false` when there is none.
    pub async fn mark_read(self, id: ConversationId) -> Result<bool, StoreError> {
        let mut tx = self.tenant.begin().await?;
        // What is read already is not written again.
        let found = sqlx::query_scalar!(
            r#"with found as (select id from conversations where id = $1),
                    looked as (update conversations set unread = 0 where id = $1 and unread > 0)
               select count(*) as "n!" from found"#,
            id.0
        )
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(found > 0)
    }

    /// What waits in the inbox.
    pub async fn unread(self) -> Result<Unread, StoreError> {
        let mut tx = self.tenant.begin().await?;
        Ok(sqlx::query_as!(
            Unread,
            r#"select count(*) as "conversations!", coalesce(sum(unread), 0) as "messages!"
               from conversations
               where unread > 0"#
        )
        .fetch_one(&mut *tx)
        .await?)
    }
}
