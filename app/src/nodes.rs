//! `wahana nodes`: the WAHA servers that sessions are placed on.

use anyhow::{Context, bail};
use secrecy::SecretString;
use wahana_config::Config;
use wahana_domain::nodes::{Labels, wrong_labels};
use wahana_store::System;
use wahana_store::fleet::nodes::{NewNode, Node, NodeChange, NodeRemoval};
use wahana_store::fleet::session_moves::{MoveReason, MoveWish};

use crate::cli::{AddNode, NodesCommand};
use crate::wire;

/// Lists and changes nodes.
pub(crate) async fn run(config: &Config, command: NodesCommand) -> anyhow::Result<()> {
    let system = wire::cli_system(config).await?;
    match command {
        NodesCommand::List => system.nodes().list().await?.iter().for_each(show),
        NodesCommand::Drain { node, may_scan } => drain(&system, &node, may_scan).await?,
        NodesCommand::MoveSession { session, to, may_scan, force, dry_run } => {
            let to = match to {
                Some(name) => Some(find(&system, &name).await?.id),
                None => None,
            };
            let may_scan = may_scan || dry_run;
            let wish = MoveWish { session, to, reason: MoveReason::Operator, forced: force, may_scan };
            move_session(&system, &wish, dry_run).await?;
        }
        NodesCommand::Add(node) => add(&system, node).await?,
        NodesCommand::Cordon { node } => cordon(&system, &node, true).await?,
        NodesCommand::Uncordon { node } => cordon(&system, &node, false).await?,
        NodesCommand::Remove { node } => remove(&system, &node).await?,
    }
    Ok(())
}

/// The node of this name or id.
async fn find(system: &System, name: &str) -> anyhow::Result<Node> {
    let nodes = system.nodes().list().await?;
    let found = nodes.into_iter().find(|node| node.name == name || node.id.to_string() == name);
    found.with_context(|| format!("there is no node {name}; `wahana nodes list` shows all"))
}

async fn add(system: &System, wanted: AddNode) -> anyhow::Result<()> {
    let AddNode { name, url, api_key, capacity, labels, storage_group } = wanted;
    let labels: Labels = labels.into_iter().collect();
    if let Some(wrong) = wrong_labels(&labels) {
        bail!("{wrong}");
    }
    let node = NewNode {
        name,
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
    println!("{id}");
    Ok(())
}

async fn cordon(system: &System, node: &str, cordoned: bool) -> anyhow::Result<()> {
    let node = find(system, node).await?;
    system.nodes().cordon(node.id, cordoned).await?;
    println!("{} {}", node.name, if cordoned { "takes no new sessions" } else { "takes new sessions again" });
    Ok(())
}

async fn drain(system: &System, node: &str, may_scan: bool) -> anyhow::Result<()> {
    let node = find(system, node).await?;
    system.nodes().drain(node.id, may_scan).await?;
    println!(
        "{} is drained of its {} sessions; `wahana nodes list` shows how far it is",
        node.name, node.sessions
    );
    Ok(())
}

async fn move_session(system: &System, wish: &MoveWish, dry_run: bool) -> anyhow::Result<()> {
    let plan = if dry_run {
        system.session_moves().plan(wish).await?
    } else {
        system.session_moves().start(wish).await?.map(|(_, plan)| plan)
    };
    let plan = plan.map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
    let scan = if plan.needs_scan { "somebody has to scan it again" } else { "no scan is needed" };
    println!("{} {} to {}: {scan}", if dry_run { "would go from" } else { "goes from" }, plan.from, plan.to);
    Ok(())
}

async fn remove(system: &System, node: &str) -> anyhow::Result<()> {
    let node = find(system, node).await?;
    match system.nodes().remove(node.id).await? {
        NodeRemoval::Removed => println!("{} is removed", node.name),
        NodeRemoval::NotFound => bail!("somebody else removed it"),
        NodeRemoval::InUse { count, sessions } => {
            let first: Vec<_> = sessions.iter().map(ToString::to_string).collect();
            bail!("{count} sessions are placed on it ({}); move or delete them first", first.join(", "));
        }
    }
    Ok(())
}

fn show(node: &Node) {
    let answered = match (&node.error, node.seen_at) {
        (Some(error), _) => error.clone(),
        (None, Some(at)) => format!("answered {}", at.format("%Y-%m-%d %H:%M:%S UTC")),
        (None, None) => "never asked".to_owned(),
    };
    let mut marks =
        format!("{} since {}", node.health.as_str(), node.health_since.format("%Y-%m-%d %H:%M UTC"));
    if node.draining_since.is_some() {
        marks += ", draining";
    } else if node.cordoned {
        marks += ", cordoned";
    }
    for (name, value) in &node.labels.0 {
        marks += &format!(", {name}={value}");
    }
    if let Some(group) = &node.storage_group {
        marks += &format!(", storage group {group}");
    }
    println!(
        "{:<16} {} of {} sessions, {} working  {marks}  {}  {answered}",
        node.name, node.sessions, node.capacity, node.working, node.base_url
    );
}
