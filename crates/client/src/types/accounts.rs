//! Accounts, logins and API keys.

use serde::{Deserialize, Serialize};
use wahana_domain::OrganizationId;
use wahana_domain::access::Scope;

/// A new account with an organization of its own.
#[derive(Clone, Debug, Serialize)]
pub struct Register {
    /// Its address, to log in with.
    pub email: String,
    /// At least 8 characters.
    pub password: String,
    /// Name of the person.
    pub name: String,
    /// Name of the organization.
    pub organization: String,
}

/// A login.
#[derive(Clone, Debug, Serialize)]
pub struct Login {
    /// Address of the account.
    pub email: String,
    /// Its password.
    pub password: String,
}

/// The answer to a new account.
#[derive(Clone, Debug, Deserialize)]
pub struct Registered {
    /// Its address.
    pub email: String,
}

/// The answer to a login.
#[derive(Clone, Debug, Deserialize)]
pub struct Tokens {
    /// For `Authorization: Bearer`.
    pub access_token: String,
    /// The organization that the token is of.
    pub organization_id: OrganizationId,
}

/// The caller.
#[derive(Clone, Debug, Deserialize)]
pub struct Profile {
    /// The person.
    pub user: User,
    /// The organization that the credentials are of.
    pub organization: Organization,
}

/// A person.
#[derive(Clone, Debug, Deserialize)]
pub struct User {
    /// The address.
    pub email: String,
    /// Whether the person operates the installation.
    pub operator: bool,
}

/// An organization.
#[derive(Clone, Debug, Deserialize)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
}

/// An API key to make.
#[derive(Clone, Debug, Serialize)]
pub struct CreateApiKey {
    /// For people.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
}

/// A new API key.
#[derive(Clone, Debug, Deserialize)]
pub struct NewApiKey {
    /// The secret, told this once.
    pub key: String,
    /// What else there is to know of it.
    pub api_key: ApiKey,
}

/// An API key without its secret.
#[derive(Clone, Debug, Deserialize)]
pub struct ApiKey {
    /// For people.
    pub name: String,
}
