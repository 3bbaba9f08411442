//! `wahana seed`: a lively demo organization in a running `up`, made by the public API as a customer would make it.
//! What is there already, by its name, is left alone.
//!
//! Must never: send to a WAHA server that is no simulator, or leave a known password where others reach the API.

mod campaigns;
mod people;
mod sims;

use std::time::Duration;

use anyhow::bail;
use serde_json::json;
use tokio::time::Instant;
use url::{Host, Url};
use wahana_client::types::{
    AddSuppression, CreateSenderPool, CreateSession, Login, MessagesQuery, NewMember, Register, SendMessage,
    Session, Tokens,
};
use wahana_client::{Client, Retries};
use wahana_config::Config;
use wahana_domain::Clock;
use wahana_domain::policy::PacingPolicy;
use wahana_domain::sessions::SessionStatus;

use crate::cli::{SeedArgs, refused, usage};
use crate::output::Output;
use crate::wire;
use sims::Simulators;

/// Password of the demo account where only this machine reaches the API.
const LOCAL_PASSWORD: &str = "kopi-nusantara";
const CALL: Duration = Duration::from_secs(60);
const RETRY: Duration = Duration::from_secs(30);
/// How long the simulator may take to scan; it does so after 5 s.
const PAIRING: Duration = Duration::from_secs(60);

/// What was made, and what was there already.
#[derive(Default)]
pub(super) struct Done {
    made: Vec<String>,
    kept: Vec<String>,
}

impl Done {
    pub(super) fn made(&mut self, what: impl Into<String>) {
        self.made.push(what.into());
    }

    pub(super) fn kept(&mut self, what: impl Into<String>) {
        self.kept.push(what.into());
    }
}

/// Fills an organization, and prints its login.
pub(super) async fn run(config: &Config, out: Output, args: SeedArgs) -> anyhow::Result<()> {
    let url = args.url.clone().map_or_else(|| config.public_url(), Ok)?;
    let password = password(config, &url, args.password.clone())?;
    let sims = Simulators::of(&wire::cli_system(config).await?.nodes().list().await?).await?;
    let mut done = Done::default();
    let client = Client::new(url.clone(), CALL)?.retrying(Retries::Within(RETRY));
    let tokens = enter(&client, &args, &password, &mut done).await?;
    let client = client.as_user(&tokens);
    out.note("sessions: created, then scanned by the simulator");
    let sessions = sessions(&client, &mut done).await?;
    let [desk, marketing, ..] = &*sessions else { bail!("the sessions are gone") };
    sims.prepare_phones().await?;
    contacts(&client, &mut done).await?;
    pool(&client, &[desk, marketing], &mut done).await?;
    out.note("messages, conversations and campaigns");
    messages(&client, desk, &mut done).await?;
    conversations(&client, &sims, desk, &mut done).await?;
    campaigns::make(&client, marketing.id, &mut done).await?;
    let report = json!({
        "url": url, "email": args.email, "password": password, "organization": args.organization,
        "organization_id": tokens.organization_id, "made": done.made, "kept": done.kept,
    });
    let text = format!(
        "\n  dashboard      {url}\n  email          {}\n  password       {password}\n  organization   {}\n\n  \
         made           {}\n  there already  {}\n",
        args.email,
        args.organization,
        list(&done.made),
        list(&done.kept),
    );
    out.object(&report, text)
}

fn list(items: &[String]) -> String {
    if items.is_empty() { "nothing".to_owned() } else { items.join(", ") }
}

/// A known password is for an API that only this machine reaches.
fn password(config: &Config, url: &Url, given: Option<String>) -> anyhow::Result<String> {
    let local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    match given {
        Some(password) => Ok(password),
        None if local && config.http.bind.ip().is_loopback() => Ok(LOCAL_PASSWORD.to_owned()),
        None => {
            Err(usage("other machines reach this API: choose a password of the demo account with --password"))
        }
    }
}

/// Signs up, or logs in when the account exists.
async fn enter(client: &Client, args: &SeedArgs, password: &str, done: &mut Done) -> anyhow::Result<Tokens> {
    let (email, password) = (args.email.clone(), password.to_owned());
    let account = Register {
        email: email.clone(),
        password: password.clone(),
        name: "Ana Pratiwi".to_owned(),
        organization: args.organization.clone(),
    };
    match client.login(&Login { email: email.clone(), password }).await {
        Ok(tokens) => {
            done.kept(format!("account {email}"));
            return Ok(tokens);
        }
        Err(error) if error.is("wrong_credentials") => {}
        Err(error) => return Err(error.into()),
    }
    match client.register(&account).await {
        Ok(tokens) => {
            done.made(format!("organization {}", args.organization));
            Ok(tokens)
        }
        Err(error) if error.is("wrong_credentials") => {
            Err(refused(format!("{email} has another password; say it with --password")))
        }
        Err(error) => Err(error.into()),
    }
}

