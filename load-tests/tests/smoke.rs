//! Each scenario in a tiny size: it runs, its messages add up, and its JSON has the figures that readers look
//! for. Speed is not checked. Needs the `wahana` binary beside ours, which `./wahana test` builds first.

use std::process::Command;

use serde_json::Value;

/// Runs a scenario, checks what all have in common, and returns its JSON.
fn run(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_load-tests"))
        .args(arguments)
        .args(["--seed", "7", "--json"])
        .output()
        .expect("it starts");
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{arguments:?}\n{stdout}\n{stderr}");
    let report: Value =
        serde_json::from_str(stdout.lines().last().expect("a last line")).expect("JSON on the last line");
    assert_eq!((&report["scenario"], &report["seed"]), (&arguments[0].into(), &7.into()));
    assert!(
        report["machine"]["cores"].as_u64() > Some(0) && report["versions"]["postgres"].is_string(),
        "{report}"
    );
    assert_eq!(report["invariants"]["ok"], true, "{report}");
    report
}

/// Checks that all of these figures exist and are above zero.
#[track_caller]
fn positive(report: &Value, keys: &[&str]) {
    for key in keys {
        assert!(report[key].as_f64().is_some_and(|n| n > 0.0), "{key} in {report}");
    }
}

#[test]
fn api_accepts_all_and_sends_nothing() {
    let report = run(&["api", "--messages", "96"]);
    positive(
        &report,
        &[
            "c1_api_per_s",
            "c1_bare_per_s",
            "c32_api_per_s",
            "c32_api_p50_ms",
            "c32_api_p99_ms",
            "c32_rate_ratio",
        ],
    );
    // A warm-up of 8, then three turns of 8 and of 32.
    let all = 8 + 3 * (8 + 32);
    assert_eq!(report["invariants"]["states"], serde_json::json!({"queued": all}));
    assert_eq!(report["invariants"]["at_stub"], 0);
}

#[test]
fn way_sends_all_once() {
    let report = run(&["way", "--messages", "200", "--sessions", "5"]);
    positive(
        &report,
        &["api_messages_per_s", "campaign_messages_per_s", "plain_loop_ratio", "ledger_loop_ratio"],
    );
    positive(&report, &["campaign_plain_loop_ratio", "campaign_ledger_loop_ratio"]);
    assert_eq!(report["invariants"]["at_stub"], 410);
    assert_eq!(report["invariants"]["states"], serde_json::json!({"sent": 410}));
}

#[test]
fn latency_follows_every_message() {
    let report = run(&["latency", "--seconds", "2", "--rate", "25", "--sessions", "5"]);
    positive(
        &report,
        &[
            "accepted_to_started_p50_ms",
            "accepted_to_started_p99_ms",
            "redis_ping_p50_ms",
            "redis_ping_ratio",
        ],
    );
    assert_eq!(report["measured_messages"], 50.0);
}

/// The short form of the chaos suite. Half of its time is start, pairing and waiting for the end of all work.
#[test]
fn chaos_loses_nothing_and_sends_nothing_twice() {
    let output = Command::new(env!("CARGO_BIN_EXE_load-tests"))
        .args(["chaos", "--seed", "3", "--minutes", "0.4", "--recipients", "600", "--json"])
        .output()
        .expect("it starts");
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let report: Value =
        stdout.lines().last().and_then(|line| serde_json::from_str(line).ok()).unwrap_or_default();
    for key in ["lost", "twice", "astray", "unresolved", "bad_edges", "sums", "died"] {
        assert_eq!(report[key], 0, "{key}\n{stdout}\n{stderr}");
    }
    assert!(output.status.success(), "{stdout}\n{stderr}");
    assert_eq!(report["sent"], report["people"], "{report}");
    assert!(report["faults"].as_u64() > Some(8) && report["people"].as_u64() > Some(600), "{report}");
}

#[test]
fn import_takes_all_rows() {
    let report = run(&["import", "--rows", "2000"]);
    positive(&report, &["import_rows_per_s", "copy_rows_per_s", "copy_ratio"]);
    if cfg!(target_os = "linux") {
        let peak = report["api_peak_rss_mb"].as_f64().unwrap_or_default();
        assert!(peak > 1.0 && peak < 500.0, "{report}");
    }
}

#[test]
fn fairness_measures_the_small_tenant_beside_the_big_one() {
    let sizes = ["--messages", "3000", "--fast-sessions", "5", "--slow-sessions", "10"];
    let report = run(&[&["fairness", "--seconds", "2", "--rate", "20"], &sizes[..]].concat());
    positive(&report, &["p99_ratio", "flood_p99_ratio", "beside_big_per_s", "flood_big_per_s"]);
    assert_eq!(
        (&report["alone_unstarted"], &report["beside_unstarted"]),
        (&0.0.into(), &0.0.into()),
        "{report}"
    );
    // Two seconds alone, two beside, one beside the flood.
    assert_eq!(report["measured_messages"], 100.0);
    let states = &report["invariants"]["states"];
    let (sent, queued) = (states["sent"].as_i64().unwrap_or(0), states["queued"].as_i64().unwrap_or(0));
    assert_eq!(sent, report["invariants"]["at_stub"].as_i64().unwrap_or(0), "{report}");
    assert_eq!(queued, report["invariants"]["jobs"].as_i64().unwrap_or(-1), "{report}");
}

#[test]
fn scale_dispatches_backlogs_and_keeps_the_pace() {
    let folder = tempfile::tempdir().expect("a folder");
    let svg = folder.path().join("dispatch.svg").display().to_string();
    let pace = ["--sessions", "30", "--minutes", "0.05", "--gap-min-ms", "300", "--gap-max-ms", "600"];
    let rest = ["--backlog", "100,400", "--runs", "1", "--idle-seconds", "1", "--svg", &svg];
    let report = run(&[&["scale"], &pace[..], &rest[..]].concat());
    positive(&report, &["lag_p50_ms", "lag_p99_ms", "measured_sends", "msgs_per_s", "launch_accepted_s"]);
    positive(&report, &["campaign_pg_bytes_each", "jobs_pg_bytes_each", "campaign_redis_mb_peak", "begin_s"]);
    assert_eq!(report["dispatch"].as_array().map(Vec::len), Some(4));
    let drawn = std::fs::read_to_string(&svg).expect("the picture");
    assert!(drawn.contains("<polyline") && drawn.contains(">400<"), "{drawn}");
}
