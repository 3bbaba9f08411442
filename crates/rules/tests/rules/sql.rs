//! SQL that can be read and explained: long statements stand in files, and each CTE says what it selects.

use crate::tree::files;

/// A longer statement goes into a file beside the module that uses it (`sqlx::query_file!`).
const MAX_LINES: usize = 20;
const MAX_COLUMNS: usize = 120;
/// Written by a program from the catalog.
const GENERATED: &str = "docs/schema.sql";

/// A string literal of Rust code.
struct Literal {
    /// Of its first line, from 1.
    line: usize,
    text: String,
    /// Of the widest line of the file that it covers.
    columns: usize,
}

/// The string literals of a Rust file; comments and characters are passed over.
fn literals(code: &str) -> Vec<Literal> {
    let (bytes, mut at, mut found) = (code.as_bytes(), 0, Vec::new());
    while at < bytes.len() {
        if !b"/'\"r".contains(&bytes[at]) {
            at += 1;
            continue;
        }
        let rest = &code[at..];
        let end = if rest.starts_with("//") {
            at + rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            at + rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = character(rest) {
            at + length
        } else if let Some((open, length)) = string(rest) {
            found.push(literal(code, at, open, length));
            at + length
        } else {
            at + 1
        };
        at = end;
    }
    found
}

/// The length of a character such as `'"'` or `'\n'`; a lifetime is none.
fn character(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('\'')?;
    let mut chars = body.char_indices();
    let (_, first) = chars.next()?;
    let (end, _) = if first == '\\' { chars.nth(1)? } else { chars.next()? };
    body[end..].starts_with('\'').then_some(end + 2)
}

/// The length of the opening and of the whole string that begins here, raw or not.
fn string(rest: &str) -> Option<(usize, usize)> {
    let hashes = rest.strip_prefix('r').map(|raw| raw.len() - raw.trim_start_matches('#').len());
    let open = hashes.map_or(1, |hashes| hashes + 2);
    if !rest.get(open - 1..)?.starts_with('"') {
        return None;
    }
    let body = &rest[open..];
    let (length, close) = match hashes {
        Some(hashes) => {
            let close = format!("\"{}", "#".repeat(hashes));
            (body.find(&close)?, close.len())
        }
        None => {
            let mut escaped = false;
            let end = |byte: u8| {
                let ends = byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                ends
            };
            (body.bytes().position(end)?, 1)
        }
    };
    Some((open, open + length + close))
}

fn literal(code: &str, at: usize, open: usize, length: usize) -> Literal {
    let first = code[..at].rfind('\n').map_or(0, |end| end + 1);
    let lines = code[first..at + length].lines();
    Literal {
        line: code[..at].matches('\n').count() + 1,
        text: code[at + open..at + length].to_owned(),
        columns: lines.map(|line| line.chars().count()).max().unwrap_or_default(),
    }
}

/// Whether this reads as a statement, by its first words.
fn is_sql(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(3).collect();
    let &[first, second, ..] = words.as_slice() else { return false };
    let created =
        ["table", "function", "index", "trigger", "type", "view", "policy", "role", "unique", "temporary"];
    match first {
        "select" => text.contains("from ") || text.contains("exists ("),
        "insert" => second == "into",
        "update" => text.contains("set "),
        "delete" | "copy" => text.contains("from "),
        "with" => text.contains(" as ("),
        "create" => created.contains(&second) || ["temp", "constraint", "or"].contains(&second),
        "alter" | "drop" => created.contains(&second) || second == "schema",
        _ => false,
    }
}

/// What is wrong with the statements of a Rust file.
fn unreadable_literals(code: &str) -> Vec<String> {
    let statements = literals(code).into_iter().filter(|literal| is_sql(&literal.text));
    statements
        .filter_map(|literal| {
            let lines = literal.text.trim().lines().count();
            let wrong = lines > MAX_LINES || literal.columns > MAX_COLUMNS;
            wrong.then(|| format!("{}: {lines} lines, {} columns", literal.line, literal.columns))
        })
        .collect()
}

/// Whether a line begins a CTE: `name as (`, `name (columns) as materialized (`, also behind `with`.
fn begins_cte(line: &str) -> bool {
    let line = line.trim();
    let line = line.strip_prefix("with ").unwrap_or(line);
    let line = line.strip_prefix("recursive ").unwrap_or(line);
    let Some(head) = line.strip_suffix('(') else { return false };
    let head = head.trim_end().trim_end_matches(" materialized").trim_end_matches(" not");
    let Some(name) = head.strip_suffix(" as") else { return false };
    let name = name.split_once(" (").map_or(name, |(name, _)| name);
    !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// What is wrong with a file that holds one statement.
fn unreadable_statement(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut wrong = Vec::new();
    if !lines.first().is_some_and(|line| line.starts_with("--")) {
        wrong.push("1: a sentence on what the statement does".to_owned());
    }
    for (n, pair) in lines.windows(2).enumerate() {
        if begins_cte(pair[1]) && !pair[0].trim_start().starts_with("--") {
            wrong.push(format!("{}: a sentence on what the CTE selects and why", n + 2));
        }
    }
    wrong
}

fn refuse(wrong: Vec<String>, what_to_do: &str) {
    assert!(wrong.is_empty(), "{what_to_do}:\n{}", wrong.join("\n"));
}

#[test]
fn long_statements_stand_in_files() {
    let code = files().into_iter().filter(|file| file.path.ends_with(".rs"));
    let wrong = code
        .flat_map(|file| {
            let lines = unreadable_literals(&file.text);
            lines.into_iter().map(move |line| format!("{}:{line}", file.path))
        })
        .collect();
    refuse(
        wrong,
        "break the lines (one clause a line), or move the statement into a .sql file beside its module",
    );
}

#[test]
fn sql_files_are_no_wider_than_a_screen() {
    let sql = files().into_iter().filter(|file| file.path.ends_with(".sql") && file.path != GENERATED);
    let wrong = sql
        .flat_map(|file| {
            let wide = |(_, line): &(usize, &str)| line.chars().count() > MAX_COLUMNS;
            let lines: Vec<usize> = file.text.lines().enumerate().filter(wide).map(|(n, _)| n + 1).collect();
            lines.into_iter().map(move |n| format!("{}:{n}", file.path))
        })
        .collect();
    refuse(wrong, "wrap lines of more than 120 columns");
}

#[test]
fn statements_in_files_explain_themselves() {
    let statements: Vec<_> = files()
        .into_iter()
        .filter(|file| file.path.contains("src/") && file.path.ends_with(".sql"))
        .collect();
    assert!(statements.len() > 20, "the statements are somewhere else");
    let wrong = statements
        .iter()
        .flat_map(|file| {
            unreadable_statement(&file.text).into_iter().map(|line| format!("{}:{line}", file.path))
        })
        .collect();
    refuse(wrong, "write above the statement and above each CTE");
}

#[test]
fn long_and_wide_statements_are_found() {
    let long = format!("f(r#\"select 1\n{} from x\"#);", "union all select 1\n".repeat(20));
    assert_eq!(unreadable_literals(&long).len(), 1);
    let wide = format!("// \"\nlet quote = '\"';\nf(\"update x set {} = 1\");", "y".repeat(100));
    assert_eq!(unreadable_literals(&wide).len(), 1);
    let escaped = format!("f(\"say \\\"{}\\\"\"); g(\"delete from x\");", "y".repeat(120));
    assert_eq!(unreadable_literals(&escaped), ["1: 1 lines, 152 columns"]);
}

#[test]
fn short_statements_and_other_texts_are_let_be() {
    let prose = format!("/// update the set\nf(\"update {}\");", "the words ".repeat(20));
    assert!(unreadable_literals(&prose).is_empty());
    let lifetime = "fn f<'a>(x: &'a str) { g(\"select 1\n from x\") }";
    assert!(unreadable_literals(lifetime).is_empty());
    assert_eq!(literals(lifetime).len(), 1);
    let commented = format!("// f(\"select {} from x\")", "y".repeat(120));
    assert!(unreadable_literals(&commented).is_empty());
}

#[test]
fn a_cte_without_a_sentence_is_found() {
    let good = "-- What it does.\nwith\n-- Why.\nx as materialized (\n    select 1\n)\nselect * from x";
    assert!(unreadable_statement(good).is_empty());
    for bare in
        ["x as materialized (", "x (a, b) as (", "with x as (", "with recursive x as not materialized ("]
    {
        let text = format!("-- What it does.\nwith\n{bare}\n    select 1\n)\nselect * from x");
        assert_eq!(unreadable_statement(&text), ["3: a sentence on what the CTE selects and why"], "{bare}");
    }
    for other in ["insert into x as y (", "select count(*) from (", "    exists (", "as x (id, name)"] {
        assert!(!begins_cte(other), "{other}");
    }
    assert_eq!(unreadable_statement("select 1"), ["1: a sentence on what the statement does"]);
}
