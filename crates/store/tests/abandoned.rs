//! Who asks may go away at any moment, as a browser does that asks no more: nothing of it stays behind in the pool.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use uuid::Uuid;
use wahana_domain::OrganizationId;
use wahana_testkit::TestApp;

/// Goes so many steps, then away.
async fn leave_after<F: Future>(steps: usize, future: F) {
    let (mut future, mut left) = (pin!(future), steps);
    poll_fn(|cx| {
        if left == 0 || future.as_mut().poll(cx).is_ready() {
            return Poll::Ready(());
        }
        left -= 1;
        Poll::Pending
    })
    .await;
}

#[tokio::test]
async fn a_transaction_that_nobody_waits_for_any_more_is_not_left_open() {
    let app = TestApp::start().await;
    let tenant = app.store.tenant(OrganizationId(Uuid::from_u128(1)));
    for steps in (0..6).cycle().take(120) {
        leave_after(steps, tenant.begin()).await;
        leave_after(steps, app.store.system().begin()).await;
    }
    // What was begun is undone a moment later.
    let mut open = -1;
    for _ in 0..100 {
        open = sqlx::query_scalar::<_, i64>(
            "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
        )
        .fetch_one(app.store.pool())
        .await
        .expect("Postgres answers");
        if open == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(open, 0, "transactions that nobody ends");
}
