//! Sessions of a node: create, list, start, stop, restart, log out, delete.

use std::collections::BTreeMap;

use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use crate::{Me, WahaClient, WahaError, client::Call};

/// A session's status. Not a closed list: WAHA adds values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum SessionStatus {
    /// Not running.
    Stopped,
    /// Connecting; a reconnect passes through here too.
    Starting,
    /// Waits for a scan.
    ScanQrCode,
    /// Since 2026.7.1.
    PasskeyRequired,
    /// Since 2026.7.1.
    PasskeyConfirmationRequired,
    /// Can send.
    Working,
    /// Failed; only a restart helps.
    Failed,
    /// A status that we do not know.
    Other(String),
}

impl From<String> for SessionStatus {
    fn from(text: String) -> Self {
        match text.as_str() {
            "STOPPED" => Self::Stopped,
            "STARTING" => Self::Starting,
            "SCAN_QR_CODE" => Self::ScanQrCode,
            "PASSKEY_REQUIRED" => Self::PasskeyRequired,
            "PASSKEY_CONFIRMATION_REQUIRED" => Self::PasskeyConfirmationRequired,
            "WORKING" => Self::Working,
            "FAILED" => Self::Failed,
            _ => Self::Other(text),
        }
    }
}

impl From<SessionStatus> for String {
    fn from(status: SessionStatus) -> Self {
        status.as_str().to_owned()
    }
}

impl SessionStatus {
    /// WAHA's name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Stopped => "STOPPED",
            Self::Starting => "STARTING",
            Self::ScanQrCode => "SCAN_QR_CODE",
            Self::PasskeyRequired => "PASSKEY_REQUIRED",
            Self::PasskeyConfirmationRequired => "PASSKEY_CONFIRMATION_REQUIRED",
            Self::Working => "WORKING",
            Self::Failed => "FAILED",
            Self::Other(text) => text,
        }
    }
}

/// One session as WAHA reports it.
#[derive(Clone, Debug, Deserialize)]
pub struct SessionInfo {
    /// Its name at WAHA.
    pub name: String,
    /// Its status.
    pub status: SessionStatus,
    /// The account; `None` until logged in.
    #[serde(default)]
    pub me: Option<Me>,
    /// The stored configuration.
    #[serde(default)]
    pub config: Value,
}

/// The configuration of a new session.
#[derive(Clone, Debug, Default)]
pub struct SessionConfig {
    /// Included in every webhook.
    pub metadata: BTreeMap<String, String>,
    /// Where events go.
    pub webhooks: Vec<WebhookConfig>,
}

/// One webhook of a session.
#[derive(Clone, Debug)]
pub struct WebhookConfig {
    /// Our receiver.
    pub url: Url,
    /// Names of events, such as `message.ack`.
    pub events: Vec<String>,
    /// Signs the body with HMAC-SHA512.
    pub hmac_key: Option<SecretString>,
    /// WAHA's own default is 15 times every 2 s, in memory.
    pub retries: Option<RetryPolicy>,
}

/// How often WAHA retries a webhook, at constant intervals.
#[derive(Clone, Copy, Debug)]
pub struct RetryPolicy {
    /// Between two tries.
    pub delay_seconds: u32,
    /// Tries in all.
    pub attempts: u32,
}

impl SessionConfig {
    /// Stories, channels and broadcast lists are ignored: nobody reads them here, and they would fill WAHA's storage.
    fn to_json(&self) -> Value {
        let webhooks: Vec<Value> = self.webhooks.iter().map(WebhookConfig::to_json).collect();
        // Without its store, NOWEB has no chats for reconciliation (docs/waha.md section 3).
        let noweb = json!({ "markOnline": true, "store": { "enabled": true, "fullSync": false } });
        json!({
            "metadata": self.metadata,
            "webhooks": webhooks,
            "noweb": noweb,
            "ignore": { "status": true, "channels": true, "broadcast": true },
        })
    }
}

