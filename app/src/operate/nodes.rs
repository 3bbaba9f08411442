//! `wahana nodes`: the WAHA servers that sessions are placed on.

use secrecy::SecretString;
use serde_json::{Value, json};
use wahana_config::Config;
use wahana_domain::nodes::{Labels, NodeGap, wrong_labels};
use wahana_domain::waha_versions::gaps;
use wahana_store::System;
use wahana_store::fleet::nodes::{NewNode, Node, NodeChange, NodeRemoval};
use wahana_store::fleet::session_moves::{MoveReason, MoveRefusal, MoveWish};

use crate::cli::{AddNode, NodesCommand, not_found, refused, usage};
use crate::output::Output;
use crate::wire;

/// Lists and changes nodes.
pub(super) async fn run(config: &Config, out: Output, command: NodesCommand) -> anyhow::Result<()> {
    let system = wire::cli_system(config).await?;
    match command {
        NodesCommand::List => list(&system, out).await,
        NodesCommand::Drain { node, may_scan } => drain(&system, out, &node, may_scan).await,
        NodesCommand::MoveSession { session, to, may_scan, force, dry_run } => {
            let to = match to {
                Some(name) => Some(find(&system, &name).await?.id),
                None => None,
            };
            let may_scan = may_scan || dry_run;
            let wish = MoveWish { session, to, reason: MoveReason::Operator, forced: force, may_scan };
            move_session(&system, out, &wish, dry_run).await
        }
        NodesCommand::Add(node) => add(&system, out, node).await,
        NodesCommand::Cordon { node } => cordon(&system, out, &node, true).await,
        NodesCommand::Uncordon { node } => cordon(&system, out, &node, false).await,
        NodesCommand::Set { node, capacity, messages_per_minute, no_rate } => {
            let messages_per_minute = if no_rate { Some(None) } else { messages_per_minute.map(Some) };
            let change = NodeChange { capacity, messages_per_minute, ..NodeChange::default() };
            set(&system, out, &node, change).await
        }
        NodesCommand::Remove { node } => remove(&system, out, &node).await,
    }
}

/// The node of this name or id.
async fn find(system: &System, name: &str) -> anyhow::Result<Node> {
    let nodes = system.nodes().list().await?;
    let found = nodes.into_iter().find(|node| node.name == name || node.id.to_string() == name);
    found.ok_or_else(|| not_found(format!("there is no node {name}; `wahana nodes list` shows all")))
}

async fn add(system: &System, out: Output, wanted: AddNode) -> anyhow::Result<()> {
    let AddNode { name, url, api_key, capacity, labels, storage_group } = wanted;
    let labels: Labels = labels.into_iter().collect();
    if let Some(wrong) = wrong_labels(&labels) {
        return Err(usage(wrong.to_string()));
    }
    let node = NewNode {
        name: name.clone(),
        base_url: url.to_string(),
        api_key: SecretString::from(api_key),
        engine: None,
        capacity,
    };
    let id = system.nodes().upsert(node).await?;
    let change = NodeChange {
        labels: (!labels.is_empty()).then_some(labels),
        storage_group: storage_group.map(Some),
        ..NodeChange::default()
    };
    system.nodes().change(id, change).await?;
    out.object(&json!({"id": id, "name": name}), id)
}

async fn set(system: &System, out: Output, node: &str, change: NodeChange) -> anyhow::Result<()> {
    let id = find(system, node).await?.id;
    system.nodes().change(id, change).await?;
    let node = find(system, node).await?;
    let rate = node.messages_per_minute.map_or_else(|| "no limit".to_owned(), |rate| rate.to_string());
    out.object(
        &json!({
            "id": node.id, "name": node.name, "capacity": node.capacity,
            "messages_per_minute": node.messages_per_minute,
        }),
        format!("{}: {} sessions, messages a minute: {rate}", node.name, node.capacity),
    )
}

async fn cordon(system: &System, out: Output, node: &str, cordoned: bool) -> anyhow::Result<()> {
    let node = find(system, node).await?;
    system.nodes().cordon(node.id, cordoned).await?;
    let changed = json!({"id": node.id, "name": node.name, "cordoned": cordoned});
    let text = if cordoned { "takes no new sessions" } else { "takes new sessions again" };
    out.object(&changed, format!("{} {text}", node.name))
}

