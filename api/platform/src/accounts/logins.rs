//! Signing up, logging in, staying logged in, logging out.
//!
//! Programs get their refresh token in the body; the dashboard, which says so in `X-Wahana-Client`, in a cookie. Never
//! tells whether an address has an account. Nobody can keep the owner of an account out by trying passwords: a device
//! that logged in before, and a network from which somebody did, are counted apart from strangers (docs/adr/0015).

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::access::Role;
use wahana_domain::preferences::Language;
use wahana_domain::{DeviceId, OrganizationId, Rule, UserId};
use wahana_store::Actor;
use wahana_store::accounts::NewAccount;
use wahana_store::accounts::devices::{self, NewDevice, Rotation};
use wahana_store::db::audit::ActorKind;

use crate::accounts::user::check_time_zone;
use wahana_api_kit::ApiState;
use wahana_api_kit::auth::{OpaqueToken, Person, UserCaller, check_strength, cookie};
use wahana_api_kit::extract::{Check, Json};
use wahana_api_kit::limiter::{Who, network};
use wahana_api_kit::middleware::{RequestId, client_address};
use wahana_api_kit::problem::{Answer, Code, Problem};
use wahana_api_kit::scoped::{Scoped, need};

/// How long the cookie of a tab that was a moment too late still works.
const GRACE: TimeDelta = TimeDelta::seconds(20);

/// What every refresh token begins with.
const REFRESH: &str = "wrt_";

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(register))
        .routes(routes!(login))
        .routes(routes!(refresh))
        .routes(routes!(logout))
}

/// A new account with an organization of its own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "email": "sari@tokobatik.example",
    "name": "Sari Wulandari",
    "password": "kuda terbang tinggi",
    "organization": "Toko Batik Sari",
    "time_zone": "Asia/Jakarta",
}))]
struct Register {
    #[schema(format = Email, max_length = 254)]
    email: String,
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 256)]
    password: SecretString,
    /// The name of the organization.
    #[schema(min_length = 1, max_length = 200)]
    organization: String,
    /// The organization's language; English, if left out.
    language: Option<Language>,
    /// The organization's zone by its IANA name, such as `Asia/Jakarta`.
    time_zone: Option<String>,
}

/// The login of a user.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"email": "sari@tokobatik.example", "password": "kuda terbang tinggi"}))]
struct Login {
    email: String,
    #[schema(value_type = String, format = Password)]
    password: SecretString,
    /// For members of several; else the one joined first.
    organization_id: Option<OrganizationId>,
    /// Of an earlier login on this device: then it is not slowed down by strangers who try passwords of this account.
    /// The dashboard keeps it in a cookie.
    #[schema(value_type = Option<String>, format = Password)]
    device_token: Option<SecretString>,
}

/// What was accepted.
#[derive(Debug, Serialize, ToSchema)]
struct RegisteredView {
    /// Log in with this address.
    #[schema(example = "sari@tokobatik.example")]
    email: String,
}

