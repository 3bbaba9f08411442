//! Accounts: signing up, the user's own profile and password, the organization. Logging in is in `logins`.

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::access::Role;
use wahana_domain::preferences::{Language, Theme, is_color};
use wahana_domain::{Country, OrganizationId, Rule, UserId};
use wahana_store::accounts::{Organization, OrganizationPatch, User, UserPatch};

use wahana_api_kit::ApiState;
use wahana_api_kit::auth::{Person, check_strength};
use wahana_api_kit::extract::given;
use wahana_api_kit::extract::{Check, Json};
use wahana_api_kit::limiter::Who;
use wahana_api_kit::problem::{Answer, Code, Problem};
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(profile, update_profile))
        .routes(routes!(change_password))
        .routes(routes!(organization, update_organization))
}

/// A person who can log in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UserView {
    id: UserId,
    #[schema(example = "sari@tokobatik.example")]
    email: String,
    #[schema(example = "Sari Wulandari")]
    name: String,
    created_at: DateTime<Utc>,
    last_login_at: Option<DateTime<Utc>>,
    /// Whether the person operates this installation.
    operator: bool,
    /// Null: the organization's.
    language: Option<Language>,
    /// IANA name of the zone that times are shown in; null: the organization's.
    time_zone: Option<String>,
    theme: Theme,
}

impl From<User> for UserView {
    fn from(user: User) -> Self {
        let User { id, email, name, created_at, last_login_at, operator, language, time_zone, theme } = user;
        Self { id, email, name, created_at, last_login_at, operator, language, time_zone, theme }
    }
}

/// An organization.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrganizationView {
    id: OrganizationId,
    #[schema(example = "Toko Batik Sari")]
    name: String,
    #[schema(example = "standard")]
    plan: String,
    /// IANA name of the zone that days are counted in.
    #[schema(example = "Asia/Jakarta")]
    time_zone: String,
    /// The country of numbers without a country code.
    #[schema(example = "ID")]
    default_country: String,
    /// What members see who chose none.
    language: Language,
    /// Colour of buttons and links in the dashboard; null: Wahana's own.
    #[schema(pattern = "^#[0-9a-f]{6}$")]
    accent_color: Option<String>,
    created_at: DateTime<Utc>,
}

impl From<Organization> for OrganizationView {
    fn from(organization: Organization) -> Self {
        let Organization { id, name, plan, time_zone, default_country, language, accent_color, created_at } =
            organization;
        Self { id, name, plan, time_zone, default_country, language, accent_color, created_at }
    }
}

/// The logged-in user and the organization.
#[derive(Debug, Serialize, ToSchema)]
struct ProfileView {
    user: UserView,
    role: Role,
    organization: OrganizationView,
}

/// A changed profile; what is left out stays, null takes the organization's.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Sari Wulandari", "language": "id", "theme": "dark"}))]
struct UpdateProfile {
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Language>)]
    language: Option<Option<Language>>,
    /// IANA name, such as `Asia/Jakarta`.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    time_zone: Option<Option<String>>,
    theme: Option<Theme>,
}

/// A new password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "current_password": "kuda terbang tinggi",
    "new_password": "ombak besar di selatan",
}))]
struct ChangePassword {
    #[schema(value_type = String, format = Password)]
    current_password: SecretString,
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 256)]
    new_password: SecretString,
}

/// A changed organization; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "Toko Batik Sari",
    "time_zone": "Asia/Jakarta",
    "language": "id",
}))]
struct UpdateOrganization {
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    /// IANA name, such as `Asia/Jakarta`.
    time_zone: Option<String>,
    /// Two capital letters, such as `ID`.
    #[schema(pattern = "^[A-Z]{2}$")]
    default_country: Option<String>,
    language: Option<Language>,
    /// Such as `#0a7cff`, in lower case; null takes it away.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, pattern = "^#[0-9a-f]{6}$")]
    accent_color: Option<Option<String>>,
}

/// Get the profile
///
/// The logged-in user with role and organization. Not for API keys.
#[utoipa::path(get, path = "/user/profile", tag = "accounts", operation_id = "get_profile", responses((status = 200, body = ProfileView)))]
async fn profile(State(state): State<ApiState>, scoped: Scoped<need::User>) -> Answer<Json<ProfileView>> {
    let caller = scoped.user()?;
    let user =
        state.store.system().accounts().user(caller.user).await?.ok_or_else(|| Problem::not_found("user"))?;
    let organization = own_organization(&scoped).await?;
    Ok(Json(ProfileView { user: user.into(), role: caller.role, organization: organization.into() }))
}

