//! `wahana pause`, `resume`, `concurrency` and `controls`: what operators hold back, and how much runs at once.

use serde_json::json;
use wahana_config::Config;
use wahana_domain::jobs::Queue;
use wahana_store::operator::controls::{Pausing, Target};

use crate::cli::{PauseArgs, not_found, refused};
use crate::output::{self, Output};
use crate::wire;

/// Pauses something, or resumes it.
pub(super) async fn pause(config: &Config, out: Output, args: PauseArgs, paused: bool) -> anyhow::Result<()> {
    let system = wire::cli_system(config).await?;
    let target = match args.target {
        Target::Hold(hold) => hold.to_string(),
        Target::Campaign(id) => id.to_string(),
    };
    match system.controls().set_paused(args.target, paused, args.reason.as_deref()).await? {
        Pausing::Done => out
            .object(&json!({"target": target, "paused": paused}), if paused { "paused" } else { "resumed" }),
        Pausing::NotFound => Err(not_found("there is no such organization, node, session or campaign")),
        Pausing::WrongState(state) => Err(refused(format!("the campaign is {state}"))),
    }
}

/// Changes how many jobs of a queue each worker runs at once.
pub(super) async fn concurrency(
    config: &Config,
    out: Output,
    queue: Queue,
    slots: Option<u32>,
) -> anyhow::Result<()> {
    wire::cli_system(config).await?.controls().set_slots(queue, slots).await?;
    let changed = json!({"queue": queue.as_str(), "slots": slots});
    out.object(&changed, "changed; workers apply it within five seconds")
}

/// Lists what is not as the settings say.
pub(super) async fn list(config: &Config, out: Output) -> anyhow::Result<()> {
    let controls = wire::cli_system(config).await?.controls().get().await?;
    let rows = controls.into_iter().map(|control| {
        let object = json!({
            "target": control.hold.to_string(), "paused": control.paused, "slots": control.slots,
            "reason": control.reason, "set_by": control.set_by, "set_at": control.set_at,
        });
        let slots = control.slots.map(|slots| format!("{slots} slots"));
        let paused = control.paused.then(|| "paused".to_owned());
        let state = [paused, slots].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let reason = control.reason.unwrap_or_default();
        let cells = [control.hold.to_string(), state, output::time(control.set_at), control.set_by, reason];
        (object, cells)
    });
    out.rows(["TARGET", "STATE", "SINCE", "BY", "REASON"], rows)
}
