//! The command line.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use wahana_domain::SessionId;

/// A self-hosted, multi-tenant WhatsApp messaging platform on WAHA.
#[derive(Parser)]
#[command(version, propagate_version = true)]
pub(crate) struct Cli {
    /// Settings on top of the defaults; see config/default.toml.
    #[arg(long, global = true, env = "WAHANA_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Everything in one process, on private Postgres, Redis and a simulator unless told otherwise.
    Up(UpArgs),
    /// The HTTP API alone.
    Api,
    /// Workers alone: they act on WAHA.
    Worker,
    /// The scheduler alone: it releases work and repairs.
    Scheduler,
    /// Brings the database up to date, then ends.
    Migrate,
    /// Shows a whole campaign on a throwaway stack: import, send, delivered, report.
    Demo(DemoArgs),
    /// The WAHA servers that sessions are placed on.
    Nodes {
        #[command(subcommand)]
        command: NodesCommand,
    },
    /// Who operates this installation: users that see every organization.
    Operators {
        #[command(subcommand)]
        command: OperatorsCommand,
    },
    /// Queues, lanes, workers, nodes and errors at a glance.
    Top(TopArgs),
    /// Looking for jobs, and doing something about them.
    Jobs {
        #[command(subcommand)]
        command: JobsCommand,
    },
    /// Jobs that gave up.
    DeadLetters {
        #[command(subcommand)]
        command: DeadLettersCommand,
    },
    /// Worker processes, and how busy they are.
    Workers,
    /// Holds something back: nothing of it starts within two seconds; what runs, finishes.
    Pause(PauseArgs),
    /// Lets it go again.
    Resume(PauseArgs),
    /// How many jobs of a queue each worker runs at once; workers hear of it within five seconds.
    Concurrency {
        /// lanes, inbound, sessions or maintenance.
        queue: String,
        /// 0 to 1000, or `default`: as the settings of each worker say.
        slots: String,
    },
    /// What operators hold back or changed.
    Controls,
    /// Who did what, newest first.
    Audit(AuditArgs),
    /// Writes a consistent copy of everything into a new folder, while the system runs.
    Backup(BackupArgs),
    /// Brings a backup back. Nothing is sent afterwards until `resume-sending`.
    Restore(RestoreArgs),
    /// Lets go what a restore holds back; shows it first.
    ResumeSending(ResumeArgs),
    /// A WAHA look-alike with scripted phones, to develop and test against.
    WahaSim(SimArgs),
    /// Says what is wrong with this machine and its settings, and how to mend it.
    Doctor,
    /// Asks the process at `http.bind` whether it is ready: for health checks of containers.
    Health,
    /// Prints the OpenAPI document.
    Openapi,
    /// Prints the settings in force, without secrets.
    Config,
    /// Private Postgres and Redis.
    Services {
        #[command(subcommand)]
        command: ServicesCommand,
    },
}

#[derive(Subcommand)]
pub(crate) enum ServicesCommand {
    /// Runs a command with throwaway Postgres and Redis: `services exec -- cargo nextest run`.
    Exec {
        /// Program and arguments.
        #[arg(required = true, trailing_var_arg = true)]
        command: Vec<OsString>,
    },
}

#[derive(Subcommand)]
pub(crate) enum NodesCommand {
    /// Lists them, with what is placed on each.
    List,
    /// Adds one, or changes the one of this name. New sessions go to the least loaded.
    Add(AddNode),
    /// Lets no new sessions onto it; those that are on it stay.
    Cordon {
        /// Its name or id.
        node: String,
    },
    /// Lets new sessions onto it again.
    Uncordon {
        /// Its name or id.
        node: String,
    },
    /// Lets no new sessions onto it and moves those it has to others.
    Drain {
        /// Its name or id.
        node: String,
        /// Also move sessions that somebody will have to scan again.
        #[arg(long)]
        may_scan: bool,
    },
    /// Moves one session to another node: stopped there, seen stopped, then started here.
    MoveSession {
        /// Its id.
        session: SessionId,
        /// Name or id of the new node; by default the least loaded that fits.
        #[arg(long)]
        to: Option<String>,
        /// Move it although somebody will have to scan it again.
        #[arg(long)]
        may_scan: bool,
        /// You vouch that the old node runs it no more, so it is not asked. If it does run, the phone is logged out.
        #[arg(long)]
        force: bool,
        /// Only tell what would happen.
        #[arg(long)]
        dry_run: bool,
    },
    /// Removes one on which no sessions are left.
    Remove {
        /// Its name or id.
        node: String,
    },
}

