//! The inbox: chats in which somebody wrote, with the last message and how much was not looked at. Written by
//! `inbound_work` with the messages that come in.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wahana_domain::messages::{Direction, MessageState};
use wahana_domain::{ContactId, ConversationId, MessageId, SessionId};

use crate::{Page, PageRequest, StoreError, Tenant};

/// A chat of a session.
#[derive(Clone, Debug)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// The session it belongs to.
    pub session_id: SessionId,
    /// WhatsApp's chat.
    pub chat_id: String,
    /// E.164 digits of the other person, where known.
    pub phone: Option<String>,
    /// The name in the address book, else what the person calls themself.
    pub name: Option<String>,
    /// The person in the address book.
    pub contact_id: Option<ContactId>,
    /// Why the person must not be written to, if so.
    pub suppressed: Option<String>,
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
    /// What it is, such as `text`.
    pub kind: String,
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

impl Tenant {
    /// Conversations, the one somebody wrote in last first.
    pub async fn conversations(
        &self,
        filter: &ConversationFilter,
        page: PageRequest,
    ) -> Result<Page<Conversation>, StoreError> {
        let mut tx = self.begin().await?;
        // Of a number its digits, however it is written; of a name any part.
        let digits = filter.search.as_deref().map(|text| text.chars().filter(char::is_ascii_digit).collect());
        let digits = digits.filter(|digits: &String| digits.len() >= 3);
        let rows = sqlx::query!(
            r#"select c.id as "id: ConversationId", c.session_id as "session_id: SessionId", c.chat_id, c.phone, coalesce(p.name, c.name) as name,
                      p.id as "contact_id?: ContactId", s.reason as "suppressed?", c.unread, c.last_message_id, c.created_at,
                      m.id as "message_id: MessageId", m.direction as "direction: Direction", m.state as "state: MessageState",
                      -- Rows from before received files had types of their own say `media`.
                      case when m.content ->> 'type' <> 'media' then m.content ->> 'type'
                           when m.content ->> 'mimetype' ~ '^(image|video|audio)/' then split_part(m.content ->> 'mimetype', '/', 1)
                           else 'document' end as kind, left(coalesce(m.content ->> 'text', m.content ->> 'caption'), 200) as words, m.created_at as message_at
               from conversations c
               left join contacts p on p.organization_id = c.organization_id and p.phone = c.phone
               left join suppressions s on s.organization_id = c.organization_id and s.phone = c.phone
               join lateral (select * from messages where session_id = c.session_id and chat_id = c.chat_id order by id desc limit 1) m on true
               where ($1::uuid is null or c.session_id = $1) and ($2::boolean is null or (c.unread > 0) = $2)
                 and ($3::text is null or strpos(lower(coalesce(p.name, c.name)), lower($3)) > 0 or strpos(c.phone, $4) > 0)
                 and ($5::uuid is null or c.id = $5) and ($6::uuid is null or c.last_message_id < $6)
               order by c.last_message_id desc limit $7"#,
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
            chat_id: row.chat_id,
            phone: row.phone,
            name: row.name,
            contact_id: row.contact_id,
            suppressed: row.suppressed,
            unread: row.unread,
            last_message_id: row.last_message_id,
            created_at: row.created_at,
            last: LastMessage {
                id: row.message_id,
                direction: row.direction,
                state: row.state,
                kind: row.kind.unwrap_or_default(),
                words: row.words,
                at: row.message_at,
            },
        });
        Ok(Page::cut(rows.collect(), page, |row| row.last_message_id))
    }

    /// One conversation; `None` when there is none.
    pub async fn conversation(&self, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
        let filter = ConversationFilter { id: Some(id), ..ConversationFilter::default() };
        let found = self.conversations(&filter, PageRequest { limit: 1, before: None }).await?;
        Ok(found.items.into_iter().next())
    }

    /// Somebody looked at a conversation; `false` when there is none.
    pub async fn read_conversation(&self, id: ConversationId) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
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
    pub async fn unread(&self) -> Result<Unread, StoreError> {
        let mut tx = self.begin().await?;
        Ok(sqlx::query_as!(
            Unread,
            r#"select count(*) as "conversations!", coalesce(sum(unread), 0) as "messages!" from conversations where unread > 0"#
        )
        .fetch_one(&mut *tx)
        .await?)
    }
}
