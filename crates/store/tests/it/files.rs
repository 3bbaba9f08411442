//! Files: kept once per content, wherever the settings say, within the organization's room; deleted when nothing refers
//! to them.

use std::time::Duration;

use bytes::Bytes;
use chrono::TimeDelta;
use serde_json::json;
use wahana_domain::messages::{Class, MediaKind};
use wahana_domain::{MediaId, MediaPreparationId, MessageId, Reason, SessionId};
use wahana_store::jobs::relay::Room;
use wahana_store::messages::media::preparations::FileWish;
use wahana_store::messages::media::{Added, Blobs, MediaFile, MediaStorage};
use wahana_store::messages::sending::Fence;
use wahana_store::{Store, Tenant};
use wahana_testkit::TestApp;

fn file(content: &'static [u8]) -> MediaFile {
    MediaFile {
        mimetype: "text/plain".to_owned(),
        filename: Some("a.txt".to_owned()),
        content: Bytes::from_static(content),
    }
}

async fn added(tenant: &Tenant, content: &'static [u8]) -> MediaId {
    match tenant.media().add(file(content)).await.unwrap() {
        Added::Stored(id) => id,
        Added::NoRoom { .. } => panic!("no room"),
    }
}

async fn read(tenant: &Tenant, id: MediaId) -> Option<Bytes> {
    tenant.media().get(id).await.unwrap().map(|file| file.content)
}

/// A store that keeps files in a folder.
fn in_folder(app: &TestApp, folder: &std::path::Path) -> Store {
    let objects = Some(Blobs::folder(folder).unwrap());
    app.store.clone().with_media(MediaStorage { objects, ..MediaStorage::default() })
}

#[tokio::test]
async fn a_file_is_read_from_where_it_was_stored_when_the_settings_change() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await.organization_id.parse().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (inside, outside) = (app.store.tenant(acme), in_folder(&app, folder.path()).tenant(acme));
    let old = added(&inside, b"in Postgres").await;
    let new = added(&outside, b"in a folder").await;
    assert_eq!(read(&outside, old).await.as_deref(), Some(&b"in Postgres"[..]));
    assert_eq!(read(&outside, new).await.as_deref(), Some(&b"in a folder"[..]));
    assert_eq!(app.count("select count(*) from media_objects where content is null").await, 1);
    assert!(inside.media().get(new).await.is_err(), "an error, not an empty file");
    // Stored again inside, it is there, too.
    added(&inside, b"in a folder").await;
    assert_eq!(read(&inside, new).await.as_deref(), Some(&b"in a folder"[..]));
    let globex = app.register("globex").await.organization_id.parse().unwrap();
    assert!(read(&in_folder(&app, folder.path()).tenant(globex), new).await.is_none());
}

#[tokio::test]
async fn an_organization_has_room_for_so_many_bytes() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await.organization_id.parse().unwrap();
    let globex = app.register("globex").await.organization_id.parse().unwrap();
    let store = app.store.clone().with_media(MediaStorage { quota: Some(10), ..MediaStorage::default() });
    let tenant = store.tenant(acme);
    added(&tenant, b"12345678").await;
    assert_eq!(tenant.media().add(file(b"123")).await.unwrap(), Added::NoRoom { max: 10 });
    // The same content takes no more room, and others have their own.
    added(&tenant, b"12345678").await;
    added(&store.tenant(globex), b"123456789").await;
    assert_eq!(
        app.count("select sum(bytes)::bigint from media_usage").await,
        17,
        "what is refused is not counted"
    );
}

