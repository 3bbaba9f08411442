//! The schema agrees with the domain, and every table keeps tenants apart.

use std::collections::BTreeSet;

use serde_json::json;
use sqlx::{Connection, PgConnection, Row};
use wahana_domain::access::ActorKind;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::controls::ControlScope;
use wahana_domain::health::{Health, HealthReason, Trouble};
use wahana_domain::imports::ImportState;
use wahana_domain::jobs::JobState;
use wahana_domain::messages::MessageState;
use wahana_domain::sessions::{Desired, MoveReason, MoveState, ParkReason, SessionStatus};
use wahana_domain::suppressions::SuppressionReason;
use wahana_domain::{PersonKey, Phone};
use wahana_testkit::TestDatabase;

/// Tables without a tenant: who may touch them is `System` alone. The list may only shrink.
const WITHOUT_TENANT: &[&str] = &[
    "_sqlx_migrations",
    "controls",       // what operators hold back
    "node_restarts",  // the budget of WAHA servers
    "nodes",          // WAHA servers, shared by all
    "queue_history",  // figures of the whole installation
    "refresh_tokens", // found by hash, before anybody is known
    "restores",       // the whole database at once
    "users",          // may be members of several organizations
    "workers",        // processes, shared by all
];

async fn database() -> (TestDatabase, PgConnection) {
    let database = TestDatabase::create().await;
    let connection = PgConnection::connect(&database.url).await.expect("the database answers");
    (database, connection)
}

