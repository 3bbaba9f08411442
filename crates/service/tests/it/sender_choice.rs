//! The choice of a pool's member for many people at once.

use wahana_domain::messages::Class;
use wahana_domain::{SenderPoolId, SessionId};
use wahana_service::sessions::sender_choice::{Choice, ChoiceError, as_member, enabled_members};
use wahana_store::sessions::pool_members::Acquaintance;
use wahana_store::sessions::sender_pools::{MemberSetting, PoolSaved};

use crate::shop::Shop;

impl Shop {
    /// A pool of the session and of another one that does not work; the other one.
    async fn pool_of_two(&self) -> (SenderPoolId, SessionId) {
        let other = self.app.session(&self.owner, "back office").await.id;
        let members =
            [self.session, other].map(|session| MemberSetting { session, weight: 100, enabled: true });
        self.app.sql("update sessions set status = 'failed' where name = 'back office'").await;
        match self.tenant.sender_pools().create("pool", None, &members).await.unwrap() {
            PoolSaved::Saved(pool) => (pool.id, other),
            saved => panic!("no pool: {saved:?}"),
        }
    }
}

#[tokio::test]
async fn a_person_keeps_the_member_of_their_chat_and_strangers_go_to_one_that_sends() {
    let shop = Shop::connected().await;
    let (pool, down) = shop.pool_of_two().await;
    let members = shop.tenant.sender_pools().members(pool).await.unwrap().unwrap();
    let mut choice = Choice::among(&members, Class::Bulk, shop.now);
    let stranger = Acquaintance::default();
    for dice in [0.0, 0.5, 0.99] {
        assert_eq!(choice.draw(stranger, dice), Some(shop.session));
    }
    let chat = Acquaintance { chat: Some(down), wrote: None };
    assert_eq!(choice.draw(chat, 0.0), Some(down), "a chat waits for its member");
    let mut peers = Choice::among(&members, Class::Bulk, shop.now).that_can_take_over();
    assert_eq!(peers.draw(chat, 0.99), Some(shop.session), "it is no peer that takes over");
    let out = members.iter().find(|member| member.lane.session == down).unwrap();
    assert!(!as_member(out, Class::Bulk, shop.now).can_take_over());
}

#[tokio::test]
async fn a_member_that_gets_a_message_counts_it_at_once() {
    let shop = Shop::steady().await;
    let (pool, other) = shop.pool_of_two().await;
    shop.app.sql("update sessions set status = 'working'").await;
    for (session, weight) in [(shop.session, 1_000), (other, 1)] {
        let member = MemberSetting { session, weight, enabled: true };
        shop.tenant.sender_pools().set_member(pool, member).await.unwrap();
    }
    let members = shop.tenant.sender_pools().members(pool).await.unwrap().unwrap();
    let mut choice = Choice::among(&members, Class::Bulk, shop.now);
    // The heavy member has 100 messages left today: then it is the other one's turn, whatever the dice say.
    for _ in 0..100 {
        assert_eq!(choice.draw(Acquaintance::default(), 0.5), Some(shop.session));
    }
    assert_eq!(choice.draw(Acquaintance::default(), 0.5), Some(other));
}

#[tokio::test]
async fn a_campaign_sends_through_the_members_that_are_enabled() {
    let shop = Shop::connected().await;
    let (pool, other) = shop.pool_of_two().await;
    let off = MemberSetting { session: other, weight: 100, enabled: false };
    shop.tenant.sender_pools().set_member(pool, off).await.unwrap();
    assert_eq!(enabled_members(&shop.tenant, pool).await.unwrap(), [shop.session]);
    let nowhere = enabled_members(&shop.tenant, SenderPoolId(uuid::Uuid::nil())).await.unwrap_err();
    assert!(matches!(nowhere, ChoiceError::NoPool), "{nowhere:?}");
}
