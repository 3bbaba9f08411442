//! Reads messages of chats, and resolves LIDs to numbers. Also marks chats as seen and shows "typing...".

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{AckLevel, ChatId, Me, MessageId, WahaClient, WahaError, client::Call, webhook::flexible};

/// Which messages of a chat to read.
#[derive(Clone, Copy, Debug)]
pub struct MessagesQuery {
    /// At most this many, the newest first.
    pub limit: u32,
    /// Only own messages, or only received ones.
    pub from_me: Option<bool>,
    /// Not older than this (Unix seconds).
    pub since: Option<i64>,
}

/// One message of a chat.
#[derive(Clone, Debug)]
pub struct ChatMessage {
    /// Its id.
    pub id: MessageId,
    /// Unix seconds.
    pub timestamp: i64,
    /// Whether the session's account sent it.
    pub from_me: bool,
    /// Text or caption.
    pub body: Option<String>,
    /// Its furthest ack, if known.
    pub ack: Option<AckLevel>,
    /// The message as WAHA shows it: the shape of the event `message.any`.
    pub raw: Value,
}

/// A chat, with the time of its last message.
#[derive(Clone, Debug)]
pub struct ChatOverview {
    /// Its id.
    pub id: String,
    /// When its last message was sent (Unix seconds), if WAHA says.
    pub last_at: Option<i64>,
}

/// A LID and the number behind it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct LidMapping {
    /// `<digits>@lid`.
    #[serde(default)]
    pub lid: Option<String>,
    /// `<digits>@c.us`; `None` when WhatsApp does not tell.
    #[serde(default)]
    pub pn: Option<String>,
}

impl LidMapping {
    /// The digits of the number behind the LID. `None` for a pair that contains the account itself: WAHA gave such pairs
    /// for the LIDs of others until 2026.10.1 (docs/waha.md section 5).
    #[must_use]
    pub fn number_of_other(&self, me: Option<&Me>) -> Option<String> {
        let pn = ChatId::parse(self.pn.as_deref()?).ok()?;
        let is_me = |jid: &str| me.is_some_and(|me| me.is(jid));
        let about_me = is_me(pn.as_str()) || self.lid.as_deref().is_some_and(is_me);
        pn.digits().filter(|_| !about_me).map(str::to_owned)
    }
}

impl WahaClient {
    /// Chats of a session, the one with the newest message first. Entries that cannot be parsed are left out.
    ///
    /// # Errors
    /// As classified.
    pub async fn chats(
        &self,
        session: &str,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<ChatOverview>, WahaError> {
        let call = Call::get("chats", &["api", session, "chats", "overview"]);
        let items: Vec<Value> = self.json(call.query("limit", limit).query("offset", offset)).await?;
        Ok(items.iter().filter_map(chat_overview).collect())
    }

    /// Messages of a chat, for reconciliation. Entries that cannot be parsed are left out.
    ///
    /// # Errors
    /// As classified.
    pub async fn messages(
        &self,
        session: &str,
        chat: &ChatId,
        query: MessagesQuery,
    ) -> Result<Vec<ChatMessage>, WahaError> {
        let mut call = Call::get("messages", &["api", session, "chats", chat.as_str(), "messages"])
            .query("limit", query.limit)
            .query("downloadMedia", false)
            .query("sortBy", "timestamp")
            .query("sortOrder", "desc");
        if let Some(from_me) = query.from_me {
            call = call.query("filter.fromMe", from_me);
        }
        if let Some(since) = query.since {
            call = call.query("filter.timestamp.gte", since);
        }
        let items: Vec<Value> = self.json(call).await?;
        Ok(items.iter().filter_map(chat_message).collect())
    }

    /// The number behind a LID.
    ///
    /// # Errors
    /// As classified.
    pub async fn lid(&self, session: &str, lid: &ChatId) -> Result<LidMapping, WahaError> {
        self.json(Call::get("lid", &["api", session, "lids", lid.as_str()])).await
    }

    /// Marks a chat as read.
    ///
    /// # Errors
    /// As classified.
    pub async fn send_seen(&self, session: &str, chat: &ChatId) -> Result<(), WahaError> {
        self.sign("send_seen", "sendSeen", session, chat).await
    }

    /// Shows "typing...".
    ///
    /// # Errors
    /// As classified.
    pub async fn start_typing(&self, session: &str, chat: &ChatId) -> Result<(), WahaError> {
        self.sign("start_typing", "startTyping", session, chat).await
    }

    /// Stops showing "typing...".
    ///
    /// # Errors
    /// As classified.
    pub async fn stop_typing(&self, session: &str, chat: &ChatId) -> Result<(), WahaError> {
        self.sign("stop_typing", "stopTyping", session, chat).await
    }

    async fn sign(
        &self,
        op: &'static str,
        path: &str,
        session: &str,
        chat: &ChatId,
    ) -> Result<(), WahaError> {
        self.done(Call::post(op, &["api", path], json!({ "session": session, "chatId": chat.as_str() })))
            .await
    }
}

fn chat_overview(item: &Value) -> Option<ChatOverview> {
    let id = item["id"].as_str().or_else(|| item["id"]["_serialized"].as_str())?.to_owned();
    let last_at = flexible::integer(&item["lastMessage"]["timestamp"]).map(flexible::seconds);
    Some(ChatOverview { id, last_at })
}

fn chat_message(item: &Value) -> Option<ChatMessage> {
    Some(ChatMessage {
        id: MessageId::from_answer(item)?,
        timestamp: flexible::integer(&item["timestamp"]).map(flexible::seconds)?,
        from_me: item["fromMe"].as_bool()?,
        body: item["body"].as_str().map(str::to_owned),
        ack: flexible::integer(&item["ack"]).and_then(AckLevel::from_number),
        raw: item.clone(),
    })
}
