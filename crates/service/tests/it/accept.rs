//! Accepting a message: what is refused and why, what is recorded.

use chrono::TimeDelta;
use wahana_domain::messages::{Class, Content, MessageState};
use wahana_domain::number_check::NumberCheckMode;
use wahana_domain::{Rule, SenderPoolId, SessionId};
use wahana_service::checks::WrongField;
use wahana_service::messages::accept::{AcceptError, Accepted, Draft, Sender, prepare, record};
use wahana_service::sessions::sender_choice::ChoiceError;

use crate::shop::{Shop, text};

impl Shop {
    fn message(&self, to: &str) -> Draft {
        Draft {
            sender: Sender::Session(self.session),
            to: to.to_owned(),
            content: text("Pesanan siap."),
            class: Class::Transactional,
            check_number: NumberCheckMode::Skip,
            send_at: None,
            expires_at: None,
            time_zone: None,
        }
    }

    /// The field and the rule that a draft breaks.
    async fn wrong(&self, draft: Draft) -> (String, Rule) {
        match prepare(&self.tenant, draft, self.now).await {
            Err(AcceptError::Wrong(WrongField { field, rule })) => (field, rule),
            other => panic!("not refused for a field: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_good_draft_is_addressed_and_recorded_once() {
    let shop = Shop::open().await;
    let new = prepare(&shop.tenant, shop.message("+62 812-3456-7890"), shop.now).await.unwrap();
    assert_eq!((new.chat_id.as_str(), new.phone.as_deref()), ("6281234567890@c.us", Some("6281234567890")));
    let id = new.id;
    assert_eq!(record(&shop.tenant, new, None).await.unwrap(), Accepted::Recorded);
    let stored = shop.tenant.messages().get(id).await.unwrap().unwrap();
    assert_eq!((stored.state, stored.session_id), (MessageState::Queued, shop.session));
}

#[tokio::test]
async fn a_wrong_draft_names_field_and_rule_and_writes_nothing() {
    let shop = Shop::open().await;
    assert_eq!(shop.wrong(shop.message("nobody@nowhere")).await, ("to".into(), Rule::BadRecipient));
    let late = Draft { send_at: Some(shop.now - TimeDelta::hours(2)), ..shop.message("+6281234567890") };
    assert_eq!(shop.wrong(late).await, ("send_at".into(), Rule::InPast));
    let ended = Draft { expires_at: Some(shop.now), ..shop.message("+6281234567890") };
    assert_eq!(shop.wrong(ended).await, ("expires_at".into(), Rule::NotAfterSendAt));
    let reply = Content::Text {
        text: "Ya".into(),
        link_preview: None,
        reply_to: Some("3EB0FFFF".into()),
        mentions: Vec::new(),
    };
    let unknown = Draft { content: reply, ..shop.message("+6281234567890") };
    assert_eq!(shop.wrong(unknown).await, ("content.reply_to".into(), Rule::NoSuchMessage));
    let group =
        Draft { sender: Sender::Pool(SenderPoolId(uuid::Uuid::nil())), ..shop.message("1203630@g.us") };
    assert_eq!(shop.wrong(group).await, ("pool_id".into(), Rule::PoolNeedsPerson));
    let (field, _) = shop.wrong(Draft { content: text(""), ..shop.message("+6281234567890") }).await;
    assert_eq!(field, "content.text");
    let page = wahana_store::PageRequest { limit: 10, before: None };
    assert!(shop.tenant.messages().list(&Default::default(), page).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn a_pool_and_a_session_that_are_not_there_are_told_apart() {
    let shop = Shop::open().await;
    let pool =
        Draft { sender: Sender::Pool(SenderPoolId(uuid::Uuid::nil())), ..shop.message("+6281234567890") };
    let refused = prepare(&shop.tenant, pool, shop.now).await.unwrap_err();
    assert!(matches!(refused, AcceptError::Choice(ChoiceError::NoPool)), "{refused:?}");
    let elsewhere =
        Draft { sender: Sender::Session(SessionId(uuid::Uuid::nil())), ..shop.message("+6281234567890") };
    let new = prepare(&shop.tenant, elsewhere, shop.now).await.unwrap();
    let refused = record(&shop.tenant, new, None).await.unwrap_err();
    assert!(matches!(refused, AcceptError::NoSession), "{refused:?}");
}