/// A refresh token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"refresh_token": "wrt_4fQ0b1JmZl8xUe7n"}))]
struct Refresh {
    #[schema(value_type = String, format = Password)]
    refresh_token: SecretString,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes what `Guest` reads")]
struct ClientHeader {
    /// `dashboard` keeps the refresh token in the cookie `wahana_refresh`, which no script can read, instead of the body.
    #[param(rename = "X-Wahana-Client")]
    client: Option<String>,
}

/// What a logged-in device keeps.
#[derive(Debug, Serialize, ToSchema)]
struct TokensView {
    /// Send it as `Authorization: Bearer ...`.
    #[schema(example = "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl")]
    access_token: String,
    #[schema(pattern = "^Bearer$", example = "Bearer")]
    token_type: &'static str,
    /// How long the access token lasts, in seconds.
    #[schema(example = 900)]
    expires_in: u64,
    /// Good for one call of /auth/refresh. Null for the dashboard: there it is in the cookie `wahana_refresh`.
    #[schema(example = "wrt_4fQ0b1JmZl8xUe7n")]
    refresh_token: Option<String>,
    /// Send it with the next login on this device. Null when tokens are refreshed, and for the dashboard: there it is
    /// in the cookie `wahana_device`.
    #[schema(example = "wdt_AAAAAGkk0v8nVhYnXy")]
    device_token: Option<String>,
    user_id: UserId,
    organization_id: OrganizationId,
    role: Role,
}

/// Somebody unknown: limited by address, because there is nothing else.
struct Guest {
    user_agent: Option<String>,
    address: IpAddr,
    /// Whether it is the dashboard, which keeps its refresh token in a cookie.
    dashboard: bool,
    cookie: Option<SecretString>,
    /// The token of a device that logged in before.
    device: Option<String>,
    request_id: Arc<str>,
}

impl Guest {
    /// How the guest's acts are put on record.
    fn actor(&self, user: Option<UserId>, email: &str) -> Arc<Actor> {
        Arc::new(Actor {
            kind: ActorKind::User,
            id: user.map(|user| user.0),
            label: email.into(),
            request_id: Some(self.request_id.clone()),
            address: Some(self.address),
        })
    }
}

impl FromRequestParts<ApiState> for Guest {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        let address = client_address(&parts.extensions, &parts.headers, &state.config);
        let dashboard = cookie::is_dashboard(&parts.headers, &state.config)?;
        let cookie = if dashboard { cookie::token(&parts.headers) } else { None };
        let device = if dashboard { cookie::device(&parts.headers) } else { None };
        let user_agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        let user_agent = user_agent.map(|text| text.chars().take(300).collect());
        let request_id = RequestId::of(&parts.extensions).text();
        Ok(Self { user_agent, address, dashboard, cookie, device, request_id })
    }
}

/// Sign up
///
/// Makes an account and an organization; then log in. The answer is the same if the address has an account already:
/// then nothing is made or changed, and only the password of that account logs in.
#[utoipa::path(
    post, path = "/auth/register", tag = "accounts", security(()), request_body = Register,
    params(ClientHeader), responses((status = 202, body = RegisteredView))
)]
async fn register(
    State(state): State<ApiState>,
    guest: Guest,
    Json(body): Json<Register>,
) -> Answer<(StatusCode, Json<RegisteredView>)> {
    state.limiter.check(Who::Address(guest.address))?;
    if !state.config.open_signup {
        return Err(Problem::of(Code::SignupClosed));
    }
    let email = normal_email(&body.email);
    let mut check = Check::default();
    if !is_email(&email) {
        check.wrong("email", Rule::BadEmail);
    }
    check_time_zone(&mut check, body.time_zone.as_deref());
    check.length("name", &body.name, 1, 200).length("organization", &body.organization, 1, 200).done()?;
    let person = Person { email: &email, name: &body.name, organization: &body.organization };
    check_strength("password", body.password.expose_secret(), person)?;
    let password_hash = state.auth.passwords.hash(body.password).await?;
    let account = NewAccount {
        email: &email,
        name: &body.name,
        password_hash: &password_hash,
        organization: &body.organization,
        language: body.language,
        time_zone: body.time_zone.as_deref(),
    };
    let system = state.store.system().acting(guest.actor(None, &email));
    match system.accounts().register(&account).await {
        Ok(_) => {}
        // Said in the log only: an answer would tell strangers who has an account.
        Err(error) if error.is_refused_by("users_email_key") => {
            tracing::info!("somebody signed up with an address that has an account");
        }
        Err(error) => return Err(error.into()),
    }
    Ok((StatusCode::ACCEPTED, Json(RegisteredView { email })))
}

