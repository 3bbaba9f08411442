//! Accepting messages. Every way to send one ends in [`accept`]: checked, recorded with its job, answered 202.
//!
//! Nothing here speaks to WAHA.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::messages::{Class, Content, Direction, MediaRef, MediaSource, MessageContent};
use wahana_domain::number_check::NumberCheckMode;
use wahana_domain::waiting::WaitingFor;
use wahana_domain::{MediaId, MessageId, Names, Phone, Rule, SenderPoolId, SessionId};
use wahana_service::messages::waiting::Waiting;
use wahana_store::Tenant;
use wahana_store::messages::media::MediaFile;
use wahana_store::messages::{Acceptance, NewMessage};
use wahana_waha::{ChatId, client_message_id};

use crate::messages::reply_to;
use crate::messages::view::MessageView;
use crate::sessions::sender_pools;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Path};
use wahana_api_kit::idempotency::{IdempotencyKey, Once, replay, stored};
use wahana_api_kit::problem::{Answer, Code, Problem};
use wahana_api_kit::scoped::{Scoped, need};
use wahana_service::contacts::numbers::country;

/// How far ahead a message may be scheduled.
const FURTHEST: TimeDelta = TimeDelta::days(366);
/// How late a schedule may come to us and still count as now.
const LATEST: TimeDelta = TimeDelta::hours(1);

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
    /// Not before this time, up to a year ahead.
    send_at: Option<DateTime<Utc>>,
    /// Not after this time: then it ends as `expired`.
    expires_at: Option<DateTime<Utc>>,
    /// The person's time zone (IANA), if it is not that of the number's country: for windows on the recipient's clock.
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
    /// See `POST /messages`.
    #[serde(default = "transactional")]
    #[schema(default = "transactional")]
    class: Class,
    /// Not before this time, up to a year ahead.
    send_at: Option<DateTime<Utc>>,
    /// Not after this time: then it ends as `expired`.
    expires_at: Option<DateTime<Utc>>,
    /// The person's time zone (IANA), if it is not that of the number's country: for windows on the recipient's clock.
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
    /// Not before this time, up to a year ahead.
    send_at: Option<DateTime<Utc>>,
    /// Not after this time: then it ends as `expired`.
    expires_at: Option<DateTime<Utc>>,
    /// The person's time zone (IANA), if it is not that of the number's country: for windows on the recipient's clock.
    #[schema(value_type = Option<String>, example = "Asia/Makassar")]
    time_zone: Option<Tz>,
}

/// Where a file comes from: exactly one of `id`, `url` and `data`.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FileInput {
    /// Uploaded before (`POST /media`).
    id: Option<MediaId>,
    /// A public http(s) address, fetched when the message is sent.
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

/// The sender of a message.
enum Sender {
    Session(SessionId),
    /// A member that the pool chooses.
    Pool(SenderPoolId),
}

