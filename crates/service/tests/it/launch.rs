//! The launch of a campaign, and the commands after it.

use wahana_domain::campaigns::CampaignState;
use wahana_service::campaigns::errors::CampaignError;
use wahana_service::campaigns::launch;
use wahana_service::sessions::commands;

use crate::shop::Shop;

#[tokio::test]
async fn a_campaign_without_people_or_sender_is_not_launched() {
    let shop = Shop::steady().await;
    let empty = shop.campaign(0, None).await;
    let refused = launch::start(&shop.tenant, empty, false, shop.now).await.unwrap_err();
    assert!(matches!(refused, CampaignError::NoRecipients), "{refused:?}");

    let orphan = shop.campaign(2, None).await;
    commands::delete(&shop.tenant, shop.session, false).await.unwrap();
    let refused = launch::start(&shop.tenant, orphan, false, shop.now).await.unwrap_err();
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
    let refused = launch::start(&shop.tenant, id, false, shop.now).await.unwrap_err();
    assert!(matches!(refused, CampaignError::DeadlineMissed { .. }), "{refused:?}");
    assert!(refused.to_string().ends_with("it waits for daily_cap"), "{refused}");
    assert_eq!(shop.tenant.campaigns().get(id).await.unwrap().unwrap().state, CampaignState::Draft);

    let started = launch::start(&shop.tenant, id, true, shop.now).await.unwrap();
    assert_eq!((started.state, started.started_at), (CampaignState::Running, Some(shop.now)));
}

#[tokio::test]
async fn commands_follow_the_states() {
    let shop = Shop::steady().await;
    let id = shop.campaign(2, None).await;
    let refused = launch::pause(&shop.tenant, id).await.unwrap_err();
    assert_eq!(refused.to_string(), "the campaign is draft");
    launch::start(&shop.tenant, id, false, shop.now).await.unwrap();
    assert_eq!(launch::pause(&shop.tenant, id).await.unwrap().state, CampaignState::Paused);
    assert_eq!(launch::resume(&shop.tenant, id).await.unwrap().state, CampaignState::Running);
    let cancelled = launch::cancel(&shop.tenant, id).await.unwrap();
    assert_eq!((cancelled.state, cancelled.finished_at), (CampaignState::Cancelled, Some(shop.now)));
    let refused = launch::unschedule(&shop.tenant, id).await.unwrap_err();
    assert!(matches!(refused, CampaignError::WrongState(CampaignState::Cancelled)), "{refused:?}");
}
