//! Start, stop, crash and second start of the private services.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use sqlx::{Connection, PgConnection};
use wahana_embedded::{EmbeddedError, Options, Services, exec_with_services};
use wahana_testkit::eventually;

type TestResult = Result<(), Box<dyn std::error::Error>>;

const HOLD: &str = "WAHANA_TEST_HOLD_DIR";

fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/var/tmp").expect("a temporary folder")
}

fn redis(services: &Services, command: &str) -> std::io::Result<String> {
    redis_at(services.redis_url.trim_start_matches("redis+unix://"), command)
}

fn redis_at(socket: &str, command: &str) -> std::io::Result<String> {
    let mut stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    stream.write_all(format!("{command}\r\n").as_bytes())?;
    let mut answer = [0; 512];
    let read = stream.read(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer[..read]).into_owned())
}

fn alive(pid: u32) -> bool {
    // A zombie no longer runs, but still has a pid when nobody reaps orphans (in a container).
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    kill(Pid::from_raw(pid.cast_signed()), None).is_ok() && !stat.contains(") Z ")
}

#[tokio::test]
async fn starts_answers_and_stops_without_a_trace() -> TestResult {
    let services = Services::start(Options::throwaway()).await?;
    let mut db = PgConnection::connect(&services.database_url).await?;
    let name: String = sqlx::query_scalar("SELECT current_database()::text").fetch_one(&mut db).await?;
    assert_eq!(name, "wahana");
    let listen: String = sqlx::query_scalar("SHOW listen_addresses").fetch_one(&mut db).await?;
    assert_eq!(listen, "", "no TCP");
    let folded: String = sqlx::query_scalar("SELECT lower('ÅÉ')").fetch_one(&mut db).await?;
    assert_eq!(folded, "åé", "the locale knows more than ASCII");
    assert!(redis(&services, "CONFIG GET port")?.contains("\r\n0\r\n"), "no TCP");
    assert!(redis(&services, "CONFIG GET maxmemory-policy")?.contains("noeviction"));

    let pids = [services.postgres_pid().ok_or("no pid")?, services.redis_pid().ok_or("no pid")?];
    let data_dir = services.data_dir.clone();
    services.stop().await;
    assert!(pids.iter().all(|pid| !alive(*pid)), "both have ended");
    assert!(!data_dir.exists(), "the throwaway folder is gone");
    Ok(())
}

