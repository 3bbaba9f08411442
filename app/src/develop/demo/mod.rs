//! `wahana demo`: what a marketer does, by the public API, on a throwaway stack with a simulator. Ends with a report
//! in which every person of the list is accounted for.

mod people;
mod phone;
mod report;
mod watch;

use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use tokio::time::Instant;
use wahana_client::Client;
use wahana_client::types::{CreateApiKey, CreateCampaign, CreateSession, Register, Session, text};
use wahana_config::Config;
use wahana_domain::SessionId;
use wahana_domain::policy::PacingPolicy;
use wahana_domain::sessions::SessionStatus;
use wahana_embedded::Options;
use wahana_waha_sim::{Faults, Phones, SimConfig, SimHandle};

use crate::cli::DemoArgs;
use crate::output::Output;
use crate::up::{self, Stack};

/// Senders of the campaign.
const SENDERS: usize = 4;
/// All delays of the simulated WhatsApp, against real time.
const TIME_SCALE: f64 = 0.02;
const TEMPLATE: &str = "{Hi|Hello|Halo} {{name|there}}, your voucher {{voucher}} is waiting in {{city|your city}}. Reply STOP to hear no more.";
/// How long one call may take; a million people take a while to upload.
const CALL: Duration = Duration::from_secs(900);
/// How long pairing a phone may take.
const PAIRING: Duration = Duration::from_secs(30);

/// A running demo.
struct Demo {
    stack: Stack,
    sim: SimHandle,
}

impl Demo {
    async fn stop(self) -> anyhow::Result<()> {
        self.stack.process.shutdown.request();
        let ended = self.stack.process.shutdown.finished().await;
        self.stack.stop().await;
        self.sim.stop().await;
        ended
    }
}

/// Runs the demo; fails unless everybody is accounted for and nobody was written to twice.
pub(super) async fn run(mut config: Config, out: Output, args: &DemoArgs) -> anyhow::Result<ExitCode> {
    config.log.filter = "warn,wahana_waha_sim=error".into();
    crate::wire::logs(&config, "wahana")?;
    isolate(&mut config)?;
    let say = watch::Say::new(out.is_json());
    say.step("starting private Postgres and Redis, a WAHA simulator, API, scheduler and workers");
    let sim = up::simulator(&mut config, simulated()).await?.context("the demo runs on the simulator")?;
    let demo = Demo { stack: Stack::start(config, Options::throwaway()).await?, sim };
    match show(&demo, out, args, &say).await {
        Ok(code) => {
            if args.keep {
                demo.stack.process.shutdown.requested().await;
            }
            demo.stop().await.map(|()| code)
        }
        Err(error) => {
            let _ = demo.stop().await;
            Err(error)
        }
    }
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

/// A new account of the demo.
fn account() -> Register {
    Register {
        email: "demo@example.com".into(),
        password: format!("demo-{:016x}", rand::random::<u64>()),
        name: "Demo".into(),
        organization: "Toko Demo".into(),
    }
}

async fn show(demo: &Demo, out: Output, args: &DemoArgs, say: &watch::Say) -> anyhow::Result<ExitCode> {
    let account = account();
    let client = Client::new(demo.stack.process.config.public_url()?, CALL)?;
    let tokens = client.register(&account).await?;
    let client = client.as_user(&tokens);
    say.step(&format!("organization {} created", account.organization));
    let session_ids = pair(&client, &demo.sim, say).await?;

    let (name, content) = ("Demo".to_owned(), text(TEMPLATE));
    let campaign = CreateCampaign { name, session_ids, content, send_at: None, pace: None };
    let id = client.create_campaign(&campaign, None).await?.id;
    let csv = people::csv(args.recipients)?;
    say.step(&format!("importing {} people from {}", args.recipients, people::SOURCE));
    let import = client.upload_recipients(id, csv).await?;
    report::import(say, &import);

    let started = Instant::now();
    client.start_campaign(id).await?;
    let progress = watch::until_settled(&client, id, say).await?;
    let seconds = started.elapsed().as_secs_f64();
    let outcome = report::Outcome::of(&import, &progress, &demo.sim, args.recipients, seconds);
    outcome.print(say, &import);
    if args.keep {
        let scopes = wahana_domain::access::Scope::ALL.to_vec();
        let key = client.create_api_key(&CreateApiKey { name: "Demo".into(), scopes }).await?;
        report::keys(&client, &account, &key.key, id, &demo.sim);
    }
    if out.is_json() {
        out.object(&outcome.json(), "")?;
    }
    Ok(if outcome.good() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Creates the senders, shows the first one's QR code, and lets the simulated phones scan.
async fn pair(client: &Client, sim: &SimHandle, say: &watch::Say) -> anyhow::Result<Vec<SessionId>> {
    let policy = PacingPolicy { gap_min_ms: 2, gap_max_ms: 10, daily_cap: None, ..PacingPolicy::default() };
    let mut senders = Vec::new();
    for n in 1..=SENDERS {
        let session = CreateSession { name: format!("Phone {n}"), policy: Some(policy.clone()) };
        senders.push(client.create_session(&session).await?.id);
    }
    for (n, id) in senders.iter().enumerate() {
        until(client, *id, SessionStatus::ScanQrCode).await?;
        let qr = client.session_qr(*id).await?;
        if n == 0 {
            phone::show(say, &qr.value);
        }
        phone::scan(sim, n).await?;
        until(client, *id, SessionStatus::Working).await?;
    }
    say.step(&format!("{SENDERS} phones paired"));
    Ok(senders)
}

/// Waits until a session is in this status.
async fn until(client: &Client, id: SessionId, wanted: SessionStatus) -> anyhow::Result<Session> {
    let started = Instant::now();
    loop {
        let session = client.session(id).await?;
        if session.status == wanted {
            return Ok(session);
        }
        if started.elapsed() > PAIRING {
            bail!("session {} is still {:?} after {} s", session.name, session.status, PAIRING.as_secs());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
