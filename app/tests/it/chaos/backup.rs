//! A backup is made in the middle of a campaign, the database is lost some hundred sends later, and the backup restored:
//! nothing is sent until somebody says so, and then nobody is written to twice.

use std::time::Duration;

use serde_json::json;
use sqlx::PgPool;
use wahana_testkit::eventually;
use wahana_waha_sim::Phones;

use crate::chaos::campaign::Campaign;
use crate::chaos::stack::{TestStack, reachable};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restored_campaign_waits_for_people_and_sends_nobody_the_same_twice() {
    // Nobody answers: who says STOP after the backup is suppressed after it, though written to before.
    let mut stack = TestStack::start(Phones { reply: 0.0, ..reachable() }).await;
    let campaign = Campaign::start(&stack, 900).await;
    stack.until_sent(150).await;
    let folder = tempfile::tempdir().expect("a folder");
    let backup = folder.path().join("backup").display().to_string();
    let said = stack.wahana(&["backup", &backup]).await.expect("a backup");
    assert!(said.contains("900 recipients"), "{said}");
    let sent_at_backup = stack.sim.sent();
    stack.until_sent(sent_at_backup + 200).await;

    let refused = stack.wahana(&["restore", &backup, "--replace"]).await.expect_err("processes are running");
    assert!(refused.contains("stop every api"), "{refused}");
    stack.kill_all().await;
    gone(&stack.pool).await;
    let refused = stack.wahana(&["restore", &backup]).await.expect_err("the database is not empty");
    assert!(refused.contains("--replace"), "{refused}");
    stack.wahana(&["restore", &backup, "--replace"]).await.expect("a restore");
    // The types of the restored schema have other numbers than those the old connections know.
    stack.pool = PgPool::connect_lazy(&stack.services.database_url).expect("an address of Postgres");

    let sent_before = stack.sim.sent();
    assert!(sent_before >= sent_at_backup + 200, "the disaster has to cost something");
    stack.restart_all();
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert_eq!(stack.sim.sent(), sent_before, "the gate is open");
    let shown = stack.wahana(&["resume-sending", "--preview"]).await.expect("a preview");
    assert!(shown.contains("which go on"), "{shown}");
    // The sender that is free takes the next person: most whom the first sender wrote to between backup and disaster are now
    // another's, who has to look at the first one's phone.
    let slow = json!({"policy": {"gap_min_ms": 100, "gap_max_ms": 120, "daily_cap": null, "hourly_cap": null, "quiet_hours": null}});
    stack.client.patch(&format!("/api/v1/sessions/{}", stack.senders[0]), slow).await;
    stack.wahana(&["resume-sending", "--yes"]).await.expect("the gate opens");

    campaign.finish(&mut stack).await;
    let verdict = campaign.check(&stack).await;
    assert_eq!(stack.sim.sent(), 900, "{verdict:?}");
    stack.wahana(&["resume-sending", "--preview"]).await.expect_err("nothing is held any more");
}

/// Waits until Postgres has seen that the killed processes are gone.
async fn gone(pool: &PgPool) {
    let left = "select count(*)
                from pg_stat_activity
                where application_name = 'wahana' and datname = current_database()";
    eventually("the connections to end", async || {
        sqlx::query_scalar::<_, i64>(left).fetch_one(pool).await.expect("Postgres") == 0
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_backup_and_a_foreign_key_are_refused() {
    let stack = TestStack::start(reachable()).await;
    let folder = tempfile::tempdir().expect("a folder");
    let backup = folder.path().join("backup");
    let path = backup.display().to_string();
    stack.wahana(&["backup", &path]).await.expect("a backup");
    let refused = stack.wahana(&["backup", &path]).await.expect_err("the folder is taken");
    assert!(refused.contains("folder of its own"), "{refused}");

    let manifest = backup.join("manifest.json");
    let good = std::fs::read_to_string(&manifest).expect("a manifest");
    let newer = good.replacen(r#""migrations": ["#, r#""migrations": [29990101000001, "#, 1);
    std::fs::write(&manifest, newer).expect("written");
    let refused = stack.wahana(&["restore", &path, "--replace"]).await.expect_err("it is newer than we are");
    assert!(refused.contains("29990101000001"), "{refused}");
    let sealed = good.find("sealed_word").expect("the field") + "sealed_word\": \"".len() + 60;
    let mut other = good.clone();
    other.replace_range(sealed..=sealed, if &good[sealed..=sealed] == "0" { "1" } else { "0" });
    std::fs::write(&manifest, other).expect("written");
    let refused = stack.wahana(&["restore", &path, "--replace"]).await.expect_err("the key does not fit");
    assert!(refused.contains("master_key"), "{refused}");
    std::fs::write(&manifest, good).expect("written");
    let dump = backup.join("database.dump");
    let length = std::fs::metadata(&dump).expect("a dump").len();
    std::fs::File::options().write(true).open(&dump).and_then(|f| f.set_len(length - 1)).expect("cut");
    let refused = stack.wahana(&["restore", &path, "--replace"]).await.expect_err("a byte is missing");
    assert!(refused.contains("damaged"), "{refused}");
}
