//! Plain queues are released by organization in turn, so that nobody's backlog hides another's (docs/adr/0009-fairness.md).

use uuid::Uuid;
use wahana_domain::jobs::Queue;
use wahana_domain::{JobId, OrganizationId};
use wahana_testkit::TestApp;

async fn fill(app: &TestApp, organization: OrganizationId, jobs: i32) {
    sqlx::query(
        "insert into jobs (id, organization_id, kind, queue, payload, run_at)
         select gen_random_uuid(), $1, 'process_inbound', 'inbound', '{}', now() - interval '1 minute'
         from generate_series(1, $2)",
    )
    .bind(organization.0)
    .bind(jobs)
    .execute(app.store.pool())
    .await
    .expect("jobs");
}

async fn owners(app: &TestApp, jobs: &[JobId]) -> Vec<OrganizationId> {
    let ids: Vec<Uuid> = jobs.iter().map(|job| job.0).collect();
    let owners: Vec<Uuid> = sqlx::query_scalar("select organization_id from jobs where id = any($1)")
        .bind(ids)
        .fetch_all(app.store.pool())
        .await
        .expect("jobs");
    owners.into_iter().map(OrganizationId).collect()
}

fn organization(n: u128) -> OrganizationId {
    OrganizationId(Uuid::from_u128(n))
}

#[tokio::test]
async fn one_job_is_in_the_first_release_whatever_others_have() {
    let app = TestApp::start().await;
    let [many, few] = [1, 2].map(organization);
    fill(&app, many, 3_000).await;
    fill(&app, few, 1).await;
    let turn = app.store.system().lanes().release_plain(Queue::Inbound, None, 100).await.expect("a release");
    assert_eq!(owners(&app, &turn.jobs).await.iter().filter(|owner| **owner == few).count(), 1);
    assert_eq!(turn.jobs.len(), 51, "half of the room for each");
    let rest =
        app.store.system().lanes().release_plain(Queue::Inbound, turn.last, 100).await.expect("a release");
    assert_eq!(rest.jobs.len(), 100, "nobody else wants any: all of the room");
}

#[tokio::test]
async fn the_ring_goes_on_where_it_stood() {
    let app = TestApp::start().await;
    let all = [1, 2, 3].map(organization);
    for organization in all {
        fill(&app, organization, 10).await;
    }
    let (mut after, mut order) = (None, Vec::new());
    while order.len() < 9 {
        let turn =
            app.store.system().lanes().release_plain(Queue::Inbound, after, 1).await.expect("a release");
        order.extend(owners(&app, &turn.jobs).await);
        after = turn.last;
    }
    for round in order.chunks(3) {
        assert_eq!(round, all, "everybody once before anybody twice");
    }
}
