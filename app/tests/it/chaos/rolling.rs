//! A rolling deploy: each role is asked to end while it works, finishes what it does, begins nothing more, and comes back.

use std::time::Duration;

use reqwest::{Body, Method};
use serde_json::json;
use wahana_testkit::Reply;
use wahana_testkit::eventually;
use wahana_waha_sim::Faults;

use crate::chaos::campaign::Campaign;
use crate::chaos::stack::{DRAIN, TestStack, reachable, text};

/// How long a send takes at WAHA while the worker is asked to end.
const SEND: Duration = Duration::from_millis(2_500);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_role_ends_in_order() {
    let mut stack = TestStack::start(reachable()).await;
    let campaign = Campaign::start(&stack, 600).await;
    jobs_of_a_newer_version(&stack).await;
    stack.until_sent(100).await;

    the_worker_finishes_its_sends(&mut stack).await;
    the_api_finishes_its_requests(&mut stack).await;
    assert!(stack.scheduler.terminate().await < DRAIN);
    stack.scheduler.restart();

    campaign.finish(&mut stack).await;
    campaign.delivered(&stack).await;
    campaign.check(&stack).await;
    newer_jobs_are_left_alone(&stack).await;
}

/// A newer binary beside us records kinds of jobs that we do not know: in a queue, in a lane, and in a queue of its own.
async fn jobs_of_a_newer_version(stack: &TestStack) {
    let insert = "insert into jobs (id, organization_id, kind, queue, lane, payload, run_at)
                  select gen_random_uuid(), s.organization_id, 'paint_house', q.queue,
                         case q.queue when 'lanes' then s.id end, '{}', now()
                  from (select * from sessions order by id limit 1) s,
                       unnest(array['maintenance', 'lanes', 'houses']) as q (queue)";
    sqlx::query(insert).execute(&stack.pool).await.expect("Postgres");
}

/// They wait for a worker that knows them: no attempt is used up, none is a dead letter.
async fn newer_jobs_are_left_alone(stack: &TestStack) {
    let query = "select queue || case
                                     when attempt = 0 and state in ('pending', 'released') then ''
                                     else ': ' || state || ' ' || attempt
                                 end
                 from jobs
                 where kind = 'paint_house'
                 order by queue";
    eventually("jobs of a newer version to be put back", async || {
        let jobs: Vec<String> = sqlx::query_scalar(query).fetch_all(&stack.pool).await.expect("Postgres");
        jobs == ["houses", "lanes", "maintenance"]
    })
    .await;
}

async fn the_worker_finishes_its_sends(stack: &mut TestStack) {
    assert!(stack.workers[1].terminate().await < DRAIN);
    let send_ms = u64::try_from(SEND.as_millis()).expect("short");
    stack.sim.set_faults(Faults { send_ms, ..Faults::default() });
    // From now on only slow ones are under way: one of each sender.
    tokio::time::sleep(SEND / 2).await;
    let before = stack.sim.sent();
    let [worker, _] = &mut stack.workers;
    worker.signal("TERM");
    let (ready, alive) = tokio::join!(worker.probe("/readyz"), worker.probe("/healthz"));
    assert_eq!((ready, alive), (Some(503), Some(200)), "it says that it is ending, while it is");
    assert!(worker.gone().await < DRAIN);
    let finished = stack.sim.sent() - before;
    assert!((1..=stack.senders.len() as u64).contains(&finished), "{finished} sends after the signal");
    assert_eq!(in_doubt(stack).await, 0, "all that ran was written down");
    // Nothing went out behind its back: what WAHA has is in the books.
    tokio::time::sleep(SEND).await;
    assert_eq!(stack.sim.sent(), before + finished);
    stack.sim.set_faults(Faults::default());
    stack.workers.iter_mut().for_each(crate::chaos::roles::Role::restart);
}

async fn in_doubt(stack: &TestStack) -> i64 {
    sqlx::query_scalar("select count(*) from messages where state in ('sending', 'unknown')")
        .fetch_one(&stack.pool)
        .await
        .expect("Postgres")
}

/// An upload in the middle is finished; new requests are taken while `/readyz` says no already; WAHA's events are either
/// answered or told again, which the end of the campaign shows.
async fn the_api_finishes_its_requests(stack: &mut TestStack) {
    let content = json!({"type": "text", "text": "Later"});
    let made = stack
        .client
        .post("/api/v1/campaigns", json!({"name": "Later", "session_ids": stack.senders, "content": content}))
        .await;
    let path = format!("/api/v1/campaigns/{}/recipients", text(&made, "id"));
    let request = stack.client.request(Method::POST, &path).header("content-type", "text/csv");
    let upload = tokio::spawn(Reply::to(request.body(slow_list())));
    // The list is being read.
    tokio::time::sleep(Duration::from_millis(500)).await;
    stack.api.signal("TERM");
    eventually("not ready", async || stack.api.probe("/readyz").await == Some(503)).await;
    let body = json!({"session_id": stack.senders[0], "to": "+6281799999999", "content": {"type": "text", "text": "A code"}});
    stack.client.post("/api/v1/messages", body).await;
    let import = upload.await.expect("the upload").expect(200);
    assert_eq!(import["accepted"], 3, "{import}");
    assert!(stack.api.gone().await < DRAIN);
    stack.api.restart();
}

/// Three people, one every second.
fn slow_list() -> Body {
    let lines = ["phone,name\n+6281810000001,Ana\n", "+6281810000002,Budi\n", "+6281810000003,Citra\n"];
    Body::wrap_stream(futures::stream::unfold(0, move |n| async move {
        if n > 0 {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        lines.get(n).map(|line| (Ok::<_, std::io::Error>(*line), n + 1))
    }))
}