/// Log in
///
/// The answer is the same whether the address is unknown or the password is wrong.
#[utoipa::path(
    post, path = "/auth/login", tag = "accounts", security(()), request_body = Login,
    params(ClientHeader), responses((status = 200, body = TokensView))
)]
async fn login(State(state): State<ApiState>, guest: Guest, Json(body): Json<Login>) -> Answer<Response> {
    let wrong = || Problem::of(Code::WrongCredentials);
    let email = normal_email(&body.email);
    if !is_email(&email) {
        return Err(wrong());
    }
    let device = body.device_token.map(|token| token.expose_secret().to_owned()).or(guest.device.clone());
    check_attempts(&state, &guest, &email, device.as_deref()).await?;
    let system = state.store.system();
    let (user, stored) = system.accounts().user_by_email(&email).await?.unzip();
    let right = state.auth.passwords.verify(body.password, stored).await?;
    let Some(user) = user.filter(|_| right) else {
        note_failure(&state, &guest, email);
        return Err(wrong());
    };
    let mut memberships = system.accounts().memberships(user).await?.into_iter();
    let chosen =
        memberships.find(|(organization, _)| body.organization_id.is_none_or(|id| id == *organization));
    let (organization, role) =
        chosen.ok_or_else(|| Problem::not_found("organization of yours").at("organization_id"))?;
    start_device(&state, guest, (user, &email), organization, role).await
}

/// Refuses too many attempts. A device that logged in with this account before has a bucket of its own. Others share
/// those of their address and, with this account, of their network; strangers, who come from a network from which
/// nobody logged in, that of the account.
async fn check_attempts(state: &ApiState, guest: &Guest, email: &str, device: Option<&str>) -> Answer<()> {
    let now = state.store.clock().now();
    if let Some(known) = device.and_then(|token| state.auth.device_tokens.read(token, email, now)) {
        return state.limiter.check(Who::Device(known));
    }
    let here = network(guest.address);
    state.limiter.check(Who::Address(guest.address))?;
    state.limiter.check(Who::Login(here, email.to_owned()))?;
    let addresses = state.store.system().accounts().known_addresses(email).await?;
    if addresses.into_iter().any(|address| network(address) == here) {
        return Ok(());
    }
    state.limiter.check(Who::Email(email.to_owned()))
}

/// Puts a failed login on record. After the answer, which would otherwise take longer for addresses that have an
/// account.
fn note_failure(state: &ApiState, guest: &Guest, email: String) {
    tracing::info!(client.address = %guest.address, "a login failed");
    let system = state.store.system().acting(guest.actor(None, &email));
    tokio::spawn(async move {
        if let Err(error) = system.accounts().note_failed_login(&email).await {
            tracing::warn!(error.message = %error, "a failed login is missing in the audit log");
        }
    });
}

/// Refresh the tokens
///
/// A refresh token is good for one call. Using it twice logs the device out, for somebody may have copied it. The
/// dashboard sends no body: its token is in the cookie, which two tabs may use at the same moment.
#[utoipa::path(
    post, path = "/auth/refresh", tag = "accounts", security(()), request_body = Option<Refresh>,
    params(ClientHeader), responses((status = 200, body = TokensView))
)]
async fn refresh(
    State(state): State<ApiState>,
    guest: Guest,
    body: Option<Json<Refresh>>,
) -> Answer<Response> {
    // A device that logged in before is told by its cookie; an office behind one address may have many.
    if guest.device.is_none() {
        state.limiter.check(Who::Address(guest.address))?;
    }
    let (old, grace) = match (body, &guest.cookie) {
        (Some(Json(body)), _) => (body.refresh_token, TimeDelta::zero()),
        (None, Some(cookie)) => (cookie.clone(), GRACE),
        (None, None) if guest.dashboard => return Err(Problem::of(Code::InvalidRefreshToken)),
        (None, None) => {
            return Err(Problem::field("refresh_token", Rule::Required));
        }
    };
    let next = OpaqueToken::make(REFRESH, rand::random());
    let refresh = devices::Refresh {
        old: OpaqueToken::hash(old.expose_secret()),
        new: next.hash,
        expires_at: state.store.clock().now() + state.config.refresh_token,
        grace,
        address: guest.address,
    };
    match state.store.system().devices().rotate_refresh_token(&refresh).await? {
        Rotation::Rotated { device, user, organization, role } => {
            let login = LoggedIn { user, organization, role, device };
            logged_in(&state, &guest, next, login, None)
        }
        Rotation::Unknown => Err(Problem::of(Code::InvalidRefreshToken)),
        Rotation::Reused(device) => {
            state.auth.forget_device(device);
            tracing::warn!(device.id = %device, "a refresh token was used twice; the device is logged out");
            Err(Problem::of(Code::RefreshTokenReused))
        }
    }
}

