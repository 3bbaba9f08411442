//! A waiting message that goes from one member of a pool to another is sent once, by the new one, and what Redis still
//! holds in the old lane finds nothing.

use std::time::Duration;

use serde_json::json;
use wahana_domain::messages::Class;
use wahana_domain::{MessageId, SenderPoolId, SessionId};
use wahana_jobs::Outcome;
use wahana_store::jobs::relay::Room;
use wahana_store::messages::sending::{Fence, Settlement};
use wahana_store::sessions::pool_moves::{Backlog, Move};
use wahana_testkit::{Tenant, TestApp};

const LEASE: Duration = Duration::from_secs(60);
const PHONE: &str = "+6281234567890";

/// A pool of two working sessions and a message that waits for the first.
struct Scene {
    app: TestApp,
    acme: Tenant,
    pool: SenderPoolId,
    members: [SessionId; 2],
    message: MessageId,
}

impl Scene {
    async fn new() -> Self {
        let app = TestApp::start().await;
        let acme = app.register("acme").await;
        let members = [app.session(&acme, "One").await.id, app.session(&acme, "Two").await.id];
        app.sql("update sessions set status = 'working'").await;
        let both: Vec<_> = members.iter().map(|id| json!({"session_id": id})).collect();
        let made = acme.post("/api/v1/sender-pools", json!({"name": "p", "members": both})).await.expect(201);
        let pool: SenderPoolId = made["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
        // While the second is off, the first is chosen.
        let put = async |id: SessionId, enabled: bool| {
            let path = format!("/api/v1/sender-pools/{pool}/members/{id}");
            acme.put(&path, json!({"enabled": enabled})).await.expect(200);
        };
        put(members[1], false).await;
        let body =
            json!({"pool_id": pool, "to": PHONE, "class": "bulk", "content": {"type": "text", "text": "x"}});
        let made = acme.post("/api/v1/messages", body).await.expect(202);
        assert_eq!(made["session_id"], members[0].to_string());
        put(members[1], true).await;
        let message = made["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
        Self { app, acme, pool, members, message }
    }

    async fn release(&self, lane: SessionId) -> usize {
        let room = Room { lane, class: Class::Bulk, jobs: 1 };
        self.app.store.system().lanes().release(&[room]).await.expect("released").len()
    }

    async fn fence(&self, lane: SessionId) -> Fence {
        let claims = [(self.message, lane)];
        let mut fenced =
            self.app.store.system().messages().fence(&claims, "w", LEASE).await.expect("a fence");
        fenced.pop().map_or(Fence::Gone, |(_, fence)| fence)
    }

    async fn backlog(&self) -> Backlog {
        self.app
            .sql(
                "update sessions
                 set status = 'failed', status_since = now() - interval '1 hour'
                 where name = 'One'",
            )
            .await;
        let found = self
            .app
            .store
            .system()
            .sender_pools()
            .backlogs(self.app.store.clock().now())
            .await
            .expect("backlogs");
        let [backlog] = found[..] else { panic!("{found:?}") };
        assert_eq!((backlog.pool, backlog.session), (self.pool, self.members[0]));
        backlog
    }

    async fn moved(&self, backlog: &Backlog) -> usize {
        let to = Move { message: self.message, to: self.members[1] };
        let moved =
            self.app.store.system().sender_pools().move_waiting(backlog, &[to], "session_not_working").await;
        moved.expect("moved").len()
    }
}

#[tokio::test]
async fn a_moved_message_is_sent_once_and_by_the_new_member_only() {
    let scene = Scene::new().await;
    assert_eq!(scene.release(scene.members[0]).await, 1, "Redis holds it in the first lane");
    let backlog = scene.backlog().await;
    assert_eq!(scene.moved(&backlog).await, 1);
    assert_eq!(scene.moved(&backlog).await, 0, "it is not in that lane any more");

    scene.app.sql("update sessions set status = 'working'").await;
    assert!(matches!(scene.fence(scene.members[0]).await, Fence::Gone), "not released in its new lane yet");
    assert_eq!(scene.release(scene.members[1]).await, 1);
    assert!(matches!(scene.fence(scene.members[0]).await, Fence::Gone), "a claim of the old lane");
    let Fence::Go(fenced) = scene.fence(scene.members[1]).await else { panic!("not let in") };
    assert_eq!(fenced.session, scene.members[1]);
    assert!(matches!(scene.fence(scene.members[1]).await, Fence::Gone), "somebody has it");
    assert_eq!(scene.moved(&backlog).await, 0, "what runs stays");

    // The sender is remembered only now.
    assert_eq!(scene.app.count("select count(*) from sender_pool_contacts").await, 0);
    let settlement = Settlement {
        message: fenced.message,
        organization: fenced.organization,
        session: fenced.session,
        attempt: fenced.attempt,
        started_at: fenced.started_at,
        outcome: Outcome::Done,
        waha_id: None,
        run_at: None,
    };
    scene.app.store.system().messages().settle("w", &[settlement]).await.expect("written down");
    let known = scene
        .app
        .store
        .system()
        .sender_pools()
        .acquaintances(scene.pool, &["6281234567890@c.us"])
        .await
        .expect("known");
    assert_eq!(known["6281234567890@c.us"].wrote, Some(scene.members[1]));

    let timeline = scene.acme.get(&format!("/api/v1/messages/{}/timeline", scene.message)).await.expect(200);
    let moved = timeline["items"].as_array().into_iter().flatten().find(|item| item["what"] == "moved");
    let moved = moved.unwrap_or_else(|| panic!("{timeline}"));
    assert_eq!(moved["code"], "session_not_working");
    assert_eq!(moved["detail"], format!("from {} to {}", scene.members[0], scene.members[1]));
    let status = scene.acme.get(&format!("/api/v1/sender-pools/{}/status", scene.pool)).await.expect(200);
    let figures: Vec<_> = status["members"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|m| (&m["moved_out"], &m["moved_in"], &m["contacts"]))
        .collect();
    assert_eq!(
        format!("{figures:?}"),
        "[(Number(1), Number(0), Number(0)), (Number(0), Number(1), Number(1))]"
    );
}

#[tokio::test]
async fn a_chat_waits_for_its_member() {
    let scene = Scene::new().await;
    scene
        .app
        .sql(
            "insert into messages (
                 id, organization_id, session_id, direction, class, state, chat_id, phone, content
             )
             select gen_random_uuid(), organization_id, id, 'inbound', 'transactional', 'received',
                    '6281234567890@c.us', '6281234567890', '{}'
             from sessions
             where name = 'One'",
        )
        .await;
    let backlog = scene.backlog().await;
    let waiting =
        scene.app.store.system().sender_pools().waiting(&backlog, true, 10).await.expect("an answer");
    assert!(waiting.is_empty(), "{waiting:?}");
    // The next message for this person goes to the member they know too, although it is out.
    let body = json!({"pool_id": scene.pool, "to": PHONE, "content": {"type": "text", "text": "y"}});
    let made = scene.acme.post("/api/v1/messages", body).await.expect(202);
    assert_eq!(made["session_id"], scene.members[0].to_string());
    let other =
        json!({"pool_id": scene.pool, "to": "+6281234567891", "content": {"type": "text", "text": "y"}});
    let made = scene.acme.post("/api/v1/messages", other).await.expect(202);
    assert_eq!(made["session_id"], scene.members[1].to_string());
}
