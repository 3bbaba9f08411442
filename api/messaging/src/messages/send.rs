//! Ways to send a message. All end in [`accept`]: checked and recorded by the use case, answered 202.
//!
//! Nothing here speaks to WAHA.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::messages::{Class, Content, Direction, MediaKind, MediaRef, MediaSource, MessageContent};
use wahana_domain::number_check::NumberCheckMode;
use wahana_domain::waiting::WaitingFor;
use wahana_domain::{MediaId, Names, Rule, SenderPoolId, SessionId};
use wahana_service::messages::accept::{
    AcceptError, Accepted, Draft, Sender, check_content, prepare, record, stored,
};
use wahana_service::messages::media::check_bytes;
use wahana_service::messages::waiting::Waiting;
use wahana_service::sessions::sender_choice::ChoiceError;
use wahana_store::Tenant;
use wahana_store::messages::NewMessage;
use wahana_store::messages::media::MediaFile;

use crate::messages::media::keep;
use crate::messages::send_at::SendAt;
use crate::messages::view::MessageView;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Path};
use wahana_api_kit::idempotency::{IdempotencyKey, Once, replay};
use wahana_api_kit::problem::{Answer, Code, Problem};
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(send)).routes(routes!(send_text))
}

/// These may carry files as base64.
pub(crate) fn uploads() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(send_image))
        .routes(routes!(send_video))
        .routes(routes!(send_document))
        .routes(routes!(send_voice))
}

/// A message to send.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
    "to": "+6281234567890",
    "content": {"type": "text", "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil."},
}))]
struct SendMessage {
    /// The session that sends it; give this or `pool_id`.
    session_id: Option<SessionId>,
    /// The sender pool that chooses the session: only for a person, not for a group.
    pool_id: Option<SenderPoolId>,
    /// A phone number, or a chat: `<id>@g.us`, `<digits>@c.us`, `<id>@lid`.
    #[schema(example = "+6281234567890")]
    to: String,
    content: Content,
    /// `transactional` (somebody waits for it) goes before `bulk`, which also keeps quiet hours and caps.
    #[serde(default = "transactional")]
    #[schema(default = "transactional")]
    class: Class,
    /// Whether the number is checked first, should nobody have written there before: who has no WhatsApp is not written
    /// to. `require` waits for the check, `prefer` does not.
    #[serde(default)]
    #[schema(default = "skip")]
    check_number: NumberCheckMode,
    /// Not before this time, up to a year ahead: of RFC 3339, or a local time such as `2027-01-15 10:00` in the
    /// `time_zone` beside it. One that occurs twice there, when clocks are put back, is the first.
    #[schema(value_type = Option<String>, example = "2027-01-15T10:00:00+07:00")]
    send_at: Option<SendAt>,
    /// Not after this time: then it ends as `expired`.
    expires_at: Option<DateTime<Utc>>,
    /// The person's time zone (IANA), if it is not that of the number: for windows on the recipient's clock, and
    /// for a local `send_at`.
    #[schema(value_type = Option<String>, example = "Asia/Makassar")]
    time_zone: Option<Tz>,
}

/// A text to send.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "to": "+6281234567890",
    "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
}))]
struct SendText {
    /// A phone number, or a chat: `<id>@g.us`, `<digits>@c.us`, `<id>@lid`.
    #[schema(example = "+6281234567890")]
    to: String,
    /// 1 to 65,536 characters.
    text: String,
    /// Whether WhatsApp may show a preview of the first link.
    link_preview: Option<bool>,
    /// The message of the same chat that this one answers: our id (`msg_...`), WhatsApp's, or WhatsApp's whole id.
    reply_to: Option<String>,
    /// In a group: the people whom the text names, as numbers or chat ids. The text has each as `@` and the digits.
    #[serde(default)]
    #[schema(required = false, max_items = 256, example = json!(["+6281234567890"]))]
    mentions: Vec<String>,
    /// See `POST /messages`.
    #[serde(default = "transactional")]
    #[schema(default = "transactional")]
    class: Class,
    /// Not before this time, up to a year ahead: of RFC 3339, or a local time such as `2027-01-15 10:00` in the
    /// `time_zone` beside it. One that occurs twice there, when clocks are put back, is the first.
    #[schema(value_type = Option<String>, example = "2027-01-15T10:00:00+07:00")]
    send_at: Option<SendAt>,
    /// Not after this time: then it ends as `expired`.
    expires_at: Option<DateTime<Utc>>,
    /// The person's time zone (IANA), if it is not that of the number: for windows on the recipient's clock, and
    /// for a local `send_at`.
    #[schema(value_type = Option<String>, example = "Asia/Makassar")]
    time_zone: Option<Tz>,
}

