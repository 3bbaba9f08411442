//! Commands that look at an installation and steer it. They work on the database of the settings, else on that of the
//! `wahana up` that runs on this machine, and need no API.

use clap::{Args, Subcommand};
use wahana_domain::jobs::{JobKind, JobOrMessageState, Queue};
use wahana_domain::{CampaignId, JobId, OrganizationId, SessionId};
use wahana_store::operator::controls::Target;

use super::values::{self, Moment, Slots, TargetParser};
use super::{examples, nodes::NodesCommand, plans::PlansCommand};

/// Operate an installation.
#[derive(Subcommand)]
pub(crate) enum OperateCommand {
    /// Show queues, lanes, workers, nodes and errors, live.
    #[command(after_help = examples!("wahana top", "wahana top --once --width 160"))]
    Top(TopArgs),
    /// Search jobs, tell their story, retry or cancel them.
    #[command(arg_required_else_help = true)]
    Jobs {
        #[command(subcommand)]
        command: JobsCommand,
    },
    /// List and replay jobs that gave up.
    #[command(arg_required_else_help = true)]
    DeadLetters {
        #[command(subcommand)]
        command: DeadLettersCommand,
    },
    /// Hold something back: nothing of it starts within two seconds; what runs, finishes.
    #[command(after_help = examples!(
        "wahana pause outbound --reason \"new SIM cards\"",
        "wahana pause maintenance",
        "wahana pause ses_01h455vb4pex5vsknk084sn02q";
        "an object with target, paused"
    ))]
    Pause(PauseArgs),
    /// Resume what `pause` stopped.
    #[command(after_help = examples!(
        "wahana resume outbound",
        "wahana resume cam_01h455vb4pex5vsknk084sn02q";
        "an object with target, paused"
    ))]
    Resume(PauseArgs),
    /// List what operators hold back or changed.
    #[command(after_help = examples!(
        "wahana controls";
        "an array of objects with target, paused, slots, reason, set_by, set_at"
    ))]
    Controls,
    /// Set how many jobs of a queue each worker runs at once.
    ///
    /// Workers apply it within five seconds.
    #[command(after_help = examples!(
        "wahana concurrency lanes 128",
        "wahana concurrency inbound default";
        "an object with queue, slots"
    ))]
    Concurrency {
        /// Queue.
        #[arg(value_parser = values::queue())]
        queue: Queue,
        /// 0 to 1000, or `default`: as the settings of each worker say.
        #[arg(value_parser = values::slots)]
        slots: Slots,
    },
    /// List worker and scheduler processes, and how busy they are.
    #[command(after_help = examples!(
        "wahana workers";
        "an array of objects with owner, role, host, version, state, started_at, seen_at, slots, redis_error"
    ))]
    Workers,
    /// List, add, drain and remove WAHA servers.
    #[command(arg_required_else_help = true)]
    Nodes {
        #[command(subcommand)]
        command: NodesCommand,
    },
    /// List plans, change their weight and rate.
    Plans {
        #[command(subcommand)]
        command: PlansCommand,
    },
    /// List, add and remove operators: users that see every organization.
    #[command(arg_required_else_help = true)]
    Operators {
        #[command(subcommand)]
        command: OperatorsCommand,
    },
    /// Show who did what, newest first.
    #[command(after_help = examples!(
        "wahana audit --action campaign. --limit 20",
        "wahana audit --target ses_01h455vb4pex5vsknk084sn02q --output json";
        "an array of objects with id, organization_id, actor_kind, actor, action, target, detail, \
         request_id, address, at"
    ))]
    Audit(AuditArgs),
    /// Check this machine and its settings, and say how to correct what is wrong.
    #[command(after_help = examples!(
        "wahana doctor";
        "an array of objects with state (ok, held, wrong), check, detail, remedy"
    ))]
    Doctor,
    /// Show, check and describe the settings.
    #[command(after_help = examples!(
        "wahana config",
        "wahana --config production.toml config check";
        "an object with the settings by section"
    ))]
    Config {
        #[command(subcommand)]
        command: Option<ConfigCommand>,
    },
}

#[derive(Clone, Copy, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Print the settings in force, without secrets; this is the default.
    #[command(after_help = examples!("wahana config show"; "an object with the settings by section"))]
    Show,
    /// Check the settings: every problem with its key; exits with 1 if there is one.
    #[command(after_help = examples!(
        "wahana --config production.toml config check";
        "an array of objects with key, problem"
    ))]
    Check,
    /// Print all settings with their defaults and what they mean.
    #[command(after_help = examples!("wahana config default > wahana.toml"))]
    Default,
    /// Print the JSON schema of a settings file.
    #[command(after_help = examples!("wahana config schema > schema.json"))]
    Schema,
}

#[derive(Subcommand)]
pub(crate) enum OperatorsCommand {
    /// List operators.
    #[command(after_help = examples!(
        "wahana operators list";
        "an array of objects with id, email, name, last_login_at, created_at"
    ))]
    List,
    /// Make a user an operator.
    #[command(after_help = examples!("wahana operators add ana@example.com"; "an object with email, operator"))]
    Add {
        /// Address of the user.
        email: String,
    },
    /// Make an operator a user again.
    #[command(after_help = examples!("wahana operators remove ana@example.com"; "an object with email, operator"))]
    Remove {
        /// Address of the user.
        email: String,
    },
}

