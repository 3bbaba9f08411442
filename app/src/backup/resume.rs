//! Opening the gate after a restore, seen before it is done.

use std::io::{BufRead, IsTerminal};

use anyhow::bail;
use chrono::{DateTime, TimeDelta, Utc};
use wahana_config::Config;
use wahana_domain::Clock;
use wahana_store::operator::controls::{Hold, Target};
use wahana_store::operator::restores::HeldSends;

use crate::cli::ResumeArgs;
use crate::{table, wire};

/// Messages due for longer than this are pointed at.
const STALE: TimeDelta = TimeDelta::hours(1);

/// Shows what is held, and lets it go.
pub(crate) async fn run(config: &Config, args: &ResumeArgs) -> anyhow::Result<()> {
    let system = wire::cli_system(config).await?;
    let stale_before = Clock::System.now() - args.drop_older_than.unwrap_or(STALE);
    let Some(held) = system.restores().held_sends(stale_before).await? else {
        bail!("nothing is held back by a restore; `wahana resume` ends other holds");
    };
    show(&held, stale_before, args);
    if args.preview {
        return Ok(());
    }
    if !args.yes && !agreed()? {
        bail!("nothing was changed");
    }
    if args.drop_older_than.is_some() {
        println!("{} messages expired", system.restores().expire_stale_sends(stale_before).await?);
    }
    if args.pause_campaigns {
        println!("{} campaigns paused", system.restores().pause_running_campaigns().await?);
    }
    system.restores().record_resumed(!args.no_verify).await?;
    system
        .controls()
        .set_paused(Target::Hold(Hold::Outbound), false, Some("resumed after a restore"))
        .await?;
    println!("Sending goes on.");
    Ok(())
}

fn show(held: &HeldSends, stale_before: DateTime<Utc>, args: &ResumeArgs) {
    println!("backup of {}, restored {}", table::time(held.backup_at), table::time(held.restored_at));
    let oldest = held.oldest.map(|at| format!(", the oldest since {}", table::time(at))).unwrap_or_default();
    println!("  {:>8} messages are due now{oldest}", held.due);
    let fate = if args.drop_older_than.is_some() { "expire" } else { "go out late" };
    println!("  {:>8} of them are stale and will {fate} (--drop-older-than 2h expires such)", held.stale);
    println!("  {:>8} messages are due later", held.later);
    let fate = if args.pause_campaigns { "will be paused" } else { "go on" };
    for campaign in &held.campaigns {
        let fate =
            campaign.overdue_since.map_or_else(|| fate.to_owned(), |at| overdue(at, stale_before, args));
        println!("  {:>8} people of {} ({}), which {fate}", campaign.people, campaign.name, campaign.id);
    }
    if args.no_verify {
        println!("What was sent after the backup is NOT looked for: it may be sent twice.");
    } else {
        println!(
            "What waited when the backup was made is looked for at WAHA first, and not sent if it is there."
        );
    }
}

/// What becomes of a campaign that should have begun by itself meanwhile.
fn overdue(since: DateTime<Utc>, stale_before: DateTime<Utc>, args: &ResumeArgs) -> String {
    let dropped = args.drop_older_than.is_some() && since < stale_before;
    let fate = if dropped { "becomes a draft again" } else { "begins at once" };
    format!("was scheduled for {} and {fate}", table::time(since))
}

fn agreed() -> anyhow::Result<bool> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        bail!("pass --yes to do it, or --preview to look");
    }
    println!("Let it go? Type yes:");
    let mut answer = String::new();
    stdin.lock().read_line(&mut answer)?;
    Ok(answer.trim() == "yes")
}
