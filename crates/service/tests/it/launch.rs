//! The launch of a campaign, and the commands after it.

use wahana_domain::NamedPerson;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::consent::OptOutScope;
use wahana_domain::suppressions::SuppressionReason;
use wahana_service::campaigns::draft::{self, DraftChange};
use wahana_service::campaigns::errors::CampaignError;
use wahana_service::campaigns::launch;
use wahana_service::sessions::commands;

use crate::shop::{LATE, ON_TIME, Shop, at, person, text};

#[tokio::test]
async fn a_campaign_without_people_or_sender_is_not_launched() {
    let shop = Shop::steady().await;
    let empty = shop.campaign(0, None).await;
    let refused = launch::start(&shop.tenant, empty, ON_TIME, shop.now).await.unwrap_err();
    assert!(matches!(refused, CampaignError::NoRecipients), "{refused:?}");

    let orphan = shop.campaign(2, None).await;
    commands::delete(&shop.tenant, shop.session, false).await.unwrap();
    let refused = launch::start(&shop.tenant, orphan, ON_TIME, shop.now).await.unwrap_err();
    assert!(matches!(refused, CampaignError::NoSender), "{refused:?}");
    assert_eq!(
        shop.tenant.campaigns().get(orphan).await.unwrap().unwrap().state,
        CampaignState::Draft,
        "a refused launch changes nothing"
    );
}

#[tokio::test]
async fn a_deadline_that_is_missed_has_to_be_accepted() {
    let shop = Shop::steady().await;
    let id = shop.campaign(250, Some("2026-11-24T12:00:00Z")).await;
    let refused = launch::start(&shop.tenant, id, ON_TIME, shop.now).await.unwrap_err();
    assert!(matches!(refused, CampaignError::DeadlineMissed { .. }), "{refused:?}");
    assert!(refused.to_string().ends_with("it waits for daily_cap"), "{refused}");
    assert_eq!(shop.tenant.campaigns().get(id).await.unwrap().unwrap().state, CampaignState::Draft);

    let started = launch::start(&shop.tenant, id, LATE, shop.now).await.unwrap();
    assert_eq!((started.state, started.started_at), (CampaignState::Running, Some(shop.now)));
}

#[tokio::test]
async fn commands_follow_the_states() {
    let shop = Shop::steady().await;
    let id = shop.campaign(2, None).await;
    let refused = launch::pause(&shop.tenant, id).await.unwrap_err();
    assert_eq!(refused.to_string(), "the campaign is draft");
    launch::start(&shop.tenant, id, ON_TIME, shop.now).await.unwrap();
    assert_eq!(launch::pause(&shop.tenant, id).await.unwrap().state, CampaignState::Paused);
    assert_eq!(
        launch::resume(&shop.tenant, id, ON_TIME, shop.now).await.unwrap().state,
        CampaignState::Running
    );
    let cancelled = launch::cancel(&shop.tenant, id).await.unwrap();
    assert_eq!((cancelled.state, cancelled.finished_at), (CampaignState::Cancelled, Some(shop.now)));
    let refused = launch::unschedule(&shop.tenant, id).await.unwrap_err();
    assert!(matches!(refused, CampaignError::WrongState(CampaignState::Cancelled)), "{refused:?}");
}

#[tokio::test]
async fn b45_nobody_left_is_not_launched() {
    let shop = Shop::steady().await;
    let (id, everybody) = (shop.campaign(2, None).await, shop.campaign(2, None).await);
    let suppress = async |n| {
        let phone = wahana_domain::Phone::parse(&person(n, &[]).phone, Default::default()).unwrap();
        shop.tenant
            .suppressions()
            .add(&NamedPerson::of_phone(phone), SuppressionReason::OptOut, OptOutScope::All, None)
            .await
            .unwrap();
    };
    suppress(0).await;
    // The other one lacks what the words need.
    let words = |words: &str| DraftChange { content: Some(text(words)), ..DraftChange::default() };
    draft::change(&shop.tenant, id, words("Halo {{kota|{{kabupaten}}}}"), shop.now).await.unwrap();
    let refused = launch::start(&shop.tenant, id, LATE, shop.now).await.unwrap_err();
    assert!(matches!(refused, CampaignError::NobodyLeft), "{refused:?}");
    // The other one would get an empty text.
    draft::change(&shop.tenant, id, words("{{kota| }}"), shop.now).await.unwrap();
    let refused = launch::start(&shop.tenant, id, LATE, shop.now).await.unwrap_err();
    assert!(matches!(refused, CampaignError::NobodyLeft), "{refused:?}");
    assert_eq!(shop.tenant.campaigns().get(id).await.unwrap().unwrap().state, CampaignState::Draft);

    draft::change(&shop.tenant, id, words("Halo"), shop.now).await.unwrap();
    launch::start(&shop.tenant, id, ON_TIME, shop.now).await.unwrap();
    suppress(1).await;
    let refused = launch::start(&shop.tenant, everybody, ON_TIME, shop.now).await.unwrap_err();
    assert!(matches!(refused, CampaignError::NobodyLeft), "{refused:?}");
}

#[tokio::test]
async fn b21_resume_after_the_deadline_has_to_be_accepted() {
    let shop = Shop::steady().await;
    let id = shop.campaign(2, Some("2026-11-24T12:00:00Z")).await;
    launch::start(&shop.tenant, id, ON_TIME, shop.now).await.unwrap();
    launch::pause(&shop.tenant, id).await.unwrap();
    launch::resume(&shop.tenant, id, ON_TIME, at("2026-11-24T11:59:59Z")).await.unwrap();
    launch::pause(&shop.tenant, id).await.unwrap();

    let late = at("2026-11-24T12:00:00Z");
    let refused = launch::resume(&shop.tenant, id, ON_TIME, late).await.unwrap_err();
    assert!(matches!(refused, CampaignError::DeadlineMissed { .. }), "{refused:?}");
    assert_eq!(shop.tenant.campaigns().get(id).await.unwrap().unwrap().state, CampaignState::Paused);
    assert_eq!(launch::resume(&shop.tenant, id, LATE, late).await.unwrap().state, CampaignState::Running);
    let refused = launch::resume(&shop.tenant, id, ON_TIME, late).await.unwrap_err();
    assert!(matches!(refused, CampaignError::WrongState(CampaignState::Running)), "{refused:?}");
}