#[tokio::test]
async fn what_nothing_refers_to_is_deleted_and_nothing_else() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let session = app.session(&acme, "Phone").await.id;
    let folder = tempfile::tempdir().unwrap();
    let store = in_folder(&app, folder.path());
    let tenant = store.tenant(acme.organization_id.parse().unwrap());
    let sent = added(&tenant, b"of a message").await;
    let drafted = added(&tenant, b"of a campaign").await;
    let wanted = added(&tenant, b"of a preparation").await;
    let twin = added(&tenant, b"of a message").await;
    let lost = added(&tenant, b"of nobody").await;
    let content = |id: MediaId| json!({"type": "document", "media": {"id": id, "mimetype": "text/plain"}});
    let body = json!({"session_id": session, "to": "+6281234567890", "content": content(sent)});
    acme.post("/api/v1/messages", body).await.expect(202);
    let draft = json!({"name": "x", "session_ids": [session], "content": content(drafted)});
    let made = acme.post("/api/v1/campaigns", draft).await.expect(201);
    let wish =
        FileWish { kind: MediaKind::Voice, source: wanted.to_string(), mimetype: "audio/wav".to_owned() };
    tenant.media().want_for_campaign(made["id"].as_str().unwrap().parse().unwrap(), &wish).await.unwrap();

    let media = || store.system();
    let now = store.clock().now();
    let later = now + TimeDelta::minutes(1);
    assert_eq!(media().media().forget_unused(now - TimeDelta::days(30), None).await.unwrap().0, 0);
    assert_eq!(
        media().media().forget_unused(later, None).await.unwrap(),
        (2, None),
        "the lost one and the twin"
    );
    for kept in [sent, drafted, wanted] {
        assert!(read(&tenant, kept).await.is_some());
    }
    for gone in [twin, lost] {
        assert!(read(&tenant, gone).await.is_none());
    }
    // The bytes stay a day, because somebody may be about to refer to them.
    assert_eq!(media().media().forget_content().await.unwrap(), 0);
    app.sql("update media_objects set used_at = used_at - interval '2 days'").await;
    assert_eq!(
        media().media().forget_content().await.unwrap(),
        1,
        "the twin's content is the message's, too"
    );
    assert_eq!(app.count("select files from media_usage").await, 3);
    let left = walk(folder.path());
    assert_eq!(left, 3, "deleted in the folder, too");
    assert!(read(&tenant, sent).await.is_some());
}

fn walk(folder: &std::path::Path) -> usize {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| if entry.file_type().unwrap().is_dir() { walk(&entry.path()) } else { 1 })
        .sum()
}

#[tokio::test]
async fn the_hash_of_a_wish_is_that_of_the_schema() {
    let app = TestApp::start().await;
    let wish = FileWish {
        kind: MediaKind::Image,
        source: "https://a.test/gambar-\u{fc}.png?x=1&y='2'\\".to_owned(),
        mimetype: "image/png".to_owned(),
    };
    let content = json!({"type": "image", "media": {"url": wish.source, "mimetype": wish.mimetype}});
    let theirs: Vec<u8> = sqlx::query_scalar("select media_source_hash($1)")
        .bind(&content)
        .fetch_one(app.store.pool())
        .await
        .unwrap();
    assert_eq!(theirs, wish.hash());
    let none: Option<Vec<u8>> = sqlx::query_scalar("select media_source_hash($1)")
        .bind(json!({"type": "text", "text": "x"}))
        .fetch_one(app.store.pool())
        .await
        .unwrap();
    assert_eq!(none, None);
}

/// A message with the file of an address, in a lane that may send.
struct Waiting {
    app: TestApp,
    tenant: Tenant,
    session: SessionId,
    message: MessageId,
}

impl Waiting {
    async fn new() -> Self {
        let app = TestApp::start().await;
        let acme = app.register("acme").await;
        let session = app.session(&acme, "Phone").await.id;
        app.sql("update sessions set status = 'working'").await;
        let content =
            json!({"type": "image", "media": {"url": "https://a.test/x.png", "mimetype": "image/png"}});
        let body = json!({"session_id": session, "to": "+6281234567890", "content": content});
        let made = acme.post("/api/v1/messages", body).await.expect(202);
        let message = made["id"].as_str().unwrap().parse().unwrap();
        let tenant = app.store.tenant(acme.organization_id.parse().unwrap());
        Self { app, tenant, session, message }
    }

