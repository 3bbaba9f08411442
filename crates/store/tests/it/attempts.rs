//! Attempts that overlap, get lost or are overtaken: whatever order things are written down in, the message ends as it
//! really is.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::json;
use wahana_domain::messages::{Class, MessageState};
use wahana_domain::rejections::RejectionLimits;
use wahana_domain::{JobId, MessageId, Reason, SessionId};
use wahana_jobs::Outcome;
use wahana_store::System;
use wahana_store::inbox::inbound_work::Proof;
use wahana_store::jobs::relay::Room;
use wahana_store::messages::resolving::Resolution;
use wahana_store::messages::sending::{Fence, Fenced, Settlement};
use wahana_testkit::TestApp;

const MINUTE: Duration = Duration::from_secs(60);

/// One message that waits in the lane of a working session.
struct Scene {
    app: TestApp,
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
        Self { app, session, message }
    }

    fn system(&self) -> System {
        self.app.store.system()
    }

    /// Releases the message and takes its fence.
    async fn fence(&self, owner: &str, lease: Duration) -> Fenced {
        let room = Room { lane: self.session, class: Class::Transactional, jobs: 1 };
        self.system().lanes().release(&[room]).await.expect("released");
        match self
            .system()
            .messages()
            .fence(&[(self.message, self.session)], owner, lease)
            .await
            .expect("a fence")
            .pop()
        {
            Some((_, Fence::Go(fenced))) => *fenced,
            other => panic!("not let in: {other:?}"),
        }
    }

    async fn settle(&self, owner: &str, fenced: &Fenced, outcome: Outcome) {
        let settlement = Settlement {
            message: fenced.message,
            organization: fenced.organization,
            session: fenced.session,
            attempt: fenced.attempt,
            started_at: fenced.started_at,
            outcome,
            waha_id: None,
            run_at: Some(fenced.started_at),
        };
        self.system().messages().settle(owner, &[settlement]).await.expect("written down");
    }

    async fn proof(&self, fenced: &Fenced, state: MessageState) {
        let waha_id = fenced.waha_id.clone().expect("an id of ours");
        let code = (state == MessageState::Failed).then_some(Reason::RejectedByWhatsapp);
        let proof = Proof { waha_id, state, at: fenced.started_at, code, detail: None };
        self.system()
            .inbox()
            .apply_proofs(self.session, &[proof], &RejectionLimits::default())
            .await
            .expect("applied");
    }

    async fn state(&self) -> String {
        self.app.texts("select state::text from messages").await.pop().expect("the message")
    }

    async fn jobs(&self) -> i64 {
        self.app.count("select count(*) from jobs where kind = 'send_message'").await
    }

    /// The worker's lease has run out and was taken back. Returns when the lost attempt began, as the resolver sees it.
    async fn lose(&self) -> DateTime<Utc> {
        assert_eq!(self.system().messages().take_back_lost_leases().await.expect("taken back"), 1);
        let looker = JobId(self.message.0);
        let unknown =
            self.system().messages().unknown(self.message, looker).await.expect("read").expect("in doubt");
        unknown.0.attempted_at
    }

    async fn send_again(&self) {
        let unknown =
            self.system().messages().unknown(self.message, JobId(self.message.0)).await.expect("read");
        let (unknown, _) = unknown.expect("in doubt");
        self.system()
            .messages()
            .resolve(&unknown, &Resolution::SendAgain, "resolver")
            .await
            .expect("resolved");
    }
}

fn retry() -> Outcome {
    Outcome::Retry { code: Reason::ConnectionClosed, detail: String::new() }
}

fn give_up() -> Outcome {
    Outcome::GiveUp { code: Reason::Refused, detail: String::new() }
}

#[tokio::test]
async fn a_lost_attempt_is_looked_for_from_its_beginning_on() {
    let scene = Scene::new().await;
    let fenced = scene.fence("first", Duration::ZERO).await;
    // Postgres keeps microseconds.
    assert_eq!(scene.lose().await.timestamp_micros(), fenced.started_at.timestamp_micros());
    assert_eq!((scene.state().await.as_str(), scene.jobs().await), ("unknown", 0));
}

#[tokio::test]
async fn a_late_answer_of_a_lost_attempt_does_not_touch_the_next_one() {
    let scene = Scene::new().await;
    let first = scene.fence("first", Duration::ZERO).await;
    scene.lose().await;
    scene.send_again().await;
    let second = scene.fence("second", MINUTE).await;
    assert_eq!(second.attempt, 2);
    for outcome in [retry(), give_up(), Outcome::Unknown { code: Reason::AnswerLost, detail: String::new() }]
    {
        scene.settle("first", &first, outcome).await;
        assert_eq!((scene.state().await.as_str(), scene.jobs().await), ("sending", 1));
    }
    scene.settle("second", &second, Outcome::Done).await;
    assert_eq!((scene.state().await.as_str(), scene.jobs().await), ("sent", 0));
}

#[tokio::test]
async fn a_late_success_of_a_lost_attempt_counts() {
    let scene = Scene::new().await;
    let first = scene.fence("first", Duration::ZERO).await;
    scene.lose().await;
    scene.settle("first", &first, Outcome::Done).await;
    assert_eq!(scene.state().await, "sent");
}

#[tokio::test]
async fn what_whatsapp_refused_is_not_turned_into_sent_by_what_waha_says_later() {
    let scene = Scene::new().await;
    let fenced = scene.fence("worker", MINUTE).await;
    scene.proof(&fenced, MessageState::Failed).await;
    scene.settle("worker", &fenced, Outcome::Done).await;
    assert_eq!((scene.state().await.as_str(), scene.jobs().await), ("failed", 0));
    scene.proof(&fenced, MessageState::Sent).await;
    assert_eq!(scene.state().await, "failed");
    scene.proof(&fenced, MessageState::Delivered).await;
    assert_eq!(scene.state().await, "delivered");
}

#[tokio::test]
async fn giving_up_on_what_is_proven_sent_leaves_no_dead_letter() {
    let scene = Scene::new().await;
    let fenced = scene.fence("worker", MINUTE).await;
    scene.proof(&fenced, MessageState::Sent).await;
    scene.settle("worker", &fenced, give_up()).await;
    assert_eq!((scene.state().await.as_str(), scene.jobs().await), ("sent", 0));
}

#[tokio::test]
async fn a_lease_that_is_renewed_is_not_lost() {
    let scene = Scene::new().await;
    scene.fence("worker", Duration::ZERO).await;
    let job = [JobId(scene.message.0)];
    let renew =
        async |owner| scene.system().jobs().renew_leases(&job, owner, MINUTE).await.expect("an answer");
    assert_eq!(renew("somebody else").await, []);
    assert_eq!(renew("worker").await, job);
    assert_eq!(scene.system().messages().take_back_lost_leases().await.expect("nothing lost"), 0);
    assert_eq!(scene.state().await, "sending");
}
