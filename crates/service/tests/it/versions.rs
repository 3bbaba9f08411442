//! Campaigns by version: launched as they were looked at, and changed while they are paused.

use std::collections::BTreeMap;

use wahana_domain::campaigns::CampaignPart;
use wahana_domain::filler::Filler;
use wahana_domain::policy::CampaignPace;
use wahana_domain::{CampaignId, SessionId};
use wahana_service::campaigns::draft::{self, DraftChange};
use wahana_service::campaigns::dry_run::dry_run;
use wahana_service::campaigns::errors::CampaignError;
use wahana_service::campaigns::launch;
use wahana_service::campaigns::personalise::prepare;
use wahana_store::PageRequest;
use wahana_store::campaigns::{Campaign, Changed, CommandTerms};

use crate::shop::{ON_TIME, Shop, person, text};

fn words(words: &str) -> DraftChange {
    DraftChange { content: Some(text(words)), ..DraftChange::default() }
}

const fn of(version: i32) -> CommandTerms {
    CommandTerms { version: Some(version), accept_late: false }
}

impl Shop {
    async fn look(&self, id: CampaignId) -> Campaign {
        self.tenant.campaigns().get(id).await.unwrap().unwrap()
    }

    async fn change(&self, id: CampaignId, change: DraftChange) -> Result<Campaign, CampaignError> {
        draft::change(&self.tenant, id, change, self.now).await
    }

    /// As the scheduler does it: makes the messages of the next `n` people.
    async fn release(&self, id: CampaignId, n: u32, sender: SessionId) {
        let taken = self.app.store.system().campaigns().take_recipients(id, n).await.unwrap().unwrap();
        let content = taken.content.clone();
        let filler = Filler::new(&content);
        let prepared: Vec<_> = taken.recipients.iter().map(|r| prepare(&filler, r, sender)).collect();
        taken.release(sender, &prepared, None).await.unwrap();
    }

    /// What the people of the only campaign got or will get, and the version of it.
    async fn texts(&self) -> Vec<String> {
        self.app
            .texts(
                "select concat_ws(' ', content ->> 'text', state, 'v' || campaign_version)
                 from messages
                 where campaign_id is not null
                 order by phone",
            )
            .await
    }
}

#[tokio::test]
async fn what_is_launched_is_what_the_dry_run_looked_at() {
    let shop = Shop::steady().await;
    let id = shop.campaign(2, None).await;
    let other = shop.app.session(&shop.owner, "other").await.id;
    let looked_at = dry_run(&shop.tenant, id, shop.now).await.unwrap().version;
    assert_eq!(looked_at, shop.look(id).await.version);

    let pace = CampaignPace { messages_per_hour: Some(60), ..CampaignPace::default() };
    let changes = [
        words("Hi"),
        DraftChange { pace: Some(pace), ..DraftChange::default() },
        DraftChange { sessions: Some(vec![shop.session, other]), ..DraftChange::default() },
        DraftChange { sessions: Some(vec![other, shop.session]), ..DraftChange::default() },
    ];
    let mut versions = vec![looked_at];
    for change in changes {
        versions.push(shop.change(id, change).await.unwrap().version);
    }
    shop.add(id, vec![person(7, &[])]).await;
    versions.push(shop.look(id).await.version);
    assert!(
        versions.windows(2).enumerate().all(|(at, pair)| (at == 3) == (pair[0] == pair[1])),
        "{versions:?}"
    );
    for version in &versions[..5] {
        let refused = launch::start(&shop.tenant, id, of(*version), shop.now).await.unwrap_err();
        assert!(matches!(&refused, CampaignError::Changed(Changed { version: 7, .. })), "{refused:?}");
    }
    let now = dry_run(&shop.tenant, id, shop.now).await.unwrap().version;
    launch::start(&shop.tenant, id, of(now), shop.now).await.unwrap();
    assert_eq!(shop.look(id).await.version, now, "sending is no change");
}

#[tokio::test]
async fn the_senders_of_a_pool_are_part_of_the_version() {
    let shop = Shop::steady().await;
    let id = shop.campaign(1, None).await;
    let before = shop.look(id).await.version;
    shop.app.sql("delete from campaign_senders").await;
    let refused = launch::start(&shop.tenant, id, of(before), shop.now).await.unwrap_err();
    assert!(matches!(refused, CampaignError::Changed(_)), "{refused:?}");
}