#[tokio::test]
async fn every_table_keeps_tenants_apart() {
    let (_database, mut connection) = database().await;
    let tables = sqlx::query(
        "select c.relname::text as name, c.relrowsecurity as guarded,
                exists (
                    select 1
                    from pg_policy p
                    where p.polrelid = c.oid and p.polroles = array['wahana_tenant'::regrole::oid]
                ) as policy,
                has_table_privilege('wahana_tenant', c.oid, 'select, insert, update, delete, truncate') as
                    reachable
         from pg_class c
         where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
         order by 1",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    assert!(tables.len() > 15, "the tables are somewhere else");
    for table in tables {
        let name: String = table.get("name");
        if WITHOUT_TENANT.contains(&name.as_str()) {
            assert!(
                !table.get::<bool, _>("reachable"),
                "{name} has no tenant, so wahana_tenant may not touch it"
            );
        } else {
            assert!(
                table.get::<bool, _>("guarded"),
                "{name} needs: alter table {name} enable row level security"
            );
            assert!(table.get::<bool, _>("policy"), "{name} needs a policy for wahana_tenant");
        }
    }
}

#[tokio::test]
async fn the_role_of_tenants_gets_around_no_policy() {
    let (_database, mut connection) = database().await;
    let role = sqlx::query(
        "select rolsuper or rolbypassrls or rolcreaterole as mighty
         from pg_roles
         where rolname = 'wahana_tenant'",
    );
    assert!(!role.fetch_one(&mut connection).await.unwrap().get::<bool, _>("mighty"));
    let owned: i64 =
        sqlx::query_scalar("select count(*) from pg_class where relowner = 'wahana_tenant'::regrole")
            .fetch_one(&mut connection)
            .await
            .unwrap();
    assert_eq!(owned, 0, "an owner is not subject to its policies");
}

#[tokio::test]
async fn the_database_knows_the_same_edges_of_a_message() {
    let (_database, mut connection) = database().await;
    for state in MessageState::ALL {
        let mut next: Vec<MessageState> = sqlx::query_scalar("select unnest(message_next($1))")
            .bind(state)
            .fetch_all(&mut connection)
            .await
            .unwrap();
        let mut wanted = state.next().to_vec();
        next.sort_by_key(|s| s.as_str());
        wanted.sort_by_key(|s| s.as_str());
        assert_eq!(
            next, wanted,
            "after {state}: message_next() in migrations and the table in the domain differ"
        );
    }
}

#[tokio::test]
async fn the_database_knows_the_same_states() {
    let (_database, mut connection) = database().await;
    let pairs = [
        ("message_state", MessageState::ALL.iter().map(|s| s.as_str()).collect::<Vec<_>>()),
        ("campaign_state", CampaignState::ALL.iter().map(|s| s.as_str()).collect()),
        ("job_state", JobState::ALL.iter().map(|s| s.as_str()).collect()),
        ("session_status", SessionStatus::ALL.iter().map(|s| s.as_str()).collect()),
        ("session_desired", Desired::ALL.iter().map(|s| s.as_str()).collect()),
    ];
    for (name, mut ours) in pairs {
        let mut labels: Vec<String> =
            sqlx::query_scalar("select enumlabel::text from pg_enum where enumtypid = to_regtype($1)")
                .bind(name)
                .fetch_all(&mut connection)
                .await
                .unwrap();
        labels.sort();
        ours.sort_unstable();
        assert_eq!(labels, ours, "{name}");
    }
}

/// Numbers of one and of two forms, made of every plan that has two.
const NUMBERS: &[&str] = &[
    "6281234567890",
    "12132132131",
    "4915112345678",
    "62",
    "5215512345678",
    "525512345678",
    "52155123456789",
    "558412345678",
    "5584912345678",
    "551134567890",
    "551187654321",
    "5511987654321",
    "5518001234567",
    "541123456789",
    "5491123456789",
    "54911234567890",
    "22541234567",
    "22545234567",
    "22547234567",
    "22520304050",
    "22507234567",
    "22500234567",
    "2250141234567",
    "22997123456",
    "2290197123456",
    "22912345678",
    "521551234567a",
];

#[tokio::test]
async fn the_database_knows_the_same_people() {
    let (_database, mut connection) = database().await;
    for digits in NUMBERS {
        let of_database: String = sqlx::query_scalar("select person_of($1)")
            .bind(digits)
            .fetch_one(&mut connection)
            .await
            .expect("a key");
        let Some(phone) = Phone::from_whatsapp(digits) else { continue };
        assert_eq!(of_database, PersonKey::of_phone(&phone).as_str(), "{digits}");
        for form in phone.forms() {
            assert_eq!(PersonKey::of_phone(&form).as_str(), of_database, "{digits}");
        }
    }
}

#[tokio::test]
async fn constraints_know_the_same_names() {
    let (_database, mut connection) = database().await;
    let lists = [
        ("suppressions", "reason", SuppressionReason::ALL.iter().map(|s| s.as_str()).collect::<Vec<_>>()),
        ("session_moves", "reason", MoveReason::ALL.iter().map(|s| s.as_str()).collect()),
        ("session_moves", "state", MoveState::ALL.iter().map(|s| s.as_str()).collect()),
        ("imports", "state", ImportState::ALL.iter().map(|s| s.as_str()).collect()),
        ("audit_events", "actor_kind", ActorKind::ALL.iter().map(|s| s.as_str()).collect()),
        ("controls", "scope", ControlScope::ALL.iter().map(|s| s.as_str()).collect()),
    ];
    for (table, column, mut ours) in lists {
        // ((reason = ANY (ARRAY['opt_out'::text, 'manual'::text])))
        let check: String = sqlx::query_scalar(
            "select pg_get_constraintdef(c.oid) from pg_constraint c
             join pg_attribute a on a.attrelid = c.conrelid and c.conkey = array[a.attnum]
             where c.conrelid = to_regclass($1) and c.contype = 'c' and a.attname = $2
               and pg_get_constraintdef(c.oid) like '%ARRAY%'",
        )
        .bind(table)
        .bind(column)
        .fetch_one(&mut connection)
        .await
        .unwrap();
        let mut allowed: Vec<&str> = check.split('\'').skip(1).step_by(2).collect();
        allowed.sort_unstable();
        ours.sort_unstable();
        assert_eq!(allowed, ours, "{table}.{column}: {check}");
    }
}

#[tokio::test]
async fn the_health_of_a_session_has_the_reasons_of_the_domain() {
    let (_database, mut connection) = database().await;
    let soon = "2999-01-01T00:00:00Z";
    let off = SessionStatus::ALL.iter().map(|status| json!({ "status": status }));
    let troubles = Trouble::ALL.iter().map(|trouble| json!({ "status": "working", "trouble": trouble }));
    let parked = |code: Option<&ParkReason>| {
        [("parked_until", "park_code"), ("bulk_parked_until", "bulk_park_code")]
            .map(|(until, why)| json!({ "status": "working", until: soon, why: code }))
    };
    let parks = ParkReason::ALL.iter().map(Some).chain([None]).flat_map(parked);
    let mut found = BTreeSet::new();
    for mut session in off.chain(troubles).chain(parks) {
        session["desired"] = json!(Desired::Running);
        let (health, reason): (Health, Option<HealthReason>) = sqlx::query_as(
            "select h.health, h.reason from session_health(jsonb_populate_record(null::sessions, $1), now()) h",
        )
        .bind(&session)
        .fetch_one(&mut connection)
        .await
        .unwrap_or_else(|error| panic!("{session}: {error}"));
        assert_eq!(reason.is_none(), health == Health::Healthy, "{session}");
        found.extend(reason);
    }
    assert_eq!(found, HealthReason::ALL.iter().copied().collect());
}

#[tokio::test]
async fn what_was_done_stays_on_record() {
    let (_database, mut connection) = database().await;
    sqlx::query(
        "insert into audit_events (id, actor_kind, actor, action, at)
         values (gen_random_uuid(), 'cli', 'me', 'x', now())",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    for statement in
        ["update audit_events set actor = 'x'", "delete from audit_events", "truncate audit_events"]
    {
        let refused = sqlx::query(statement).execute(&mut connection).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{statement}: {refused}");
    }
}
