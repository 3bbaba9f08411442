//! docs/schema.sql and docs/schema.md show the schema as a migrated database has it: `UPDATE=1` rewrites them.
//!
//! The text comes from the catalog by queries of our own, because `pg_dump` writes another text in each version. It
//! must never hold what Postgres 15 to 18 print differently: bodies of functions and of views.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use sqlx::{Connection, PgConnection, Row};
use wahana_testkit::TestDatabase;

/// Contexts in the order in which they may depend on each other, with their tables and views.
const CONTEXTS: &[(&str, &[&str])] = &[
    (
        "accounts",
        &[
            "plans",
            "organizations",
            "users",
            "memberships",
            "devices",
            "refresh_tokens",
            "api_keys",
            "idempotency_keys",
            "request_log",
            "request_counts",
        ],
    ),
    ("fleet", &["nodes"]),
    (
        "sessions",
        &[
            "sessions",
            "session_usage",
            "session_events",
            "session_moves",
            "node_restarts",
            "pairing_links",
            "rejections",
        ],
    ),
    (
        "contacts",
        &[
            "contacts",
            "people",
            "identities",
            "person_merges",
            "suppressions",
            "consent_settings",
            "opt_out_words",
            "consents",
            "consent_events",
        ],
    ),
    (
        "messages",
        &[
            "media",
            "media_objects",
            "media_usage",
            "media_preparations",
            "media_waits",
            "messages",
            "number_checks",
            "number_check_batches",
        ],
    ),
    (
        "inbox",
        &["inbound_events", "conversations", "lid_lookups", "lids", "group_receipts", "message_reactions"],
    ),
    (
        "campaigns",
        &[
            "sender_pools",
            "sender_pool_members",
            "sender_pool_contacts",
            "message_moves",
            "campaigns",
            "campaign_senders",
            "campaign_versions",
            "campaign_version_progress",
            "campaign_pulse",
            "recipients",
            "rejected_lines",
            "campaign_progress",
            "campaign_failures",
            "campaign_versions",
            "campaign_version_progress",
            "campaign_pulse",
        ],
    ),
    ("imports", &["imports", "import_chunks", "import_rejects", "import_changes"]),
    ("jobs", &["jobs", "attempts", "lane_limits", "queue_history", "workers"]),
    ("operator", &["audit_events", "controls", "sending_holds", "queue_holds", "restores"]),
];

/// Columns that name a row of a table without a foreign key, for the dotted lines of the picture: see `messages`.
const LOOSE: &[(&str, &str)] = &[
    ("campaign_id", "campaigns"),
    ("job_id", "jobs"),
    ("message_id", "messages"),
    ("last_message_id", "messages"),
    ("pool_id", "sender_pools"),
    ("session_id", "sessions"),
    ("lane", "sessions"),
    ("user_id", "users"),
    ("key_id", "api_keys"),
];

const RELATIONS: &str = r"
    select c.relname::text as name, c.relkind = 'v' as view, c.relrowsecurity as guarded,
           ' with (' || array_to_string(c.reloptions, ', ') || ')' as options
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and c.relname <> '_sqlx_migrations'";

const COLUMNS: &str = r"
    select c.relname::text as name, a.attname::text as column, format_type(a.atttypid, a.atttypmod) as type,
           concat(
               case when a.attidentity = 'a' then ' generated always as identity' end,
               case when a.attnotnull then ' not null' end,
               ' default ' || pg_get_expr(d.adbin, d.adrelid, true),
               case when a.attstorage = 'e' and t.typstorage <> 'e' then ' storage external' end
           ) as rest
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
    order by a.attnum";

/// Primary keys first. What is not null stands with the column: only Postgres 18 calls that a constraint.
const CONSTRAINTS: &str = r"
    select conrelid::regclass::text as name,
           concat('constraint ', conname, ' ', pg_get_constraintdef(oid, true)) as text
    from pg_constraint
    where connamespace = 'public'::regnamespace and conrelid <> 0 and contype not in ('n', 't')
    order by contype <> 'p', conname";

/// Indexes but those of constraints.
const INDEXES: &str = r"
    select c.relname::text as name, pg_get_indexdef(i.indexrelid, 0, true) as text
    from pg_index i
    join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
    join pg_class own on own.oid = i.indexrelid
    where not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = i.indrelid)
    order by own.relname";

const TRIGGERS: &str = r"
    select tgrelid::regclass::text as name, pg_get_triggerdef(oid, true) as text
    from pg_trigger
    where not tgisinternal
    order by tgname";

