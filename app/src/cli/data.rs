//! Commands that write, bring back or fill the data of an installation.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::{examples, values};

/// Keep and bring back the data.
#[derive(Subcommand)]
pub(crate) enum DataCommand {
    /// Write a consistent copy of everything into a new folder, while the system runs.
    #[command(after_help = examples!(
        "wahana backup /backups/monday",
        "wahana backup /backups/monday --with-keys";
        "an object with folder, bytes, at, rows (by table)"
    ))]
    Backup(BackupArgs),
    /// Bring a backup back; nothing is sent until `resume-sending`.
    #[command(after_help = examples!(
        "wahana restore /backups/monday",
        "wahana restore /backups/monday --replace";
        "an object with backup_at, rows (by table)"
    ))]
    Restore(RestoreArgs),
    /// Resume what a restore holds back, after showing it.
    #[command(after_help = examples!(
        "wahana resume-sending --preview",
        "wahana resume-sending --drop-older-than 2h --pause-campaigns --yes";
        "an object with backup_at, restored_at, due, stale, later, oldest, campaigns, expired, paused, resumed"
    ))]
    ResumeSending(ResumeArgs),
    /// Fill a running `up` with a lively demo organization.
    ///
    /// Sessions, contacts, campaigns in several states, conversations and failures, made by the public API. What is
    /// there already, by its name, is left alone, so it can be run again. Only for an installation whose WAHA servers
    /// are simulators: it sends messages.
    #[cfg(feature = "dev")]
    #[command(after_help = examples!(
        "wahana seed",
        "wahana seed --email demo@example.com --password 'correct horse battery'";
        "an object with url, email, password, organization, organization_id, made, kept"
    ))]
    Seed(SeedArgs),
}

#[derive(Args)]
pub(crate) struct BackupArgs {
    /// Folder to make; it must not exist.
    #[arg(value_hint = ValueHint::DirPath)]
    pub(crate) folder: PathBuf,
    /// Add the keys of the settings (master_key, jwt_secret): the folder then opens everything.
    #[arg(long)]
    pub(crate) with_keys: bool,
}

#[derive(Args)]
pub(crate) struct RestoreArgs {
    /// Folder that `backup` made.
    #[arg(value_hint = ValueHint::DirPath)]
    pub(crate) folder: PathBuf,
    /// Delete what the database holds.
    #[arg(long)]
    pub(crate) replace: bool,
    /// Restore although our master key is not the one of the backup: sealed secrets are lost.
    #[arg(long)]
    pub(crate) other_key: bool,
}

#[derive(Args)]
pub(crate) struct ResumeArgs {
    /// Show what would happen, and change nothing.
    #[arg(long)]
    pub(crate) preview: bool,
    /// Do not ask.
    #[arg(long)]
    pub(crate) yes: bool,
    /// Expire messages that were due longer ago than this: 90s, 30m, 2h, 1d.
    #[arg(long, value_parser = values::span, value_name = "SPAN")]
    pub(crate) drop_older_than: Option<chrono::TimeDelta>,
    /// Pause running campaigns, so that each is resumed by hand.
    #[arg(long)]
    pub(crate) pause_campaigns: bool,
    /// Do not look at WAHA whether what waited when the backup was made was sent since.
    #[arg(long)]
    pub(crate) no_verify: bool,
}

#[cfg(feature = "dev")]
#[derive(Args)]
pub(crate) struct SeedArgs {
    /// Address of the API; by default that of the settings.
    #[arg(long, value_hint = ValueHint::Url)]
    pub(crate) url: Option<url::Url>,
    /// Name of the organization.
    #[arg(long, default_value = "Kopi Nusantara")]
    pub(crate) organization: String,
    /// Address of its owner.
    #[arg(long, default_value = "demo@example.com")]
    pub(crate) email: String,
    /// Password of its owner; required where other machines reach the API.
    #[arg(long, env = "WAHANA_SEED_PASSWORD", hide_env_values = true)]
    pub(crate) password: Option<String>,
}
