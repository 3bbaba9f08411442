//! Traffic during the faults: campaigns that are paused and resumed, and single messages under idempotency
//! keys. It knows the expected recipients of each text without asking the product.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::time::Duration;

use anyhow::ensure;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::time::Instant;
use wahana_client::types::{CreateCampaign, CreateSession, SendMessage, text};
use wahana_domain::policy::PacingPolicy;
use wahana_domain::sessions::SessionStatus;
use wahana_domain::{CampaignId, SessionId};

use super::customer::{Command, Customer};

/// Organizations.
pub(super) const TENANTS: usize = 3;
/// Senders of each.
pub(super) const SENDERS: usize = 2;
/// Campaigns of each; the second starts in the middle.
const CAMPAIGNS: usize = 2;
/// One of so many people is suppressed, one line of so many is no number, one comes twice.
const ODD: usize = 25;
/// How often an answered request is repeated anyway.
const AGAIN: f64 = 0.1;
const PAIRED_WITHIN: Duration = Duration::from_secs(60);

/// Expected recipients: digits by text. Nobody else may get a text.
pub(super) type Audience = BTreeMap<String, BTreeSet<String>>;

/// One organization and its work.
pub(super) struct Tenant {
    pub(super) customer: Customer,
    pub(super) campaigns: Vec<CampaignId>,
    number: usize,
    senders: Vec<SessionId>,
}

/// How much traffic, and for how long.
#[derive(Clone, Copy)]
pub(super) struct Load {
    pub(super) seed: u64,
    /// People of all campaigns together.
    pub(super) recipients: u32,
    pub(super) length: Duration,
}

impl Load {
    /// People of one campaign.
    fn each(self) -> usize {
        (self.recipients as usize / (TENANTS * CAMPAIGNS)).max(1)
    }

    /// Single messages of one tenant: as many as a fifth of its campaigns' people.
    fn singles(self) -> usize {
        (self.each() * CAMPAIGNS / 5).max(1)
    }

    /// The pause between two messages of a sender, chosen so that sending takes about as long as the faults.
    fn gap_ms(self) -> u64 {
        let messages = (self.each() * CAMPAIGNS + self.singles()) / SENDERS;
        let length = u64::try_from(self.length.as_millis()).unwrap_or(u64::MAX);
        length * 3 / 4 / messages.max(1) as u64
    }
}

/// Registers the organizations, pairs their phones and imports their lists, before the first fault.
pub(super) async fn arrange(url: &str, load: Load) -> anyhow::Result<(Vec<Tenant>, Audience)> {
    let (mut tenants, mut audience) = (Vec::new(), Audience::new());
    for number in 0..TENANTS {
        let customer = Customer::register(url, &format!("tenant{number}")).await?;
        let senders = pair(&customer, load.gap_ms()).await?;
        let mut tenant = Tenant { customer, campaigns: Vec::new(), number, senders };
        for campaign in 0..CAMPAIGNS {
            tenant.import(campaign, load.each(), &mut audience).await?;
        }
        for n in 0..load.singles() {
            audience.entry(tenant.single_text(n)).or_default().insert(tenant.single_digits(n));
        }
        tenants.push(tenant);
    }
    Ok((tenants, audience))
}

async fn pair(customer: &Customer, gap_ms: u64) -> anyhow::Result<Vec<SessionId>> {
    let gap_ms = u32::try_from(gap_ms)?;
    let (gap_min_ms, gap_max_ms) = (gap_ms / 2, gap_ms * 3 / 2);
    let policy = PacingPolicy { gap_min_ms, gap_max_ms, daily_cap: None, ..PacingPolicy::default() };
    let mut senders = Vec::new();
    for n in 0..SENDERS {
        let session = CreateSession { name: format!("Phone {n}"), policy: Some(policy.clone()) };
        senders.push(customer.create_session(&session).await?.id);
    }
    let started = Instant::now();
    for id in &senders {
        while customer.session(*id).await?.status != SessionStatus::Working {
            ensure!(started.elapsed() < PAIRED_WITHIN, "session {id} does not get to work");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
    Ok(senders)
}

impl Tenant {
    fn single_text(&self, n: usize) -> String {
        format!("Code {n} of tenant {}", self.number)
    }

    fn single_digits(&self, n: usize) -> String {
        format!("62817{}{n:07}", self.number)
    }

    /// A list with people who must not be written to, lines that are no people, and some that come twice.
    async fn import(
        &mut self,
        campaign: usize,
        people: usize,
        audience: &mut Audience,
    ) -> anyhow::Result<()> {
        let template = format!("{{{{name}}}}, this is campaign {campaign} of tenant {}", self.number);
        let draft = CreateCampaign {
            name: format!("Campaign {campaign}"),
            session_ids: self.senders.clone(),
            content: text(template),
            send_at: None,
            pace: None,
        };
        let id = self.customer.create_campaign(&draft).await?;
        let mut csv = "phone,name\n".to_owned();
        for n in 0..people {
            let digits = format!("62813{}{campaign}{n:06}", self.number);
            let name = format!("Orang {n}");
            let _ = writeln!(csv, "+{digits},{name}");
            match n % ODD {
                0 => self.customer.suppress(format!("+{digits}")).await?,
                1 => {
                    let _ = writeln!(csv, "+{digits},{name}");
                }
                2 => csv.push_str("tidak ada,Bukan Nomor\n"),
                _ => {}
            }
            if n % ODD != 0 {
                let words = format!("{name}, this is campaign {campaign} of tenant {}", self.number);
                audience.entry(words).or_default().insert(digits);
            }
        }
        self.customer.upload(id, csv).await?;
        self.campaigns.push(id);
        Ok(())
    }

    /// Starts, pauses and resumes its campaigns and posts its messages; returns when all requests were made.
    pub(super) async fn act(&self, load: Load, started: Instant) -> anyhow::Result<()> {
        tokio::try_join!(self.campaign(load, started), self.singles(load))?;
        Ok(())
    }

    async fn campaign(&self, load: Load, started: Instant) -> anyhow::Result<()> {
        let mut rng = self.rng(load, 1);
        let [first, second] = self.campaigns[..] else { return Ok(()) };
        self.customer.command(first, Command::Start).await?;
        let half = started + load.length / 2;
        while Instant::now() < half {
            tokio::time::sleep(load.length.mul_f64(rng.random_range(0.05..0.2))).await;
            self.customer.command(first, Command::Pause).await?;
            tokio::time::sleep(Duration::from_millis(rng.random_range(200..3_000))).await;
            self.customer.command(first, Command::Resume).await?;
        }
        self.customer.command(second, Command::Start).await
    }

    async fn singles(&self, load: Load) -> anyhow::Result<()> {
        let mut rng = self.rng(load, 2);
        let pause = load.length.mul_f64(0.9) / load.singles() as u32;
        for n in 0..load.singles() {
            let sender = self.senders[n % self.senders.len()];
            let to = format!("+{}", self.single_digits(n));
            let message = SendMessage::text(sender, to, self.single_text(n));
            let key = format!("code-{n}");
            let first = self.customer.send_once(&key, &message).await?;
            if rng.random_bool(AGAIN) {
                let again = self.customer.send_once(&key, &message).await?;
                ensure!(again.id == first.id, "the same key made two messages: {first:?} {again:?}");
            }
            tokio::time::sleep(pause.mul_f64(rng.random_range(0.2..1.8))).await;
        }
        Ok(())
    }

    fn rng(&self, load: Load, what: u64) -> StdRng {
        StdRng::seed_from_u64(load.seed.wrapping_mul(31).wrapping_add(self.number as u64 * 7 + what))
    }
}
