//! `wahana nodes`.

use clap::{Args, Subcommand};
use wahana_domain::SessionId;

use super::{examples, values};

#[derive(Subcommand)]
pub(crate) enum NodesCommand {
    /// List nodes, with the number of sessions placed on each.
    #[command(after_help = examples!(
        "wahana nodes list";
        "an array of objects with id, name, base_url, engine, version, capacity, sessions, working, health, \
         health_since, cordoned, draining_since, labels, storage_group, messages_per_minute, seen_at, error"
    ))]
    List,
    /// Add a node, or change the one of this name; new sessions go to the least loaded.
    #[command(after_help = examples!(
        "WAHA_API_KEY=... wahana nodes add waha-2 http://waha-2:3000 --capacity 200",
        "wahana nodes add waha-2 http://waha-2:3000 --label region=jakarta --storage-group pg";
        "an object with id, name"
    ))]
    Add(AddNode),
    /// Place no new sessions on a node; its sessions stay.
    #[command(after_help = examples!("wahana nodes cordon waha-1"; "an object with id, name, cordoned"))]
    Cordon {
        /// Name or id.
        node: String,
    },
    /// Place new sessions on a node again.
    #[command(after_help = examples!("wahana nodes uncordon waha-1"; "an object with id, name, cordoned"))]
    Uncordon {
        /// Name or id.
        node: String,
    },
    /// Place no new sessions on a node and move its sessions to others.
    #[command(after_help = examples!("wahana nodes drain waha-1"; "an object with id, name, sessions"))]
    Drain {
        /// Name or id.
        node: String,
        /// Also move sessions that somebody has to scan again.
        #[arg(long)]
        may_scan: bool,
    },
    /// Move one session to another node: stopped there, seen stopped, then started here.
    #[command(after_help = examples!(
        "wahana nodes move-session ses_01h455vb4pex5vsknk084sn02q --to waha-2 --dry-run";
        "an object with session_id, from, to, needs_scan, dry_run"
    ))]
    MoveSession {
        /// Id of the session.
        session: SessionId,
        /// Name or id of the new node; by default the least loaded that fits.
        #[arg(long)]
        to: Option<String>,
        /// Move it although somebody has to scan it again.
        #[arg(long)]
        may_scan: bool,
        /// Do not ask the old node. You vouch that it no longer runs the session; if it does, the phone is logged out.
        #[arg(long)]
        force: bool,
        /// Tell what would happen, and change nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Change the capacity and the rate of a node.
    #[command(after_help = examples!(
        "wahana nodes set waha-1 --messages-per-minute 600",
        "wahana nodes set waha-1 --no-rate --capacity 200";
        "an object with id, name, capacity, messages_per_minute"
    ))]
    Set {
        /// Name or id.
        node: String,
        /// Most sessions it takes.
        #[arg(long, value_parser = clap::value_parser!(i32).range(1..))]
        capacity: Option<i32>,
        /// Most messages a minute of all its sessions together.
        #[arg(long, value_parser = clap::value_parser!(i32).range(1..), conflicts_with = "no_rate")]
        messages_per_minute: Option<i32>,
        /// No limit of messages a minute.
        #[arg(long)]
        no_rate: bool,
    },
    /// Remove a node that has no sessions.
    #[command(after_help = examples!("wahana nodes remove waha-1"; "an object with id, name"))]
    Remove {
        /// Name or id.
        node: String,
    },
}

#[derive(Args)]
pub(crate) struct AddNode {
    /// Our name for it.
    pub(crate) name: String,
    /// Its address, without /api.
    #[arg(value_hint = clap::ValueHint::Url)]
    pub(crate) url: url::Url,
    /// Its API key.
    #[arg(long, env = "WAHA_API_KEY", hide_env_values = true)]
    pub(crate) api_key: String,
    /// Most sessions it takes.
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(i32).range(1..))]
    pub(crate) capacity: i32,
    /// A word to place sessions by, such as region=jakarta; may be repeated, replaces all there were.
    #[arg(long = "label", value_parser = values::label, value_name = "NAME=VALUE")]
    pub(crate) labels: Vec<(String, String)>,
    /// Storage group: its nodes share WAHA's session storage, so sessions move between them without a new scan.
    #[arg(long)]
    pub(crate) storage_group: Option<String>,
}