/// Update the profile
///
/// Not for API keys.
#[utoipa::path(put, path = "/user/profile", tag = "accounts", request_body = UpdateProfile, responses((status = 200, body = UserView)))]
async fn update_profile(
    State(state): State<ApiState>,
    scoped: Scoped<need::User>,
    Json(body): Json<UpdateProfile>,
) -> Answer<Json<UserView>> {
    let mut check = Check::default();
    if let Some(name) = &body.name {
        check.length("name", name, 1, 200);
    }
    check_time_zone(&mut check, body.time_zone.as_ref().and_then(Option::as_deref));
    check.done()?;
    let UpdateProfile { name, language, time_zone, theme } = body;
    let patch = UserPatch { name, language, time_zone, theme };
    let id = scoped.user()?.user;
    let organization = scoped.tenant.organization();
    let user = scoped.accounts(&state).accounts().update_user(id, &patch, organization).await?;
    Ok(Json(user.ok_or_else(|| Problem::not_found("user"))?.into()))
}

/// Change the password
///
/// Logs all other devices out. Not for API keys.
#[utoipa::path(
    post, path = "/user/change-password", tag = "accounts", request_body = ChangePassword,
    responses((status = 204, description = "changed"))
)]
async fn change_password(
    State(state): State<ApiState>,
    scoped: Scoped<need::User>,
    Json(body): Json<ChangePassword>,
) -> Answer<StatusCode> {
    let caller = scoped.user()?;
    let system = state.store.system();
    let user = system.accounts().user(caller.user).await?.ok_or_else(|| Problem::not_found("user"))?;
    let stored = system.accounts().password_hash(caller.user).await?;
    // Somebody at an unlocked screen may guess, but not fast.
    state.limiter.check(Who::User(user.id.0))?;
    let same = body.current_password.expose_secret() == body.new_password.expose_secret();
    if !state.auth.passwords.verify(body.current_password, stored).await? {
        return Err(Problem::field("current_password", Rule::WrongPassword));
    }
    let organization = own_organization(&scoped).await?;
    let person = Person { email: &user.email, name: &user.name, organization: &organization.name };
    check_strength("new_password", body.new_password.expose_secret(), person)?;
    if same {
        return Err(Problem::field("new_password", Rule::PasswordIsOld).coded(Code::WeakPassword));
    }
    let hash = state.auth.passwords.hash(body.new_password).await?;
    let system = scoped.accounts(&state);
    let revoked = system
        .accounts()
        .change_password(caller.user, &hash, caller.device, scoped.tenant.organization())
        .await?;
    revoked.into_iter().for_each(|device| state.auth.forget_device(device));
    Ok(StatusCode::NO_CONTENT)
}

/// Get the organization
///
/// Not for API keys.
#[utoipa::path(get, path = "/organization", tag = "accounts", operation_id = "get_organization", responses((status = 200, body = OrganizationView)))]
async fn organization(scoped: Scoped<need::User>) -> Answer<Json<OrganizationView>> {
    Ok(Json(own_organization(&scoped).await?.into()))
}

/// Update the organization
///
/// Owners only.
#[utoipa::path(patch, path = "/organization", tag = "accounts", request_body = UpdateOrganization, responses((status = 200, body = OrganizationView)))]
async fn update_organization(
    scoped: Scoped<need::Owner>,
    Json(body): Json<UpdateOrganization>,
) -> Answer<Json<OrganizationView>> {
    let mut check = Check::default();
    if let Some(name) = &body.name {
        check.length("name", name, 1, 200);
    }
    check_time_zone(&mut check, body.time_zone.as_deref());
    if body.default_country.as_deref().is_some_and(|country| !is_country(country)) {
        check.wrong("default_country", Rule::BadCountry);
    }
    if body.accent_color.iter().flatten().any(|color| !is_color(color)) {
        check.wrong("accent_color", Rule::BadColor);
    }
    check.done()?;
    let UpdateOrganization { name, time_zone, default_country, language, accent_color } = body;
    let patch = OrganizationPatch { name, time_zone, default_country, language, accent_color };
    let changed = scoped.tenant.accounts().update_organization(&patch).await?;
    Ok(Json(changed.ok_or_else(|| Problem::not_found("organization"))?.into()))
}

async fn own_organization<N>(scoped: &Scoped<N>) -> Answer<Organization> {
    scoped.tenant.accounts().organization().await?.ok_or_else(|| Problem::not_found("organization"))
}

/// Checks a time zone, if there is one.
pub(crate) fn check_time_zone(check: &mut Check, zone: Option<&str>) {
    if zone.is_some_and(|zone| zone.parse::<Tz>().is_err()) {
        check.wrong("time_zone", Rule::BadTimeZone);
    }
}

fn is_country(text: &str) -> bool {
    text.len() == 2
        && text.bytes().all(|letter| letter.is_ascii_uppercase())
        && text.parse::<Country>().is_ok()
}