/// A file to send.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "to": "+6281234567890",
    "media": {"url": "https://tokobatik.example/katalog.pdf", "mimetype": "application/pdf", "filename": "katalog.pdf"},
    "caption": "Katalog bulan ini",
}))]
struct SendFile {
    /// A phone number, or a chat: `<id>@g.us`, `<digits>@c.us`, `<id>@lid`.
    #[schema(example = "+6281234567890")]
    to: String,
    /// The file. Give this or `file`.
    #[serde(skip_serializing_if = "Option::is_none")]
    media: Option<FileInput>,
    /// Another name of `media`, which WAHA's own API has.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<FileInput>,
    /// Text under it, up to 1,024 characters; not for voice notes.
    caption: Option<String>,
    /// See `POST /messages`.
    #[serde(default = "transactional")]
    #[schema(default = "transactional")]
    class: Class,
    /// Not before this time, up to a year ahead: of RFC 3339, or a local time such as `2027-01-15 10:00` in the
    /// `time_zone` beside it. One that occurs twice there, when clocks are put back, is the first.
    #[schema(value_type = Option<String>, example = "2027-01-15T10:00:00+07:00")]
    send_at: Option<SendAt>,
    /// Not after this time: then it ends as `expired`.
    expires_at: Option<DateTime<Utc>>,
    /// The person's time zone (IANA), if it is not that of the number: for windows on the recipient's clock, and
    /// for a local `send_at`.
    #[schema(value_type = Option<String>, example = "Asia/Makassar")]
    time_zone: Option<Tz>,
}

/// Where a file comes from: exactly one of `id`, `url` and `data`.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FileInput {
    /// Uploaded before (`POST /media`).
    id: Option<MediaId>,
    /// A public http(s) address, fetched before the message is sent.
    url: Option<String>,
    /// The file itself, as base64.
    data: Option<String>,
    /// Like `image/png`.
    mimetype: String,
    /// What the recipient sees as its name.
    filename: Option<String>,
}

const fn transactional() -> Class {
    Class::Transactional
}

/// Send a message
///
/// It is recorded and sent when it is its turn in the pace of the session: ask for it, or wait for its events.
/// With an `Idempotency-Key` it is sent once, however often you ask. Needs the scope `messages:send`.
#[utoipa::path(post, path = "/messages", tag = "messages", operation_id = "send_message", request_body = SendMessage,
    params(("Idempotency-Key" = Option<String>, Header, max_length = 255)), responses((status = 202, body = MessageView)))]
async fn send(
    State(state): State<ApiState>,
    scoped: Scoped<need::MessagesSend>,
    key: IdempotencyKey,
    Json(body): Json<SendMessage>,
) -> Answer<Response> {
    let once = key.once("POST /messages", &body)?;
    let SendMessage { session_id, pool_id, to, content, class, check_number, send_at, expires_at, time_zone } =
        body;
    let sender = match (session_id, pool_id) {
        (Some(session), None) => Sender::Session(session),
        (None, Some(pool)) => Sender::Pool(pool),
        (None, None) => {
            let rule = Rule::RequiredOneOf { fields: Names::of(&["session_id", "pool_id"]) };
            return Err(Problem::field("session_id", rule).coded(Code::MissingField));
        }
        (Some(_), Some(_)) => {
            return Err(Problem::field("pool_id", Rule::NotBoth { other: "session_id".into() }));
        }
    };
    let send_at = resolved(send_at, time_zone)?;
    let draft = Draft { sender, to, content, class, check_number, send_at, expires_at, time_zone };
    accept(&state, &scoped.tenant, once, draft).await
}

/// Send a text
///
/// Needs the scope `messages:send`.
#[utoipa::path(post, path = "/sessions/{id}/send-text", tag = "messages", operation_id = "send_text", request_body = SendText,
    params(("id" = SessionId, Path), ("Idempotency-Key" = Option<String>, Header, max_length = 255)), responses((status = 202, body = MessageView)))]
