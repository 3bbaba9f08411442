//! A client of the API: an organization with its keys and sessions.

use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use secrecy::SecretString;
use serde_json::Value;
use url::Url;
use wahana_client::types::{CreateApiKey, CreateCampaign, Import, Register, SendMessage, text as content};
use wahana_client::{Client, Credentials};
use wahana_domain::access::Scope;
use wahana_domain::{CampaignId, MessageId, OrganizationId, SessionId};

use crate::client::Target;

/// How long one call may take; a million people take a while to upload.
const CALL: Duration = Duration::from_secs(900);

/// One organization.
pub(crate) struct Account {
    pub(crate) organization: OrganizationId,
    /// Its sessions with their names at WAHA, in order of creation.
    pub(crate) sessions: Vec<(SessionId, String)>,
    /// Calls the API with the first key.
    pub(crate) client: Client,
    keys: Vec<String>,
}

impl Account {
    /// Registers an organization with this number of API keys.
    pub(crate) async fn register(url: &Url, name: &str, keys: usize) -> anyhow::Result<Self> {
        let client = Client::new(url.join("/")?, CALL)?;
        let owner = Register {
            email: format!("{}@example.com", name.to_lowercase()),
            password: "kuda terbang tinggi".to_owned(),
            name: name.to_owned(),
            organization: name.to_owned(),
        };
        let tokens = client.register(&owner).await?;
        let client = client.as_user(&tokens);
        let scopes =
            vec![Scope::MessagesSend, Scope::MessagesRead, Scope::CampaignsWrite, Scope::CampaignsRead];
        let mut made = Vec::new();
        for n in 0..keys.max(1) {
            let key = CreateApiKey { name: format!("key {n}"), scopes: scopes.clone() };
            made.push(client.create_api_key(&key).await?.key);
        }
        let first = made.first().cloned().context("no key was made")?;
        let client = client.with(Credentials::ApiKey(SecretString::from(first)));
        Ok(Self { organization: tokens.organization_id, sessions: Vec::new(), client, keys: made })
    }

    /// Targets for posting messages, one per connection; each has its own key, as far as there are keys.
    pub(crate) fn targets(&self, connections: usize) -> Vec<Target> {
        let authority = self.client.root().authority().to_owned();
        let target = |n: usize| Target {
            authority: authority.clone(),
            path: "/api/v1/messages",
            key: self.keys[n % self.keys.len()].clone(),
        };
        (0..connections).map(target).collect()
    }

    /// The session of message `n`, round robin.
    pub(crate) fn session_of(&self) -> impl Fn(u64) -> SessionId + Clone + Send + 'static {
        let ids = self.session_ids();
        move |n| ids[(n % ids.len() as u64) as usize]
    }

    pub(crate) fn session_ids(&self) -> Vec<SessionId> {
        self.sessions.iter().map(|(id, _)| *id).collect()
    }

    /// Creates the draft of a campaign over these sessions.
    pub(crate) async fn draft(
        &self,
        name: &str,
        session_ids: Vec<SessionId>,
        template: &str,
    ) -> anyhow::Result<CampaignId> {
        let (name, content) = (name.to_owned(), content(template));
        let draft = CreateCampaign { name, session_ids, content, send_at: None, pace: None };
        Ok(self.client.create_campaign(&draft, None).await?.id)
    }

    /// Posts one text.
    pub(crate) async fn send(
        &self,
        session: SessionId,
        to: String,
        text: String,
    ) -> anyhow::Result<MessageId> {
        Ok(self.client.send_message(&SendMessage::text(session, to, text), None).await?.id)
    }

    /// Uploads a list, streamed from its file.
    pub(crate) async fn upload(&self, campaign: CampaignId, list: &Path) -> anyhow::Result<Import> {
        let file = tokio_util::io::ReaderStream::with_capacity(tokio::fs::File::open(list).await?, 64 * 1024);
        Ok(self.client.upload_recipients(campaign, reqwest::Body::wrap_stream(file)).await?)
    }
}

/// A text of an answer.
pub(crate) fn text(value: &Value, field: &str) -> anyhow::Result<String> {
    Ok(value[field].as_str().with_context(|| format!("no {field} in {value}"))?.to_owned())
}
