//! The forecast of a campaign: its days, its end, its deadline.

use chrono::TimeDelta;
use wahana_domain::CampaignId;
use wahana_domain::waiting::WaitingFor;
use wahana_pacing::forecast::Day;
use wahana_service::campaigns::errors::CampaignError;
use wahana_service::campaigns::forecast::{check_deadline, forecast};

use crate::shop::{Shop, at};

#[tokio::test]
async fn a_campaign_knows_its_days_and_its_end() {
    let shop = Shop::steady().await;
    let id = shop.campaign(250, None).await;
    let told = forecast(&shop.tenant, id, shop.now).await.unwrap();
    let day = |date: &str, messages, binding| Day { date: date.parse().unwrap(), messages, binding };
    assert_eq!(
        told.course.days,
        [
            day("2026-11-23", 100, WaitingFor::DailyCap),
            day("2026-11-24", 100, WaitingFor::DailyCap),
            day("2026-11-25", 50, WaitingFor::Turn),
        ]
    );
    // The last 50 go from midnight on, one each 10 s.
    let finish = told.course.finish.unwrap();
    assert!((finish - at("2026-11-25T00:08:20Z")).abs() < TimeDelta::minutes(2), "{finish}");
    assert_eq!((told.messages, told.finish_by, told.finishes_before_deadline()), (250, None, None));
    assert_eq!((told.course.stuck, told.waits_for()), (None, WaitingFor::DailyCap));
}

#[tokio::test]
async fn without_a_session_that_works_there_is_no_end() {
    let shop = Shop::steady().await;
    let id = shop.campaign(10, Some("2026-11-24T12:00:00Z")).await;
    shop.app.sql("update sessions set status = 'failed'").await;
    let told = forecast(&shop.tenant, id, shop.now).await.unwrap();
    assert_eq!((told.course.finish, told.course.stuck), (None, Some(WaitingFor::SessionNotWorking)));
    assert_eq!(told.finishes_before_deadline(), Some(false));
    let refused = check_deadline(&shop.tenant, id, shop.now).await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "it would be through not at all as things stand, not by 2026-11-24T12:00:00+00:00; \
         it waits for session_not_working"
    );
}

#[tokio::test]
async fn a_deadline_is_kept_or_missed() {
    let shop = Shop::steady().await;
    let (early, late) = ("2026-11-24T12:00:00Z", "2026-11-26T12:00:00Z");
    let missed = shop.campaign(250, Some(early)).await;
    let told = forecast(&shop.tenant, missed, shop.now).await.unwrap();
    assert_eq!((told.finish_by, told.finishes_before_deadline()), (Some(at(early)), Some(false)));
    match check_deadline(&shop.tenant, missed, shop.now).await {
        Err(CampaignError::DeadlineMissed { finish, finish_by, waits_for }) => {
            assert_eq!((finish, finish_by), (told.course.finish, at(early)));
            assert_eq!(waits_for, WaitingFor::DailyCap);
        }
        other => panic!("not refused for its deadline: {other:?}"),
    }
    let kept = shop.campaign(250, Some(late)).await;
    assert_eq!(forecast(&shop.tenant, kept, shop.now).await.unwrap().finishes_before_deadline(), Some(true));
    check_deadline(&shop.tenant, kept, shop.now).await.unwrap();
    // Of a campaign without people, the launch itself says what is wrong.
    let empty = shop.campaign(0, Some(early)).await;
    check_deadline(&shop.tenant, empty, shop.now).await.unwrap();
}

#[tokio::test]
async fn a_campaign_that_is_not_there_is_told() {
    let shop = Shop::open().await;
    let nowhere = CampaignId(uuid::Uuid::nil());
    let refused = forecast(&shop.tenant, nowhere, shop.now).await.unwrap_err();
    assert!(matches!(refused, CampaignError::NoCampaign), "{refused:?}");
}