/// Log out
///
/// This device only. Not for API keys.
#[utoipa::path(post, path = "/auth/logout", tag = "accounts", params(ClientHeader), responses((status = 204, description = "logged out")))]
async fn logout(
    State(state): State<ApiState>,
    scoped: Scoped<need::User>,
    headers: HeaderMap,
) -> Answer<Response> {
    let UserCaller { user, device, .. } = *scoped.user()?;
    let organization = scoped.tenant.organization();
    scoped.accounts(&state).devices().revoke(user, device, organization).await?;
    state.auth.forget_device(device);
    if cookie::is_dashboard(&headers, &state.config)? {
        let gone = [(header::SET_COOKIE, cookie::clear(&state.config)?)];
        return Ok((StatusCode::NO_CONTENT, gone).into_response());
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn start_device(
    state: &ApiState,
    guest: Guest,
    (user, email): (UserId, &str),
    organization: OrganizationId,
    role: Role,
) -> Answer<Response> {
    let token = OpaqueToken::make(REFRESH, rand::random());
    let expires_at = state.store.clock().now() + state.config.refresh_token;
    let device = NewDevice {
        user,
        organization,
        user_agent: guest.user_agent.as_deref(),
        address: guest.address,
        token_hash: token.hash,
        expires_at,
    };
    let system = state.store.system().acting(guest.actor(Some(user), email));
    let device = system.devices().start(&device).await?;
    let remembered = state.auth.device_tokens.make(email, state.store.clock().now(), rand::random());
    logged_in(state, &guest, token, LoggedIn { user, organization, role, device }, Some(remembered))
}

/// The user that is logged in, where, as what.
struct LoggedIn {
    user: UserId,
    organization: OrganizationId,
    role: Role,
    device: DeviceId,
}

/// The tokens: the refresh token where this client keeps it.
fn logged_in(
    state: &ApiState,
    guest: &Guest,
    refresh: OpaqueToken,
    LoggedIn { user, organization, role, device }: LoggedIn,
    remembered: Option<String>,
) -> Answer<Response> {
    let signer = &state.auth.signer;
    let cookie = guest
        .dashboard
        .then(|| cookie::keep(&refresh.text, state.config.refresh_token, &state.config))
        .transpose()?;
    let device_cookie = match &remembered {
        Some(token) if guest.dashboard => Some(cookie::keep_device(token, &state.config)?),
        _ => None,
    };
    let view = TokensView {
        access_token: signer.sign(user, organization, role, device, state.store.clock().now())?,
        token_type: "Bearer",
        expires_in: signer.lifetime().as_secs(),
        refresh_token: if cookie.is_some() { None } else { Some(refresh.text) },
        device_token: remembered.filter(|_| !guest.dashboard),
        user_id: user,
        organization_id: organization,
        role,
    };
    let mut response = Json(view).into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    if let Some(cookie) = device_cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

fn normal_email(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Whether mail could be sent there; only a mail can tell whether it arrives.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let plain = text.len() <= 254
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>(),;:\"[]\\".contains(c));
    plain
        && !local.is_empty()
        && !local.contains('@')
        && domain.split('.').count() > 1
        && domain.split('.').all(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["a@b.co", "ann.smith+x@mail.example.com", "ünal@büro.example"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "@b.co",
            "a@",
            "a@b.",
            "a@.co",
            "a b@c.de",
            "a@b@c.de",
            "<a@b.co>",
            &format!("{}@b.co", "x".repeat(250)),
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
