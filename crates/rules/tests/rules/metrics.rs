//! docs/metrics.md lists the metrics that the code emits, with their labels and help texts; each says its unit; `deploy/`
//! asks for no others, and every alert stands in the runbook.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{File, files};

const CATALOG: &str = "docs/metrics.md";
const RULES: &str = "deploy/prometheus/rules.yml";
const DASHBOARD: &str = "deploy/grafana/wahana.json";
const SCALER: &str = "deploy/keda/scaledobject.yaml";
const RUNBOOK: &str = "docs/runbook.md";
/// Written as text at every scrape, not through the macros.
const AT_SCRAPE: &str = "crates/runtime/src/process.rs";

/// Kind, unit and help text of what goes through the macros.
const DESCRIBED: &str = "crates/runtime/src/metric_catalog.rs";

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

/// What the table of the docs says each metric is, without marks.
fn told() -> BTreeMap<String, String> {
    let text = text(CATALOG);
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>());
    cells.map(|cells| (cells[0].trim_matches('`').to_owned(), cells[4].replace('`', ""))).collect()
}

/// Kind, unit and help text that `/metrics` tells.
fn described() -> BTreeMap<String, (String, String, String)> {
    let code = text(DESCRIBED);
    let table = code.split("= &[").nth(1).and_then(|rest| rest.split("];").next()).expect("the table");
    let mut found = BTreeMap::new();
    for row in table.split_inclusive("),\n").filter(|row| row.contains('"')) {
        let texts = quoted(row, '"');
        let words: Vec<&str> = row.trim().trim_matches(['(', ')', ',']).split(',').map(str::trim).collect();
        let (kind, unit) = (words[0].to_lowercase(), words[2].to_owned());
        // A line that ends with a backslash goes on without what the next one begins with.
        let help = texts[1].split("\\\n").map(str::trim_start).collect::<String>();
        found.insert(format!("wahana_{}", texts[0]), (kind, unit, help));
    }
    let code = text(AT_SCRAPE);
    for (name, rest) in at_scrape(&code) {
        let help =
            rest.trim_start_matches([',', ' ']).strip_prefix('"').and_then(|rest| rest.split('"').next());
        // A text too long for its line stands in the one before.
        let before = || {
            code.split(&format!("{name}\"")).next().and_then(|before| quoted_last(before, "let help = \""))
        };
        let help = help.map(str::to_owned).or_else(before).expect("a help text");
        let kind = if name.ends_with("_total") { "counter" } else { "gauge" };
        found.insert(name.clone(), (kind.to_owned(), unit(&name).to_owned(), help));
    }
    let version = quoted_last(code.split(", 1.0)").next().unwrap_or_default(), "&build_info, \"");
    let version = version.expect("the help text of the version");
    found.insert("wahana_build_info".to_owned(), ("gauge".to_owned(), "Count".to_owned(), version));
    found
}

/// The metrics that are written at every scrape: the name, and the code behind it.
fn at_scrape(code: &str) -> impl Iterator<Item = (String, &str)> {
    ["gauge(text, \"", "line(text, \""].into_iter().flat_map(move |call| {
        code.split(call).skip(1).filter_map(|rest| rest.split_once('"')).map(|(n, rest)| (n.to_owned(), rest))
    })
}

/// The text that stands behind the last of these marks, up to its end.
fn quoted_last(code: &str, mark: &str) -> Option<String> {
    Some(code.rsplit_once(mark)?.1.split('"').next()?.to_owned())
}

/// What the end of a name says of its unit.
fn unit(name: &str) -> &'static str {
    match name.strip_suffix("_total").unwrap_or(name) {
        name if name.ends_with("_seconds") => "Seconds",
        name if name.ends_with("_bytes") => "Bytes",
        _ => "Count",
    }
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
    for (name, _) in at_scrape(&text(AT_SCRAPE)) {
        let kind = if name.ends_with("_total") { "counter" } else { "gauge" };
        found.insert(name, (kind.to_owned(), BTreeSet::new()));
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
        && file.path != DESCRIBED
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
fn every_metric_has_a_help_text_and_says_its_unit() {
    let (described, told) = (described(), told());
    let mut wrong = Vec::new();
    for (name, (kind, _)) in emitted() {
        let Some((as_kind, as_unit, help)) = described.get(&name) else {
            wrong.push(format!("{name} has no help text in {DESCRIBED}"));
            continue;
        };
        if *as_kind != kind {
            wrong.push(format!("{name} is a {kind}, {DESCRIBED} says {as_kind}"));
        }
        if as_unit != unit(&name) {
            wrong.push(format!("{name}: its name says {}, {DESCRIBED} says {as_unit}", unit(&name)));
        }
        if !help.ends_with('.') || help.len() < 15 || help.starts_with(char::is_lowercase) {
            wrong.push(format!("{name}: {help:?} is no sentence"));
        }
        match told.get(&name) {
            Some(told) if told == help => {}
            other => wrong.push(format!("{name}: {DESCRIBED} says {help:?}, {CATALOG} says {other:?}")),
        }
    }
    let emitted = emitted();
    wrong.extend(
        described.keys().filter(|name| !emitted.contains_key(*name)).map(|n| format!("nothing emits {n}")),
    );
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
