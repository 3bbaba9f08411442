//! `wahana audit`: what people and programs did.

use serde_json::{Value, json};
use wahana_config::Config;
use wahana_store::PageRequest;
use wahana_store::db::audit::{AuditEvent, AuditFilter};

use crate::cli::AuditArgs;
use crate::output::{self, Output};
use crate::wire;

/// Shows the audit log, newest first.
pub(super) async fn run(config: &Config, out: Output, args: AuditArgs) -> anyhow::Result<()> {
    let AuditArgs { organization, action, target, actor, limit } = args;
    let filter = AuditFilter { organization, action, target, actor };
    let system = wire::cli_system(config).await?;
    let page = system.audit().list(&filter, PageRequest { limit, before: None }).await?;
    let rows = page.items.into_iter().map(|event| {
        let object = as_json(&event);
        let detail = event.detail.as_object().is_some_and(|detail| !detail.is_empty());
        let detail = if detail { event.detail.to_string() } else { String::new() };
        let actor = format!("{} {}", event.actor_kind, event.actor);
        (object, [output::time(event.at), actor, event.action, event.target.unwrap_or_default(), detail])
    });
    out.rows(["AT", "ACTOR", "ACTION", "TARGET", "DETAIL"], rows)
}

fn as_json(event: &AuditEvent) -> Value {
    json!({
        "id": event.id, "organization_id": event.organization, "actor_kind": event.actor_kind, "actor": event.actor,
        "action": event.action, "target": event.target, "detail": event.detail, "request_id": event.request_id,
        "address": event.address, "at": event.at,
    })
}