#[tokio::test]
async fn b44_the_second_of_two_editors_is_told() {
    let shop = Shop::steady().await;
    let id = shop.campaign(1, None).await;
    let version = Some(shop.look(id).await.version);
    let first = shop.change(id, DraftChange { version, ..words("first") }).await.unwrap();
    let second = shop.change(id, DraftChange { version, ..words("second") }).await.unwrap_err();
    let CampaignError::Changed(changed) = second else { panic!("{second:?}") };
    assert_eq!((changed.version, changed.at), (first.version, first.updated_at));
    assert_eq!(shop.look(id).await.content.0, text("first"));
    let again = DraftChange { version: Some(first.version), ..words("first") };
    assert_eq!(shop.change(id, again).await.unwrap().version, first.version, "the same words are no change");
}

#[tokio::test]
async fn b29_a_paused_campaign_is_changed_for_those_who_have_not_got_it() {
    let shop = Shop::steady().await;
    let id = shop.campaign(5, None).await;
    let other = shop.app.session(&shop.owner, "other").await.id;
    launch::start(&shop.tenant, id, ON_TIME, shop.now).await.unwrap();
    let running = shop.change(id, words("new")).await.unwrap_err();
    assert!(matches!(running, CampaignError::WrongState(_)), "{running:?}");
    shop.release(id, 3, shop.session).await;
    // The first one got it, the second one is under way, the third one waits.
    for sql in [
        "update jobs set state = 'running' where id in (select id from recipients where position <= 2)",
        "update messages set state = 'sending' where id in (select id from recipients where position <= 2)",
        "update messages set state = 'sent', sent_at = now()
         where id in (select id from recipients where position = 1)",
    ] {
        shop.app.sql(sql).await;
    }
    launch::pause(&shop.tenant, id).await.unwrap();
    let pace = CampaignPace { messages_per_hour: Some(60), ..CampaignPace::default() };
    let change = DraftChange { pace: Some(pace), sessions: Some(vec![other]), ..words("new") };
    let changed = shop.change(id, change).await.unwrap();
    assert_eq!(shop.texts().await, ["Halo sent", "Halo sending"], "who waits is taken back");
    let progress = shop.tenant.campaigns().progress(id).await.unwrap().unwrap();
    assert_eq!((progress.waiting, progress.by_state), (3, BTreeMap::from([("sending", 1), ("sent", 1)])));

    launch::resume(&shop.tenant, id, of(changed.version), shop.now).await.unwrap();
    shop.release(id, 9, other).await;
    let v = changed.version;
    let new = format!("new queued v{v}");
    assert_eq!(shop.texts().await, ["Halo sent", "Halo sending", &new, &new, &new]);
    let versions = shop.tenant.campaigns().versions(id).await.unwrap().unwrap();
    let told: Vec<_> = versions.iter().map(|v| (v.content.0.words().unwrap(), &v.by_state)).collect();
    assert_eq!(
        told,
        [("Halo", &BTreeMap::from([("sending", 1), ("sent", 1)])), ("new", &BTreeMap::from([("queued", 3)])),]
    );
    assert_eq!(versions[1].changed, [CampaignPart::Content, CampaignPart::Pace, CampaignPart::Senders]);
    let page = PageRequest { before: None, limit: 9 };
    let people = shop.tenant.recipients().list(id, None, page).await.unwrap().unwrap().items;
    let got: Vec<_> = people.iter().map(|person| person.version).collect();
    let first = Some(versions[0].version);
    assert_eq!(got, [first, first, Some(v), Some(v), Some(v)]);
    let audited = shop.app.texts(
        "select concat_ws(
             ' ', detail #>> '{before,pace,messages_per_hour}', detail #>> '{after,pace,messages_per_hour}'
         )
         from audit_events
         where action = 'campaign.change'",
    );
    assert_eq!(audited.await, ["60"]);
}

#[tokio::test]
async fn b29_only_the_pace_leaves_what_waits_in_its_lane() {
    let shop = Shop::steady().await;
    let id = shop.campaign(2, None).await;
    launch::start(&shop.tenant, id, ON_TIME, shop.now).await.unwrap();
    shop.release(id, 1, shop.session).await;
    launch::pause(&shop.tenant, id).await.unwrap();
    let pace = CampaignPace { messages_per_hour: Some(5), ..CampaignPace::default() };
    shop.change(id, DraftChange { pace: Some(pace), ..DraftChange::default() }).await.unwrap();
    assert_eq!(shop.texts().await, ["Halo queued"]);
    // Another name is another version, but nothing that people got.
    shop.change(id, DraftChange { name: Some("x".into()), ..DraftChange::default() }).await.unwrap();
    assert_eq!(shop.tenant.campaigns().versions(id).await.unwrap().unwrap().len(), 2);
}