    async fn release(&self) -> usize {
        let room = Room { lane: self.session, class: Class::Transactional, jobs: 1 };
        self.app.store.system().lanes().release(&[room]).await.unwrap().len()
    }

    async fn fence(&self) -> Fence {
        let claims = [(self.message, self.session)];
        let fences = self.app.store.system().messages().fence(&claims, "me", Duration::from_secs(60)).await;
        fences.unwrap().pop().map_or(Fence::Gone, |(_, fence)| fence)
    }

    async fn preparation(&self) -> MediaPreparationId {
        let id =
            sqlx::query_scalar("select id from media_preparations").fetch_one(self.app.store.pool()).await;
        MediaPreparationId(id.unwrap())
    }

    async fn sends(&self) -> Vec<String> {
        let about =
            "select state::text || ' ' || coalesce(held_for, '-') from jobs where kind = 'send_message'";
        self.app.texts(about).await
    }
}

#[tokio::test]
async fn b19_a_message_without_its_file_takes_no_place_in_its_lane_and_no_fence_lets_it_through() {
    let waiting = Waiting::new().await;
    assert_eq!(waiting.release().await, 0, "it is not due");
    // Nobody told that the file is ready, because the worker died: the fence looks, and asks again.
    waiting.app.sql("delete from jobs where kind = 'prepare_media'").await;
    waiting.app.sql("update jobs set run_at = now() - interval '1 second' where kind = 'send_message'").await;
    assert_eq!(waiting.release().await, 1);
    assert!(matches!(waiting.fence().await, Fence::Held));
    assert_eq!(waiting.sends().await, ["pending file"]);
    assert_eq!(waiting.app.count("select count(*) from jobs where kind = 'prepare_media'").await, 1);
    assert_eq!(waiting.release().await, 0);

    let media = added(&waiting.tenant, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").await;
    let system = waiting.app.store.system();
    system.media().prepared(waiting.preparation().await, media, None).await.unwrap();
    assert_eq!(waiting.sends().await, ["pending -"]);
    assert_eq!(waiting.release().await, 1);
    assert!(matches!(waiting.fence().await, Fence::Go(_)));
    assert_eq!(system.media().ready_for(waiting.message).await.unwrap(), Some(media));
    assert_eq!(waiting.app.count("select count(*) from media_waits").await, 0);
}

#[tokio::test]
async fn b17_a_message_whose_file_cannot_be_had_fails_and_can_be_replayed() {
    let waiting = Waiting::new().await;
    let system = waiting.app.store.system();
    let preparation = waiting.preparation().await;
    let failed =
        system.media().not_prepared(preparation, Reason::MediaRefused, "the server answered 404").await;
    assert_eq!(failed.unwrap(), 1);
    assert_eq!(waiting.sends().await, ["dead -"]);
    let said = "select state::text || ' ' || error_code || ' ' || error_detail from messages";
    assert_eq!(waiting.app.texts(said).await, ["failed media_refused the server answered 404"]);
    // Told twice, as by a job that was done again, nothing more happens.
    assert_eq!(system.media().not_prepared(preparation, Reason::MediaRefused, "again").await.unwrap(), 0);
    // Replayed, it waits for a new fetch.
    waiting.app.sql("update jobs set state = 'pending' where kind = 'send_message'").await;
    waiting.app.sql("update jobs set run_at = now() - interval '1 second' where kind = 'send_message'").await;
    waiting.app.sql("update messages set state = 'queued', settled_at = null").await;
    assert_eq!(waiting.release().await, 1);
    assert!(matches!(waiting.fence().await, Fence::Held));
    assert_eq!(waiting.app.texts("select state from media_preparations").await, ["waiting"]);
}