/// What all ways to send have in common.
struct Draft {
    sender: Sender,
    to: String,
    content: Content,
    class: Class,
    check_number: NumberCheckMode,
    send_at: Option<DateTime<Utc>>,
    expires_at: Option<DateTime<Utc>>,
    time_zone: Option<Tz>,
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
    let SendText { to, text, link_preview, reply_to, class, send_at, expires_at, time_zone } = body;
    let content = Content::Text { text, link_preview, reply_to };
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
            check_content(&content(media, caption.clone())?)?;
            tenant.sessions().get(session).await?.ok_or_else(|| Problem::not_found("session"))?;
            MediaSource::Id(store_inline(state, tenant, &data, &mimetype, filename.clone()).await?)
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

async fn store_inline(
    state: &ApiState,
    tenant: &Tenant,
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
    Ok(tenant
        .media()
        .add(MediaFile { mimetype: mimetype.to_owned(), filename, content: bytes.into() })
        .await?)
}

fn check_content(content: &Content) -> Answer<()> {
    content.validate().map_err(|invalid| Problem::field(format!("content.{}", invalid.field), invalid.rule))
}

/// Checks a message and records it with its job; the only way in.
async fn accept(state: &ApiState, tenant: &Tenant, once: Option<Once>, draft: Draft) -> Answer<Response> {
    let now = stored(state.store.clock().now());
    let due = draft.send_at.map_or(now, |at| at.max(now));
    let new = match address(tenant, draft, now).await {
        Ok(new) => new,
        // What was accepted once is answered alike, also when it would be refused by now.
        Err(problem) => {
            let earlier = if let Some(once) = &once { once.earlier(tenant).await? } else { None };
            return earlier.ok_or(problem);
        }
    };
    let view = accepted_view(&new);
    let claim = once.map(|once| once.claim(StatusCode::ACCEPTED, &view, due)).transpose()?;
    match tenant.messages().accept(new, claim).await? {
        Acceptance::Accepted => Ok((StatusCode::ACCEPTED, Json(view)).into_response()),
        Acceptance::Replay { status, response } => Ok(replay(status, response)),
        Acceptance::KeyReused => Err(Problem::of(Code::IdempotencyKeyReused)),
        Acceptance::NoSession => Err(Problem::not_found("session").at("session_id")),
        Acceptance::NoMedia => Err(Problem::field("content.media.id", Rule::NoSuchFile)),
        Acceptance::Suppressed(reason) => Err(Problem::new(
            Code::RecipientSuppressed,
            format!("the number is on the suppression list ({reason})"),
        )
        .at("to")),
    }
}

/// Resolves the sender, the recipient and the message that is replied to.
async fn address(tenant: &Tenant, mut draft: Draft, now: DateTime<Utc>) -> Answer<NewMessage> {
    check_content(&draft.content)?;
    let (chat_id, phone) = recipient(tenant, &draft.to).await?;
    check_times(&draft, now)?;
    let (session, pool) = match draft.sender {
        Sender::Session(session) => (session, None),
        Sender::Pool(pool) => {
            let phone = phone.as_deref().ok_or_else(|| Problem::field("pool_id", Rule::PoolNeedsPerson))?;
            (sender_pools::choose(tenant, pool, phone, draft.class, now).await?, Some(pool))
        }
    };
    reply_to::resolve(tenant, session, &chat_id, &mut draft.content).await?;
    let id = MessageId::new(now, rand::random());
    Ok(NewMessage {
        id,
        session,
        pool,
        chat_id,
        phone,
        content: draft.content,
        check_number: draft.check_number,
        class: draft.class,
        waha_id: client_message_id(id.0.as_u128()),
        created_at: now,
        send_at: draft.send_at.map(stored),
        expires_at: draft.expires_at.map(stored),
        time_zone: draft.time_zone,
    })
}

/// The chat, and the number if it is a person's.
async fn recipient(tenant: &Tenant, to: &str) -> Answer<(String, Option<String>)> {
    let wrong = |rule| Problem::field("to", rule);
    if to.contains('@') {
        let chat = ChatId::parse(to).map_err(|_| wrong(Rule::BadRecipient))?;
        // Resolve a LID to its phone number first, so that the suppressions of that number apply.
        let hidden = if chat.is_lid() { tenant.lids().number_behind(chat.as_str()).await? } else { None };
        return Ok(match hidden {
            Some(digits) => (format!("{digits}@c.us"), Some(digits)),
            None => (chat.as_str().to_owned(), chat.digits().map(str::to_owned)),
        });
    }
    let phone = Phone::parse(to, country(tenant, to).await?).map_err(|error| wrong(error.rule()))?;
    Ok((format!("{}@c.us", phone.digits()), Some(phone.digits().to_owned())))
}

fn check_times(draft: &Draft, now: DateTime<Utc>) -> Answer<()> {
    let due = draft.send_at.unwrap_or(now);
    if due > now + FURTHEST {
        return Err(Problem::field("send_at", Rule::TooFar { days: FURTHEST.num_days().unsigned_abs() }));
    }
    if due < now - LATEST {
        return Err(Problem::field("send_at", Rule::InPast));
    }
    if draft.expires_at.is_some_and(|end| end <= due.max(now)) {
        return Err(Problem::field("expires_at", Rule::NotAfterSendAt));
    }
    Ok(())
}

fn accepted_view(new: &NewMessage) -> MessageView {
    let scheduled = new.send_at.filter(|at| *at > new.created_at);
    let reason = if scheduled.is_some() { WaitingFor::SendAt } else { WaitingFor::Turn };
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
    }
}
