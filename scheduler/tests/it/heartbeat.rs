//! A scheduler says that it lives, what it sees of Redis and how the queues are; when it ends, it says so.

use tokio_util::sync::CancellationToken;
use wahana_fleet::Fleet;
use wahana_queue::Queue;
use wahana_scheduler::{Scheduler, SchedulerOptions};
use wahana_testkit::{TestApp, eventually_is};

#[tokio::test]
async fn it_says_that_it_lives_and_how_the_queues_are() {
    let app = TestApp::start().await;
    let url = std::env::var("REDIS_URL").expect("REDIS_URL is not set; run the tests with `./wahana test`");
    let queue = Queue::connect(&url, "test-heartbeat").await.unwrap();
    let fleet = Fleet::new(app.store.clone(), wahana_waha::Options::default());
    let shutdown = CancellationToken::new();
    let scheduler = Scheduler::new(app.store.clone(), queue, fleet, SchedulerOptions::default());
    let running = tokio::spawn(scheduler.run(shutdown.clone()));
    let schedulers = "select count(*) from workers where role = 'scheduler' and redis_error is null";
    eventually_is("its heartbeat", 1, async || app.count(schedulers).await).await;
    let queues = "select count(distinct queue) from queue_history";
    eventually_is("how the queues are", 6, async || app.count(queues).await).await;
    assert!(app.store.system().workers().list().await.unwrap().is_empty(), "a scheduler is no worker");
    shutdown.cancel();
    running.await.unwrap();
    assert_eq!(app.count("select count(*) from workers").await, 0);
}
