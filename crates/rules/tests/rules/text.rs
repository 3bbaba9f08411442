//! What a reader must be able to rely on in every file.

use crate::tree::{File, files};

const MAX_LINES: usize = 500;
/// Written by programs, from docs/openapi.json and from the catalog of the database.
const GENERATED: &[&str] = &["dashboard/src/api/schema.ts", "docs/schema.sql"];

/// Where the API may reach the rows of all tenants: before the caller is known (keys, tokens, logins, pairing
/// links, WAHA's events), for the user, who belongs to no single organization, for the processes, which belong to
/// none, and to write the request log of all tenants in one batch.
const SYSTEM_IN_API: &[&str] = &[
    "api/kit/src/auth/mod.rs",
    "api/kit/src/operator.rs",
    "api/kit/src/request_log.rs",
    "api/kit/src/scoped.rs",
    "api/messaging/src/inbox/batch.rs",
    "api/messaging/src/sessions/pairing_links.rs",
    "api/operator/src/operator/status.rs",
    "api/platform/src/accounts/devices.rs",
    "api/platform/src/accounts/logins.rs",
    "api/platform/src/accounts/user.rs",
];

/// Where SQL may be put together at run time: the beginning of a tenant's transaction, and what is not shipped.
const ASSEMBLED_SQL: &[&str] =
    &["crates/store/src/db/scope.rs", "crates/testkit/", "load-tests/", "crates/rules/"];

/// Folders of somebody's own machine. In pieces, so that this file does not contain them.
const MACHINE_PATHS: &[&str] =
    &[concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/"), concat!("/wo", "rk/")];

fn refuse(wrong: Vec<String>, what_to_do: &str) {
    assert!(wrong.is_empty(), "{what_to_do}:\n{}", wrong.join("\n"));
}

fn lines_with<'a>(file: &'a File, words: &'a [&str]) -> impl Iterator<Item = String> + 'a {
    let hit = |line: &&str| words.iter().any(|word| line.contains(word));
    file.text
        .lines()
        .enumerate()
        .filter(move |(_, line)| hit(line))
        .map(|(n, line)| format!("{}:{}: {}", file.path, n + 1, line.trim()))
}

fn is_code(file: &File) -> bool {
    [".rs", ".sql", ".lua", ".ts", ".tsx"].iter().any(|end| file.path.ends_with(end))
}

#[test]
fn files_have_one_subject() {
    let long = files().into_iter().filter(is_code).map(|file| (file.text.lines().count(), file.path));
    let wrong = long
        .filter(|(lines, path)| *lines > MAX_LINES && !GENERATED.contains(&path.as_str()))
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    refuse(wrong, "files over 500 lines: split them by subject");
}

#[test]
fn every_source_file_says_what_it_is() {
    let sources = files().into_iter().filter(|file| file.path.contains("src/") && file.path.ends_with(".rs"));
    let wrong = sources.filter(|file| !file.text.starts_with("//!")).map(|file| file.path).collect();
    refuse(wrong, "begin with `//!`: what it is, what it must never do");
}

/// `api/src/` and the `src/` of every crate in `api/`.
fn shipped_by_the_api(path: &str) -> bool {
    path.strip_prefix("api/")
        .is_some_and(|rest| rest.starts_with("src/") || rest.split('/').nth(1) == Some("src"))
}

#[test]
fn the_api_reaches_all_tenants_rows_only_before_it_knows_the_caller() {
    let wrong: Vec<String> = files()
        .iter()
        .filter(|file| shipped_by_the_api(&file.path) && !SYSTEM_IN_API.contains(&file.path.as_str()))
        .flat_map(|file| lines_with(file, &[".system()"]).collect::<Vec<_>>())
        .collect();
    refuse(wrong, "use `Scoped`, which hands out the caller's rows only");
}

#[test]
fn sql_is_written_and_not_put_together() {
    let shipped =
        |file: &&File| is_code(file) && !ASSEMBLED_SQL.iter().any(|allowed| file.path.starts_with(allowed));
    let wrong = files()
        .iter()
        .filter(shipped)
        .flat_map(|file| lines_with(file, &["AssertSqlSafe"]).collect::<Vec<_>>())
        .collect();
    refuse(
        wrong,
        "write one statement with parameters; `($1::text is null or x = $1)` makes a filter optional",
    );
}

#[test]
fn no_file_names_somebodys_machine() {
    let named = files().into_iter().flat_map(|file| lines_with(&file, MACHINE_PATHS).collect::<Vec<_>>());
    // A folder of the dashboard has the name of one.
    let wrong = named.filter(|line| !line.contains(concat!("features/ho", "me/"))).collect();
    refuse(wrong, "take out paths of one machine");
}

#[test]
fn every_test_runs() {
    let ignored: &[&str] = &[concat!("#[ig", "nore"), concat!("test.sk", "ip(")];
    let code = files().into_iter().filter(is_code);
    let wrong = code.flat_map(|file| lines_with(&file, ignored).collect::<Vec<_>>()).collect();
    refuse(wrong, "mend the test or take it out");
}