#[derive(Args)]
pub(crate) struct AddNode {
    /// Our name for it.
    pub(crate) name: String,
    /// Where it answers, without /api.
    pub(crate) url: url::Url,
    /// Its API key.
    #[arg(long, env = "WAHA_API_KEY", hide_env_values = true)]
    pub(crate) api_key: String,
    /// Most sessions it takes.
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(i32).range(1..))]
    pub(crate) capacity: i32,
    /// A word to place sessions by, such as region=jakarta; may be repeated, replaces all there were.
    #[arg(long = "label", value_parser = label)]
    pub(crate) labels: Vec<(String, String)>,
    /// Nodes of one group share WAHA's session storage: sessions move between them without a new scan.
    #[arg(long)]
    pub(crate) storage_group: Option<String>,
}

fn label(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected name=value")?;
    Ok((name.to_owned(), value.to_owned()))
}

#[derive(Subcommand)]
pub(crate) enum OperatorsCommand {
    /// Lists them.
    List,
    /// Makes a user an operator.
    Add {
        /// The user's address.
        email: String,
    },
    /// Makes an operator a user again.
    Remove {
        /// The user's address.
        email: String,
    },
}

#[derive(Args)]
pub(crate) struct TopArgs {
    /// Prints one picture and ends: for scripts.
    #[arg(long)]
    pub(crate) once: bool,
    /// Columns of that picture.
    #[arg(long, default_value_t = 120, value_parser = clap::value_parser!(u16).range(40..=400))]
    pub(crate) width: u16,
    /// Lines of that picture.
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u16).range(16..=200))]
    pub(crate) height: u16,
}

