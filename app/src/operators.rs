//! `wahana operators` and `wahana audit`: who runs this installation, and what was done.

use anyhow::bail;
use wahana_config::Config;
use wahana_store::PageRequest;
use wahana_store::db::audit::{AuditEvent, AuditFilter};

use crate::cli::{AuditArgs, OperatorsCommand};
use crate::{table, wire};

/// Lists, makes or unmakes operators.
pub(crate) async fn run(config: &Config, command: OperatorsCommand) -> anyhow::Result<()> {
    let system = wire::cli_system(config).await?;
    let (email, operator) = match command {
        OperatorsCommand::List => {
            let rows = system.operators().list().await?.into_iter().map(|user| {
                [user.email, user.name, user.last_login_at.map_or_else(String::new, table::time)]
            });
            table::print(["EMAIL", "NAME", "LAST LOGIN"], rows);
            return Ok(());
        }
        OperatorsCommand::Add { email } => (email.to_lowercase(), true),
        OperatorsCommand::Remove { email } => (email.to_lowercase(), false),
    };
    if !system.operators().set(&email, operator).await? {
        bail!("there is no user {email}; people sign up first (POST /api/v1/auth/register)");
    }
    println!("{email} is {} operator", if operator { "an" } else { "no" });
    Ok(())
}

/// Shows the audit log, newest first.
pub(crate) async fn audit(config: &Config, args: AuditArgs) -> anyhow::Result<()> {
    let AuditArgs { organization, action, target, actor, limit, json } = args;
    let filter = AuditFilter { organization, action, target, actor };
    let system = wire::cli_system(config).await?;
    let page = system.audit().list(&filter, PageRequest { limit, before: None }).await?;
    if json {
        return table::json_lines(page.items.iter().map(as_json));
    }
    let rows = page.items.into_iter().map(|event| {
        let detail = event.detail.as_object().is_some_and(|detail| !detail.is_empty());
        let detail = if detail { event.detail.to_string() } else { String::new() };
        let actor = format!("{} {}", event.actor_kind, event.actor);
        [table::time(event.at), actor, event.action, event.target.unwrap_or_default(), detail]
    });
    table::print(["AT", "ACTOR", "ACTION", "TARGET", "DETAIL"], rows);
    Ok(())
}

fn as_json(event: &AuditEvent) -> serde_json::Value {
    serde_json::json!({
        "id": event.id, "organization_id": event.organization, "actor_kind": event.actor_kind, "actor": event.actor,
        "action": event.action, "target": event.target, "detail": event.detail, "request_id": event.request_id,
        "address": event.address, "at": event.at,
    })
}
