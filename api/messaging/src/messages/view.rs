//! How a message is shown: what it says, how far it is and what it waits for.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wahana_domain::messages::{Author, Class, Direction, MessageContent, MessageState, ReceivedMedia};
use wahana_domain::{CampaignId, MessageId, Phone, ReasonCode, SenderPoolId, SessionId};
use wahana_service::messages::waiting::{Waiting, is_waiting};
use wahana_store::jobs::relay::LaneFacts;
use wahana_store::messages::{Message, MessageReaction};
use wahana_store::{Page, Tenant};

use wahana_api_kit::ApiState;
use wahana_api_kit::paging::PageView;
use wahana_api_kit::problem::Answer;
use wahana_api_kit::waiting::WaitingView;

/// A message, sent or received.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessageView {
    pub(crate) id: MessageId,
    pub(crate) session_id: SessionId,
    pub(crate) campaign_id: Option<CampaignId>,
    /// The sender pool that chose the session; while the message waits it may choose another of its members.
    pub(crate) pool_id: Option<SenderPoolId>,
    pub(crate) direction: Direction,
    pub(crate) class: Class,
    pub(crate) state: MessageState,
    /// WhatsApp's chat: `<digits>@c.us`, `<id>@g.us` or `<digits>@lid`. Of a sent message the one that was written to:
    /// WhatsApp may know the person under another form of the number.
    #[schema(example = "6281234567890@c.us")]
    pub(crate) chat_id: String,
    /// The other person's number, as it was given or told; null where it is not known.
    #[schema(value_type = Option<Phone>)]
    pub(crate) phone: Option<String>,
    /// What it says: as it was given to this API, or, with `origin`, as WhatsApp told it.
    pub(crate) content: MessageContent,
    /// For a received file: how to get it.
    pub(crate) media: Option<ReceivedMediaView>,
    /// For a message received in a group: who wrote it.
    pub(crate) author: Option<AuthorView>,
    /// Reactions to it, the newest of each person.
    pub(crate) reactions: Vec<ReactionView>,
    /// For a message sent to a group: how many members have it and have read it.
    pub(crate) group: Option<GroupReceiptsView>,
    /// WhatsApp's id of it.
    pub(crate) whatsapp_id: Option<String>,
    pub(crate) send_at: Option<DateTime<Utc>>,
    pub(crate) expires_at: Option<DateTime<Utc>>,
    /// Why it failed or was cancelled, or what the last attempt ran into.
    pub(crate) error: Option<MessageErrorView>,
    /// What it waits for; null when it does not wait.
    pub(crate) waiting: Option<WaitingView>,
    /// When it was accepted; of a received one, when it came here.
    pub(crate) created_at: DateTime<Utc>,
    /// When WhatsApp took it; of a received one, when it was sent, by WhatsApp's clock.
    pub(crate) sent_at: Option<DateTime<Utc>>,
    pub(crate) delivered_at: Option<DateTime<Utc>>,
    pub(crate) read_at: Option<DateTime<Utc>>,
    /// When nobody had to wait for it any more.
    pub(crate) settled_at: Option<DateTime<Utc>>,
    /// When its author last changed its words on WhatsApp; `content` has the new ones.
    pub(crate) edited_at: Option<DateTime<Utc>>,
    /// When its author deleted it for everyone; its content is of the type `deleted` then.
    pub(crate) deleted_at: Option<DateTime<Utc>>,
}

/// A reaction to a message.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReactionView {
    #[schema(example = "👍")]
    emoji: String,
    /// The person who reacted, `<digits>@c.us` or `<id>@lid`; null for the account itself.
    #[schema(example = "6281234567890@c.us")]
    chat_id: Option<String>,
    at: DateTime<Utc>,
}

/// How many members of a group have a message.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GroupReceiptsView {
    /// Members whose phone has it.
    #[schema(example = 12)]
    delivered: i32,
    /// Members who have read it.
    #[schema(example = 9)]
    read: i32,
    /// Members of the group without the account; null where not known.
    #[schema(example = 14)]
    members: Option<i32>,
}

impl GroupReceiptsView {
    fn of(message: &Message) -> Option<Self> {
        let sent = message.direction == Direction::Outbound && message.chat_id.ends_with("@g.us");
        sent.then(|| Self {
            delivered: message.group_delivered.unwrap_or_default(),
            read: message.group_read.unwrap_or_default(),
            members: message.group_members.map(|all| (all - 1).max(0)),
        })
    }
}