#[derive(Subcommand)]
pub(crate) enum JobsCommand {
    /// Finds jobs that wait, run or gave up, and sends that are over; newest first.
    Search(JobSearchArgs),
    /// Tells the story of one: request, release, attempts, answers, events, acts.
    Show {
        /// job_... or msg_...
        id: String,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Has it done now: a dead letter begins anew, one that waits for its next try need not wait.
    Retry {
        /// job_... or msg_...
        id: String,
    },
    /// Takes it back, and its message with it; not while it runs.
    Cancel {
        /// job_... or msg_...
        id: String,
    },
}

#[derive(Args)]
pub(crate) struct JobSearchArgs {
    /// job_... or msg_...
    #[arg(long)]
    pub(crate) id: Option<String>,
    /// Sends to this number.
    #[arg(long)]
    pub(crate) recipient: Option<String>,
    /// Of this organization.
    #[arg(long)]
    pub(crate) organization: Option<wahana_domain::OrganizationId>,
    /// Of this session.
    #[arg(long)]
    pub(crate) session: Option<wahana_domain::SessionId>,
    /// Of this campaign.
    #[arg(long)]
    pub(crate) campaign: Option<wahana_domain::CampaignId>,
    /// Of this kind, such as send_message.
    #[arg(long)]
    pub(crate) kind: Option<String>,
    /// pending, released, running, dead, or the state of a message whose job is over.
    #[arg(long)]
    pub(crate) state: Option<String>,
    /// Whose last error has this code.
    #[arg(long)]
    pub(crate) error: Option<String>,
    /// Most rows.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub(crate) limit: u32,
    /// One JSON object a line.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Subcommand)]
pub(crate) enum DeadLettersCommand {
    /// How many there are, by kind and reason.
    List {
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Puts those that fit back to work, a thousand at a time.
    Replay(DeadArgs),
}

#[derive(Args)]
pub(crate) struct DeadArgs {
    /// That gave up for this reason.
    #[arg(long)]
    pub(crate) code: Option<String>,
    /// Of this organization.
    #[arg(long)]
    pub(crate) organization: Option<wahana_domain::OrganizationId>,
    /// Of this campaign.
    #[arg(long)]
    pub(crate) campaign: Option<wahana_domain::CampaignId>,
    /// Of the lane of this session.
    #[arg(long)]
    pub(crate) session: Option<wahana_domain::SessionId>,
    /// Of this kind.
    #[arg(long)]
    pub(crate) kind: Option<String>,
    /// Recorded at this time (2026-01-31T00:00:00Z) or later.
    #[arg(long)]
    pub(crate) since: Option<chrono::DateTime<chrono::Utc>>,
    /// Recorded before this time.
    #[arg(long)]
    pub(crate) until: Option<chrono::DateTime<chrono::Utc>>,
    /// Only counts them.
    #[arg(long)]
    pub(crate) preview: bool,
    /// All of them, whatever they are.
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Args)]
pub(crate) struct PauseArgs {
    /// all, outbound (what is sent), a queue (lanes, inbound, sessions, maintenance), or the id of an organization, a
    /// node, a session or a campaign.
    pub(crate) target: wahana_store::operator::controls::Target,
    /// Why; it stands in the audit log.
    #[arg(long)]
    pub(crate) reason: Option<String>,
}

#[derive(Args)]
pub(crate) struct AuditArgs {
    /// Only what touched this organization.
    #[arg(long)]
    pub(crate) organization: Option<wahana_domain::OrganizationId>,
    /// Only this act (campaign.pause), or with a trailing dot its family (campaign.).
    #[arg(long)]
    pub(crate) action: Option<String>,
    /// Only what was done to this.
    #[arg(long)]
    pub(crate) target: Option<String>,
    /// Only what this actor did.
    #[arg(long)]
    pub(crate) actor: Option<String>,
    /// Most rows.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) limit: u32,
    /// One JSON object a line.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct BackupArgs {
    /// The folder to make; it must not exist.
    pub(crate) folder: PathBuf,
    /// Adds the keys of the settings (master_key, jwt_secret): who has the folder has everything then.
    #[arg(long)]
    pub(crate) with_keys: bool,
}

#[derive(Args)]
pub(crate) struct RestoreArgs {
    /// The folder that `backup` made.
    pub(crate) folder: PathBuf,
    /// Throws away what the database holds.
    #[arg(long)]
    pub(crate) replace: bool,
    /// Restores although our master key is not the one of the backup: sealed secrets are lost.
    #[arg(long)]
    pub(crate) other_key: bool,
}

#[derive(Args)]
pub(crate) struct ResumeArgs {
    /// Only shows what would happen.
    #[arg(long)]
    pub(crate) preview: bool,
    /// Does not ask.
    #[arg(long)]
    pub(crate) yes: bool,
    /// Expires messages that were due longer ago than this: 90s, 30m, 2h, 1d.
    #[arg(long, value_parser = age)]
    pub(crate) drop_older_than: Option<chrono::TimeDelta>,
    /// Pauses running campaigns, so that each is resumed by hand.
    #[arg(long)]
    pub(crate) pause_campaigns: bool,
    /// Does not look at WAHA whether what waited when the backup was made was sent since.
    #[arg(long)]
    pub(crate) no_verify: bool,
}

fn age(text: &str) -> Result<chrono::TimeDelta, String> {
    let wrong = || "expected a number and s, m, h or d, such as 2h".to_owned();
    let unit = text.chars().last().ok_or_else(wrong)?;
    let n: i64 = text[..text.len() - unit.len_utf8()].parse().map_err(|_| wrong())?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return Err(wrong()),
    };
    n.checked_mul(seconds).filter(|n| *n >= 0).and_then(chrono::TimeDelta::try_seconds).ok_or_else(wrong)
}

#[derive(Args)]
pub(crate) struct UpArgs {
    /// Where the data lies; by default ~/.local/state/wahana, or below /var/tmp for root.
    #[arg(long, env = "WAHANA_DATA_DIR")]
    pub(crate) data: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct DemoArgs {
    /// How many people the campaign has.
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) recipients: u32,
    /// Prints one JSON object on the last line.
    #[arg(long)]
    pub(crate) json: bool,
    /// Leaves everything running at the end and prints addresses and keys.
    #[arg(long)]
    pub(crate) keep: bool,
}

#[derive(Args)]
pub(crate) struct SimArgs {
    /// Where it listens.
    #[arg(long, default_value = "127.0.0.1:3000", env = "WAHA_SIM_BIND")]
    pub(crate) bind: SocketAddr,
    /// The key it wants in X-Api-Key; none by default.
    #[arg(long, env = "WAHA_SIM_API_KEY")]
    pub(crate) api_key: Option<String>,
    /// The same seed gives the same faults, acks and replies.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// All delays of WAHA and WhatsApp are multiplied by this; 1.0 is real time.
    #[arg(long, default_value_t = 1.0)]
    pub(crate) time_scale: f64,
    /// Sessions are scanned by themselves this many milliseconds after they ask for it.
    #[arg(long)]
    pub(crate) auto_scan_ms: Option<u64>,
    /// Lets the /sim control calls be used from other machines (a container network).
    #[arg(long)]
    pub(crate) remote_control: bool,
}
