//! Baseline of the API's figures: a handler that does one INSERT of the same payload in the same Postgres,
//! with a pool of the same size. No tenants, no keys, no checks, no job.

use anyhow::Context;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use uuid::Uuid;

/// The same as `database.max_connections` of the API.
const CONNECTIONS: u32 = 20;

#[derive(Deserialize)]
struct Message {
    session_id: String,
    to: String,
    content: Value,
}

/// Creates its table, prints its address, and serves until it is killed.
pub(crate) async fn run() -> anyhow::Result<()> {
    let url = std::env::var("DATABASE_URL").context("DATABASE_URL is not set")?;
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS).connect(&url).await?;
    sqlx::query(
        "create table bare_messages (id uuid primary key, session_id text not null, recipient text not null,
             content jsonb not null, created_at timestamptz not null default now())",
    )
    .execute(&pool)
    .await?;
    crate::stub::serve(Router::new().route("/messages", post(insert)).with_state(pool)).await
}

async fn insert(
    State(pool): State<PgPool>,
    Json(message): Json<Message>,
) -> Result<(StatusCode, Json<Value>), StatusCode> {
    let id = Uuid::now_v7();
    sqlx::query("insert into bare_messages (id, session_id, recipient, content) values ($1, $2, $3, $4)")
        .bind(id)
        .bind(message.session_id)
        .bind(message.to)
        .bind(message.content)
        .execute(&pool)
        .await
        .map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    Ok((StatusCode::ACCEPTED, Json(json!({"id": id}))))
}
