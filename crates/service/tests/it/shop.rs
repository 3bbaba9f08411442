//! An organization with one session, and what tests of campaigns begin with. Its clock stands at [`NOW`].

use chrono::{DateTime, Utc};
use wahana_domain::campaigns::CampaignKind;
use wahana_domain::messages::Content;
use wahana_domain::number_check::NumberCheckMode;
use wahana_domain::policy::{CampaignPace, PacingPolicy};
use wahana_domain::{CampaignId, Clock, SessionId};
use wahana_service::campaigns::draft::{self, Draft, Recorded};
use wahana_service::campaigns::import::{ImportLimits, ImportReport, RecipientImport};
use wahana_service::campaigns::sources::{Person, Source};
use wahana_service::sessions::commands;
use wahana_store::Tenant;
use wahana_store::campaigns::CommandTerms;
use wahana_store::sessions::SessionChange;
use wahana_testkit::{TestApp, TestOptions};

/// A Monday, 10 o'clock in Jakarta.
pub(crate) const NOW: &str = "2026-11-23T03:00:00Z";
/// What an import may do in these tests.
pub(crate) const LIMITS: ImportLimits = ImportLimits { most: 1_000, dry_run: false, import: None };

/// A launch of any version that keeps its deadline.
pub(crate) const ON_TIME: CommandTerms = CommandTerms { version: None, accept_late: false };
/// A launch of any version that may be late.
pub(crate) const LATE: CommandTerms = CommandTerms { version: None, accept_late: true };

/// An organization with one session.
pub(crate) struct Shop {
    pub(crate) app: TestApp,
    pub(crate) owner: wahana_testkit::Tenant,
    pub(crate) tenant: Tenant,
    pub(crate) session: SessionId,
    pub(crate) now: DateTime<Utc>,
}

impl Shop {
    pub(crate) async fn open() -> Self {
        let now = at(NOW);
        let clock = Clock::manual(now);
        let app = TestApp::with(TestOptions { clock, ..TestOptions::default() }).await;
        let owner = app.register("shop").await;
        let session = app.session(&owner, "front desk").await.id;
        let tenant = app.store.tenant(owner.organization_id.parse().unwrap());
        Self { app, owner, tenant, session, now }
    }

    /// The session works, with the default pace.
    pub(crate) async fn connected() -> Self {
        let shop = Self::open().await;
        shop.app.sql("update sessions set status = 'working'").await;
        shop
    }

    /// The session works and sends 100 messages a day, one each 10 s.
    pub(crate) async fn steady() -> Self {
        let shop = Self::connected().await;
        let policy = PacingPolicy {
            gap_min_ms: 10_000,
            gap_max_ms: 10_000,
            daily_cap: Some(100),
            hi_share_percent: 0,
            time_zone: chrono_tz::UTC,
            ..PacingPolicy::default()
        };
        let change = SessionChange { policy: Some(policy), ..SessionChange::default() };
        commands::change(&shop.tenant, shop.session, change).await.unwrap();
        shop
    }

    /// A campaign that the session sends.
    pub(crate) fn draft(&self, words: &str) -> Draft {
        Draft {
            name: "sale".into(),
            content: text(words),
            sessions: vec![self.session],
            pool: None,
            check_number: NumberCheckMode::Skip,
            kind: CampaignKind::Marketing,
            send_at: None,
            pace: CampaignPace::default(),
        }
    }

    /// Records a draft.
    pub(crate) async fn record(&self, draft: Draft) -> CampaignId {
        let new = draft::prepare(&self.tenant, draft, self.now).await.unwrap();
        match draft::record(&self.tenant, &new, None).await.unwrap() {
            Recorded::Created(campaign) => campaign.id,
            Recorded::Replay { .. } => panic!("a replay without a key"),
        }
    }

    /// A campaign with `n` people, by a deadline.
    pub(crate) async fn campaign(&self, n: usize, finish_by: Option<&str>) -> CampaignId {
        let pace = CampaignPace { finish_by: finish_by.map(at), ..CampaignPace::default() };
        let id = self.record(Draft { pace, ..self.draft("Halo") }).await;
        if n > 0 {
            let report = self.add(id, (0..n).map(|n| person(n, &[])).collect()).await;
            assert_eq!(report.counts.accepted, n as i64);
        }
        id
    }

    /// Adds people to a draft.
    pub(crate) async fn add(&self, campaign: CampaignId, people: Vec<Person>) -> ImportReport {
        let import = RecipientImport::new(&self.tenant, campaign, None, self.now).await.unwrap();
        import.run(&self.tenant, Source::<&[u8]>::People(people), LIMITS).await.unwrap()
    }
}

/// A time.
pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A text.
pub(crate) fn text(words: &str) -> Content {
    Content::Text { text: words.into(), link_preview: None, reply_to: None, mentions: Vec::new() }
}

/// One of many people.
pub(crate) fn person(n: usize, variables: &[(&str, &str)]) -> Person {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Person { phone: format!("+62812345{n:05}"), name: None, variables: variables.collect() }
}
