//! A customer's program: it repeats requests without an answer, under the same idempotency key, until there
//! is one. The client does not retry by itself here, because repeats are counted, and because everything is
//! repeated while no fault is injected, too.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use secrecy::SecretString;
use tokio::time::Instant;
use url::Url;
use wahana_client::types::{
    AddSuppression, CreateApiKey, CreateCampaign, CreateSession, Import, Message, Register, SendMessage,
    Session,
};
use wahana_client::{ApiError, Client, Credentials};
use wahana_domain::access::Scope;
use wahana_domain::{CampaignId, SessionId};

/// How long one request may take before it counts as lost.
const ANSWER_WITHIN: Duration = Duration::from_secs(4);
/// The same for a list.
const UPLOAD_WITHIN: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(150);
/// How long the API may be away before the run fails.
const PATIENCE: Duration = Duration::from_secs(90);
const SCOPES: [Scope; 8] = [
    Scope::MessagesSend,
    Scope::MessagesRead,
    Scope::CampaignsWrite,
    Scope::CampaignsRead,
    Scope::SessionsWrite,
    Scope::SessionsRead,
    Scope::ContactsWrite,
    Scope::ContactsRead,
];

/// A command to a campaign.
#[derive(Clone, Copy)]
pub(super) enum Command {
    Start,
    Pause,
    Resume,
}

/// A logged-in customer.
#[derive(Clone)]
pub(super) struct Customer {
    client: Client,
    /// The same, for lists.
    uploads: Client,
    repeats: Arc<AtomicU64>,
}

impl Customer {
    /// Registers an organization, before the first fault.
    pub(super) async fn register(url: &str, name: &str) -> anyhow::Result<Self> {
        let root: Url = url.parse()?;
        let client = Client::new(root.clone(), ANSWER_WITHIN)?;
        let account = Register {
            email: format!("owner@{name}.example"),
            password: "kuda terbang tinggi".to_owned(),
            name: "Owner".to_owned(),
            organization: name.to_owned(),
        };
        let tokens = client.register(&account).await?;
        let key = CreateApiKey { name: "chaos".to_owned(), scopes: SCOPES.to_vec() };
        let key = client.clone().as_user(&tokens).create_api_key(&key).await?;
        let credentials = Credentials::ApiKey(SecretString::from(key.key));
        let uploads = Client::new(root, UPLOAD_WITHIN)?.with(credentials.clone());
        Ok(Self { client: client.with(credentials), uploads, repeats: Arc::default() })
    }

    /// How often a request was repeated because its answer was lost or asked to retry later.
    pub(super) fn repeats(&self) -> u64 {
        self.repeats.load(Ordering::Relaxed)
    }

    /// Repeats the request until the answer is not "later".
    async fn until_answered<T, F>(&self, call: impl Fn() -> F) -> Result<T, ApiError>
    where
        F: Future<Output = Result<T, ApiError>>,
    {
        let started = Instant::now();
        loop {
            match call().await {
                Err(error)
                    if (error.is_unavailable() || error.status().is_some_and(|status| status > 500))
                        && started.elapsed() <= PATIENCE => {}
                answered => return answered,
            }
            self.repeats.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// In quiet times only: it has no key.
    pub(super) async fn create_session(&self, session: &CreateSession) -> anyhow::Result<Session> {
        Ok(self.until_answered(|| self.client.create_session(session)).await?)
    }

    pub(super) async fn session(&self, id: SessionId) -> anyhow::Result<Session> {
        Ok(self.until_answered(|| self.client.session(id)).await?)
    }

    /// In quiet times only: it has no key.
    pub(super) async fn create_campaign(&self, campaign: &CreateCampaign) -> anyhow::Result<CampaignId> {
        let create = || self.client.create_campaign(campaign, None);
        Ok(self.until_answered(create).await?.id)
    }

    pub(super) async fn suppress(&self, phone: String) -> anyhow::Result<()> {
        let suppression = AddSuppression { phone, detail: None };
        self.until_answered(|| self.client.add_suppression(&suppression)).await?;
        Ok(())
    }

    /// Sends under a key, so that it may be repeated at any time.
    pub(super) async fn send_once(&self, key: &str, message: &SendMessage) -> anyhow::Result<Message> {
        Ok(self.until_answered(|| self.client.send_message(message, Some(key))).await?)
    }

    /// A command whose answer may get lost: "already in that state" counts as success.
    pub(super) async fn command(&self, id: CampaignId, command: Command) -> anyhow::Result<()> {
        let client = &self.client;
        let give = move || async move {
            match command {
                Command::Start => client.start_campaign(id).await,
                Command::Pause => client.pause_campaign(id).await,
                Command::Resume => client.resume_campaign(id).await,
            }
        };
        match self.until_answered(give).await {
            Err(error) if error.status() == Some(409) => Ok(()),
            answered => Ok(answered.map(drop)?),
        }
    }

    pub(super) async fn upload(&self, campaign: CampaignId, csv: String) -> anyhow::Result<Import> {
        Ok(self.uploads.upload_recipients(campaign, csv).await?)
    }
}
