//! `wahana waha-sim`: the simulator on its own.

use std::time::Duration;

use secrecy::SecretString;
use wahana_runtime::{Format, Shutdown, init_logs};
use wahana_waha_sim::SimConfig;

use crate::cli::SimArgs;

/// Runs the simulator until Ctrl-C.
pub(crate) async fn run(args: &SimArgs) -> anyhow::Result<()> {
    init_logs(Format::Auto, "info", "waha-sim", None)?;
    let shutdown = Shutdown::new(Duration::from_secs(5));
    shutdown.on_signals()?;
    let config = SimConfig {
        bind: args.bind,
        api_key: args.api_key.clone().map(SecretString::from),
        seed: args.seed,
        time_scale: args.time_scale,
        auto_scan: args.auto_scan_ms.map(Duration::from_millis),
        remote_control: args.remote_control,
        ..SimConfig::default()
    };
    println!("WAHA simulator on http://{}; its controls are under /sim", args.bind);
    wahana_waha_sim::serve(config, shutdown.token()).await?;
    Ok(())
}
