//! The end of the demo: who got it, who did not and why, and the proof that nobody got it twice.

use serde_json::{Value, json};
use wahana_waha_sim::SimHandle;

use super::client::{Account, Client};
use super::watch::{Say, States, funnel};
use crate::up::Stack;

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
pub(super) fn import(say: &Say, import: &Value) {
    say.step(&format!("{} accepted, {} rejected", import["accepted"], import["rejected"]));
}

impl Outcome {
    pub(super) fn of(
        import: &Value,
        states: &States,
        sim: Option<&SimHandle>,
        lines: u32,
        seconds: f64,
    ) -> Self {
        Self {
            lines,
            rejected: import["rejected"].as_u64().unwrap_or(0),
            states: states.clone(),
            sent_by_simulator: sim.map_or(0, SimHandle::sent),
            duplicates_sent: sim.map_or(0, |sim| sim.repeated_texts().len() + sim.repeated_ids().len()),
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

    pub(super) fn print(&self, say: &Say, import: &Value) {
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
fn table(import: &Value) -> Vec<String> {
    const SHOWN: usize = 40;
    let rejects: Vec<&Value> = import["rejects"].as_array().into_iter().flatten().collect();
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let row = |reject: &&Value| {
        let value: String = reject["value"].as_str().unwrap_or("").chars().take(24).collect();
        format!(
            "    {:>7}  {:<8} {value:<24} {}",
            reject["line"].as_u64().unwrap_or(0),
            text(&reject["column"]),
            text(&reject["reason"])
        )
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
pub(super) fn keys(client: &Client, account: &Account, api_key: &str, campaign: &str, stack: &Stack) {
    println!("\n  everything keeps running; Ctrl-C ends it and throws it away\n");
    println!("  API        {}", client.base());
    println!("  API docs   {}docs", client.base().as_str().trim_end_matches("v1/"));
    println!("  email      {}", account.email);
    println!("  password   {}", account.password);
    println!("  API key    {api_key}");
    println!("  campaign   {campaign}");
    if let Some(sim) = &stack.sim {
        println!("  simulator  {}", sim.url());
    }
}
