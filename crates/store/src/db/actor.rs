//! The actor of an audited act: a person, a key, or Wahana itself.

use std::net::IpAddr;
use std::sync::Arc;

use uuid::Uuid;

/// What kind of actor it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorKind {
    /// A logged-in member.
    User,
    /// An API key.
    Key,
    /// An operator of the installation, through the API.
    Operator,
    /// Somebody at the command line of the machine.
    Cli,
    /// Wahana itself.
    System,
}

impl ActorKind {
    /// The name in SQL and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Key => "key",
            Self::Operator => "operator",
            Self::Cli => "cli",
            Self::System => "system",
        }
    }
}

/// The actor.
#[derive(Clone, Debug)]
pub struct Actor {
    /// What kind.
    pub kind: ActorKind,
    /// The user or key, if it is one.
    pub id: Option<Uuid>,
    /// For people: an email address, the name of a key.
    pub label: Arc<str>,
    /// The request it acts through.
    pub request_id: Option<Arc<str>>,
    /// Where the request came from.
    pub address: Option<IpAddr>,
}

impl Actor {
    /// Wahana itself.
    pub fn system() -> Self {
        Self {
            kind: ActorKind::System,
            id: None,
            label: Arc::from("wahana"),
            request_id: None,
            address: None,
        }
    }

    /// Somebody at the command line.
    pub fn cli(account: &str) -> Self {
        Self { kind: ActorKind::Cli, label: Arc::from(account), ..Self::system() }
    }
}
