//! The launch of a campaign, and the commands after it.

use wahana_domain::NamedPerson;
use wahana_domain::campaigns::{CampaignState, EndReason};
use wahana_domain::consent::OptOutScope;
use wahana_domain::suppressions::SuppressionReason;
use wahana_service::campaigns::draft::{self, DraftChange};
use wahana_service::campaigns::errors::CampaignError;
use wahana_service::campaigns::launch;
use wahana_service::sessions::commands::{self, DeletionTerms};

use crate::shop::{LATE, ON_TIME, Shop, at, person, text};

#[tokio::test]
async fn a_campaign_without_people_or_sender_is_not_launched() {
    let shop = Shop::steady().await;
    let empty = shop.campaign(0, None).await;
    let refused = launch::start(&shop.tenant, empty, ON_TIME, shop.now).await.unwrap_err();
    assert!(matches!(refused, CampaignError::NoRecipients), "{refused:?}");

    let orphan = shop.campaign(2, None).await;
    commands::delete(&shop.tenant, shop.session, DeletionTerms { force: false, ..DeletionTerms::default() })
        .await
        .unwrap();
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

#[tokio::test]
async fn b21_a_campaign_ends_at_its_deadline_unless_lateness_was_accepted() {
    let shop = Shop::steady().await;
    let (on_time, late) = (
        shop.campaign(2, Some("2026-11-24T12:00:00Z")).await,
        shop.campaign(2, Some("2026-11-24T12:00:00Z")).await,
    );
    let paused = shop.campaign(2, Some("2026-11-24T12:00:00Z")).await;
    launch::start(&shop.tenant, on_time, ON_TIME, shop.now).await.unwrap();
    launch::start(&shop.tenant, late, LATE, shop.now).await.unwrap();
    launch::start(&shop.tenant, paused, ON_TIME, shop.now).await.unwrap();
    launch::pause(&shop.tenant, paused).await.unwrap();
    // What is due is decided by the clock of Postgres.
    let deadline = async |at: &'static str| shop.app.sql(at).await;
    deadline(
        "update campaigns set pace = pace || jsonb_build_object('finish_by', now() + interval '1 hour')",
    )
    .await;
    let campaigns = shop.app.store.system();
    assert_eq!(campaigns.campaigns().end_overdue().await.unwrap(), []);
    deadline("update campaigns set pace = pace || jsonb_build_object('finish_by', now() - interval '1 s')")
        .await;
    let mut ended = campaigns.campaigns().end_overdue().await.unwrap();
    ended.sort_unstable();
    let mut wanted = vec![on_time, paused];
    wanted.sort_unstable();
    assert_eq!(ended, wanted);
    let over = shop.tenant.campaigns().get(on_time).await.unwrap().unwrap();
    assert_eq!((over.state, over.end_reason), (CampaignState::Cancelled, Some(EndReason::Deadline)));
    assert_eq!(shop.tenant.campaigns().get(late).await.unwrap().unwrap().state, CampaignState::Running);
    assert_eq!(campaigns.campaigns().end_overdue().await.unwrap(), []);
    let told = shop.app.count("select count(*) from audit_events where action = 'campaign.deadline'").await;
    assert_eq!(told, 2);
}

#[tokio::test]
async fn what_waits_or_failed_makes_no_chat_known() {
    let shop = Shop::steady().await;
    let id = shop.campaign(1, None).await;
    shop.app
        .sql(
            "insert into messages (
                 id, organization_id, session_id, campaign_id, direction, class, state, chat_id, phone, content
             )
             select r.id, r.organization_id, s.id, campaign_id, 'outbound', 'bulk', 'queued', 'x@c.us', r.phone, '{}'
             from recipients r, sessions s",
        )
        .await;
    let new =
        async || shop.app.texts("select chat_is_new(id, 'x@c.us')::text from sessions").await.pop().unwrap();
    assert_eq!(new().await, "true", "it waits");
    for (statement, wanted) in [
        ("update messages set state = 'sending'", "true"),
        ("update messages set state = 'failed', error_code = 'bad_chat'", "true"),
        ("update messages set state = 'sent', sent_at = now(), error_code = null", "false"),
        ("update messages set state = 'delivered'", "false"),
    ] {
        shop.app.sql(statement).await;
        assert_eq!(new().await, wanted, "{statement}");
    }
    assert!(shop.tenant.campaigns().get(id).await.unwrap().is_some());
}
