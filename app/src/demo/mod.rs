//! `wahana demo`: what a marketer does, by the public API, on a throwaway stack with a simulator. Ends with a report
//! in which every person of the list is accounted for.

mod client;
mod people;
mod phone;
mod report;
mod watch;

use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use serde_json::{Value, json};
use tokio::time::Instant;
use wahana_config::Config;
use wahana_embedded::Options;
use wahana_waha_sim::{Faults, Phones, SimConfig};

use crate::cli::DemoArgs;
use crate::up::Stack;
use client::Client;

/// Senders of the campaign.
const SENDERS: usize = 4;
/// All delays of the simulated WhatsApp, against real time.
const TIME_SCALE: f64 = 0.02;
const TEMPLATE: &str = "{Hi|Hello|Halo} {{name|there}}, your voucher {{voucher}} is waiting in {{city|your city}}. Reply STOP to hear no more.";

/// Runs the demo; fails unless everybody is accounted for and nobody was written to twice.
pub(crate) async fn run(mut config: Config, args: &DemoArgs) -> anyhow::Result<ExitCode> {
    config.log.filter = "warn,wahana_waha_sim=error".into();
    crate::wire::logs(&config, "wahana")?;
    isolate(&mut config)?;
    let say = watch::Say::new(args.json);
    say.step("starting private Postgres and Redis, a WAHA simulator, API, scheduler and workers");
    let stack = Stack::start(config, Options::throwaway(), simulated()).await?;
    let finished = show(&stack, args, &say).await;
    let code = match finished {
        Ok(code) => {
            if args.keep {
                stack.process.shutdown.requested().await;
            }
            code
        }
        Err(error) => {
            stack.process.shutdown.request();
            let _ = stack.process.shutdown.finished().await;
            stack.stop().await;
            return Err(error);
        }
    };
    stack.process.shutdown.request();
    let ended = stack.process.shutdown.finished().await;
    stack.stop().await;
    ended.map(|()| code)
}

/// The demo touches nothing that is yours: it ignores a database, a Redis or a WAHA of the environment.
fn isolate(config: &mut Config) -> anyhow::Result<()> {
    config.database.url = None;
    config.redis.url = None;
    config.waha.url = None;
    config.waha.webhook_url = None;
    config.http.public_url = None;
    config.http.drain_seconds = 5;
    config.scheduler.reconcile_seconds = 5;
    // The address of the settings if it is free, else any.
    if std::net::TcpListener::bind(config.http.bind).is_err() {
        let free = std::net::TcpListener::bind("127.0.0.1:0").context("no free port")?;
        config.http.bind = free.local_addr()?;
    }
    Ok(())
}

/// People as they are: some without WhatsApp, some whose phone is off, some who answer STOP.
fn simulated() -> SimConfig {
    let faults = Faults { webhook_duplicate: 0.05, webhook_disorder: 0.1, ..Faults::default() };
    SimConfig { time_scale: TIME_SCALE, faults, phones: Phones::default(), ..SimConfig::default() }
}

async fn show(stack: &Stack, args: &DemoArgs, say: &watch::Say) -> anyhow::Result<ExitCode> {
    let url = stack.process.config.public_url()?;
    let client = Client::new(url)?;
    let account = client.register().await?;
    say.step(&format!("organization {} created", account.organization));
    let senders = pair(&client, stack, say).await?;

    let campaign = client
        .post(
            "campaigns",
            json!({
                "name": "Demo", "session_ids": senders, "content": {"type": "text", "text": TEMPLATE},
            }),
        )
        .await?;
    let id = campaign["id"].as_str().context("the campaign has no id")?.to_owned();
    let csv = people::csv(args.recipients)?;
    say.step(&format!("importing {} people from {}", args.recipients, people::SOURCE));
    let import = client.import(&id, csv).await?;
    report::import(say, &import);

    let started = Instant::now();
    client.post(&format!("campaigns/{id}/start"), json!({})).await?;
    let progress = watch::until_settled(&client, &id, say).await?;
    let seconds = started.elapsed().as_secs_f64();
    let outcome = report::Outcome::of(&import, &progress, stack.sim.as_ref(), args.recipients, seconds);
    outcome.print(say, &import);
    if args.keep {
        let scopes = wahana_domain::access::Scope::ALL;
        let key = client.post("user/api-keys", json!({"name": "Demo", "scopes": scopes})).await?;
        let key = key["key"].as_str().context("no API key in the answer")?;
        report::keys(&client, &account, key, &id, stack);
    }
    if args.json {
        println!("{}", outcome.json());
    }
    Ok(if outcome.good() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Creates the senders, shows the first one's QR code, and lets the simulated phones scan.
async fn pair(client: &Client, stack: &Stack, say: &watch::Say) -> anyhow::Result<Vec<Value>> {
    let sim = stack.sim.as_ref().context("the demo runs on the simulator")?;
    let policy = json!({"gap_min_ms": 2, "gap_max_ms": 10, "daily_cap": null});
    let mut senders = Vec::new();
    for n in 1..=SENDERS {
        let session =
            client.post("sessions", json!({"name": format!("Phone {n}"), "policy": policy})).await?;
        senders.push(session["id"].clone());
    }
    for (n, id) in senders.iter().filter_map(Value::as_str).enumerate() {
        client
            .wait(&format!("sessions/{id}"), Duration::from_secs(30), |s| s["status"] == "scan_qr_code")
            .await?;
        let qr = client.get(&format!("sessions/{id}/qr?format=raw")).await?;
        if n == 0 {
            phone::show(say, qr["value"].as_str().context("no QR code")?);
        }
        phone::scan(sim, n).await?;
        client.wait(&format!("sessions/{id}"), Duration::from_secs(30), |s| s["status"] == "working").await?;
    }
    say.step(&format!("{SENDERS} phones paired"));
    Ok(senders)
}
