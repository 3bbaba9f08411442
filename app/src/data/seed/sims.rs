//! The simulators behind the installation: proof that they are such, and what their phones do.

use std::time::Duration;

use anyhow::Context;
use serde_json::{Value, json};
use wahana_client::types::Session;
use wahana_store::fleet::nodes::Node;

use crate::cli::refused;

/// Numbers that a message to fails: one without WhatsApp, one whose phone refuses.
pub(super) const FAILING: [&str; 2] = ["6281999000001", "6281999000002"];

/// All WAHA servers of the installation.
pub(super) struct Simulators {
    http: reqwest::Client,
    addresses: Vec<String>,
}

impl Simulators {
    /// Refuses when one of the nodes is no simulator: what is sent there reaches people.
    pub(super) async fn of(nodes: &[Node]) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(10)).build()?;
        let addresses = nodes.iter().map(|node| node.base_url.trim_end_matches('/').to_owned()).collect();
        let sims = Self { http, addresses };
        if sims.addresses.is_empty() {
            return Err(refused("no WAHA server is registered; `wahana up` starts the simulator"));
        }
        for (node, address) in nodes.iter().zip(&sims.addresses) {
            if sims.state(address).await.is_err() {
                return Err(refused(format!(
                    "node {} ({address}) is no simulator, or accepts no control calls from here; `seed` sends \
                     messages, so it works with simulators only",
                    node.name
                )));
            }
        }
        Ok(sims)
    }

    async fn state(&self, address: &str) -> anyhow::Result<Value> {
        let answer = self.http.get(format!("{address}/sim/state")).send().await?.error_for_status()?;
        let state: Value = answer.json().await?;
        anyhow::ensure!(
            state["sessions"].is_array() && state["phones"].is_object(),
            "not the simulator's state"
        );
        Ok(state)
    }

    /// Lets the phones of [`FAILING`] fail; what else they do stays.
    pub(super) async fn prepare_phones(&self) -> anyhow::Result<()> {
        for address in &self.addresses {
            let mut phones = self.state(address).await?["phones"].take();
            let rules = phones["rules"].as_array_mut().context("the phones have no rules")?;
            for number in FAILING {
                if !rules.iter().any(|rule| rule["number"] == number) {
                    rules.insert(0, json!({"number": number, "exists": false, "ack": "error"}));
                }
            }
            let call = self.http.put(format!("{address}/sim/phones")).json(&phones);
            call.send().await?.error_for_status()?;
        }
        Ok(())
    }

    /// A person writes to this session.
    pub(super) async fn write(
        &self,
        session: &Session,
        from: &str,
        name: &str,
        text: &str,
    ) -> anyhow::Result<()> {
        let own = digits(session.phone.as_deref().context("the session is not paired")?);
        for address in &self.addresses {
            let state = self.state(address).await?;
            let sessions = state["sessions"].as_array().into_iter().flatten();
            let here =
                sessions.clone().find(|one| one["phone"].as_str().is_some_and(|phone| digits(phone) == own));
            let Some(at_waha) = here else { continue };
            let letter =
                json!({"session": at_waha["name"], "from": digits(from), "text": text, "pushName": name});
            self.http
                .post(format!("{address}/sim/inbound"))
                .json(&letter)
                .send()
                .await?
                .error_for_status()?;
            return Ok(());
        }
        anyhow::bail!("no simulator runs session {}", session.name)
    }
}

fn digits(text: &str) -> String {
    let number = text.split('@').next().unwrap_or(text);
    number.chars().filter(char::is_ascii_digit).collect()
}
