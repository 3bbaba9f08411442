//! Commands that run a process of the installation.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::examples;

/// Run a process of the installation.
#[derive(Subcommand)]
pub(crate) enum RunCommand {
    /// Run everything in one process.
    ///
    /// Starts a private Postgres and Redis, and a WAHA simulator, for each that the settings do not name.
    #[command(after_help = examples!("wahana up", "WAHA_URL=http://waha:3000 WAHA_API_KEY=... wahana up"))]
    Up(UpArgs),
    /// Run the HTTP API and the dashboard.
    #[command(after_help = examples!("wahana --config production.toml api"))]
    Api,
    /// Run a worker: it sends, and does everything else that calls WAHA.
    #[command(after_help = examples!("wahana --config production.toml worker"))]
    Worker,
    /// Run a scheduler: it releases jobs as pace and fairness allow, and repairs.
    #[command(after_help = examples!("wahana --config production.toml scheduler"))]
    Scheduler,
    /// Bring the schema of the database up to date.
    ///
    /// Run it before the roles of a new version start.
    #[command(after_help = examples!("wahana --config production.toml migrate"))]
    Migrate,
    /// Ask the process at `http.bind` whether it is ready.
    ///
    /// For health checks of containers; exits with 1 if it is not ready or does not answer.
    #[command(after_help = examples!("wahana health"))]
    Health,
    /// Run the WAHA simulator alone.
    ///
    /// It answers like WAHA and has scripted phones; its control calls stand below /sim.
    #[cfg(feature = "dev")]
    #[command(after_help = examples!(
        "wahana waha-sim",
        "wahana waha-sim --bind 127.0.0.1:3000 --auto-scan-ms 5000 --time-scale 0.1"
    ))]
    WahaSim(SimArgs),
}

#[derive(Args)]
pub(crate) struct UpArgs {
    /// Folder of the data; by default ~/.local/state/wahana, or below /var/tmp for root.
    #[arg(long, env = "WAHANA_DATA_DIR", value_hint = clap::ValueHint::DirPath)]
    pub(crate) data: Option<PathBuf>,
}

#[cfg(feature = "dev")]
#[derive(Args)]
pub(crate) struct SimArgs {
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1:3000", env = "WAHA_SIM_BIND")]
    pub(crate) bind: std::net::SocketAddr,
    /// Key that it requires in X-Api-Key; none by default.
    #[arg(long, env = "WAHA_SIM_API_KEY", hide_env_values = true)]
    pub(crate) api_key: Option<String>,
    /// Seed of faults, acks and replies; the same seed gives the same.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Factor of all delays of WAHA and WhatsApp; 1.0 is real time.
    #[arg(long, default_value_t = 1.0)]
    pub(crate) time_scale: f64,
    /// Scan QR codes by itself after this many milliseconds.
    #[arg(long)]
    pub(crate) auto_scan_ms: Option<u64>,
    /// Accept the control calls below /sim from other machines (a container network).
    #[arg(long)]
    pub(crate) remote_control: bool,
}