const POLICIES: &str = r"
    select tablename::text as name,
           concat('create policy ', policyname, ' on ', tablename, ' for ', lower(cmd), ' to ',
                  array_to_string(roles, ', '), ' using (' || qual || ')', ' with check (' || with_check || ')') as text
    from pg_policies
    where schemaname = 'public'
    order by policyname";

const GRANTS: &str = r"
    select table_name::text as name,
           concat('grant ', lower(string_agg(privilege_type, ', ' order by privilege_type)), ' on ', table_name,
                  ' to ', grantee) as text
    from information_schema.role_table_grants
    where grantee = 'wahana_tenant' and table_schema = 'public'
    group by table_name, grantee";

const ENUMS: &str = r"
    select concat('create type ', t.typname, ' as enum (',
                  string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder), ');') as text
    from pg_type t
    join pg_enum e on e.enumtypid = t.oid
    where t.typnamespace = 'public'::regnamespace
    group by t.typname
    order by t.typname";

const FUNCTIONS: &str = r"
    select concat(
               'create function ', p.proname, '(', pg_get_function_arguments(p.oid), ')',
               ' returns ' || pg_get_function_result(p.oid), ' language ', l.lanname, ' ',
               case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
               case when p.prosecdef then ' security definer' end,
               ' set ' || array_to_string(p.proconfig, ', '), ';',
               case when not has_function_privilege('public', p.oid, 'execute') then ' -- not for everybody' end
           ) as text
    from pg_proc p
    join pg_language l on l.oid = p.prolang
    where p.pronamespace = 'public'::regnamespace
    order by p.proname";

/// Foreign keys of one column.
const REFERENCES: &str = r"
    select k.conrelid::regclass::text as name, a.attname::text as column, k.confrelid::regclass::text as target
    from pg_constraint k
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace";

/// Columns of primary keys.
const KEYS: &str = r"
    select k.conrelid::regclass::text as name, a.attname::text as column
    from pg_constraint k
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
    where k.contype = 'p' and k.connamespace = 'public'::regnamespace";

struct Relation {
    view: bool,
    guarded: bool,
    options: Option<String>,
    /// Name, type and the rest of the definition.
    columns: Vec<(String, String, String)>,
    constraints: Vec<String>,
    /// Indexes, triggers, policies and grants, as statements.
    beside: Vec<String>,
    keys: Vec<String>,
    /// Column and table that it references.
    references: Vec<(String, String)>,
}

struct Schema {
    relations: BTreeMap<String, Relation>,
    enums: Vec<String>,
    functions: Vec<String>,
}

async fn texts<const N: usize>(
    connection: &mut PgConnection,
    query: &'static str,
    columns: [&str; N],
) -> Vec<[String; N]> {
    let rows = sqlx::query(query).fetch_all(connection).await.expect("the catalog answers");
    rows.iter().map(|row| columns.map(|column| row.get(column))).collect()
}

impl Schema {
    async fn read(connection: &mut PgConnection) -> Self {
        let rows = sqlx::query(RELATIONS).fetch_all(&mut *connection).await.expect("the catalog answers");
        let mut relations: BTreeMap<String, Relation> = rows
            .iter()
            .map(|row| {
                let relation = Relation {
                    view: row.get("view"),
                    guarded: row.get("guarded"),
                    options: row.get("options"),
                    columns: Vec::new(),
                    constraints: Vec::new(),
                    beside: Vec::new(),
                    keys: Vec::new(),
                    references: Vec::new(),
                };
                (row.get("name"), relation)
            })
            .collect();
        let at = &mut relations;
        for [name, column, kind, rest] in texts(connection, COLUMNS, ["name", "column", "type", "rest"]).await
        {
            at.entry(name).and_modify(|relation| relation.columns.push((column, kind, rest)));
        }
        for [name, text] in texts(connection, CONSTRAINTS, ["name", "text"]).await {
            at.entry(name).and_modify(|relation| relation.constraints.push(text));
        }
        for query in [INDEXES, TRIGGERS, POLICIES, GRANTS] {
            for [name, text] in texts(connection, query, ["name", "text"]).await {
                at.entry(name).and_modify(|relation| relation.beside.push(text));
            }
        }
        for [name, column] in texts(connection, KEYS, ["name", "column"]).await {
            at.entry(name).and_modify(|relation| relation.keys.push(column));
        }
        for [name, column, target] in texts(connection, REFERENCES, ["name", "column", "target"]).await {
            at.entry(name).and_modify(|relation| relation.references.push((column, target)));
        }
        let enums = texts(connection, ENUMS, ["text"]).await.into_iter().flatten().collect();
        let functions = texts(connection, FUNCTIONS, ["text"]).await.into_iter().flatten().collect();
        Self { relations, enums, functions }
    }

