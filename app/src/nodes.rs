//! `wahana nodes`: the WAHA servers that sessions are placed on.

use secrecy::SecretString;
use wahana_config::Config;
use wahana_store::nodes::{NewNode, Node};

use crate::cli::NodesCommand;
use crate::wire;

/// Lists or registers nodes.
pub(crate) async fn run(config: &Config, command: NodesCommand) -> anyhow::Result<()> {
    let store = wire::store(config)?;
    store.ready().await?;
    match command {
        NodesCommand::List => store.system().nodes().await?.iter().for_each(show),
        NodesCommand::Add { name, url, api_key, capacity } => {
            let node = NewNode {
                name,
                base_url: url.to_string(),
                api_key: SecretString::from(api_key),
                engine: None,
                capacity,
            };
            println!("{}", store.system().upsert_node(node).await?);
        }
    }
    Ok(())
}

fn show(node: &Node) {
    let state = match (&node.error, node.seen_at) {
        (Some(error), _) => error.clone(),
        (None, Some(at)) => format!("answered {}", at.format("%Y-%m-%d %H:%M:%S UTC")),
        (None, None) => "never asked".to_owned(),
    };
    let cordoned = if node.cordoned { ", cordoned" } else { "" };
    println!(
        "{:<16} {} of {} sessions{cordoned}  {}  {state}",
        node.name, node.sessions, node.capacity, node.base_url
    );
}
