//! Sending files (transcripts C51 and E2 to E9). A URL is never fetched and counts as an empty file.

use std::sync::Arc;

use axum::{extract::State, routing::post};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Routes, send};
use crate::{
    answer::{Answer, Refusal, created},
    outgoing::Outgoing,
    request::Req,
    sim::Sim,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/api/sendImage", post(image))
        .route("/api/sendFile", post(document))
        .route("/api/sendVoice", post(voice))
        .route("/api/sendVideo", post(video))
        .route("/api/{session}/media/convert/voice", post(convert))
        .route("/api/{session}/media/convert/video", post(convert))
}

async fn image(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    send_file(&sim, &req, "image").await
}

async fn document(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    send_file(&sim, &req, "document").await
}

async fn voice(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    send_file(&sim, &req, "voice").await
}

async fn video(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    send_file(&sim, &req, "video").await
}

async fn send_file(sim: &Sim, req: &Req, kind: &'static str) -> Answer {
    let session = send::session(sim, req).await?;
    if !sim.config.media {
        return Err(Refusal::plus_only(sim.config.engine.name()));
    }
    let content = file_content(sim, req, kind)?;
    let chat = send::chat(sim, req)?;
    let text = req.text("caption");
    // No `id` on files (docs/waha.md 0.15).
    let message = Outgoing { kind, chat, content, text, client_id: None, as_wa_message: false };
    created(sim.dispatch(req, &session, message).await?)
}

/// Baileys' message for a file.
pub(super) fn file_content(sim: &Sim, req: &Req, kind: &str) -> Result<Value, Refusal> {
    let file = &req.body["file"];
    if !file.is_object() {
        return Err(req.type_error(sim, "Cannot use 'in' operator to search for 'url' in undefined"));
    }
    if !file["url"].is_string() && !file["data"].is_string() {
        return Err(Refusal::unprocessable("Either \"file.url\" or \"file.data\" must be specified."));
    }
    let bytes = file["data"].as_str().and_then(|data| STANDARD.decode(data).ok()).unwrap_or_default();
    let mut media = json!({
        "url": "https://mmg.whatsapp.net/fake",
        "mimetype": file["mimetype"],
        "fileSha256": STANDARD.encode(Sha256::digest(&bytes)),
        "fileLength": bytes.len().to_string(),
        "mediaKey": STANDARD.encode(sim.random().to_le_bytes().repeat(2)),
        "fileEncSha256": STANDARD.encode(Sha256::digest(sim.random().to_le_bytes())),
        "directPath": "/v/fake",
        "mediaKeyTimestamp": (sim.now() / 1000).to_string(),
    });
    let caption = req.body["caption"].as_str();
    let field = match kind {
        "image" | "video" => {
            media["caption"] = caption.unwrap_or_default().into();
            if kind == "image" { "imageMessage" } else { "videoMessage" }
        }
        "voice" => {
            media["seconds"] = 2.into();
            media["ptt"] = true.into();
            media["waveform"] = STANDARD.encode([7_u8; 64]).into();
            "audioMessage"
        }
        _ => {
            media["fileName"] = file["filename"].clone();
            if let Some(caption) = caption {
                media["caption"] = caption.into();
            }
            "documentMessage"
        }
    };
    Ok(json!({ field: media }))
}

/// Returns the input unchanged: there is no ffmpeg.
async fn convert(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    sim.working(req.param("session")).await?;
    if !sim.config.media {
        return Err(Refusal::plus_only(sim.config.engine.name()));
    }
    created(json!({ "mimetype": "audio/ogg; codecs=opus", "data": req.body["data"] }))
}
