//! Permissions: roles of members, scopes of API keys.

use serde::{Deserialize, Serialize};

use crate::closed::{closed_enum, stored_code};

/// The role of a member in an organization.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "member_role", rename_all = "snake_case")]
pub enum Role {
    /// Everything, and the last one cannot leave.
    Owner,
    /// Everything but the organization itself.
    Admin,
    /// Sends and reads; no keys, no members.
    Member,
}

// `tt`, not `literal`: derives see a literal of a macro as an expression and would miss the names.
macro_rules! scopes {
    ($($(#[$doc:meta])* $variant:ident = $text:tt,)+) => {
        /// What an API key may do. A logged-in member has the scopes of the role.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, utoipa::ToSchema)]
        pub enum Scope { $($(#[$doc])* #[serde(rename = $text)] $variant,)+ }

        impl Scope {
            /// Every scope.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in SQL and JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::str::FromStr for Scope {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                Self::ALL.iter().copied().find(|s| s.as_str() == text).ok_or_else(|| format!("unknown scope {text}"))
            }
        }
    };
}

scopes! {
    /// See sessions and their status.
    SessionsRead = "sessions:read",
    /// Create, pair, start, stop and delete sessions.
    SessionsWrite = "sessions:write",
    /// See messages.
    MessagesRead = "messages:read",
    /// Send messages and upload media.
    MessagesSend = "messages:send",
    /// See campaigns and recipients.
    CampaignsRead = "campaigns:read",
    /// Create, launch, pause and cancel campaigns.
    CampaignsWrite = "campaigns:write",
    /// See contacts and the suppression list.
    ContactsRead = "contacts:read",
    /// Import and change contacts and the suppression list.
    ContactsWrite = "contacts:write",
    /// Create and revoke API keys.
    KeysManage = "keys:manage",
    /// See the audit log.
    AuditRead = "audit:read",
}

impl Role {
    /// Whether a member with this role has the scope.
    pub fn has(self, scope: Scope) -> bool {
        match self {
            Self::Owner | Self::Admin => true,
            Self::Member => !matches!(scope, Scope::KeysManage | Scope::AuditRead),
        }
    }
}

closed_enum! {
    /// The kind of actor of an entry of the audit log.
    ActorKind {
        /// A logged-in user.
        User = "user",
        /// An API key.
        Key = "key",
        /// An operator of the installation.
        Operator = "operator",
        /// Somebody on the command line.
        Cli = "cli",
        /// Wahana itself.
        System = "system",
    }
}

stored_code! {
    /// The kind of actor of a recorded act.
    ActorKindCode of ActorKind
}
