//! Pairing a session with a phone: QR code or pairing code.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use crate::{WahaClient, WahaError, client::Call};

/// A QR code as base64, ready for a page.
#[derive(Clone, Debug, Deserialize)]
pub struct QrImage {
    /// Such as `image/png`.
    pub mimetype: String,
    /// Base64.
    pub data: String,
}

#[derive(Deserialize)]
struct QrValue {
    value: String,
}

#[derive(Deserialize)]
struct PairingCode {
    code: String,
}

impl WahaClient {
    /// The QR code as PNG. WAHA waits up to 10 s for one.
    ///
    /// # Errors
    /// `NotWorking` when the session is in another status than `SCAN_QR_CODE`.
    pub async fn qr_png(&self, session: &str) -> Result<Bytes, WahaError> {
        self.body(qr(session, "image").bytes()).await
    }

    /// The QR code as base64 JSON.
    ///
    /// # Errors
    /// As [`WahaClient::qr_png`].
    pub async fn qr_json(&self, session: &str) -> Result<QrImage, WahaError> {
        self.json(qr(session, "image")).await
    }

    /// The text inside the QR code.
    ///
    /// # Errors
    /// As [`WahaClient::qr_png`].
    pub async fn qr_raw(&self, session: &str) -> Result<String, WahaError> {
        let answer: QrValue = self.json(qr(session, "raw")).await?;
        Ok(answer.value)
    }

    /// A code to type into the phone, such as `ABCD-1234`. `phone` is digits. Ask only in `SCAN_QR_CODE`: in
    /// STARTING WAHA waits without limit (transcript B9).
    ///
    /// # Errors
    /// `NotWorking` in another status.
    pub async fn request_code(&self, session: &str, phone: &str) -> Result<String, WahaError> {
        let body = json!({ "phoneNumber": phone });
        let call = Call::post("request_code", &["api", session, "auth", "request-code"], body);
        let answer: PairingCode = self.json(call).await?;
        Ok(answer.code)
    }
}

fn qr<'a>(session: &'a str, format: &str) -> Call<'a> {
    Call::get("qr", &["api", session, "auth", "qr"]).query("format", format)
}
