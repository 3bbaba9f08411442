//! Drafts of campaigns: what is refused and why, what is recorded.

use chrono::TimeDelta;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::policy::CampaignPace;
use wahana_domain::{Rule, SenderPoolId, SessionId};
use wahana_service::campaigns::draft::{self, Draft, DraftChange};
use wahana_service::campaigns::errors::CampaignError;
use wahana_service::campaigns::launch;
use wahana_service::checks::{WrongField, WrongFields};
use wahana_store::sessions::sender_pools::{MemberSetting, PoolSaved};

use crate::shop::{ON_TIME, Shop, at, text};

impl Shop {
    /// The fields of a draft that break rules.
    async fn wrong_draft(&self, draft: Draft) -> WrongFields {
        match draft::prepare(&self.tenant, draft, self.now).await {
            Err(CampaignError::Wrong(wrong)) => wrong,
            other => panic!("not refused for its fields: {other:?}"),
        }
    }

    async fn pool(&self, enabled: bool) -> SenderPoolId {
        let member = MemberSetting { session: self.session, weight: 100, enabled };
        match self.tenant.sender_pools().create("pool", None, &[member]).await.unwrap() {
            PoolSaved::Saved(pool) => pool.id,
            other => panic!("no pool: {other:?}"),
        }
    }
}

#[tokio::test]
async fn all_wrong_fields_are_named_at_once() {
    let shop = Shop::open().await;
    let wrong = shop
        .wrong_draft(Draft {
            name: " ".into(),
            sessions: vec![shop.session, shop.session],
            send_at: Some(shop.now - TimeDelta::hours(2)),
            pace: CampaignPace { messages_per_hour: Some(0), ..CampaignPace::default() },
            ..shop.draft("Halo")
        })
        .await;
    assert_eq!(wrong.first, WrongField::new("name", Rule::Blank));
    assert_eq!(
        wrong.others,
        [
            WrongField::new("session_ids", Rule::DuplicateItem),
            WrongField::new("send_at", Rule::InPast),
            WrongField::new("pace.messages_per_hour", Rule::SendsNothing),
        ]
    );
}

#[tokio::test]
async fn senders_and_content_are_checked() {
    let shop = Shop::open().await;
    let alone = |field: &str, rule| WrongFields::from(WrongField::new(field, rule));
    let nobody = Draft { sessions: Vec::new(), ..shop.draft("Halo") };
    assert_eq!(shop.wrong_draft(nobody).await, alone("session_ids", Rule::TooFewItems { min: 1 }));
    let many = Draft {
        sessions: (0..51).map(|n| SessionId(uuid::Uuid::from_u128(n))).collect(),
        ..shop.draft("Halo")
    };
    assert_eq!(shop.wrong_draft(many).await, alone("session_ids", Rule::TooManyItems { max: 50 }));
    let pool = Some(SenderPoolId(uuid::Uuid::nil()));
    let both = Draft { pool, ..shop.draft("Halo") };
    assert_eq!(shop.wrong_draft(both).await, alone("pool_id", Rule::NotBoth { other: "session_ids".into() }));
    let unknown = Draft { pool, sessions: Vec::new(), ..shop.draft("Halo") };
    assert_eq!(shop.wrong_draft(unknown).await, alone("pool_id", Rule::NoSuchSenderPool));
    let open = shop.wrong_draft(shop.draft("Hi {{name")).await;
    assert_eq!(open, alone("content.text", Rule::UnclosedVariable { at: 4 }));
    assert_eq!(shop.wrong_draft(shop.draft(" ")).await, alone("content.text", Rule::Blank));
    assert_eq!(shop.app.count("select count(*) from campaigns").await, 0);
}

#[tokio::test]
async fn a_pool_lends_its_members_that_get_messages() {
    let shop = Shop::open().await;
    let pool = shop.pool(false).await;
    let draft = || Draft { pool: Some(pool), sessions: Vec::new(), ..shop.draft("Halo") };
    let refused = draft::prepare(&shop.tenant, draft(), shop.now).await.unwrap_err();
    assert!(matches!(refused, CampaignError::NoMember), "{refused:?}");
    let member = MemberSetting { session: shop.session, weight: 100, enabled: true };
    shop.tenant.sender_pools().set_member(pool, member).await.unwrap();
    let new = draft::prepare(&shop.tenant, draft(), shop.now).await.unwrap();
    assert_eq!((new.senders, new.pool), (vec![shop.session], Some(pool)));
}

#[tokio::test]
async fn a_draft_is_changed_and_deleted_until_it_is_launched() {
    let shop = Shop::steady().await;
    let id = shop.campaign(1, None).await;
    let change = DraftChange {
        name: Some("big sale".into()),
        content: Some(text("Hi {{name|friend}}")),
        send_at: Some(Some(at("2026-11-24T03:00:00Z"))),
        ..DraftChange::default()
    };
    let changed = draft::change(&shop.tenant, id, change, shop.now).await.unwrap();
    assert_eq!((changed.name.as_str(), changed.content.0), ("big sale", text("Hi {{name|friend}}")));
    assert_eq!(changed.send_at, Some(at("2026-11-24T03:00:00Z")));
    assert_eq!(changed.senders, [shop.session], "what is left out stays");

    let stranger = DraftChange {
        sessions: Some(vec![shop.session, SessionId(uuid::Uuid::nil())]),
        ..DraftChange::default()
    };
    let refused = draft::change(&shop.tenant, id, stranger, shop.now).await.unwrap_err();
    assert_eq!(refused.to_string(), "session_ids[1]: there is no such session");

    launch::start(&shop.tenant, id, ON_TIME, shop.now).await.unwrap();
    let refused = draft::delete(&shop.tenant, id).await.unwrap_err();
    assert!(matches!(refused, CampaignError::WrongState(CampaignState::Scheduled)), "{refused:?}");
    launch::unschedule(&shop.tenant, id).await.unwrap();
    draft::delete(&shop.tenant, id).await.unwrap();
    let gone = draft::delete(&shop.tenant, id).await.unwrap_err();
    assert!(matches!(gone, CampaignError::NoCampaign), "{gone:?}");
}
