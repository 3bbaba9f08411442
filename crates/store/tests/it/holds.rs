//! What operators hold back is neither released nor let through the fence; when the hold ends, nothing is missing.

use std::time::Duration;

use serde_json::json;
use wahana_domain::jobs::Queue;
use wahana_domain::messages::Class;
use wahana_domain::{JobId, MessageId, NodeId, OrganizationId, SessionId};
use wahana_store::jobs::relay::Room;
use wahana_store::messages::sending::Fence;
use wahana_store::operator::controls::{Hold, Pausing, Target};
use wahana_testkit::TestApp;

const MINUTE: Duration = Duration::from_secs(60);

struct Scene {
    app: TestApp,
    organization: OrganizationId,
    session: SessionId,
    message: MessageId,
}

impl Scene {
    async fn new() -> Self {
        let app = TestApp::start().await;
        let acme = app.register("acme").await;
        let session = app.session(&acme, "Phone").await.id;
        app.sql("update sessions set status = 'working'").await;
        let body =
            json!({"session_id": session, "to": "+6281234567890", "content": {"type": "text", "text": "x"}});
        let made = acme.post("/api/v1/messages", body).await.expect(202);
        let message = made["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
        let organization = acme.organization_id.parse().expect("an id");
        Self { app, organization, session, message }
    }

    async fn node(&self) -> NodeId {
        self.app.store.system().nodes().list().await.expect("nodes")[0].id
    }

    async fn set(&self, hold: Hold, paused: bool) {
        let set =
            self.app.store.system().controls().set_paused(Target::Hold(hold), paused, Some("a test")).await;
        assert_eq!(set.expect("set"), Pausing::Done);
    }

    async fn release(&self) -> usize {
        let room = Room { lane: self.session, class: Class::Transactional, jobs: 1 };
        self.app.store.system().lanes().release(&[room]).await.expect("released").len()
    }

    async fn fence(&self) -> Fence {
        let claims = [(self.message, self.session)];
        let fences = self.app.store.system().messages().fence(&claims, "me", MINUTE).await;
        fences.expect("an answer").pop().map_or(Fence::Gone, |(_, fence)| fence)
    }

    async fn job_state(&self) -> Vec<String> {
        self.app.texts("select state::text from jobs where kind = 'send_message'").await
    }
}

#[tokio::test]
async fn no_hold_lets_a_message_through_and_its_end_loses_none() {
    let scene = Scene::new().await;
    let holds = [
        Hold::All,
        Hold::Outbound,
        Hold::Queue(Queue::Lanes),
        Hold::Organization(scene.organization),
        Hold::Node(scene.node().await),
        Hold::Lane(scene.session),
    ];
    for hold in holds {
        // It stands in Redis when the hold begins.
        assert_eq!(scene.release().await, 1);
        scene.set(hold, true).await;
        assert!(matches!(scene.fence().await, Fence::Held), "{hold} let it through");
        assert_eq!(scene.job_state().await, ["pending"], "{hold}");
        let facts = scene.app.store.system().lanes().facts(&[scene.session]).await.expect("facts");
        assert!(facts[0].state.paused, "{hold} is not seen by the relay");
        scene.set(hold, false).await;
        let facts = scene.app.store.system().lanes().facts(&[scene.session]).await.expect("facts");
        assert!(!facts[0].state.paused, "{hold} did not end");
    }
    assert_eq!(scene.release().await, 1);
    assert!(matches!(scene.fence().await, Fence::Go(_)));
}

#[tokio::test]
async fn holds_on_others_hold_nothing_here() {
    let scene = Scene::new().await;
    let other = scene.app.register("other").await;
    let others = scene.app.session(&other, "Theirs").await.id;
    scene.set(Hold::Organization(other.organization_id.parse().expect("an id")), true).await;
    scene.set(Hold::Lane(others), true).await;
    scene.set(Hold::Queue(Queue::Inbound), true).await;
    assert_eq!(scene.release().await, 1);
    assert!(matches!(scene.fence().await, Fence::Go(_)));
    let nobody = Target::Hold(Hold::Lane(SessionId(scene.message.0)));
    let set = scene.app.store.system().controls().set_paused(nobody, true, None).await.expect("an answer");
    assert_eq!(set, Pausing::NotFound);
}

#[tokio::test]
async fn a_held_queue_releases_nothing_and_takes_back_what_it_released() {
    let scene = Scene::new().await;
    let system = scene.app.store.system();
    let released: Vec<JobId> =
        system.lanes().release_plain(Queue::Sessions, None, 10).await.expect("released").jobs;
    assert_eq!(released.len(), 1, "the new session's job");
    for hold in [Hold::Queue(Queue::Sessions), Hold::All] {
        scene.set(hold, true).await;
        assert!(system.jobs().fence(released[0], "me", MINUTE).await.expect("an answer").is_none());
        assert!(
            system.lanes().release_plain(Queue::Sessions, None, 10).await.expect("an answer").jobs.is_empty()
        );
        assert!(
            system.lanes().oldest_due_plain().await.expect("an answer").is_empty(),
            "what is held is not runnable"
        );
        scene.set(hold, false).await;
        assert_eq!(
            system.lanes().release_plain(Queue::Sessions, None, 10).await.expect("released").jobs,
            released
        );
    }
    assert!(system.jobs().fence(released[0], "me", MINUTE).await.expect("an answer").is_some());
}