impl WebhookConfig {
    fn to_json(&self) -> Value {
        let mut value = json!({ "url": self.url, "events": self.events });
        if let Some(key) = &self.hmac_key {
            value["hmac"] = json!({ "key": key.expose_secret() });
        }
        if let Some(RetryPolicy { delay_seconds, attempts }) = self.retries {
            value["retries"] =
                json!({ "policy": "constant", "delaySeconds": delay_seconds, "attempts": attempts });
        }
        value
    }
}

impl WahaClient {
    /// Creates and starts a session. The flag is explicit because WAHA's default does not start it
    /// (transcript C16).
    ///
    /// # Errors
    /// Permanent with code `already_exists` for a name in use.
    pub async fn create_session(&self, name: &str, config: &SessionConfig) -> Result<SessionInfo, WahaError> {
        let body = json!({ "name": name, "start": true, "config": config.to_json() });
        self.json(Call::post("session_create", &["api", "sessions"], body)).await
    }

    /// Replaces the configuration; a running session restarts.
    ///
    /// # Errors
    /// Permanent with code `session_not_found`.
    pub async fn update_session(&self, name: &str, config: &SessionConfig) -> Result<SessionInfo, WahaError> {
        let mut call =
            Call::post("session_update", &["api", "sessions", name], json!({ "config": config.to_json() }));
        call = call.method(Method::PUT);
        self.json(call).await
    }

    /// One session.
    ///
    /// # Errors
    /// Permanent with code `session_not_found`.
    pub async fn session(&self, name: &str) -> Result<SessionInfo, WahaError> {
        self.json(Call::get("session_get", &["api", "sessions", name])).await
    }

    /// All sessions, including stopped ones.
    ///
    /// # Errors
    /// As classified.
    pub async fn sessions(&self) -> Result<Vec<SessionInfo>, WahaError> {
        self.json(Call::get("session_list", &["api", "sessions"]).query("all", true)).await
    }

    /// Starts a stopped session. Does nothing to a FAILED one (transcript C127): restart that.
    ///
    /// # Errors
    /// Permanent with code `session_not_found`.
    pub async fn start_session(&self, name: &str) -> Result<SessionInfo, WahaError> {
        self.json(lifecycle("session_start", name, "start")).await
    }

    /// Stops a session and keeps its pairing. An unknown session is not an error.
    ///
    /// # Errors
    /// Transient with code `lifecycle_lock` when WAHA is busy with this session.
    pub async fn stop_session(&self, name: &str) -> Result<(), WahaError> {
        self.done(lifecycle("session_stop", name, "stop")).await
    }

    /// Stops and starts.
    ///
    /// # Errors
    /// As [`WahaClient::stop_session`]; Permanent with code `session_not_found`.
    pub async fn restart_session(&self, name: &str) -> Result<SessionInfo, WahaError> {
        self.json(lifecycle("session_restart", name, "restart")).await
    }

    /// Deletes the pairing; a running session then waits for a QR scan.
    ///
    /// # Errors
    /// As [`WahaClient::restart_session`].
    pub async fn logout_session(&self, name: &str) -> Result<(), WahaError> {
        self.done(lifecycle("session_logout", name, "logout")).await
    }

    /// Unpairs and removes. An unknown session is not an error.
    ///
    /// # Errors
    /// As [`WahaClient::stop_session`].
    pub async fn delete_session(&self, name: &str) -> Result<(), WahaError> {
        self.done(Call::new("session_delete", Method::DELETE, &["api", "sessions", name])).await
    }

    /// The account of a session; `None` until logged in.
    ///
    /// # Errors
    /// `NotWorking` when the session does not run.
    pub async fn me(&self, name: &str) -> Result<Option<Me>, WahaError> {
        let me: Option<Option<Me>> =
            self.json_or_empty(Call::get("me", &["api", "sessions", name, "me"])).await?;
        Ok(me.flatten())
    }
}

fn lifecycle<'a>(op: &'static str, name: &'a str, action: &'a str) -> Call<'a> {
    Call::post(op, &["api", "sessions", name, action], json!({}))
}
