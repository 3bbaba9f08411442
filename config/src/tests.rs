//! Defaults, layers, refusals, secrecy.

use std::os::unix::fs::PermissionsExt;

use secrecy::ExposeSecret;
use toml::{Table, Value};

use super::*;

fn env(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn with_file(text: &str, vars: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    Config::load(Some(file.path()), env(vars))
}

/// A field that is not in default.toml, or a key that is no field, fails to load: no field has a serde default
/// (`optional` turns off serde's own default of Option), and unknown fields are denied.
#[test]
fn every_field_stands_in_default_toml_and_the_other_way_round() {
    let table: Table = DEFAULTS.parse().unwrap();
    Config::load(None, []).unwrap();
    for (section, keys) in &table {
        for key in keys.as_table().unwrap().keys() {
            let mut less = table.clone();
            less[section].as_table_mut().unwrap().remove(key);
            assert!(
                sections::from_table(less).is_err(),
                "{section}.{key} is no field or has a hidden default"
            );
        }
    }
    let mut more = table;
    more["http"].as_table_mut().unwrap().insert("surplus".into(), Value::Integer(1));
    assert!(sections::from_table(more).is_err());
}

#[test]
fn every_key_has_a_sentence() {
    let mut before = "";
    for line in DEFAULTS.lines() {
        if line.contains(" = ") && !line.starts_with('#') {
            assert!(before.starts_with("# ") && before.ends_with('.'), "no sentence above: {line}");
        }
        before = line;
    }
}

/// A variable that names no setting would keep every container from starting.
#[test]
fn the_image_and_the_compose_file_set_what_exists() {
    for (file, text) in [
        ("Dockerfile", include_str!("../../Dockerfile")),
        ("docker-compose.yml", include_str!("../../docker-compose.yml")),
    ] {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let mut found = 0;
        for name in words.filter(|word| word.starts_with("WAHANA__")) {
            found += 1;
            let error = Config::load(None, env(&[(name, "")])).err();
            assert!(
                !matches!(error, Some(ConfigError::UnknownKey { .. })),
                "{name} in {file} is no setting: {error:?}"
            );
        }
        assert!(found > 0, "{file} sets nothing; is this test still looking for the right names?");
    }
}

#[test]
fn environment_over_file_over_default_and_long_names_over_aliases() {
    let file = "[http]\nbind = '127.0.0.1:1'\njson_max_bytes = 7\n[redis]\nprefix = 'file'";
    let config = with_file(
        file,
        &[
            ("WAHANA__HTTP__BIND", "127.0.0.1:2"),
            ("WAHANA__WORKERS__LANE_CONCURRENCY", "1_000"),
            ("WAHANA__SECURITY__OPEN_SIGNUP", "false"),
            ("WAHANA__DATABASE__URL", "postgres://long"),
            ("DATABASE_URL", "postgres://short"),
            ("WAHA_API_KEY", "00123"),
            ("WAHA_URL", ""),
            ("WAHANA_TOOLS_DIR", "not ours"),
        ],
    )
    .unwrap();
    assert_eq!(config.http.bind.port(), 2);
    assert_eq!(config.http.json_max_bytes, 7);
    assert_eq!(config.http.media_max_bytes, 64 * 1024 * 1024);
    assert_eq!(config.redis.prefix, "file");
    assert_eq!(config.workers.lane_concurrency, 1_000);
    assert!(!config.security.open_signup);
    assert_eq!(config.database.url.unwrap().expose_secret(), "postgres://long");
    assert_eq!(config.waha.api_key.unwrap().expose_secret(), "00123", "a text stays a text");
    assert!(config.waha.url.is_none());
}

#[test]
fn refusals_name_the_key_and_where_it_was_set() {
    type Variables = &'static [(&'static str, &'static str)];
    let cases: &[(&str, Variables, &[&str])] = &[
        ("[http]\nbindd = 'x'", &[], &["`http.bindd`", "did you mean `http.bind`?"]),
        ("[htp]\nbind = 'x'", &[], &["`htp.bind`", "`http.bind`"]),
        ("bind = 'x'", &[], &["unknown setting `bind`"]),
        ("[http]\nbind = 8700", &[], &["`http.bind`", "must be a text, not a whole number"]),
        ("[http\nbind = 1", &[], &["line 1", "not valid TOML"]),
        ("", &[("WAHANA__HTTP__PORT", "1")], &["`http.port`", "WAHANA__HTTP__PORT"]),
        ("", &[("WAHANA__WORKERS__LEASE_SECONDS", "soon")], &["`workers.lease_seconds`", "a whole number"]),
        ("", &[("WAHANA__HTTP__BIND", "nonsense")], &["`http.bind`"]),
        ("", &[("WAHA_URL", "nonsense")], &["`waha.url`"]),
        ("", &[("WAHANA__DATABASE__MAX_CONNECTIONS", "-1")], &["`database.max_connections`"]),
        ("", &[("WAHANA__DATABASE__MAX_CONNECTIONS", "0")], &["`database.max_connections`", "more than 0"]),
        ("", &[("WAHANA__LOG__FORMAT", "xml")], &["`log.format`"]),
        ("", &[("WAHANA__SECURITY__JWT_SECRET", "short")], &["`security.jwt_secret`", "32"]),
        ("", &[("WAHANA__REDIS__PREFIX", "a:b")], &["`redis.prefix`"]),
    ];
    for (file, vars, words) in cases {
        let error = with_file(file, vars).expect_err(file).to_string();
        for word in *words {
            assert!(error.contains(word), "{file:?} {vars:?}: {error:?} lacks {word:?}");
        }
    }
    let error = Config::load(Some(Path::new("/nowhere.toml")), []).unwrap_err().to_string();
    assert!(error.contains("/nowhere.toml"), "{error}");
}

#[test]
fn no_secret_is_ever_shown() {
    let value = "S3CRET-S3CRET-S3CRET-S3CRET-S3CRET";
    let names: Vec<(String, String)> = SECRETS
        .iter()
        .map(|key| (format!("WAHANA__{}", key.to_uppercase().replace('.', "__")), value.to_owned()))
        .collect();
    let config = Config::load(None, names).unwrap();
    let debug = format!("{config:?}");
    assert!(!debug.contains("S3CRET"), "{debug}");
    assert_eq!(debug.matches("REDACTED").count(), SECRETS.len(), "SECRETS names exactly the secret fields");
    let shown = config.redacted().to_string();
    assert!(
        !shown.contains("S3CRET") && shown.contains("(hidden)") && shown.contains("127.0.0.1:8700"),
        "{shown}"
    );
    let broken = with_file("[security]\nmaster_key = S3CRET", &[]).unwrap_err().to_string();
    assert!(!broken.contains("S3CRET"), "{broken}");
}

#[test]
fn urls_fall_back_on_the_bind_address() {
    let config = Config::load(None, env(&[("WAHANA__HTTP__BIND", "0.0.0.0:9")])).unwrap();
    assert_eq!(config.public_url().unwrap().as_str(), "http://127.0.0.1:9/");
    let config = Config::load(None, env(&[("WAHANA__HTTP__PUBLIC_URL", "https://x.test")])).unwrap();
    assert_eq!(config.webhook_url().unwrap().as_str(), "https://x.test/");
}

#[test]
fn keys_are_made_once_and_private() {
    let dir = tempfile::tempdir().unwrap();
    let mut first = Config::load(None, []).unwrap();
    load_or_create_keys(&mut first, dir.path(), [7; 64]).unwrap();
    let mut second = Config::load(None, env(&[("WAHANA__SECURITY__MASTER_KEY", "own")])).unwrap();
    load_or_create_keys(&mut second, dir.path(), [8; 64]).unwrap();

    let secret = |secret: &Option<secrecy::SecretString>| secret.as_ref().unwrap().expose_secret().to_owned();
    assert_eq!(secret(&first.security.jwt_secret), "07".repeat(32));
    assert_eq!(secret(&second.security.jwt_secret), "07".repeat(32), "the file is not replaced");
    assert_eq!(secret(&second.security.master_key), "own", "what is set wins");
    let mode = std::fs::metadata(dir.path().join("keys.toml")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn every_problem_is_told_at_once() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let text =
        "[http]\nbindd = 'x'\nbind = 'nonsense'\n[workers]\nlease_seconds = 1\n[log]\nformat = 'xml'\n";
    std::fs::write(file.path(), text).unwrap();
    let vars = [
        ("WAHANA__REDIS__PREFIX", "a:b"),
        ("WAHANA__SCHEDULER__TICK_MS", "soon"),
        ("WAHANA__TELEMETRY__SAMPLE_RATIO", "2.0"),
    ];
    let problems = Config::problems(Some(file.path()), env(&vars));
    let keys: Vec<_> = problems.iter().filter_map(ConfigError::key).collect();
    let wanted = [
        "http.bindd",
        "scheduler.tick_ms",
        "http.bind",
        "log.format",
        "workers.lease_seconds",
        "telemetry.sample_ratio",
        "redis.prefix",
    ];
    assert_eq!(keys.len(), wanted.len(), "{problems:?}");
    assert!(wanted.iter().all(|key| keys.contains(key)), "{problems:?}");
    assert!(Config::problems(None, env(&[])).is_empty());
    assert_eq!(Config::problems(Some(Path::new("/nowhere.toml")), env(&[])).len(), 1);
}

/// `UPDATE=1` writes it anew.
#[test]
fn the_schema_is_what_default_toml_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.json");
    let schema = schema().unwrap();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, serde_json::to_string_pretty(&schema).unwrap() + "\n").unwrap();
    }
    let written: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(written, schema, "UPDATE=1 cargo test -p wahana-config writes config/schema.json");
    let table: Table = DEFAULTS.parse().unwrap();
    for range in ranges::RANGES {
        assert!(ranges::number(&table, range.key).is_some(), "{} is no number of default.toml", range.key);
    }
    let http = &schema["properties"]["http"]["properties"];
    assert_eq!(http["requests_per_second"]["minimum"], 1);
    assert!(http["bind"]["description"].as_str().unwrap().starts_with("Address and port"));
}