#[derive(Args)]
pub(crate) struct TopArgs {
    /// Print one picture and end: for scripts.
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
    /// Find jobs that wait, run or gave up, and sends that are over; newest first.
    #[command(after_help = examples!(
        "wahana jobs search --state dead",
        "wahana jobs search --recipient +6281234567890 --output json",
        "wahana jobs search --session ses_01h455vb4pex5vsknk084sn02q --error timeout";
        "an array of objects with id, organization_id, kind, state, session_id, campaign_id, recipient, attempts, \
         run_at, owner, code, detail, created_at"
    ))]
    Search(JobSearchArgs),
    /// Tell the story of a job: request, release, attempts, answers, events, acts of people.
    #[command(after_help = examples!(
        "wahana jobs show msg_01h455vb4pex5vsknk084sn02q";
        "an array of objects with at, step, detail"
    ))]
    Show {
        /// job_... or msg_...
        #[arg(value_parser = values::job)]
        id: JobId,
    },
    /// Run a job now: a dead letter begins anew, a job that waits for its next try does not wait.
    #[command(after_help = examples!("wahana jobs retry job_01h455vb4pex5vsknk084sn02q"; "an object with id, done"))]
    Retry {
        /// job_... or msg_...
        #[arg(value_parser = values::job)]
        id: JobId,
    },
    /// Cancel a job, and its message with it; refused while it runs.
    #[command(after_help = examples!("wahana jobs cancel msg_01h455vb4pex5vsknk084sn02q"; "an object with id, done"))]
    Cancel {
        /// job_... or msg_...
        #[arg(value_parser = values::job)]
        id: JobId,
    },
}

#[derive(Args)]
pub(crate) struct JobSearchArgs {
    /// This job: job_... or msg_...
    #[arg(long, value_parser = values::job)]
    pub(crate) id: Option<JobId>,
    /// Sends to this number.
    #[arg(long, value_parser = values::digits, value_name = "PHONE")]
    pub(crate) recipient: Option<String>,
    /// Jobs of this organization.
    #[arg(long)]
    pub(crate) organization: Option<OrganizationId>,
    /// Jobs of this session.
    #[arg(long)]
    pub(crate) session: Option<SessionId>,
    /// Jobs of this campaign.
    #[arg(long)]
    pub(crate) campaign: Option<CampaignId>,
    /// Jobs of this kind.
    #[arg(long, value_parser = values::kind())]
    pub(crate) kind: Option<JobKind>,
    /// Jobs in this state; of a job that is over, the state of its message.
    #[arg(long, value_parser = values::state())]
    pub(crate) state: Option<JobOrMessageState>,
    /// Jobs whose last error has this code.
    #[arg(long, value_name = "CODE")]
    pub(crate) error: Option<String>,
    /// Most rows.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub(crate) limit: u32,
}

#[derive(Subcommand)]
pub(crate) enum DeadLettersCommand {
    /// Count dead letters by kind and reason.
    #[command(after_help = examples!(
        "wahana dead-letters list";
        "an array of objects with kind, code, jobs, oldest"
    ))]
    List,
    /// Put those that fit back to work, a thousand at a time.
    #[command(after_help = examples!(
        "wahana dead-letters replay --code timeout --preview",
        "wahana dead-letters replay --since 2h --kind send_message",
        "wahana dead-letters replay --all";
        "an object with matching, replayed"
    ))]
    Replay(DeadArgs),
}

#[derive(Args)]
pub(crate) struct DeadArgs {
    /// Those that gave up for this reason.
    #[arg(long)]
    pub(crate) code: Option<String>,
    /// Those of this organization.
    #[arg(long)]
    pub(crate) organization: Option<OrganizationId>,
    /// Those of this campaign.
    #[arg(long)]
    pub(crate) campaign: Option<CampaignId>,
    /// Those of the lane of this session.
    #[arg(long)]
    pub(crate) session: Option<SessionId>,
    /// Those of this kind.
    #[arg(long, value_parser = values::kind())]
    pub(crate) kind: Option<JobKind>,
    /// Those recorded at this time (2026-01-31T00:00:00Z) or later, or within this span (2h).
    #[arg(long, value_parser = values::moment, value_name = "TIME")]
    pub(crate) since: Option<Moment>,
    /// Those recorded before this time (2026-01-31T00:00:00Z), or longer ago than this (2h).
    #[arg(long, value_parser = values::moment, value_name = "TIME")]
    pub(crate) until: Option<Moment>,
    /// Count them, and change nothing.
    #[arg(long)]
    pub(crate) preview: bool,
    /// All of them, whatever they are.
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Args)]
pub(crate) struct PauseArgs {
    /// all, outbound (what is sent), a queue (lanes, inbound, sessions, maintenance, imports, media), or the id of an
    /// organization, a node, a session or a campaign.
    #[arg(value_parser = TargetParser, hide_possible_values = true)]
    pub(crate) target: Target,
    /// Reason, for the audit log.
    #[arg(long)]
    pub(crate) reason: Option<String>,
}

#[derive(Args)]
pub(crate) struct AuditArgs {
    /// Acts that touched this organization.
    #[arg(long)]
    pub(crate) organization: Option<OrganizationId>,
    /// This act (campaign.pause), or with a trailing dot its family (campaign.).
    #[arg(long)]
    pub(crate) action: Option<String>,
    /// Acts on this target.
    #[arg(long)]
    pub(crate) target: Option<String>,
    /// Acts of this actor.
    #[arg(long)]
    pub(crate) actor: Option<String>,
    /// Most rows.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) limit: u32,
}
