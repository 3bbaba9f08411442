//! `wahana doctor`: looks at everything a role needs, and says how to correct what is wrong.

use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use wahana_config::Config;
use wahana_domain::Clock;
use wahana_queue::Queue;
use wahana_store::operator::controls::Control;
use wahana_store::{Keyring, Plans, Store, StoreError, StoreOptions};
use wahana_waha::{Node, Options, WahaClient};

use crate::context::Context;
use crate::output::{self, Output};

/// How far our clock and Redis' may be apart before pacing suffers, in milliseconds.
const SKEW_MS: i64 = 2_000;
const PATIENCE: Duration = Duration::from_secs(5);

/// What was found, told as it is found.
struct Report {
    out: Output,
    findings: Vec<Value>,
    wrong: u32,
}

impl Report {
    fn good(&mut self, what: &str, detail: &str) {
        self.tell("ok", what, detail, None);
    }

    /// Nothing to correct, but what explains why nothing moves.
    fn held(&mut self, what: &str, detail: &str) {
        self.tell("held", what, detail, None);
    }

    fn bad(&mut self, what: &str, problem: &str, remedy: &str) {
        self.wrong += 1;
        self.tell("wrong", what, problem, Some(remedy));
    }

    fn tell(&mut self, state: &str, what: &str, detail: &str, remedy: Option<&str>) {
        if self.out.is_json() {
            self.findings.push(json!({"state": state, "check": what, "detail": detail, "remedy": remedy}));
            return;
        }
        let state = if state == "ok" { state.to_owned() } else { state.to_uppercase() };
        println!("  {state:<6} {what:<12} {detail}");
        if let Some(remedy) = remedy {
            println!("         {:<12} -> {remedy}", "");
        }
    }
}