/// A file that was received.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReceivedMediaView {
    /// What the sender says it is, such as `image/jpeg`; not to be trusted.
    #[schema(example = "image/jpeg")]
    mimetype: Option<String>,
    filename: Option<String>,
    /// Where to get it.
    #[schema(example = "/api/v1/messages/msg_01kb8v2m5xe7s9q4h6n0r3t8wz/media")]
    url: String,
}

/// The author of a message in a group.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuthorView {
    /// `<digits>@c.us` or `<id>@lid`.
    #[schema(example = "6281234567890@c.us")]
    pub(crate) chat_id: String,
    /// What they call themself.
    #[schema(example = "Budi")]
    name: Option<String>,
}

impl ReceivedMediaView {
    fn of(message: MessageId, content: &MessageContent) -> Option<Self> {
        let MessageContent::Received(content) = content else { return None };
        let ReceivedMedia { mimetype, filename } = content.body.media()?.clone();
        Some(Self { mimetype, filename, url: format!("/api/v1/messages/{message}/media") })
    }
}

impl AuthorView {
    pub(crate) fn of(content: &serde_json::Value) -> Option<Self> {
        let Author { chat_id, name } = Author::deserialize(&content["author"]).ok()?;
        Some(Self { chat_id, name })
    }
}

/// What went wrong with a message.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessageErrorView {
    /// For programs.
    code: ReasonCode,
    /// For people.
    #[schema(example = "the number has no WhatsApp account")]
    detail: Option<String>,
}

impl MessageView {
    fn of(message: Message, waiting: Option<WaitingView>) -> Self {
        let content = match message.deleted_at {
            Some(_) => MessageContent::deleted(),
            None => MessageContent::read(&message.content, message.direction),
        };
        let group = GroupReceiptsView::of(&message);
        let reactions = message.reactions.into_iter().flat_map(|reactions| reactions.0).map(|reaction| {
            let MessageReaction { author, emoji, at } = reaction;
            ReactionView { emoji, chat_id: Some(author).filter(|author| !author.is_empty()), at }
        });
        let (media, author) = (ReceivedMediaView::of(message.id, &content), AuthorView::of(&message.content));
        let detail = message.error_detail;
        Self {
            id: message.id,
            session_id: message.session_id,
            campaign_id: message.campaign_id,
            pool_id: message.pool_id,
            direction: message.direction,
            class: message.class,
            state: message.state,
            chat_id: message.waha_chat_id.unwrap_or(message.chat_id),
            phone: message.phone.map(|digits| format!("+{digits}")),
            media,
            author,
            content,
            reactions: reactions.collect(),
            group,
            whatsapp_id: message.waha_id,
            send_at: message.send_at,
            expires_at: message.expires_at,
            error: message.error_code.map(|code| MessageErrorView { code: code.into(), detail }),
            waiting,
            created_at: message.created_at,
            sent_at: message.sent_at,
            delivered_at: message.delivered_at,
            read_at: message.read_at,
            settled_at: message.settled_at,
            edited_at: message.edited_at,
            deleted_at: message.deleted_at,
        }
    }
}

/// Shows messages with what they wait for; one question to the store for all their lanes.
pub(crate) async fn views(
    state: &ApiState,
    tenant: &Tenant,
    messages: Page<Message>,
) -> Answer<PageView<MessageView>> {
    let mut lanes: Vec<SessionId> =
        messages.items.iter().filter(|m| is_waiting(m)).map(|m| m.session_id).collect();
    lanes.sort_unstable();
    lanes.dedup();
    let facts = if lanes.is_empty() { Vec::new() } else { tenant.lanes().facts(&lanes).await? };
    let facts: HashMap<SessionId, LaneFacts> = facts.into_iter().map(|lane| (lane.session, lane)).collect();
    let limits = if lanes.is_empty() { Vec::new() } else { tenant.lanes().limits(&lanes).await? };
    let now = state.store.clock().now();
    Ok(PageView::of(messages, |message| {
        let waiting = Waiting::of_message(&message, facts.get(&message.session_id), &limits, now);
        MessageView::of(message, waiting.map(WaitingView::from))
    }))
}
