//! Files that people sent: brought from WAHA when somebody first wants to see one, and kept from then on. Nothing is
//! fetched for those that nobody looks at.

use std::time::Duration;

use axum::extract::State;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::MessageId;
use wahana_domain::messages::ReceivedMessage;
use wahana_store::Tenant;
use wahana_store::messages::Message;
use wahana_store::messages::media::MediaFile;
use wahana_waha::{ErrorCode, WahaError};

use crate::messages::media::shown;
use crate::sessions::pairing::{AtWaha, waha_of};
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Binary, Path};
use wahana_api_kit::problem::{Answer, Code, Problem};
use wahana_api_kit::scoped::{Scoped, need};

/// WAHA may have to ask the sender's phone for the file.
const PATIENCE: Duration = Duration::from_secs(25);

pub(crate) fn uploads() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(download))
}

/// Download a received file
///
/// Of a message whose `media` is not null. The first time it is fetched from WhatsApp, which forgets files after some
/// weeks; from then on it is kept here. Needs the scope `messages:read`.
#[utoipa::path(get, path = "/messages/{id}/media", tag = "messages", operation_id = "download_message_media", params(("id" = MessageId, Path)),
    responses((status = 200, content_type = "*/*", body = Binary)))]
async fn download(
    State(state): State<ApiState>,
    scoped: Scoped<need::MessagesRead>,
    Path(id): Path<MessageId>,
) -> Answer<Response> {
    let message = scoped.tenant.messages().get(id).await?.ok_or_else(|| Problem::not_found("message"))?;
    if message.deleted_at.is_some() {
        return Err(Problem::new(Code::NotFound, "its author deleted the message"));
    }
    if let Some(kept) = scoped.tenant.media().received(id).await? {
        return Ok(shown(kept));
    }
    let file = fetch(&state, &scoped.tenant, &message).await?;
    scoped.tenant.media().keep_received(id, file.clone()).await?;
    Ok(shown(file))
}

async fn fetch(state: &ApiState, tenant: &Tenant, message: &Message) -> Answer<MediaFile> {
    let none = || Problem::not_found("file: the message has none");
    let received = ReceivedMessage::read(&message.content);
    let told = received.content.body.media().ok_or_else(none)?;
    let whatsapp_id = received.whatsapp_id.as_deref().ok_or_else(none)?;
    let AtWaha { client, name, .. } = waha_of(state, tenant, message.session_id).await?;
    let chat = message.waha_chat_id.as_ref().unwrap_or(&message.chat_id);
    let most = state.config.media_max_bytes;
    let fetching = async {
        let Some(found) = client.received_file(&name, chat, whatsapp_id).await? else {
            return Ok(None);
        };
        let content = client.download(&found, most).await?;
        let mimetype = found.mimetype.or_else(|| told.mimetype.clone());
        let mimetype = mimetype.unwrap_or_else(|| "application/octet-stream".to_owned());
        Ok(Some(MediaFile { mimetype, filename: found.filename.or_else(|| told.filename.clone()), content }))
    };
    match tokio::time::timeout(PATIENCE, fetching).await {
        Ok(Ok(Some(file))) => Ok(file),
        Ok(Ok(None)) => Err(Problem::new(Code::NotFound, "WhatsApp does not have this file any more")),
        Ok(Err(error)) => Err(problem(&error, most)),
        Err(_) => Err(Problem::of(Code::WahaUnavailable).retry_after(5)),
    }
}

fn problem(error: &WahaError, most: usize) -> Problem {
    tracing::warn!(error.type = error.code.as_str(), "a received file could not be fetched");
    match (error.status, error.code) {
        (Some(404), _) => Problem::new(Code::NotFound, "the WAHA server does not know this file any more"),
        (_, ErrorCode::AnswerTooLarge) => {
            Problem::new(Code::TooLarge, format!("the file has more than {most} bytes"))
        }
        _ => Problem::of(Code::WahaUnavailable).retry_after(5),
    }
}
