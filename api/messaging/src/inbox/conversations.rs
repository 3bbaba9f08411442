//! The inbox: chats in which somebody wrote, and what was said. Replies go the way of every message (`send`).

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::messages::{ContentType, Direction, MessageState};
use wahana_domain::suppressions::SuppressionReasonCode;
use wahana_domain::{ContactId, ConversationId, MessageId, Phone, SessionId};
use wahana_store::inbox::conversations::{Conversation, ConversationFilter, LastMessage, Unread};
use wahana_store::messages::MessageFilter;

use crate::messages::view::{MessageView, views};
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, NoFilter, Paged, Path};
use wahana_api_kit::paging::{PageQuery, PageView};
use wahana_api_kit::problem::{Answer, Problem};
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(unread))
        .routes(routes!(get))
        .routes(routes!(messages))
        .routes(routes!(read))
}

/// A chat in which somebody wrote.
#[derive(Debug, Serialize, ToSchema)]
struct ConversationView {
    id: ConversationId,
    session_id: SessionId,
    /// WhatsApp's chat, `<digits>@c.us`, `<id>@g.us` or `<id>@lid`: give it as `to` of a reply.
    #[schema(example = "6281234567890@c.us")]
    chat_id: String,
    /// Whether several people write there.
    group: bool,
    /// The other person's number, where known.
    #[schema(value_type = Option<Phone>)]
    phone: Option<String>,
    /// The username at WhatsApp, where known.
    #[schema(example = "sari.w")]
    username: Option<String>,
    /// The name in the address book, else what the person calls themself.
    #[schema(example = "Sari Wulandari")]
    name: Option<String>,
    /// The person in the address book.
    contact_id: Option<ContactId>,
    /// Why the person must not be written to; null if they may.
    suppressed: Option<SuppressionReasonCode>,
    /// Messages that came since somebody looked.
    #[schema(example = 2)]
    unread: i32,
    /// The newest message of both sides.
    last_message: LastMessageView,
    created_at: DateTime<Utc>,
}

/// The newest message of a chat.
#[derive(Debug, Serialize, ToSchema)]
struct LastMessageView {
    id: MessageId,
    direction: Direction,
    state: MessageState,
    /// What it is.
    #[serde(rename = "type")]
    kind: ContentType,
    /// The first 200 characters of its text or caption.
    #[schema(example = "Apakah motif ini masih ada?")]
    preview: Option<String>,
    at: DateTime<Utc>,
}

impl From<Conversation> for ConversationView {
    fn from(row: Conversation) -> Self {
        let LastMessage { id, direction, state, kind, words, at } = row.last;
        Self {
            id: row.id,
            session_id: row.session_id,
            group: row.person.ends_with("@g.us"),
            chat_id: row.chat_id,
            phone: row.phone.map(|digits| format!("+{digits}")),
            username: row.username,
            name: row.name,
            contact_id: row.contact_id,
            suppressed: row.suppressed,
            unread: row.unread,
            last_message: LastMessageView { id, direction, state, kind, preview: words, at },
            created_at: row.created_at,
        }
    }
}

/// What waits in the inbox.
#[derive(Debug, Serialize, ToSchema)]
struct UnreadView {
    /// Conversations with something unread.
    #[schema(example = 3)]
    conversations: i64,
    /// Messages in them.
    #[schema(example = 7)]
    messages: i64,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListFilter {
    /// Of this session.
    session: Option<SessionId>,
    /// True: only those with something unread; false: only those without.
    unread: Option<bool>,
    /// With this in the name, the username or the number.
    #[param(max_length = 100)]
    search: Option<String>,
}

fn no_conversation() -> Problem {
    Problem::not_found("conversation")
}

/// List conversations
///
/// Chats of all sessions in which somebody wrote, groups too; the one in which somebody wrote last first. Needs the
/// scope `messages:read`.
#[utoipa::path(get, path = "/conversations", tag = "conversations", operation_id = "list_conversations", params(ListFilter, PageQuery), responses((status = 200, body = PageView<ConversationView>)))]
async fn list(
    scoped: Scoped<need::MessagesRead>,
    Paged { page, filter: query }: Paged<ListFilter>,
) -> Answer<Json<PageView<ConversationView>>> {
    let ListFilter { session, unread, search } = query;
    let search = search.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let filter = ConversationFilter { session, unread, search, id: None };
    let page = scoped.tenant.conversations().list(&filter, page).await?;
    Ok(Json(PageView::of(page, ConversationView::from)))
}

/// Count what is unread
///
/// Over all conversations. Needs the scope `messages:read`.
#[utoipa::path(get, path = "/conversations/unread", tag = "conversations", operation_id = "count_unread", responses((status = 200, body = UnreadView)))]
async fn unread(scoped: Scoped<need::MessagesRead>) -> Answer<Json<UnreadView>> {
    let Unread { conversations, messages } = scoped.tenant.conversations().unread().await?;
    Ok(Json(UnreadView { conversations, messages }))
}

/// Show a conversation
///
/// Needs the scope `messages:read`.
#[utoipa::path(get, path = "/conversations/{id}", tag = "conversations", operation_id = "get_conversation", params(("id" = ConversationId, Path)), responses((status = 200, body = ConversationView)))]
async fn get(
    scoped: Scoped<need::MessagesRead>,
    Path(id): Path<ConversationId>,
) -> Answer<Json<ConversationView>> {
    Ok(Json(scoped.tenant.conversations().get(id).await?.ok_or_else(no_conversation)?.into()))
}

/// List the messages of a conversation
///
/// Of both sides, newest first, with how far each got. Needs the scope `messages:read`.
#[utoipa::path(get, path = "/conversations/{id}/messages", tag = "conversations", operation_id = "list_conversation_messages", params(("id" = ConversationId, Path), PageQuery), responses((status = 200, body = PageView<MessageView>)))]
async fn messages(
    State(state): State<ApiState>,
    scoped: Scoped<need::MessagesRead>,
    Path(id): Path<ConversationId>,
    Paged { page, .. }: Paged<NoFilter>,
) -> Answer<Json<PageView<MessageView>>> {
    let conversation = scoped.tenant.conversations().get(id).await?.ok_or_else(no_conversation)?;
    let filter = MessageFilter {
        session: Some(conversation.session_id),
        chat_id: Some(conversation.person),
        ..MessageFilter::default()
    };
    let page = scoped.tenant.messages().list(&filter, page).await?;
    Ok(Json(views(&state, &scoped.tenant, page).await?))
}

/// Mark a conversation as read
///
/// For everybody of the organization; the person is not told. Needs the scope `messages:send`.
#[utoipa::path(post, path = "/conversations/{id}/read", tag = "conversations", operation_id = "read_conversation", params(("id" = ConversationId, Path)), responses((status = 204, description = "marked as read")))]
async fn read(scoped: Scoped<need::MessagesSend>, Path(id): Path<ConversationId>) -> Answer<StatusCode> {
    if scoped.tenant.conversations().mark_read(id).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(no_conversation())
    }
}
