//! Opening the gate after a restore, seen before it is done.

use std::io::{BufRead, IsTerminal};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use wahana_config::Config;
use wahana_domain::Clock;
use wahana_store::operator::controls::{Hold, Target};
use wahana_store::operator::restores::HeldSends;

use crate::cli::{ResumeArgs, refused, usage};
use crate::output::{self, Output};
use crate::wire;

/// Messages due for longer than this are pointed at.
const STALE: TimeDelta = TimeDelta::hours(1);

/// Shows what is held, and resumes it.
pub(crate) async fn run(config: &Config, out: Output, args: &ResumeArgs) -> anyhow::Result<()> {
    let system = wire::cli_system(config).await?;
    let stale_before = Clock::System.now() - args.drop_older_than.unwrap_or(STALE);
    let Some(held) = system.restores().held_sends(stale_before).await? else {
        return Err(refused("nothing is held back by a restore; `wahana resume` ends other holds"));
    };
    if !out.is_json() {
        println!("{}", describe(&held, stale_before, args));
    }
    let mut report = as_json(&held);
    if args.preview {
        return if out.is_json() { out.object(&report, "") } else { Ok(()) };
    }
    if !args.yes && !agreed(out)? {
        return Err(refused("nothing was changed"));
    }
    let mut done = String::new();
    if args.drop_older_than.is_some() {
        let expired = system.restores().expire_stale_sends(stale_before).await?;
        report["expired"] = expired.into();
        done += &format!("{expired} messages expired\n");
    }
    if args.pause_campaigns {
        let paused = system.restores().pause_running_campaigns().await?;
        report["paused"] = paused.into();
        done += &format!("{paused} campaigns paused\n");
    }
    system.restores().record_resumed(!args.no_verify).await?;
    system
        .controls()
        .set_paused(Target::Hold(Hold::Outbound), false, Some("resumed after a restore"))
        .await?;
    report["resumed"] = true.into();
    out.object(&report, done + "Sending goes on.")
}

fn as_json(held: &HeldSends) -> Value {
    let campaigns = held.campaigns.iter().map(|campaign| {
        json!({
            "id": campaign.id, "name": campaign.name, "people": campaign.people,
            "overdue_since": campaign.overdue_since,
        })
    });
    json!({
        "backup_at": held.backup_at, "restored_at": held.restored_at, "due": held.due, "stale": held.stale,
        "later": held.later, "oldest": held.oldest, "campaigns": campaigns.collect::<Vec<_>>(),
        "expired": null, "paused": null, "resumed": false,
    })
}

fn describe(held: &HeldSends, stale_before: DateTime<Utc>, args: &ResumeArgs) -> String {
    let mut lines = vec![format!(
        "backup of {}, restored {}",
        output::time(held.backup_at),
        output::time(held.restored_at)
    )];
    let oldest = held.oldest.map(|at| format!(", the oldest since {}", output::time(at))).unwrap_or_default();
    lines.push(format!("  {:>8} messages are due now{oldest}", held.due));
    let fate = if args.drop_older_than.is_some() { "expire" } else { "go out late" };
    lines.push(format!(
        "  {:>8} of them are stale and will {fate} (--drop-older-than 2h expires such)",
        held.stale
    ));
    lines.push(format!("  {:>8} messages are due later", held.later));
    let fate = if args.pause_campaigns { "will be paused" } else { "go on" };
    for campaign in &held.campaigns {
        let fate =
            campaign.overdue_since.map_or_else(|| fate.to_owned(), |at| overdue(at, stale_before, args));
        lines.push(format!(
            "  {:>8} people of {} ({}), which {fate}",
            campaign.people, campaign.name, campaign.id
        ));
    }
    let verify = if args.no_verify {
        "What was sent after the backup is NOT looked for: it may be sent twice."
    } else {
        "What waited when the backup was made is looked for at WAHA first, and not sent if it is there."
    };
    lines.push(verify.to_owned());
    lines.join("\n")
}

/// What becomes of a campaign that should have begun by itself meanwhile.
fn overdue(since: DateTime<Utc>, stale_before: DateTime<Utc>, args: &ResumeArgs) -> String {
    let dropped = args.drop_older_than.is_some() && since < stale_before;
    let fate = if dropped { "becomes a draft again" } else { "begins at once" };
    format!("was scheduled for {} and {fate}", output::time(since))
}

fn agreed(out: Output) -> anyhow::Result<bool> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return Err(usage("pass --yes to do it, or --preview to look"));
    }
    out.note("Resume sending? Type yes:");
    let mut answer = String::new();
    stdin.lock().read_line(&mut answer)?;
    Ok(answer.trim() == "yes")
}
