//! A database from before the baseline goes on with it; one that is not complete is left alone.

use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use wahana_store::{Keyring, MIGRATOR, Plans, Store, StoreOptions};
use wahana_testkit::TestDatabase;

/// The migrations that the baseline took the place of.
#[rustfmt::skip]
const REPLACED: [i64; 32] = [
    20261123000001, 20261123000002, 20261123000003, 20261123000004, 20261123000020, 20261123000030,
    20261123110000, 20261123110100, 20261123111000, 20261123112000, 20261123112100, 20261123112200,
    20261123112300, 20261123113000, 20261123113100, 20261123113200, 20261123114000, 20261123114100,
    20261123114200, 20261123114300, 20261123115000, 20261123115100, 20261123120000, 20261123121000,
    20261123125000, 20261123130000, 20261123130100, 20261123130200, 20261123130300, 20261123140000,
    20261123141000, 20261123142000,
];

/// The last migration of the baseline.
const BASELINE: i64 = 10;

struct Old {
    _database: TestDatabase,
    pool: PgPool,
    store: Store,
}

impl Old {
    /// A database with the schema of the baseline and the history of then, as far as `complete`.
    async fn new(complete: bool) -> Self {
        let database = TestDatabase::create().await;
        let pool =
            PgPoolOptions::new().max_connections(2).connect(&database.url).await.expect("Postgres answers");
        sqlx::raw_sql("drop schema public cascade; create schema public")
            .execute(&pool)
            .await
            .expect("Postgres answers");
        MIGRATOR.run_to(BASELINE, &pool).await.expect("the baseline is applied");
        sqlx::query("delete from _sqlx_migrations").execute(&pool).await.expect("Postgres answers");
        let versions = &REPLACED[..if complete { 32 } else { 31 }];
        sqlx::query(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
             select version, 'old', true, '\\x00', 1
             from unnest($1::bigint[]) as version",
        )
        .bind(versions)
        .execute(&pool)
        .await
        .expect("Postgres answers");
        let options = StoreOptions {
            url: database.url.clone(),
            max_connections: 2,
            acquire_timeout: std::time::Duration::from_secs(10),
            plans: Plans::PerValue,
        };
        let store =
            Store::new(&options, Keyring::new(&"a key for tests".into()), wahana_domain::Clock::System);
        Self { _database: database, pool, store: store.expect("options that read") }
    }

    async fn versions(&self) -> Vec<i64> {
        sqlx::query_scalar("select version from _sqlx_migrations order by version")
            .fetch_all(&self.pool)
            .await
            .expect("Postgres answers")
    }

    async fn plans(&self) -> i64 {
        sqlx::query_scalar("select count(*) from plans")
            .fetch_one(&self.pool)
            .await
            .expect("Postgres answers")
    }
}

#[tokio::test]
async fn a_complete_history_is_replaced_and_the_rows_stay() {
    let old = Old::new(true).await;
    let plans = old.plans().await;
    assert!(plans > 0);
    old.store.ready().await.expect_err("the baseline is not applied");
    let (one, two) = tokio::join!(old.store.migrate(), old.store.migrate());
    one.expect("it is adopted");
    two.expect("by another process as well");
    let known: Vec<i64> = MIGRATOR.iter().map(|migration| migration.version).collect();
    assert_eq!(old.versions().await, known);
    assert_eq!(old.plans().await, plans);
    old.store.ready().await.expect("it is up to date");
    old.store.migrate().await.expect("again, with nothing to do");
}

#[tokio::test]
async fn an_incomplete_history_is_refused_and_left_alone() {
    let old = Old::new(false).await;
    let before = old.versions().await;
    let refused = old.store.migrate().await.expect_err("one migration is missing").to_string();
    assert!(refused.contains("31 of its 32 migrations"), "{refused}");
    assert!(refused.contains("Start anew with an empty database"), "{refused}");
    assert_eq!(old.versions().await, before);
}
