//! `wahana pause`, `resume`, `concurrency` and `controls`: what operators hold back, and how much runs at once.

use anyhow::{Context, bail};
use wahana_config::Config;
use wahana_jobs::Queue;
use wahana_store::operator::controls::Pausing;

use crate::cli::PauseArgs;
use crate::{table, wire};

/// Pauses something, or lets it go again.
pub(crate) async fn pause(config: &Config, args: PauseArgs, paused: bool) -> anyhow::Result<()> {
    let system = wire::cli_system(config).await?;
    match system.controls().set_paused(args.target, paused, args.reason.as_deref()).await? {
        Pausing::Done => println!("{}", if paused { "paused" } else { "resumed" }),
        Pausing::NotFound => bail!("there is no such organization, node, session or campaign"),
        Pausing::WrongState(state) => bail!("the campaign is {state}"),
    }
    Ok(())
}

/// Changes how many jobs of a queue each worker runs at once.
pub(crate) async fn concurrency(config: &Config, queue: &str, slots: &str) -> anyhow::Result<()> {
    let queue = Queue::ALL.into_iter().find(|known| known.as_str() == queue);
    let queue = queue.context("expected lanes, inbound, sessions or maintenance")?;
    let slots = match slots {
        "default" => None,
        number => {
            Some(number.parse().ok().filter(|n| *n <= 1_000).context("expected 0 to 1000, or `default`")?)
        }
    };
    wire::cli_system(config).await?.controls().set_slots(queue, slots).await?;
    println!("workers hear of it within five seconds");
    Ok(())
}

/// Shows what is not as the settings say.
pub(crate) async fn list(config: &Config) -> anyhow::Result<()> {
    let controls = wire::cli_system(config).await?.controls().get().await?;
    let rows = controls.into_iter().map(|control| {
        let slots = control.slots.map(|slots| format!("{slots} slots"));
        let paused = control.paused.then(|| "paused".to_owned());
        let state = [paused, slots].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let reason = control.reason.unwrap_or_default();
        [control.hold.to_string(), state, table::time(control.set_at), control.set_by, reason]
    });
    table::print(["TARGET", "STATE", "SINCE", "BY", "REASON"], rows);
    Ok(())
}
