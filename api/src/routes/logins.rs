//! Signing up, logging in, staying logged in, logging out.
//!
//! Never tells whether an address has an account, except where somebody signs up with it.

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::access::Role;
use wahana_domain::{DeviceId, OrganizationId, UserId};
use wahana_store::accounts::{NewAccount, NewDevice, Rotation};

use crate::ApiState;
use crate::auth::{RefreshToken, check_strength};
use crate::extract::{Check, Json};
use crate::limiter::Who;
use crate::middleware::client_address;
use crate::problem::{Answer, Code, Problem};
use crate::scoped::{Scoped, need};

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(register))
        .routes(routes!(login))
        .routes(routes!(refresh))
        .routes(routes!(logout))
}

/// A new account with an organization of its own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
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
}

/// Who wants in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Login {
    email: String,
    #[schema(value_type = String, format = Password)]
    password: SecretString,
    /// For members of several; else the one joined first.
    organization_id: Option<OrganizationId>,
}

/// A refresh token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Refresh {
    #[schema(value_type = String, format = Password)]
    refresh_token: SecretString,
}

/// What a logged-in device keeps.
#[derive(Debug, Serialize, ToSchema)]
struct TokensView {
    /// Send it as `Authorization: Bearer ...`.
    access_token: String,
    #[schema(pattern = "^Bearer$")]
    token_type: &'static str,
    /// How long the access token lasts, in seconds.
    expires_in: u64,
    /// Good for one call of /auth/refresh.
    refresh_token: String,
    user_id: UserId,
    organization_id: OrganizationId,
    role: Role,
}

/// Somebody unknown: limited by address, because there is nothing else.
struct Guest {
    user_agent: Option<String>,
}

impl FromRequestParts<ApiState> for Guest {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        state.limiter.check(Who::Address(client_address(
            &parts.extensions,
            &parts.headers,
            &state.config,
        )))?;
        let user_agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self { user_agent: user_agent.map(|text| text.chars().take(300).collect()) })
    }
}

/// Sign up
///
/// Makes an account and an organization, and logs in.
#[utoipa::path(
    post, path = "/auth/register", tag = "accounts", security(()), request_body = Register,
    responses((status = 201, body = TokensView))
)]
async fn register(
    State(state): State<ApiState>,
    guest: Guest,
    Json(body): Json<Register>,
) -> Answer<(StatusCode, Json<TokensView>)> {
    if !state.config.open_signup {
        return Err(Problem::of(Code::SignupClosed));
    }
    let email = normal_email(&body.email);
    let mut check = Check::default();
    if !is_email(&email) {
        check.wrong("email", "is no email address");
    }
    check.length("name", &body.name, 1, 200).length("organization", &body.organization, 1, 200).done()?;
    check_strength("password", body.password.expose_secret(), &email)?;
    let password_hash = state.auth.passwords.hash(body.password).await?;
    let account = NewAccount {
        email: &email,
        name: &body.name,
        password_hash: &password_hash,
        organization: &body.organization,
    };
    let (user, organization) = state.store.system().register(&account).await.map_err(|error| {
        if error.is_refused_by("users_email_key") {
            Problem::of(Code::EmailTaken).at("email")
        } else {
            error.into()
        }
    })?;
    let tokens = start_device(&state, guest, user, organization, Role::Owner).await?;
    Ok((StatusCode::CREATED, Json(tokens)))
}

/// Log in
///
/// The answer is the same whether the address is unknown or the password is wrong.
#[utoipa::path(
    post, path = "/auth/login", tag = "accounts", security(()), request_body = Login,
    responses((status = 200, body = TokensView))
)]
async fn login(
    State(state): State<ApiState>,
    guest: Guest,
    Json(body): Json<Login>,
) -> Answer<Json<TokensView>> {
    let wrong = || Problem::of(Code::WrongCredentials);
    let email = normal_email(&body.email);
    if !is_email(&email) {
        return Err(wrong());
    }
    state.limiter.check(Who::Email(email.clone()))?;
    let system = state.store.system();
    let (user, stored) = system.user_by_email(&email).await?.unzip();
    let right = state.auth.passwords.verify(body.password, stored).await?;
    let user = user.filter(|_| right).ok_or_else(wrong)?;
    let mut memberships = system.memberships(user.id).await?.into_iter();
    let chosen =
        memberships.find(|(organization, _)| body.organization_id.is_none_or(|id| id == organization.id));
    let (organization, role) =
        chosen.ok_or_else(|| Problem::not_found("organization of yours").at("organization_id"))?;
    Ok(Json(start_device(&state, guest, user.id, organization.id, role).await?))
}

/// Refresh the tokens
///
/// A refresh token is good for one call. Using it twice logs the device out, for somebody may have copied it.
#[utoipa::path(
    post, path = "/auth/refresh", tag = "accounts", security(()), request_body = Refresh,
    responses((status = 200, body = TokensView))
)]
async fn refresh(
    State(state): State<ApiState>,
    _: Guest,
    Json(body): Json<Refresh>,
) -> Answer<Json<TokensView>> {
    let now = state.store.clock().now();
    let old = RefreshToken::hash(body.refresh_token.expose_secret());
    let next = RefreshToken::make(rand::random());
    match state
        .store
        .system()
        .rotate_refresh_token(&old, &next.hash, now + state.config.refresh_token)
        .await?
    {
        Rotation::Rotated { device, user, organization, role } => {
            Ok(Json(tokens(&state, next, user, organization, role, device)?))
        }
        Rotation::Unknown => Err(Problem::of(Code::InvalidRefreshToken)),
        Rotation::Reused(device) => {
            state.auth.forget_device(device);
            tracing::warn!(%device, "a refresh token was used twice; the device is logged out");
            Err(Problem::of(Code::RefreshTokenReused))
        }
    }
}

/// Log out
///
/// This device only. Not for API keys.
#[utoipa::path(post, path = "/auth/logout", tag = "accounts", responses((status = 204, description = "logged out")))]
async fn logout(State(state): State<ApiState>, scoped: Scoped<need::User>) -> Answer<StatusCode> {
    let device = scoped.user()?.device;
    state.store.system().revoke_device(device).await?;
    state.auth.forget_device(device);
    Ok(StatusCode::NO_CONTENT)
}

async fn start_device(
    state: &ApiState,
    guest: Guest,
    user: UserId,
    organization: OrganizationId,
    role: Role,
) -> Answer<TokensView> {
    let token = RefreshToken::make(rand::random());
    let expires_at = state.store.clock().now() + state.config.refresh_token;
    let device = NewDevice {
        user,
        organization,
        user_agent: guest.user_agent.as_deref(),
        token_hash: token.hash,
        expires_at,
    };
    let device = state.store.system().start_device(&device).await?;
    tokens(state, token, user, organization, role, device)
}

fn tokens(
    state: &ApiState,
    refresh: RefreshToken,
    user: UserId,
    organization: OrganizationId,
    role: Role,
    device: DeviceId,
) -> Answer<TokensView> {
    let signer = &state.auth.signer;
    Ok(TokensView {
        access_token: signer.sign(user, organization, role, device, state.store.clock().now())?,
        token_type: "Bearer",
        expires_in: signer.lifetime().as_secs(),
        refresh_token: refresh.text,
        user_id: user,
        organization_id: organization,
        role,
    })
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
