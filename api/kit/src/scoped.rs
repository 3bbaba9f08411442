//! The way into every handler of a tenant: who calls, that the caller may, and the rows of that organization only.

use std::marker::PhantomData;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use wahana_domain::access::{Role, Scope};
use wahana_store::db::audit::ActorKind;
use wahana_store::{Actor, System, Tenant};

use crate::auth::{Caller, UserCaller};
use crate::limiter::Who;
use crate::middleware::{RequestId, client_address};
use crate::problem::{Answer, Code, Problem};
use crate::request_log::CallerSlot;
use crate::state::ApiState;

/// A caller who may do what `N` needs, such as `Scoped<need::MessagesSend>`.
pub struct Scoped<N> {
    /// The rows of the caller's organization.
    pub tenant: Tenant,
    /// The caller.
    pub caller: Caller,
    need: PhantomData<N>,
}

/// What a handler needs of its caller.
pub trait Need: Send {
    /// Fails if this caller may not.
    fn check(caller: &Caller) -> Answer<()>;
}

/// One type per scope, and two for what no API key may do.
pub mod need {
    use super::{Answer, Caller, Code, Need, Problem, Role, Scope};

    macro_rules! scopes {
        ($($name:ident),+ $(,)?) => {$(
            #[doc = concat!("The scope [`Scope::", stringify!($name), "`].")]
            pub struct $name;

            impl Need for $name {
                fn check(caller: &Caller) -> Answer<()> {
                    super::has(caller, Scope::$name)
                }
            }
        )+};
    }

    scopes!(
        SessionsRead,
        SessionsWrite,
        MessagesRead,
        MessagesSend,
        CampaignsRead,
        CampaignsWrite,
        ContactsRead,
        ContactsWrite,
        KeysManage,
        AuditRead,
    );

    /// A logged-in user, not an API key.
    pub struct User;

    impl Need for User {
        fn check(caller: &Caller) -> Answer<()> {
            super::user(caller).map(|_| ())
        }
    }

    /// A logged-in owner of the organization.
    pub struct Owner;

    impl Need for Owner {
        fn check(caller: &Caller) -> Answer<()> {
            if super::user(caller)?.role == Role::Owner {
                Ok(())
            } else {
                Err(Problem::of(Code::OwnerRequired))
            }
        }
    }
}

fn has(caller: &Caller, scope: Scope) -> Answer<()> {
    if caller.has(scope) {
        return Ok(());
    }
    Err(Problem::new(Code::MissingScope, format!("this needs the scope {}", scope.as_str())))
}

fn user(caller: &Caller) -> Answer<&UserCaller> {
    match caller {
        Caller::User(user) => Ok(user),
        Caller::Key(_) => Err(Problem::of(Code::UserRequired)),
    }
}

impl<N> Scoped<N> {
    /// The rows of users and devices, which belong to no organization; acts stand in the audit log under the caller's
    /// name.
    pub fn accounts(&self, state: &ApiState) -> System {
        let system = state.store.system();
        match self.tenant.actor() {
            Some(actor) => system.acting(actor),
            None => system,
        }
    }

    /// Fails if the caller lacks this scope, too.
    pub fn also(&self, scope: Scope) -> Answer<()> {
        has(&self.caller, scope)
    }

    /// The logged-in user; a problem for API keys.
    pub fn user(&self) -> Answer<&UserCaller> {
        user(&self.caller)
    }
}

impl<N: Need> FromRequestParts<ApiState> for Scoped<N> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        let caller = identify(parts, state).await?;
        N::check(&caller)?;
        let tenant = state.store.tenant(caller.organization()).acting(acting(&caller, parts, state));
        Ok(Self { tenant, caller, need: PhantomData })
    }
}

/// Identifies the caller, within its rate limit.
pub async fn identify(parts: &Parts, state: &ApiState) -> Answer<Caller> {
    let caller = match state.auth.caller(&state.store, &parts.headers).await {
        Ok(caller) => caller,
        Err(problem) => {
            if problem.code == Code::Unauthenticated {
                // Guessing keys costs; an honest client with an expired token does not guess.
                state.limiter.check(Who::Address(client_address(
                    &parts.extensions,
                    &parts.headers,
                    &state.config,
                )))?;
            }
            return Err(problem);
        }
    };
    if let Some(slot) = parts.extensions.get::<CallerSlot>() {
        slot.fill(&caller);
    }
    state.limiter.check(Who::Caller(caller.bucket()))?;
    Ok(caller)
}

fn acting(caller: &Caller, parts: &Parts, state: &ApiState) -> Arc<Actor> {
    let kind = match caller {
        Caller::User(_) => ActorKind::User,
        Caller::Key(_) => ActorKind::Key,
    };
    actor(caller, kind, parts, state)
}

/// How the caller's acts are put on record.
pub fn actor(caller: &Caller, kind: ActorKind, parts: &Parts, state: &ApiState) -> Arc<Actor> {
    let (id, label) = match caller {
        Caller::User(user) => (user.user.0, user.email.clone()),
        Caller::Key(key) => (key.key.0, key.name.clone()),
    };
    Arc::new(Actor {
        kind,
        id: Some(id),
        label,
        request_id: Some(RequestId::of(&parts.extensions).text()),
        address: Some(client_address(&parts.extensions, &parts.headers, &state.config)),
    })
}
