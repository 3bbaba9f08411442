//! The end of the demo: who got it, who did not and why, and the proof that nobody got it twice.

use serde_json::{Value, json};
use wahana_client::Client;
use wahana_client::types::{Import, Register, Reject};
use wahana_domain::CampaignId;
use wahana_waha_sim::SimHandle;

use super::watch::{Say, States, funnel};

/// What the demo ends with.
pub(super) struct Outcome {
    lines: u32,
    rejected: u64,
    states: States,
    sent_by_simulator: u64,
    duplicates_sent: usize,
    seconds: f64,
}

/// Says what the import took and refused.
pub(super) fn import(say: &Say, import: &Import) {
    say.step(&format!("{} accepted, {} rejected", import.accepted, import.rejected));
}

impl Outcome {
    pub(super) fn of(import: &Import, states: &States, sim: &SimHandle, lines: u32, seconds: f64) -> Self {
        Self {
            lines,
            rejected: import.rejected,
            states: states.clone(),
            sent_by_simulator: sim.sent(),
            duplicates_sent: sim.repeated_texts().len() + sim.repeated_ids().len(),
            seconds,
        }
    }

    fn people(&self) -> u64 {
        self.states.values().sum()
    }

    fn unsettled(&self) -> u64 {
        ["accepted", "scheduled", "queued", "sending", "unknown"]
            .iter()
            .filter_map(|s| self.states.get(*s))
            .sum()
    }

    /// Whether every line is accounted for and nobody was written to twice.
    pub(super) fn good(&self) -> bool {
        self.people() + self.rejected == u64::from(self.lines)
            && self.unsettled() == 0
            && self.duplicates_sent == 0
    }

    pub(super) fn print(&self, say: &Say, import: &Import) {
        say.line(&format!("    {}", funnel(&self.states)));
        say.line("");
        for line in table(import) {
            say.line(&line);
        }
        say.line("");
        for (state, n) in &self.states {
            say.line(&format!("    {state:<10} {n:>8}"));
        }
        say.line(&format!("    {:<10} {:>8}", "rejected", self.rejected));
        say.line(&format!(
            "    {:<10} {:>8}   lines in the list: {}",
            "sum",
            self.people() + self.rejected,
            self.lines
        ));
        say.line("");
        say.line(&format!(
            "    {:.1} s, {:.0} messages/s; the simulator took {} messages, {} of them twice",
            self.seconds,
            self.sent_by_simulator as f64 / self.seconds.max(0.001),
            self.sent_by_simulator,
            self.duplicates_sent,
        ));
        let verdict = if self.good() {
            "everybody is accounted for, nobody was written to twice"
        } else {
            "SOMETHING IS WRONG: see the sums above"
        };
        say.step(verdict);
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "recipients": self.lines,
            "totals": self.states,
            "rejected": self.rejected,
            "duplicates_sent": self.duplicates_sent,
            "seconds": (self.seconds * 1000.0).round() / 1000.0,
            "accounted_for": self.good(),
        })
    }
}

/// The rejected lines for people: line, column, reason.
fn table(import: &Import) -> Vec<String> {
    const SHOWN: usize = 40;
    let rejects = &import.rejects;
    let row = |reject: &Reject| {
        let value: String = reject.value.as_deref().unwrap_or_default().chars().take(24).collect();
        let column = reject.column.as_deref().unwrap_or("-");
        format!("    {:>7}  {column:<8} {value:<24} {}", reject.line, reject.reason)
    };
    let mut lines =
        vec![format!("    {:>7}  {:<8} {:<24} {}", "line", "column", "value", "why it was rejected")];
    lines.extend(rejects.iter().take(SHOWN).map(row));
    if rejects.len() > SHOWN {
        lines.push(format!("    ... and {} more: GET /campaigns/{{id}}/rejects has them all, ready to be corrected and sent again", rejects.len() - SHOWN));
    }
    lines
}

/// Addresses and keys, for `--keep`.
pub(super) fn keys(
    client: &Client,
    account: &Register,
    api_key: &str,
    campaign: CampaignId,
    sim: &SimHandle,
) {
    println!("\n  everything keeps running; Ctrl-C ends it and throws it away\n");
    println!("  API        {}api/v1/", client.root());
    println!("  API docs   {}api/docs", client.root());
    println!("  email      {}", account.email);
    println!("  password   {}", account.password);
    println!("  API key    {api_key}");
    println!("  campaign   {campaign}");
    println!("  simulator  {}", sim.url());
}
