//! Commands to sessions: what is refused and why, what is done.

use wahana_domain::policy::PacingPolicy;
use wahana_domain::sessions::Desired;
use wahana_domain::{Rule, SessionId};
use wahana_service::checks::WrongField;
use wahana_service::sessions::commands::{self, DeletionTerms, SessionError};
use wahana_store::sessions::sender_pools::MemberSetting;
use wahana_store::sessions::{NewSession, SessionChange, SessionCommand};

use crate::shop::Shop;

fn new(name: &str) -> NewSession {
    NewSession {
        name: name.into(),
        description: None,
        policy: PacingPolicy::default(),
        follow_zone: false,
        desired: Desired::Running,
        placement: Default::default(),
    }
}

#[tokio::test]
async fn a_session_with_bad_fields_is_not_made() {
    let shop = Shop::open().await;
    let bad = NewSession {
        description: Some("x".repeat(1_001)),
        policy: PacingPolicy { gap_min_ms: 90_000, ..PacingPolicy::default() },
        placement: [("region".to_owned(), "a b".to_owned())].into(),
        ..new("")
    };
    let wrong = match commands::create(&shop.tenant, bad).await {
        Err(SessionError::Wrong(wrong)) => wrong,
        other => panic!("not refused for its fields: {other:?}"),
    };
    assert_eq!(wrong.first, WrongField::new("name", Rule::Blank));
    assert_eq!(
        wrong.others,
        [
            WrongField::new("description", Rule::TooLong { max: 1_000, actual: 1_001 }),
            WrongField::new("policy.gap_min_ms", Rule::LongerThan { other: "gap_max_ms".into() }),
            WrongField::new("placement", Rule::BadLabel { label: "region=a b".into(), max: 63 }),
        ]
    );
    let taken = commands::create(&shop.tenant, new("front desk")).await.unwrap_err();
    assert!(matches!(taken, SessionError::NameTaken), "{taken:?}");
    let far = NewSession { placement: [("region".to_owned(), "mars".to_owned())].into(), ..new("probe") };
    match commands::create(&shop.tenant, far).await {
        Err(SessionError::NoRoom(none)) => assert_eq!((none.nodes, none.unfit), (1, 1)),
        other => panic!("placed on a server without the label: {other:?}"),
    }
    assert_eq!(shop.app.count("select count(*) from sessions").await, 1);
}

#[tokio::test]
async fn a_session_is_made_changed_and_commanded() {
    let shop = Shop::open().await;
    let made = commands::create(&shop.tenant, new("back office")).await.unwrap();
    let change = SessionChange { description: Some(Some("for receipts".into())), ..SessionChange::default() };
    let changed = commands::change(&shop.tenant, made.id, change).await.unwrap();
    assert_eq!(
        (changed.name.as_str(), changed.description.as_deref()),
        ("back office", Some("for receipts"))
    );
    let taken = SessionChange { name: Some("front desk".into()), ..SessionChange::default() };
    let refused = commands::change(&shop.tenant, made.id, taken).await.unwrap_err();
    assert!(matches!(refused, SessionError::NameTaken), "{refused:?}");
    let stopped = commands::command(&shop.tenant, made.id, SessionCommand::Stop).await.unwrap();
    assert_eq!(stopped.desired, Desired::Stopped);
    let nobody = SessionId(uuid::Uuid::nil());
    let refused = commands::command(&shop.tenant, nobody, SessionCommand::Logout).await.unwrap_err();
    assert!(matches!(refused, SessionError::NoSession), "{refused:?}");
}

#[tokio::test]
async fn a_session_in_use_is_deleted_by_force_only() {
    let shop = Shop::steady().await;
    let member = MemberSetting { session: shop.session, weight: 100, enabled: true };
    shop.tenant.sender_pools().create("reminders", None, &[member]).await.unwrap();
    let id = shop.campaign(2, None).await;
    wahana_service::campaigns::launch::start(&shop.tenant, id, crate::shop::ON_TIME, shop.now).await.unwrap();
    let refused = commands::delete(
        &shop.tenant,
        shop.session,
        DeletionTerms { force: false, ..DeletionTerms::default() },
    )
    .await
    .unwrap_err();
    assert!(
        matches!(&refused, SessionError::InUse { campaigns, .. } if campaigns[0].id == id),
        "{refused:?}"
    );
    assert_eq!(
        refused.to_string(),
        format!(
            "these campaigns send through it: {id} (sale); it is a member of these sender pools: reminders"
        )
    );
    commands::delete(&shop.tenant, shop.session, DeletionTerms { force: true, ..DeletionTerms::default() })
        .await
        .unwrap();
    let gone = commands::delete(
        &shop.tenant,
        shop.session,
        DeletionTerms { force: true, ..DeletionTerms::default() },
    )
    .await
    .unwrap_err();
    assert!(matches!(gone, SessionError::NoSession), "{gone:?}");
}