async fn send_text(
    State(state): State<ApiState>,
    scoped: Scoped<need::MessagesSend>,
    Path(id): Path<SessionId>,
    key: IdempotencyKey,
    Json(body): Json<SendText>,
) -> Answer<Response> {
    let once = key.once(&format!("POST /sessions/{id}/send-text"), &body)?;
    let SendText { to, text, link_preview, reply_to, mentions, class, send_at, expires_at, time_zone } = body;
    let send_at = resolved(send_at, time_zone)?;
    let content = Content::Text { text, link_preview, reply_to, mentions };
    accept(
        &state,
        &scoped.tenant,
        once,
        Draft {
            sender: Sender::Session(id),
            to,
            content,
            class,
            check_number: NumberCheckMode::Skip,
            send_at,
            expires_at,
            time_zone,
        },
    )
    .await
}

/// What is made of a file and its caption.
type ToContent = fn(MediaRef, Option<String>) -> Answer<Content>;

/// A handler per way to send a file: name, path, and what is made of the file and its caption.
macro_rules! file_handlers {
    ($($(#[$doc:meta])+ $name:ident, $path:literal, $content:expr;)+) => {$(
        $(#[$doc])+
        #[utoipa::path(post, path = $path, tag = "messages", request_body = SendFile,
            params(("id" = SessionId, Path), ("Idempotency-Key" = Option<String>, Header, max_length = 255)), responses((status = 202, body = MessageView)))]
        async fn $name(
            State(state): State<ApiState>,
            scoped: Scoped<need::MessagesSend>,
            Path(id): Path<SessionId>,
            key: IdempotencyKey,
            Json(body): Json<SendFile>,
        ) -> Answer<Response> {
            let once = key.once(&format!("POST {}", $path.replace("{id}", &id.to_string())), &body)?;
            send_file(&state, &scoped.tenant, once, id, body, $content).await
        }
    )+};
}

file_handlers! {
    /// Send an image
    ///
    /// Needs the scope `messages:send`.
    send_image, "/sessions/{id}/send-image", |media, caption| Ok(Content::Image { media, caption });

    /// Send a video
    ///
    /// Needs the scope `messages:send`.
    send_video, "/sessions/{id}/send-video", |media, caption| Ok(Content::Video { media, caption });

    /// Send a document
    ///
    /// Needs the scope `messages:send`.
    send_document, "/sessions/{id}/send-document", |media, caption| Ok(Content::Document { media, caption });

    /// Send a voice note
    ///
    /// OGG with Opus, unless the WAHA server converts. Needs the scope `messages:send`.
    send_voice, "/sessions/{id}/send-voice", |media, caption| match caption {
        None => Ok(Content::Voice { media }),
        Some(_) => Err(Problem::field("caption", Rule::NoCaption)),
    };
}

async fn send_file(
    state: &ApiState,
    tenant: &Tenant,
    once: Option<Once>,
    session: SessionId,
    body: SendFile,
    content: ToContent,
) -> Answer<Response> {
    let SendFile { to, media, file, caption, class, send_at, expires_at, time_zone } = body;
    let send_at = resolved(send_at, time_zone)?;
    let FileInput { id, url, data, mimetype, filename } = match (media, file) {
        (Some(given), None) | (None, Some(given)) => given,
        (None, None) => return Err(Problem::new(Code::MissingField, "missing field `media`").at("media")),
        (Some(_), Some(_)) => return Err(Problem::field("file", Rule::NotBoth { other: "media".into() })),
    };
    let source = match (id, url, data) {
        (Some(id), None, None) => MediaSource::Id(id),
        (None, Some(url), None) => MediaSource::Url(url),
        (None, None, Some(data)) => {
            // A file is stored before the key is claimed: not again for a request that was done before.
            if let Some(once) = &once
                && let Some(earlier) = once.earlier(tenant).await?
            {
                return Ok(earlier);
            }
            let placeholder = MediaSource::Url("https://inline.invalid/".into());
            let media =
                MediaRef { source: placeholder, mimetype: mimetype.clone(), filename: filename.clone() };
            let checked = content(media, caption.clone())?;
            check_content(&checked)?;
            tenant.sessions().get(session).await?.ok_or_else(|| Problem::not_found("session"))?;
            MediaSource::Id(
                store_inline(state, tenant, checked.media_kind(), &data, &mimetype, filename.clone()).await?,
            )
        }
        _ => {
            let rule = Rule::ExactlyOneOf { fields: Names::of(&["id", "url", "data"]) };
            return Err(Problem::field("media", rule));
        }
    };
    let content = content(MediaRef { source, mimetype, filename }, caption)?;
    let sender = Sender::Session(session);
    let check_number = NumberCheckMode::Skip;
    accept(
        state,
        tenant,
        once,
        Draft { sender, to, content, class, check_number, send_at, expires_at, time_zone },
    )
    .await
}