#[tokio::test]
async fn data_survives_and_durability_is_on() -> TestResult {
    let dir = folder();
    let path = dir.path().join("data");
    let services = Services::start(Options::keep(Some(path.clone()))).await?;
    let mut db = PgConnection::connect(&services.database_url).await?;
    let fsync: String = sqlx::query_scalar("SHOW fsync").fetch_one(&mut db).await?;
    assert_eq!(fsync, "on");
    sqlx::query("CREATE TABLE kept AS SELECT 42 AS n").execute(&mut db).await?;
    redis(&services, "SET kept 42")?;
    services.stop().await;

    let services = Services::start(Options::keep(Some(path))).await?;
    let mut db = PgConnection::connect(&services.database_url).await?;
    let n: i32 = sqlx::query_scalar("SELECT n FROM kept").fetch_one(&mut db).await?;
    assert_eq!(n, 42);
    assert!(redis(&services, "GET kept")?.contains("42"));
    services.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_second_start_on_the_same_folder_is_refused() -> TestResult {
    let dir = folder();
    let first = Services::start(Options::keep(Some(dir.path().join("data")))).await?;
    let second = Services::start(Options::keep(Some(dir.path().join("data")))).await;
    let error = second.err().ok_or("it was not refused")?;
    assert!(matches!(error, EmbeddedError::InUse { .. }), "{error}");
    let holder = format!("process {}", std::process::id());
    assert!(error.to_string().contains(&holder), "{error}");
    assert!(redis(&first, "PING")?.contains("PONG"), "the first is unharmed");
    first.stop().await;
    Ok(())
}

#[tokio::test]
async fn killed_services_come_back_on_demand() -> TestResult {
    let services = Services::start(Options::throwaway()).await?;
    let mut db = PgConnection::connect(&services.database_url).await?;
    sqlx::query("CREATE TABLE kept AS SELECT 7 AS n").execute(&mut db).await?;

    services.kill_redis().await;
    services.kill_postgres().await;
    assert!(redis(&services, "PING").is_err(), "down until asked for");
    assert!(PgConnection::connect(&services.database_url).await.is_err());
    tokio::time::sleep(Duration::from_millis(700)).await; // one round of the watcher
    assert!(
        services.redis_pid().is_none() && services.postgres_pid().is_none(),
        "the watcher leaves them down"
    );

    services.start_redis().await?;
    services.start_postgres().await?;
    assert!(redis(&services, "PING")?.contains("PONG"));
    let mut db = PgConnection::connect(&services.database_url).await?;
    let n: i32 = sqlx::query_scalar("SELECT n FROM kept").fetch_one(&mut db).await?;
    assert_eq!(n, 7, "recovered");
    services.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_dies_by_itself_is_started_again() -> TestResult {
    let services = Services::start(Options::throwaway()).await?;
    let old = services.redis_pid().ok_or("no pid")?;
    kill(Pid::from_raw(old.cast_signed()), Signal::SIGKILL)?;
    eventually("another Redis", async || services.redis_pid().is_some_and(|pid| pid != old)).await;
    eventually("an answer of Redis", async || {
        redis(&services, "PING").is_ok_and(|answer| answer.contains("PONG"))
    })
    .await;
    services.stop().await;
    Ok(())
}

/// Not a test by itself: the next one runs it in a process of its own, to be killed.
#[tokio::test]
async fn holds_services_when_told_to() -> TestResult {
    let Some(dir) = std::env::var_os(HOLD) else { return Ok(()) };
    let services = Services::start(Options::keep(Some(dir.into()))).await?;
    let mut db = PgConnection::connect(&services.database_url).await?;
    sqlx::query("CREATE TABLE IF NOT EXISTS kept (n int)").execute(&mut db).await?;
    sqlx::query("INSERT INTO kept VALUES (1)").execute(&mut db).await?;
    let pids = (services.postgres_pid(), services.redis_pid());
    writeln!(std::io::stderr(), "HOLDING {} {}", pids.0.unwrap_or(0), pids.1.unwrap_or(0))?;
    std::future::pending::<()>().await;
    Ok(())
}

fn hold(dir: &Path) -> Result<(std::process::Child, [u32; 2]), Box<dyn std::error::Error>> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(["--exact", "holds_services_when_told_to", "--nocapture"])
        .env(HOLD, dir)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    let output = child.stderr.take().ok_or("no stderr")?;
    let line = BufReader::new(output).lines().map_while(Result::ok).find(|line| line.starts_with("HOLDING"));
    let line = line.ok_or("the helper did not start")?;
    let pids: Vec<u32> = line.split(' ').filter_map(|word| word.parse().ok()).collect();
    Ok((child, pids.try_into().map_err(|_| "two pids expected")?))
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn kill_9_of_the_parent_leaves_nothing_running_and_loses_nothing() -> TestResult {
    let dir = folder();
    let path = dir.path().join("data");
    for signal in [Signal::SIGKILL, Signal::SIGTERM] {
        let (mut parent, pids) = hold(&path)?;
        kill(Pid::from_raw(parent.id().cast_signed()), signal)?;
        parent.wait()?;
        eventually("the end of Postgres and Redis", async || pids.iter().all(|pid| !alive(*pid))).await;
    }
    let log = fs::read_to_string(path.join("logs/postgres.log"))?;
    assert_eq!(log.matches("database system is shut down").count(), 2, "clean shutdowns:\n{log}");

    let services = Services::start(Options::keep(Some(path))).await?;
    let mut db = PgConnection::connect(&services.database_url).await?;
    let n: i64 = sqlx::query_scalar("SELECT count(*) FROM kept").fetch_one(&mut db).await?;
    assert_eq!(n, 2);
    services.stop().await;
    Ok(())
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_start_right_after_kill_9_waits_for_the_old_servers() -> TestResult {
    let dir = folder();
    let path = dir.path().join("data");
    let (mut parent, _) = hold(&path)?;
    parent.kill()?;
    parent.wait()?;
    let services = Services::start(Options::keep(Some(path))).await?;
    assert!(redis(&services, "PING")?.contains("PONG"));
    services.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_stale_pid_file_of_a_stranger_is_ignored() -> TestResult {
    let dir = folder();
    let path = dir.path().join("data");
    Services::start(Options::keep(Some(path.clone()))).await?.stop().await;
    // Our own pid: alive, and surely not that Postgres.
    let stale =
        format!("{}\n{}\n0\n54329\n\n\n\nready\n", std::process::id(), path.join("postgres").display());
    fs::write(path.join("postgres/postmaster.pid"), stale)?;
    Services::start(Options::keep(Some(path))).await?.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_long_path_gets_short_sockets() -> TestResult {
    let dir = folder();
    let path = dir.path().join("a".repeat(60)).join("b".repeat(60));
    if nix::unistd::geteuid().is_root() {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755))?;
    }
    let services = Services::start(Options::keep(Some(path))).await?;
    assert!(redis(&services, "PING")?.contains("PONG"));
    PgConnection::connect(&services.database_url).await?;
    let run = Path::new(services.redis_url.trim_start_matches("redis+unix://")).with_file_name("");
    services.stop().await;
    assert!(!run.exists(), "the short folder is gone");
    Ok(())
}

#[tokio::test]
async fn exec_hands_the_urls_to_the_command_and_returns_its_status() -> TestResult {
    let script = r#"test -S "${REDIS_URL#redis+unix://}" && test -x "$PG_BIN_DIR/initdb" && test -n "$DATABASE_URL" && test -x "$REDIS_BIN" && exit 7"#;
    let status = exec_with_services(["sh", "-c", script].map(Into::into).to_vec()).await?;
    assert_eq!(status.code(), Some(7));
    Ok(())
}
