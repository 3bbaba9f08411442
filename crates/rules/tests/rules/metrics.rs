//! docs/metrics.md lists the metrics that the code emits, with their labels; `deploy/` asks for no others, and every
//! alert stands in the runbook.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{File, files};

const CATALOG: &str = "docs/metrics.md";
const RULES: &str = "deploy/prometheus/rules.yml";
const DASHBOARD: &str = "deploy/grafana/wahana.json";
const SCALER: &str = "deploy/keda/scaledobject.yaml";
const RUNBOOK: &str = "docs/runbook.md";
/// Written as text at every scrape, not through the macros.
const AT_SCRAPE: &str = "crates/runtime/src/process.rs";

/// Kind and labels of a metric.
type Metric = (String, BTreeSet<String>);

fn text(path: &str) -> String {
    let found = files().into_iter().find(|file| file.path == path);
    found.unwrap_or_else(|| panic!("{path} is gone")).text
}

/// The rows of the table.
fn catalog() -> BTreeMap<String, Metric> {
    let text = text(CATALOG);
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let labels = quoted(cells[2], '`').into_iter().collect();
        (cells[0].trim_matches('`').to_owned(), (cells[1].to_owned(), labels))
    })
    .collect()
}

/// The pieces of `text` that stand between two of these.
fn quoted(text: &str, mark: char) -> Vec<String> {
    text.split(mark).skip(1).step_by(2).map(str::to_owned).collect()
}

/// Every `counter!("name", "label" => ...)` of what ships.
fn emitted() -> BTreeMap<String, Metric> {
    let mut found: BTreeMap<String, Metric> = BTreeMap::new();
    for file in files().iter().filter(|file| ships(file)) {
        for kind in ["counter", "gauge", "histogram"] {
            for call in file.text.split(&format!("{kind}!(")).skip(1) {
                let call = arguments(call);
                let Some(name) = call.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next())
                else {
                    panic!("{}: a metric whose name is not written out: {call}", file.path);
                };
                let labels = call.split("=>").collect::<Vec<_>>();
                let labels = labels[..labels.len() - 1].iter().filter_map(|before| quoted(before, '"').pop());
                let metric =
                    found.entry(format!("wahana_{name}")).or_insert((kind.to_owned(), BTreeSet::new()));
                assert_eq!(metric.0, kind, "{name} is two kinds of metric");
                metric.1.extend(labels);
            }
        }
    }
    for line in text(AT_SCRAPE).lines().map(str::trim) {
        let Some(name) = ["gauge(text, \"", "line(text, \""].iter().find_map(|call| line.strip_prefix(call))
        else {
            continue;
        };
        let name = name.split('"').next().unwrap_or_default();
        let kind = if name.ends_with("_total") { "counter" } else { "gauge" };
        found.insert(name.to_owned(), (kind.to_owned(), BTreeSet::new()));
    }
    found.insert("wahana_build_info".to_owned(), ("gauge".to_owned(), ["version".to_owned()].into()));
    found
}

/// Up to the parenthesis that closes the call.
fn arguments(call: &str) -> &str {
    let mut depth = 1;
    let end = call.find(|c| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth == 0
    });
    &call[..end.unwrap_or(call.len())]
}

fn ships(file: &File) -> bool {
    file.path.ends_with(".rs")
        && file.path.contains("/src/")
        && !["crates/rules/", "crates/testkit/", "load-tests/", "crates/waha-sim/"]
            .iter()
            .any(|tests| file.path.starts_with(tests))
}

/// Names of metrics in an expression or a whole file.
fn names(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let ours = words.filter(|word| word.starts_with("wahana_") || word.starts_with("process_"));
    ours.map(str::to_owned).collect()
}

#[test]
fn the_catalog_is_what_the_code_emits() {
    let (catalog, emitted) = (catalog(), emitted());
    let mut wrong = Vec::new();
    for (name, metric) in &emitted {
        match catalog.get(name) {
            None => wrong.push(format!("{name} is not in {CATALOG}")),
            Some(listed) if listed != metric => {
                wrong.push(format!("{name}: the code says {metric:?}, {CATALOG} says {listed:?}"));
            }
            Some(_) => {}
        }
    }
    wrong.extend(
        catalog.keys().filter(|name| !emitted.contains_key(*name)).map(|n| format!("nothing emits {n}")),
    );
    for (name, (kind, _)) in &catalog {
        if (kind == "counter") != name.ends_with("_total") {
            wrong.push(format!("{name}: counters end in _total, and nothing else does"));
        }
        if kind == "histogram" && !name.ends_with("_seconds") {
            wrong
                .push(format!("{name}: has no bounds; histograms are named *_seconds (metrics_recorder.rs)"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_deployed_asks_for_metrics_that_exist() {
    let catalog = catalog();
    let mut wrong = Vec::new();
    for path in [RULES, DASHBOARD, SCALER, RUNBOOK] {
        let text = text(path);
        let used = names(&text);
        assert!(!used.is_empty(), "{path} names no metric");
        for name in used {
            let of_histogram = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end));
            let known = catalog.contains_key(&name)
                || of_histogram.and_then(|base| catalog.get(base)).is_some_and(|m| m.0 == "histogram");
            if !known {
                wrong.push(format!("{path} asks for {name}, which nothing emits"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_dashboard_shows_every_metric_of_ours() {
    let shown = names(&text(DASHBOARD));
    let bases: BTreeSet<&str> = shown
        .iter()
        .flat_map(|name| [Some(name.as_str()), name.strip_suffix("_bucket"), name.strip_suffix("_count")])
        .flatten()
        .collect();
    let missing: Vec<_> =
        catalog().into_keys().filter(|n| n.starts_with("wahana_") && !bases.contains(n.as_str())).collect();
    assert!(missing.is_empty(), "no panel of {DASHBOARD} shows {missing:?}");
}

#[test]
fn every_alert_stands_in_the_runbook() {
    let (rules, runbook) = (text(RULES), text(RUNBOOK));
    let alerts: Vec<&str> = rules.lines().filter_map(|line| line.trim().strip_prefix("- alert: ")).collect();
    assert!(alerts.len() > 10, "the rules do not read as they did: {alerts:?}");
    for alert in &alerts {
        let runbook_link = format!("runbook: docs/runbook.md#{}", alert.to_lowercase());
        assert!(rules.contains(&runbook_link), "{alert} does not link to its words in the runbook");
        let told = runbook.split(&format!("### {alert}\n")).nth(1);
        let words = told
            .and_then(|rest| rest.split("\n### ").next())
            .map_or(0, |rest| rest.split_whitespace().count());
        assert!(words >= 15, "{RUNBOOK} does not say what {alert} means and what to do");
    }
    for told in runbook.lines().filter_map(|line| line.strip_prefix("### Wahana")) {
        assert!(
            alerts.contains(&format!("Wahana{told}").as_str()),
            "{RUNBOOK} explains Wahana{told}, no alert"
        );
    }
}