    fn sql(&self) -> String {
        let mut out = String::from(
            "-- The schema as it is after all migrations. Written by crates/store/tests/it/schema_docs.rs; not to be edited.\n\
             -- Bodies of functions and views, and comments, stand in migrations/.\n\n-- Enums\n\n",
        );
        self.enums.iter().for_each(|text| writeln!(out, "{text}").expect("text"));
        out.push_str("\n-- Functions\n\n");
        self.functions.iter().for_each(|text| writeln!(out, "{text}").expect("text"));
        for (context, tables) in CONTEXTS {
            writeln!(out, "\n-- Context {context}").expect("text");
            tables.iter().for_each(|table| self.relations[*table].write_sql(table, &mut out));
        }
        out
    }

    fn markdown(&self) -> String {
        let mut out = String::from(
            "# The schema in pictures\n\n\
             Written by `crates/store/tests/it/schema_docs.rs` from a migrated database; not to be edited. Types, defaults,\n\
             indexes, policies and grants stand in [schema.sql](schema.sql), reasons in `migrations/`.\n\n\
             A line is a foreign key, a dotted line a reference without one (the busiest tables have none). Every table\n\
             with `organization_id` belongs to an organization; these lines are left out. Tables without columns belong to\n\
             another context.\n",
        );
        for (context, tables) in CONTEXTS {
            let mut title = (*context).to_owned();
            title[..1].make_ascii_uppercase();
            writeln!(out, "\n## {title}\n\n```mermaid\nerDiagram").expect("text");
            for table in tables.iter().filter(|table| !self.relations[**table].view) {
                self.relations[*table].write_mermaid(table, &mut out);
            }
            out.push_str("```\n");
        }
        out
    }
}

impl Relation {
    fn write_sql(&self, name: &str, out: &mut String) {
        let kind = if self.view { "view" } else { "table" };
        let options = self.options.as_deref().unwrap_or_default();
        let wide = self.columns.iter().map(|(column, ..)| column.len()).max().unwrap_or_default();
        let columns =
            self.columns.iter().map(|(column, kind, rest)| format!("    {column:wide$} {kind}{rest}"));
        let lines: Vec<String> =
            columns.chain(self.constraints.iter().map(|text| format!("    {text}"))).collect();
        writeln!(out, "\ncreate {kind} {name} (\n{}\n){options};", lines.join(",\n")).expect("text");
        if self.guarded {
            writeln!(out, "alter table {name} enable row level security;").expect("text");
        }
        self.beside.iter().for_each(|text| writeln!(out, "{text};").expect("text"));
    }

    fn write_mermaid(&self, name: &str, out: &mut String) {
        writeln!(out, "    {name} {{").expect("text");
        for (column, kind, _) in &self.columns {
            let kind = match kind.as_str() {
                "timestamp with time zone" => "timestamptz".to_owned(),
                other => other.replace(' ', "_"),
            };
            let mut marks = Vec::new();
            if self.keys.contains(column) {
                marks.push("PK");
            }
            if self.references.iter().any(|(from, _)| from == column) {
                marks.push("FK");
            }
            writeln!(out, "        {}", format!("{kind} {column} {}", marks.join(", ")).trim_end())
                .expect("text");
        }
        writeln!(out, "    }}").expect("text");
        for (column, _, rest) in self.columns.iter().filter(|(column, ..)| column != "organization_id") {
            let key =
                self.references.iter().find(|(from, _)| from == column).map(|(_, to)| (to.as_str(), "--"));
            let loose = || LOOSE.iter().find(|(from, _)| from == column).map(|(_, to)| (*to, ".."));
            if let Some((target, line)) = key.or_else(loose) {
                let one = if line == "--" && rest.contains("not null") { "||" } else { "|o" };
                writeln!(out, "    {target} {one}{line}o{{ {name} : {column}").expect("text");
            }
        }
    }
}

#[tokio::test]
async fn the_schema_is_documented() {
    let database = TestDatabase::create().await;
    let mut connection = PgConnection::connect(&database.url).await.expect("the database answers");
    let schema = Schema::read(&mut connection).await;
    let listed: Vec<&str> = CONTEXTS.iter().flat_map(|(_, tables)| tables.iter().copied()).collect();
    let missing: Vec<&String> =
        schema.relations.keys().filter(|name| !listed.contains(&name.as_str())).collect();
    assert!(missing.is_empty(), "name the context of {missing:?} in CONTEXTS of this file");
    for (name, text) in [("schema.sql", schema.sql()), ("schema.md", schema.markdown())] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &text).expect("docs/ can be written");
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == text, "docs/{name} is out of date: run this test with UPDATE=1");
    }
}
