//! Reads chats; a reconciler uses it to find out whether a message was sent.

use std::sync::Arc;

use axum::{extract::State, http::header::CONTENT_TYPE, response::IntoResponse, routing::get};
use serde_json::{Value, json};

use super::Routes;
use crate::{
    answer::{Answer, Refusal, ok},
    chats::{Stored, chat_of},
    proto::stored_view,
    request::Req,
    sim::Sim,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/api/{session}/chats", get(list))
        .route("/api/{session}/chats/overview", get(overview))
        .route("/api/{session}/chats/{chatId}/messages", get(messages))
        .route("/api/files/{session}/{name}", get(file))
}

fn page(req: &Req) -> Result<(usize, usize), Refusal> {
    let whole = |number: Option<i64>| number.and_then(|number| usize::try_from(number).ok());
    let limit = whole(req.number("limit")?).unwrap_or(usize::MAX);
    Ok((limit, whole(req.number("offset")?).unwrap_or(0)))
}

async fn messages(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let (limit, offset) = page(&req)?;
    let (after, before) = (req.number("filter.timestamp.gte")?, req.number("filter.timestamp.lte")?);
    let from_me = req.flag("filter.fromMe")?;
    let session = sim.working(req.param("session")).await?;
    let chat = chat_of(req.param("chatId"));
    let fits = |stored: &&Stored| {
        after.is_none_or(|after| stored.at >= after)
            && before.is_none_or(|before| stored.at <= before)
            && from_me.is_none_or(|from_me| stored.from_me == from_me)
    };
    let inner = session.lock();
    let newest_first = req.query("sortOrder") != Some("asc");
    let found = inner.chats.get(&*chat).map(|chat| chat.sorted(newest_first)).unwrap_or_default();
    let shown = found.into_iter().filter(fits).skip(offset).take(limit);
    ok(shown.map(|stored| stored_view(&chat, stored, inner.phone())).collect())
}

async fn file(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    match sim.file(req.param("session"), req.param("name")) {
        Some((file, _)) => Ok(([(CONTENT_TYPE, file.mimetype)], file.bytes).into_response()),
        None => Err(Refusal::not_found("File not found")),
    }
}

async fn list(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let (limit, offset) = page(&req)?;
    let session = sim.working(req.param("session")).await?;
    ok(chats(
        &session,
        limit,
        offset,
        |chat, last, _| json!({ "id": chat, "conversationTimestamp": last.at, "name": null }),
    ))
}

async fn overview(State(sim): State<Arc<Sim>>, req: Req) -> Answer {
    let (limit, offset) = page(&req)?;
    let session = sim.working(req.param("session")).await?;
    ok(chats(&session, limit, offset, |chat, last, account| {
        let last = stored_view(chat, last, account);
        json!({ "id": chat, "name": null, "picture": null, "lastMessage": last, "_chat": { "id": chat } })
    }))
}

fn chats(
    session: &crate::session::Session,
    limit: usize,
    offset: usize,
    view: impl Fn(&str, &Stored, &str) -> Value,
) -> Value {
    let inner = session.lock();
    let mut chats: Vec<(&str, &Stored)> =
        inner.chats.iter().filter_map(|(id, chat)| Some((&**id, chat.last()?))).collect();
    chats.sort_by_key(|(id, last)| (-last.at, *id));
    let shown = chats.into_iter().skip(offset).take(limit);
    shown.map(|(id, last)| view(id, last, inner.phone())).collect()
}
