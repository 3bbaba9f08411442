//! Pairing: QR code and pairing code.

use std::{io::Cursor, sync::Arc};

use axum::{
    extract::State,
    http::header,
    response::IntoResponse,
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use image::{DynamicImage, ImageFormat, Luma};
use qrcode::QrCode;
use serde_json::json;

use super::Routes;
use crate::{
    answer::{Answer, Refusal, created, ok},
    request::Req,
    seed::Dice,
    session::{Session, Status},
    sim::Sim,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/api/{session}/auth/qr", get(qr))
        .route("/api/{session}/auth/request-code", post(request_code))
        .route("/api/screenshot", get(screenshot))
}

async fn qr(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = sim.scannable(req.param("session")).await?;
    let value = qr_value(&sim, &session);
    if req.query("format") == Some("raw") {
        return ok(json!({ "value": value }));
    }
    picture(&sim, &req, &value, "image/png")
}

/// The QR code while there is one; NOWEB calls the PNG `image/jpeg` (transcript C29).
async fn screenshot(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = sim.running(req.query("session").unwrap_or_default())?;
    match session.status() {
        Status::ScanQrCode => picture(&sim, &req, &qr_value(&sim, &session), "image/jpeg"),
        Status::Starting => {
            Err(Refusal::unprocessable("The session is starting, please try again after few seconds"))
        }
        status => Err(Refusal::unprocessable(format!(
            "Can get screenshot only in SCAN_QR_CODE status. The current status is {}",
            status.name()
        ))),
    }
}

/// JSON only if `Accept` is exactly `application/json` (docs/waha.md 0.14).
fn picture(sim: &Sim, req: &Req, value: &str, mimetype: &str) -> Answer {
    let png = png(value).map_err(|error| req.exception(sim, "Error", &error))?;
    let accept = req.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    if accept == Some("application/json") {
        return ok(json!({ "mimetype": mimetype, "data": STANDARD.encode(png) }));
    }
    Ok(([(header::CONTENT_TYPE, mimetype.to_owned())], png).into_response())
}

fn png(value: &str) -> Result<Vec<u8>, String> {
    let code = QrCode::new(value).map_err(|error| error.to_string())?;
    let picture = code.render::<Luma<u8>>().min_dimensions(276, 276).build();
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(picture)
        .write_to(&mut bytes, ImageFormat::Png)
        .map_err(|error| error.to_string())?;
    Ok(bytes.into_inner())
}

/// `2@<ref>,<three keys>`, another one with each turn of the code (transcript C28).
fn qr_value(sim: &Sim, session: &Session) -> String {
    let (number, epoch) = {
        let inner = session.lock();
        (inner.qr, inner.epoch)
    };
    let mut dice = Dice::new(sim.config.seed, "qr", &session.name, &epoch.to_string(), number);
    let mut bytes = |length: usize| -> String {
        let bytes: Vec<u8> =
            (0..length.div_ceil(8)).flat_map(|_| dice.next().to_le_bytes()).take(length).collect();
        STANDARD.encode(bytes)
    };
    format!("2@{},{},{},{}", bytes(66), bytes(32), bytes(32), bytes(32))
}

/// In STARTING it waits for the QR code without limit (transcript B9).
async fn request_code(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let session = sim.running(req.param("session"))?;
    if !req.body["method"].is_null() {
        let engine = sim.config.engine.name();
        return Err(Refusal::unprocessable(format!(
            "{engine} engine doesn't support any 'method', remove it and try again"
        )));
    }
    while session.status() == Status::Starting {
        tokio::time::sleep(sim.scaled(200).max(std::time::Duration::from_millis(2))).await;
    }
    let status = session.status();
    if status != Status::ScanQrCode {
        return Err(Refusal::unprocessable(format!(
            "Can request code only in SCAN_QR_CODE status. The current status is {}",
            status.name()
        )));
    }
    let mut dice =
        Dice::new(sim.config.seed, "code", &session.name, req.text("phoneNumber").unwrap_or_default(), 0);
    let mut letters = || -> String {
        (0..4)
            .map(|_| char::from(b"ABCDEFGHJKLMNPQRSTVWXYZ123456789"[(dice.next() % 32) as usize % 32]))
            .collect()
    };
    created(json!({ "code": format!("{}-{}", letters(), letters()) }))
}