/// Two that work and one that is stopped, in this order.
async fn sessions(client: &Client, done: &mut Done) -> anyhow::Result<Vec<Session>> {
    let known = client.sessions().await?;
    let mut sessions = Vec::new();
    for (name, gap) in [("Front desk", 500), ("Marketing", 2_000), ("Warehouse", 2_000)] {
        if let Some(session) = known.iter().find(|session| session.name == name) {
            done.kept(format!("session {name}"));
            sessions.push(session.clone());
            continue;
        }
        let policy = PacingPolicy { gap_min_ms: gap, gap_max_ms: 2 * gap, ..PacingPolicy::default() };
        let wanted = CreateSession { name: name.to_owned(), policy: Some(policy) };
        let session = paired(client, client.create_session(&wanted).await?).await?;
        if name == "Warehouse" {
            client.stop_session(session.id).await?;
        }
        done.made(format!("session {name}"));
        sessions.push(session);
    }
    Ok(sessions)
}

/// The session, once the simulator has scanned it.
async fn paired(client: &Client, mut session: Session) -> anyhow::Result<Session> {
    let started = Instant::now();
    while session.status != SessionStatus::Working || session.phone.is_none() {
        if started.elapsed() > PAIRING {
            bail!(
                "session {} is still {:?}; the simulator of `wahana up` scans by itself, `waha-sim` needs --auto-scan-ms",
                session.name,
                session.status
            );
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
        session = client.session(session.id).await?;
    }
    Ok(session)
}

async fn contacts(client: &Client, done: &mut Done) -> anyhow::Result<()> {
    let import = client.import_contacts("regular", people::csv(0, people::CONTACTS)).await?;
    if import.added > 0 {
        done.made(format!("{} contacts", import.added));
    } else {
        done.kept("contacts");
    }
    // A suppression that exists is no error.
    for phone in [people::phone(people::CONTACTS - 1), people::phone(people::CONTACTS - 2)] {
        let detail = Some("asked at the counter".to_owned());
        client.add_suppression(&AddSuppression { phone, detail }).await?;
    }
    Ok(())
}

async fn pool(client: &Client, members: &[&Session], done: &mut Done) -> anyhow::Result<()> {
    let name = "Shop".to_owned();
    if client.sender_pools().await?.iter().any(|pool| pool.name == name) {
        done.kept("sender pool Shop");
        return Ok(());
    }
    let members = members.iter().map(|session| NewMember { session_id: session.id }).collect();
    client.create_sender_pool(&CreateSenderPool { name, members }).await?;
    done.made("sender pool Shop");
    Ok(())
}

/// Single messages: delivered ones, one for tomorrow, and failures.
async fn messages(client: &Client, desk: &Session, done: &mut Done) -> anyhow::Result<()> {
    let query = MessagesQuery { session: Some(desk.id), limit: Some(1), ..MessagesQuery::default() };
    if !client.messages(&query).await?.items.is_empty() {
        done.kept("messages");
        return Ok(());
    }
    let texts = people::orders().into_iter().chain(
        sims::FAILING.map(|phone| (format!("+{phone}"), "Your order 1999 is ready for pick-up.".to_owned())),
    );
    let mut sent = 0;
    for (n, (phone, text)) in texts.enumerate() {
        let message = SendMessage::text(desk.id, phone, text);
        client.send_message(&message, Some(&format!("seed-{n}"))).await?;
        sent += 1;
    }
    let tomorrow = Some(Clock::System.now() + chrono::TimeDelta::days(1));
    let reminder = SendMessage::text(desk.id, people::phone(0), "Your table is reserved for tonight, 19:00.");
    let reminder = SendMessage { send_at: tomorrow, ..reminder };
    client.send_message(&reminder, Some("seed-reminder")).await?;
    done.made(format!("{} messages", sent + 1));
    Ok(())
}

/// People who write first.
async fn conversations(
    client: &Client,
    sims: &Simulators,
    desk: &Session,
    done: &mut Done,
) -> anyhow::Result<()> {
    let began = client.conversations().await?.iter().filter(|chat| chat.session_id == desk.id).count();
    if began >= people::LETTERS.len() {
        done.kept("conversations");
        return Ok(());
    }
    for (n, lines) in people::LETTERS.iter().enumerate() {
        for line in *lines {
            let person = people::CONTACTS + n as u32;
            sims.write(desk, &people::phone(person), &people::name(person), line).await?;
        }
    }
    done.made(format!("{} conversations", people::LETTERS.len()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_password_is_for_this_machine_only() {
        let config = |bind: &str| {
            Config::load(None, [("WAHANA__HTTP__BIND".to_owned(), bind.to_owned())]).expect("settings")
        };
        let url = |text: &str| text.parse::<Url>().expect("a URL");
        let (local, open) = (config("127.0.0.1:8700"), config("0.0.0.0:8700"));
        assert!(password(&local, &url("http://127.0.0.1:8700"), None).is_ok());
        assert!(password(&local, &url("https://wahana.example"), None).is_err());
        assert!(password(&open, &url("http://127.0.0.1:8700"), None).is_err());
        let own = Some("correct horse".to_owned());
        assert_eq!(password(&open, &url("https://wahana.example"), own).expect("taken"), "correct horse");
    }
}
