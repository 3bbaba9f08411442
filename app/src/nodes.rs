//! `wahana nodes`: the WAHA servers that sessions are placed on.

use anyhow::{Context, bail};
use secrecy::SecretString;
use wahana_config::Config;
use wahana_domain::nodes::{Labels, wrong_labels};
use wahana_store::Store;
use wahana_store::nodes::{NewNode, Node, NodeChange, NodeRemoval};

use crate::cli::{AddNode, NodesCommand};
use crate::wire;

/// Lists and changes nodes.
pub(crate) async fn run(config: &Config, command: NodesCommand) -> anyhow::Result<()> {
    let store = wire::store(config, wahana_store::Plans::PerValue)?;
    store.ready().await?;
    match command {
        NodesCommand::List => store.system().nodes().await?.iter().for_each(show),
        NodesCommand::Add(node) => add(&store, node).await?,
        NodesCommand::Cordon { node } => cordon(&store, &node, true).await?,
        NodesCommand::Uncordon { node } => cordon(&store, &node, false).await?,
        NodesCommand::Remove { node } => remove(&store, &node).await?,
    }
    Ok(())
}

/// The node of this name or id.
async fn find(store: &Store, name: &str) -> anyhow::Result<Node> {
    let nodes = store.system().nodes().await?;
    let found = nodes.into_iter().find(|node| node.name == name || node.id.to_string() == name);
    found.with_context(|| format!("there is no node {name}; `wahana nodes list` shows all"))
}

async fn add(store: &Store, wanted: AddNode) -> anyhow::Result<()> {
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
    let id = store.system().upsert_node(node).await?;
    let change = NodeChange {
        labels: (!labels.is_empty()).then_some(labels),
        storage_group: storage_group.map(Some),
        ..NodeChange::default()
    };
    store.system().change_node(id, change).await?;
    println!("{id}");
    Ok(())
}

async fn cordon(store: &Store, node: &str, cordoned: bool) -> anyhow::Result<()> {
    let node = find(store, node).await?;
    store.system().cordon_node(node.id, cordoned).await?;
    println!("{} {}", node.name, if cordoned { "takes no new sessions" } else { "takes new sessions again" });
    Ok(())
}

async fn remove(store: &Store, node: &str) -> anyhow::Result<()> {
    let node = find(store, node).await?;
    match store.system().remove_node(node.id).await? {
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
