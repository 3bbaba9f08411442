//! A caller may disconnect at any moment, as browsers do: nothing of its request stays behind in the pool.

use std::time::Duration;

use sqlx::{Connection, PgConnection};
use uuid::Uuid;
use wahana_domain::OrganizationId;
use wahana_testkit::{TestApp, eventually_is};

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_that_nobody_waits_for_any_more_is_not_left_open() {
    let app = TestApp::start().await;
    let tenant = app.store.tenant(OrganizationId(Uuid::from_u128(1)));
    // At every moment of a beginning, the early ones last: one that gets through ends what another left.
    for round in (0..400_u32).rev() {
        let beginnings: Vec<_> = (0..4)
            .map(|_| {
                let tenant = tenant.clone();
                tokio::spawn(async move { tenant.begin().await.map(drop) })
            })
            .collect();
        let moment = std::time::Instant::now() + Duration::from_micros(u64::from(round * 2));
        while std::time::Instant::now() < moment {
            tokio::task::yield_now().await;
        }
        beginnings.iter().for_each(tokio::task::JoinHandle::abort);
    }
    // What was begun is undone a moment later. Asked over a connection of its own: one that was left may not see this.
    let mut apart =
        PgConnection::connect_with(&app.store.pool().connect_options()).await.expect("a connection");
    let open = "select count(*)
                from pg_stat_activity
                where datname = current_database() and state like 'idle in transaction%'";
    eventually_is("no transaction that nobody ends", 0, async || {
        sqlx::query_scalar::<_, i64>(open).fetch_one(&mut apart).await.expect("Postgres answers")
    })
    .await;
}
