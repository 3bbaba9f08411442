//! The operations that are called, each with the name, method and path of docs/openapi.json. A new one is a line in the
//! table and a method below; `tests/document.rs` fails for one that the document does not have.

use reqwest::Method;
use secrecy::SecretString;
use wahana_domain::{CampaignId, SessionId};

use crate::error::ApiError;
use crate::operation::Operation;
use crate::transport::{Body, Call, Client, Credentials};
use crate::types::{
    AddSuppression, Campaign, Contact, ContactImport, Conversation, CreateApiKey, CreateCampaign,
    CreateSenderPool, CreateSession, Import, Login, Message, MessagesQuery, NewApiKey, Page, Profile,
    Progress, Qr, Register, Registered, SaveContact, SendMessage, SenderPool, Session, Suppression, Tokens,
};

macro_rules! operations {
    ($($name:ident: $method:ident $path:literal;)+) => {
        impl Operation {
            /// Every operation that this client calls.
            pub const ALL: &'static [Self] = &[$(operations!(@one $name $method $path)),+];
        }

        /// One function per operation, so that a call names it.
        mod op {
            use super::{Method, Operation};
            $(pub(super) const fn $name() -> Operation { operations!(@one $name $method $path) })+
        }
    };
    (@one $name:ident $method:ident $path:literal) => {
        Operation { name: stringify!($name), method: Method::$method, path: $path }
    };
}

operations! {
    register: POST "/api/v1/auth/register";
    login: POST "/api/v1/auth/login";
    get_profile: GET "/api/v1/user/profile";
    create_api_key: POST "/api/v1/user/api-keys";
    list_sessions: GET "/api/v1/sessions";
    create_session: POST "/api/v1/sessions";
    get_session: GET "/api/v1/sessions/{id}";
    session_qr: GET "/api/v1/sessions/{id}/qr";
    stop_session: POST "/api/v1/sessions/{id}/stop";
    list_sender_pools: GET "/api/v1/sender-pools";
    create_sender_pool: POST "/api/v1/sender-pools";
    list_campaigns: GET "/api/v1/campaigns";
    create_campaign: POST "/api/v1/campaigns";
    get_campaign: GET "/api/v1/campaigns/{id}";
    start_campaign: POST "/api/v1/campaigns/{id}/start";
    pause_campaign: POST "/api/v1/campaigns/{id}/pause";
    resume_campaign: POST "/api/v1/campaigns/{id}/resume";
    cancel_campaign: POST "/api/v1/campaigns/{id}/cancel";
    campaign_progress: GET "/api/v1/campaigns/{id}/progress";
    add_recipients: POST "/api/v1/campaigns/{id}/recipients";
    send_message: POST "/api/v1/messages";
    list_messages: GET "/api/v1/messages";
    save_contact: POST "/api/v1/contacts";
    import_contacts: POST "/api/v1/contacts/import";
    add_suppression: POST "/api/v1/suppressions";
    list_conversations: GET "/api/v1/conversations";
}

/// How many rows a list is asked for at once.
const PAGE: u32 = 100;

impl Client {
    /// Makes an account with an organization of its own.
    /// The API does not tell whether the address had an account: then nothing is made, and only its password logs in.
    pub async fn register(&self, account: &Register) -> Result<Tokens, ApiError> {
        let _: Registered =
            self.send(Call { body: Body::json(account)?, ..Call::of(op::register(), &[]) }).await?;
        self.login(&Login { email: account.email.clone(), password: account.password.clone() }).await
    }

    /// Logs in.
    pub async fn login(&self, account: &Login) -> Result<Tokens, ApiError> {
        self.send(Call { body: Body::json(account)?, ..Call::of(op::login(), &[]) }).await
    }

    /// The same client, logged in.
    #[must_use]
    pub fn as_user(self, tokens: &Tokens) -> Self {
        self.with(Credentials::Token(SecretString::from(tokens.access_token.clone())))
    }

    /// The caller and the organization that the credentials are of.
    pub async fn profile(&self) -> Result<Profile, ApiError> {
        self.send(Call::of(op::get_profile(), &[])).await
    }

    /// Makes an API key; its secret is shown this once.
    pub async fn create_api_key(&self, key: &CreateApiKey) -> Result<NewApiKey, ApiError> {
        self.send(Call { body: Body::json(key)?, ..Call::of(op::create_api_key(), &[]) }).await
    }

    /// All sessions.
    pub async fn sessions(&self) -> Result<Vec<Session>, ApiError> {
        self.all(&op::list_sessions()).await
    }

    /// Creates a session, and starts it unless told otherwise.
    pub async fn create_session(&self, session: &CreateSession) -> Result<Session, ApiError> {
        self.send(Call { body: Body::json(session)?, ..Call::of(op::create_session(), &[]) }).await
    }

    /// One session.
    pub async fn session(&self, id: SessionId) -> Result<Session, ApiError> {
        self.send(Call::of(op::get_session(), &[&id])).await
    }

    /// The QR code that a phone has to scan.
    pub async fn session_qr(&self, id: SessionId) -> Result<Qr, ApiError> {
        let raw = [("format", "raw".to_owned())];
        self.send(Call { query: &raw, ..Call::of(op::session_qr(), &[&id]) }).await
    }

