//! A database per test: a copy of a migrated template, which the first test of these migrations makes.

use std::str::FromStr;

use sha2::{Digest, Sha256};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use wahana_store::MIGRATOR;

/// Held while the template is looked for and made. Any number that nobody else uses.
const LOCK: i64 = 0x7761_6861_6e61;

/// A database of one test; dropped with it.
pub struct TestDatabase {
    /// `postgres://...`, for a store of its own.
    pub url: String,
    name: String,
    server: PgConnectOptions,
}

impl TestDatabase {
    /// An empty, migrated database on the server of `DATABASE_URL`.
    pub async fn create() -> Self {
        let given = std::env::var("DATABASE_URL")
            .expect("DATABASE_URL is not set; run the tests with `./wahana test`");
        let server = PgConnectOptions::from_str(&given).expect("DATABASE_URL is no address of Postgres");
        let name = format!("wahana_test_{}", hex::encode(rand::random::<[u8; 8]>()));
        let mut connection =
            PgConnection::connect_with(&server).await.expect("Postgres does not answer; run `./wahana test`");
        let template = template(&mut connection, &server).await;
        // Copied as files: half of the work of writing every page into the log, as is usual.
        run(&mut connection, format!("create database {name} template {template} strategy file_copy")).await;
        connection.close().await.expect("close");
        Self { url: with_database(&given, &name), name, server }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        let dropped = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let mut connection = PgConnection::connect_with(&server).await.expect("connect");
                run(&mut connection, format!("drop database if exists {name} with (force)")).await;
            });
        });
        drop(dropped.join());
    }
}

/// The name of the migrated template, made if it is not there.
async fn template(connection: &mut PgConnection, server: &PgConnectOptions) -> String {
    let mut hash = Sha256::new();
    MIGRATOR.iter().for_each(|migration| hash.update(&migration.checksum));
    let name = format!("wahana_template_{}", hex::encode(&hash.finalize()[..8]));
    sqlx::query("select pg_advisory_lock($1)").bind(LOCK).execute(&mut *connection).await.expect("lock");
    let known: bool = sqlx::query_scalar("select exists (select 1 from pg_database where datname = $1)")
        .bind(&name)
        .fetch_one(&mut *connection)
        .await
        .expect("list databases");
    if !known {
        // Renamed when it is whole, so that a test that dies on the way leaves no half template.
        let draft = format!("{name}_draft");
        run(connection, format!("drop database if exists {draft} with (force)")).await;
        run(connection, format!("create database {draft}")).await;
        let mut fresh = PgConnection::connect_with(&server.clone().database(&draft))
            .await
            .expect("connect to the template");
        MIGRATOR.run(&mut fresh).await.expect("the migrations run");
        fresh.close().await.expect("close");
        run(connection, format!("alter database {draft} rename to {name}")).await;
    }
    sqlx::query("select pg_advisory_unlock($1)").bind(LOCK).execute(&mut *connection).await.expect("unlock");
    name
}

async fn run(connection: &mut PgConnection, sql: String) {
    connection
        .execute(sqlx::raw_sql(AssertSqlSafe(sql.clone())))
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// The same server, another database.
fn with_database(url: &str, name: &str) -> String {
    let (address, query) =
        url.split_once('?').map_or((url, String::new()), |(address, query)| (address, format!("?{query}")));
    let server =
        address.rfind('/').filter(|at| *at > "postgres://".len()).map_or(address, |at| &address[..at]);
    format!("{server}/{name}{query}")
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn only_the_database_changes() {
        assert_eq!(with_database("postgres://u@h:1/a?host=/run/x", "b"), "postgres://u@h:1/b?host=/run/x");
        assert_eq!(with_database("postgres://u@h/a", "b"), "postgres://u@h/b");
        assert_eq!(with_database("postgres://u@h", "b"), "postgres://u@h/b");
    }
}