async fn drain(system: &System, out: Output, node: &str, may_scan: bool) -> anyhow::Result<()> {
    let node = find(system, node).await?;
    system.nodes().drain(node.id, may_scan).await?;
    out.object(
        &json!({"id": node.id, "name": node.name, "sessions": node.sessions}),
        format!(
            "{} is being drained of its {} sessions; `wahana nodes list` shows how far it is",
            node.name, node.sessions
        ),
    )
}

async fn move_session(system: &System, out: Output, wish: &MoveWish, dry_run: bool) -> anyhow::Result<()> {
    let plan = if dry_run {
        system.session_moves().plan(wish).await?
    } else {
        system.session_moves().start(wish).await?.map(|(_, plan)| plan)
    };
    let plan = plan.map_err(|refusal| match refusal {
        MoveRefusal::NoSession => not_found(refusal.to_string()),
        other => refused(other.to_string()),
    })?;
    let scan = if plan.needs_scan { "somebody has to scan it again" } else { "no scan is needed" };
    out.object(
        &json!({
            "session_id": wish.session, "from": plan.from, "to": plan.to, "needs_scan": plan.needs_scan,
            "dry_run": dry_run,
        }),
        format!(
            "{} {} to {}: {scan}",
            if dry_run { "would go from" } else { "goes from" },
            plan.from,
            plan.to
        ),
    )
}

async fn remove(system: &System, out: Output, node: &str) -> anyhow::Result<()> {
    let node = find(system, node).await?;
    match system.nodes().remove(node.id).await? {
        NodeRemoval::Removed => {
            out.object(&json!({"id": node.id, "name": node.name}), format!("{} is removed", node.name))
        }
        NodeRemoval::NotFound => Err(not_found("somebody else removed it")),
        NodeRemoval::InUse { count, sessions } => {
            let first: Vec<_> = sessions.iter().map(ToString::to_string).collect();
            Err(refused(format!(
                "{count} sessions are placed on it ({}); move or delete them first",
                first.join(", ")
            )))
        }
    }
}

async fn list(system: &System, out: Output) -> anyhow::Result<()> {
    let nodes = system.nodes().list().await?;
    let heads = ["NODE", "SESSIONS", "WORKING", "STATE", "ADDRESS", "LAST ANSWER"];
    out.rows(heads, nodes.iter().map(|node| (as_json(node), cells(node))))
}

fn as_json(node: &Node) -> Value {
    json!({
        "id": node.id, "name": node.name, "base_url": node.base_url, "engine": node.engine, "version": node.version,
        "capacity": node.capacity, "sessions": node.sessions, "working": node.working, "health": node.health.as_str(),
        "health_since": node.health_since, "cordoned": node.cordoned, "draining_since": node.draining_since,
        "labels": node.labels.0, "gaps": lacks(node), "storage_group": node.storage_group,
        "messages_per_minute": node.messages_per_minute, "seen_at": node.seen_at, "error": node.error,
    })
}

fn lacks(node: &Node) -> Vec<NodeGap> {
    gaps(node.version.as_deref(), node.engine.as_deref())
}

fn cells(node: &Node) -> [String; 6] {
    let answered = match (&node.error, node.seen_at) {
        (Some(error), _) => error.clone(),
        (None, Some(at)) => format!("answered {}", at.format("%Y-%m-%d %H:%M:%S UTC")),
        (None, None) => "never asked".to_owned(),
    };
    let mut state =
        format!("{} since {}", node.health.as_str(), node.health_since.format("%Y-%m-%d %H:%M UTC"));
    if node.draining_since.is_some() {
        state += ", draining";
    } else if node.cordoned {
        state += ", cordoned";
    }
    for (name, value) in &node.labels.0 {
        state += &format!(", {name}={value}");
    }
    for gap in lacks(node) {
        state += &format!(", lacks {gap}");
    }
    if let Some(group) = &node.storage_group {
        state += &format!(", storage group {group}");
    }
    let sessions = format!("{} of {}", node.sessions, node.capacity);
    [node.name.clone(), sessions, node.working.to_string(), state, node.base_url.clone(), answered]
}