/// Checks everything; fails if anything is wrong.
pub(super) async fn run(context: &Context) -> anyhow::Result<ExitCode> {
    let mut report = Report { out: context.out, findings: Vec::new(), wrong: 0 };
    let problems = Config::problems_of_process(context.file.as_deref());
    for problem in &problems {
        let remedy = "correct the key it names; `wahana config default` explains each";
        report.bad("settings", &problem.to_string(), remedy);
    }
    if problems.is_empty() {
        let config = context.config()?;
        report.good("settings", "read");
        database(&config, &mut report).await;
        redis(&config, &mut report).await;
        waha(&config, &mut report).await;
        port(&config, &mut report).await;
        files(&config, &mut report).await;
        programs(&mut report);
    }
    let Report { out, findings, wrong } = report;
    if out.is_json() {
        out.rows([], findings.into_iter().map(|finding| (finding, [])))?;
    } else if wrong == 0 {
        println!("\nNothing is wrong.");
    } else {
        println!("\n{wrong} to correct.");
    }
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Asks the process at `http.bind` whether it is ready; fails if it is not.
pub(crate) async fn health(config: &Config) -> anyhow::Result<ExitCode> {
    let mut address = config.http.bind;
    if address.ip().is_unspecified() {
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    let client = reqwest::Client::builder().timeout(PATIENCE).build()?;
    let answer = client.get(format!("http://{address}/readyz")).send().await;
    let answer = answer.with_context(|| format!("nothing answers at {address}"))?;
    let good = answer.status().is_success();
    println!("{}", answer.text().await?);
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn database(config: &Config, report: &mut Report) {
    let Some(url) = &config.database.url else {
        match wahana_embedded::postgres_bin_dir() {
            Ok(dir) => report.good("postgres", &format!("private, from {}", dir.display())),
            Err(error) => report.bad(
                "postgres",
                &error.to_string(),
                "run ./wahana up, which installs it, or set DATABASE_URL",
            ),
        }
        return;
    };
    let options = StoreOptions {
        url: url.expose_secret().to_owned(),
        max_connections: 1,
        acquire_timeout: PATIENCE,
        plans: Plans::PerValue,
    };
    let key = config.security.master_key.clone();
    if key.is_none() {
        report.bad(
            "keys",
            "security.master_key is not set",
            "set WAHANA__SECURITY__MASTER_KEY to the same long random text for every role",
        );
    }
    let checked = match Store::new(
        &options,
        Keyring::new(&key.unwrap_or_else(|| SecretString::from(""))),
        Clock::System,
    ) {
        Ok(store) => controls(&store).await,
        Err(error) => Err(error),
    };
    match checked {
        Ok(controls) => {
            report.good("postgres", "answers, schema is up to date");
            holds(controls, report);
        }
        Err(error) => report.bad(
            "postgres",
            &error.to_string(),
            "check DATABASE_URL and that it runs; then `wahana migrate`",
        ),
    }
}

/// Whether files can be written, read and deleted where the settings keep them.
async fn files(config: &Config, report: &mut Report) {
    let objects = match crate::media::objects(config) {
        Ok(Some(objects)) => objects,
        Ok(None) => {
            return report.good("files", "in Postgres (`up`: in the folder media of its data folder)");
        }
        Err(error) => return report.bad("files", &format!("{error:#}"), "correct media.location"),
    };
    let probed = tokio::time::timeout(
        PATIENCE,
        objects.probe(wahana_domain::ids::uuid_v7(Clock::System.now(), rand::random())),
    );
    match probed.await {
        Ok(Ok(())) => report.good("files", &format!("in {}, which can be written and read", objects.place())),
        Ok(Err(error)) => report.bad("files", &error.to_string(), "check media.location and its keys"),
        Err(_) => report.bad("files", "no answer within 5 s", "check media.location and media.s3_endpoint"),
    }
}

/// Names the programs that a worker on this machine would convert files with; none of them is needed.
fn programs(report: &mut Report) {
    for (name, path) in wahana_media::Converters::find().found() {
        match path {
            Some(path) => report.good(name, &format!("{}: workers convert with it", path.display())),
            None => report.good(name, missing(name)),
        }
    }
}

fn missing(name: &str) -> &'static str {
    match name {
        "ffmpeg" => "not found: voice notes and videos of other formats are left to WAHA",
        "vips" => "not found: WebP, TIFF, BMP and GIF are converted by ffmpeg, or refused as images",
        _ => "not found (package libheif-examples): HEIC and AVIF are refused as images",
    }
}

async fn controls(store: &Store) -> Result<Vec<Control>, StoreError> {
    store.ready().await?;
    store.system().controls().get().await
}

/// Names what operators, or a restore, hold back.
fn holds(controls: Vec<Control>, report: &mut Report) {
    for Control { hold, reason, set_by, set_at, .. } in controls.into_iter().filter(|control| control.paused)
    {
        let why = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
        report.held(&hold.to_string(), &format!("since {}, by {set_by}{why}", output::time(set_at)));
    }
}

async fn redis(config: &Config, report: &mut Report) {
    let Some(url) = &config.redis.url else {
        match wahana_embedded::redis_bin() {
            Ok(path) => report.good("redis", &format!("private, {}", path.display())),
            Err(error) => report.bad(
                "redis",
                &error.to_string(),
                "run ./wahana up, which installs it, or set REDIS_URL",
            ),
        }
        return;
    };
    let asked = async { Queue::connect(url.expose_secret(), &config.redis.prefix).await?.now_ms().await };
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(theirs)) => {
            let skew = Clock::System.now().timestamp_millis() - theirs;
            if skew.abs() > SKEW_MS {
                report.bad(
                    "clock",
                    &format!("this machine is {skew} ms off Redis"),
                    "run a time service (NTP) on both",
                );
            } else {
                report.good("redis", &format!("answers, clocks {skew} ms apart"));
            }
        }
        Ok(Err(error)) => report.bad("redis", &error.to_string(), "check REDIS_URL and that it runs"),
        Err(_) => report.bad("redis", "no answer within 5 s", "check REDIS_URL and that it runs"),
    }
}

async fn waha(config: &Config, report: &mut Report) {
    let Some(url) = &config.waha.url else {
        report.good("waha", "the simulator (set WAHA_URL for a real one)");
        return;
    };
    let api_key = config.waha.api_key.clone().unwrap_or_else(|| SecretString::from(""));
    let options = Options { connect_timeout: PATIENCE, timeout: PATIENCE, ..Options::default() };
    let asked = async {
        WahaClient::new(Node { id: "doctor".into(), base_url: url.clone(), api_key }, options)?
            .version()
            .await
    };
    match asked.await {
        Ok(version) => report.good("waha", &format!("{} {}", version.engine, version.version)),
        Err(error) => {
            report.bad("waha", &error.to_string(), "check WAHA_URL and WAHA_API_KEY, and that it runs")
        }
    }
    let local = config
        .webhook_url()
        .ok()
        .and_then(|u| u.host_str().map(|h| matches!(h, "127.0.0.1" | "localhost")))
        .unwrap_or(false);
    if local && !matches!(url.host_str(), Some("127.0.0.1" | "localhost")) {
        report.bad(
            "webhooks",
            "WAHA runs elsewhere, but is told to call us at localhost",
            "set waha.webhook_url to an address of ours that WAHA reaches",
        );
    }
}

async fn port(config: &Config, report: &mut Report) {
    let bind = config.http.bind;
    match tokio::net::TcpListener::bind(bind).await {
        Ok(_) => report.good("port", &format!("{bind} is free")),
        Err(error) => report.bad(
            "port",
            &format!("{bind}: {error}"),
            "is Wahana running already? else set WAHANA__HTTP__BIND",
        ),
    }
}