    /// Stops a session; it stays paired.
    pub async fn stop_session(&self, id: SessionId) -> Result<Session, ApiError> {
        self.send(Call::of(op::stop_session(), &[&id])).await
    }

    /// All sender pools.
    pub async fn sender_pools(&self) -> Result<Vec<SenderPool>, ApiError> {
        self.all(&op::list_sender_pools()).await
    }

    /// Creates a sender pool.
    pub async fn create_sender_pool(&self, pool: &CreateSenderPool) -> Result<SenderPool, ApiError> {
        self.send(Call { body: Body::json(pool)?, ..Call::of(op::create_sender_pool(), &[]) }).await
    }

    /// All campaigns.
    pub async fn campaigns(&self) -> Result<Vec<Campaign>, ApiError> {
        self.all(&op::list_campaigns()).await
    }

    /// Creates a campaign: a draft, or scheduled if it says when to start. With a key it may be repeated.
    pub async fn create_campaign(
        &self,
        campaign: &CreateCampaign,
        idempotency_key: Option<&str>,
    ) -> Result<Campaign, ApiError> {
        let call = Call::of(op::create_campaign(), &[]);
        self.send(Call { body: Body::json(campaign)?, idempotency_key, ..call }).await
    }

    /// One campaign.
    pub async fn campaign(&self, id: CampaignId) -> Result<Campaign, ApiError> {
        self.send(Call::of(op::get_campaign(), &[&id])).await
    }

    /// Starts a campaign.
    pub async fn start_campaign(&self, id: CampaignId) -> Result<Campaign, ApiError> {
        self.send(Call::of(op::start_campaign(), &[&id])).await
    }

    /// Pauses a campaign.
    pub async fn pause_campaign(&self, id: CampaignId) -> Result<Campaign, ApiError> {
        self.send(Call::of(op::pause_campaign(), &[&id])).await
    }

    /// Resumes a paused campaign.
    pub async fn resume_campaign(&self, id: CampaignId) -> Result<Campaign, ApiError> {
        self.send(Call::of(op::resume_campaign(), &[&id])).await
    }

    /// Cancels a campaign: what waits is not sent.
    pub async fn cancel_campaign(&self, id: CampaignId) -> Result<Campaign, ApiError> {
        self.send(Call::of(op::cancel_campaign(), &[&id])).await
    }

    /// How many people of a campaign are in which state.
    pub async fn campaign_progress(&self, id: CampaignId) -> Result<Progress, ApiError> {
        self.send(Call::of(op::campaign_progress(), &[&id])).await
    }

    /// Uploads the people of a campaign as CSV. Never tried again.
    pub async fn upload_recipients(
        &self,
        id: CampaignId,
        csv: impl Into<reqwest::Body>,
    ) -> Result<Import, ApiError> {
        self.send(Call { body: Body::Csv(csv.into()), ..Call::of(op::add_recipients(), &[&id]) }).await
    }

    /// Accepts a message for sending. With a key it may be repeated.
    pub async fn send_message(
        &self,
        message: &SendMessage,
        idempotency_key: Option<&str>,
    ) -> Result<Message, ApiError> {
        let call = Call::of(op::send_message(), &[]);
        self.send(Call { body: Body::json(message)?, idempotency_key, ..call }).await
    }

    /// A page of messages, newest first.
    pub async fn messages(&self, query: &MessagesQuery) -> Result<Page<Message>, ApiError> {
        self.send(Call { query: &query.pairs(), ..Call::of(op::list_messages(), &[]) }).await
    }

    /// Adds a contact, or changes the one of this number.
    pub async fn save_contact(&self, contact: &SaveContact) -> Result<Contact, ApiError> {
        self.send(Call { body: Body::json(contact)?, ..Call::of(op::save_contact(), &[]) }).await
    }

    /// Uploads contacts as CSV and tags them. Never tried again.
    pub async fn import_contacts(
        &self,
        tag: &str,
        csv: impl Into<reqwest::Body>,
    ) -> Result<ContactImport, ApiError> {
        let tags = [("tag", tag.to_owned())];
        let call = Call { query: &tags, ..Call::of(op::import_contacts(), &[]) };
        self.send(Call { body: Body::Csv(csv.into()), ..call }).await
    }

    /// Keeps a number from being written to.
    pub async fn add_suppression(&self, suppression: &AddSuppression) -> Result<Suppression, ApiError> {
        self.send(Call { body: Body::json(suppression)?, ..Call::of(op::add_suppression(), &[]) }).await
    }

    /// All conversations, the newest first.
    pub async fn conversations(&self) -> Result<Vec<Conversation>, ApiError> {
        self.all(&op::list_conversations()).await
    }

    /// Every page of a list.
    async fn all<T: serde::de::DeserializeOwned>(&self, operation: &Operation) -> Result<Vec<T>, ApiError> {
        let (mut all, mut cursor) = (Vec::new(), None);
        loop {
            let limit = ("limit", PAGE.to_string());
            let query: Vec<_> = std::iter::once(limit).chain(cursor.map(|at| ("cursor", at))).collect();
            let page: Page<T> = self.send(Call { query: &query, ..Call::of(operation.clone(), &[]) }).await?;
            all.extend(page.items);
            cursor = page.next_cursor;
            if cursor.is_none() {
                return Ok(all);
            }
        }
    }
}
