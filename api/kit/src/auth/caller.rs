//! The caller of a request, and what the caller may do.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wahana_domain::access::{Role, Scope};
use wahana_domain::{ApiKeyId, DeviceId, OrganizationId, UserId};
use wahana_store::accounts::api_keys::ApiKeyUse;
use wahana_store::accounts::devices::Member;

use super::token::Claims;

/// The caller of a request.
#[derive(Clone, Debug)]
pub enum Caller {
    /// A logged-in member.
    User(UserCaller),
    /// A program.
    Key(KeyCaller),
}

/// A logged-in member of an organization.
#[derive(Clone, Debug)]
pub struct UserCaller {
    /// The user.
    pub user: UserId,
    /// The organization whose rows the caller sees.
    pub organization: OrganizationId,
    /// What the user may do there.
    pub role: Role,
    /// The address the user logs in with.
    pub email: Arc<str>,
    /// Whether the user operates this installation.
    pub operator: bool,
    /// The login that the token belongs to.
    pub device: DeviceId,
    /// When the token ends.
    pub expires_at: DateTime<Utc>,
}

/// An API key.
#[derive(Clone, Debug)]
pub struct KeyCaller {
    /// Which key it is.
    pub key: ApiKeyId,
    /// The organization whose rows the caller sees.
    pub organization: OrganizationId,
    /// What its organization calls it.
    pub name: Arc<str>,
    /// What it may do.
    pub scopes: Arc<[Scope]>,
    /// When the key ends; `None` is never.
    pub expires_at: Option<DateTime<Utc>>,
}

impl UserCaller {
    /// The role is the database's, not the token's: a demotion counts at once.
    pub(super) fn new(claims: Claims, member: &Member) -> Self {
        let Claims { user, organization, device, expires_at } = claims;
        let Member { role, email, operator } = member;
        Self {
            user,
            organization,
            role: *role,
            email: email.as_str().into(),
            operator: *operator,
            device,
            expires_at,
        }
    }
}

impl From<ApiKeyUse> for KeyCaller {
    fn from(key: ApiKeyUse) -> Self {
        // A scope of a later version is a right this version cannot give.
        let scopes = key.scopes.iter().filter_map(|scope| scope.parse().ok()).collect();
        Self {
            key: key.id,
            organization: key.organization,
            name: key.name.into(),
            scopes,
            expires_at: key.expires_at,
        }
    }
}

impl Caller {
    /// Whose rows the caller sees.
    pub fn organization(&self) -> OrganizationId {
        match self {
            Self::User(user) => user.organization,
            Self::Key(key) => key.organization,
        }
    }

    /// Whether the caller may do this.
    pub fn has(&self, scope: Scope) -> bool {
        match self {
            Self::User(user) => user.role.has(scope),
            Self::Key(key) => key.scopes.contains(&scope),
        }
    }

    /// When the credentials end, so that a stream can end with them.
    pub fn expires_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::User(user) => Some(user.expires_at),
            Self::Key(key) => key.expires_at,
        }
    }

    /// Names the bucket that limits the caller's requests.
    pub fn bucket(&self) -> Uuid {
        match self {
            Self::User(user) => user.device.0,
            Self::Key(key) => key.key.0,
        }
    }
}