/// When to send; a problem for a local time that cannot be placed.
fn resolved(send_at: Option<SendAt>, zone: Option<Tz>) -> Answer<Option<DateTime<Utc>>> {
    let at = send_at.map(|at| at.resolve(zone)).transpose();
    at.map_err(|rule| Problem::field("send_at", rule))
}

async fn store_inline(
    state: &ApiState,
    tenant: &Tenant,
    kind: Option<MediaKind>,
    data: &str,
    mimetype: &str,
    filename: Option<String>,
) -> Answer<MediaId> {
    let bytes = STANDARD.decode(data).map_err(|_| Problem::field("media.data", Rule::BadBase64))?;
    if bytes.is_empty() {
        return Err(Problem::field("media.data", Rule::EmptyFile));
    }
    if bytes.len() > state.config.media_max_bytes {
        return Err(Problem::new(
            Code::TooLarge,
            format!("a file has at most {} bytes", state.config.media_max_bytes),
        ));
    }
    if let Some(kind) = kind {
        let checked = check_bytes(tenant, kind, &bytes, mimetype).await?;
        checked.map_err(|rule| Problem::field("media.data", rule))?;
    }
    let file = MediaFile { mimetype: mimetype.to_owned(), filename, content: bytes.into() };
    keep(tenant, file, "media.data").await
}

/// Checks a message and records it with its job.
async fn accept(state: &ApiState, tenant: &Tenant, once: Option<Once>, draft: Draft) -> Answer<Response> {
    let now = stored(state.store.clock().now());
    let due = draft.send_at.map_or(now, |at| at.max(now));
    let new = match prepare(tenant, draft, now).await {
        Ok(new) => new,
        // A request that was accepted once is answered alike, even if it would be refused by now.
        Err(error) => {
            let earlier = if let Some(once) = &once { once.earlier(tenant).await? } else { None };
            return earlier.ok_or_else(|| problem_of(error));
        }
    };
    let view = accepted_view(&new);
    let claim = once.map(|once| once.claim(StatusCode::ACCEPTED, &view, due)).transpose()?;
    match record(tenant, new, claim).await.map_err(problem_of)? {
        Accepted::Recorded => Ok((StatusCode::ACCEPTED, Json(view)).into_response()),
        Accepted::Replay { status, response } => Ok(replay(status, response)),
    }
}

fn problem_of(error: AcceptError) -> Problem {
    match error {
        AcceptError::Store(error) | AcceptError::Choice(ChoiceError::Store(error)) => error.into(),
        AcceptError::Wrong(wrong) => wrong.into(),
        AcceptError::Choice(ChoiceError::NoPool) => Problem::not_found("sender pool").at("pool_id"),
        AcceptError::Choice(ChoiceError::NoMember) => Problem::of(Code::NoMember).at("pool_id"),
        AcceptError::NoSession => Problem::not_found("session").at("session_id"),
        AcceptError::KeyReused => Problem::of(Code::IdempotencyKeyReused),
        AcceptError::NoConsent => Problem::new(Code::ConsentMissing, error.to_string()).at("to"),
        AcceptError::Suppressed(_) => Problem::new(Code::RecipientSuppressed, error.to_string()).at("to"),
    }
}

fn accepted_view(new: &NewMessage) -> MessageView {
    let scheduled = new.send_at.filter(|at| *at > new.created_at);
    let reason = match (scheduled, &new.file) {
        (Some(_), _) => WaitingFor::SendAt,
        (None, Some(_)) => WaitingFor::File,
        (None, None) => WaitingFor::Turn,
    };
    let waiting = Waiting::new(reason, scheduled);
    MessageView {
        id: new.id,
        session_id: new.session,
        campaign_id: None,
        pool_id: new.pool,
        direction: Direction::Outbound,
        class: new.class,
        state: new.state(),
        chat_id: new.chat_id.clone(),
        phone: new.phone.as_ref().map(|digits| format!("+{digits}")),
        content: MessageContent::Sent(new.content.clone()),
        media: None,
        author: None,
        whatsapp_id: Some(new.waha_id.clone()),
        send_at: new.send_at,
        expires_at: new.expires_at,
        error: None,
        waiting: Some(waiting.into()),
        created_at: new.created_at,
        sent_at: None,
        delivered_at: None,
        read_at: None,
        settled_at: None,
        edited_at: None,
        deleted_at: None,
        reactions: Vec::new(),
        group: None,
    }
}
