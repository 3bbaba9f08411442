//! Creates webhooks for what happens in the simulator.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use bytes::Bytes;
use serde_json::{Value, json};

use crate::{
    hooks::Delivery,
    seed::{Dice, ulid},
    session::{Inner, Session, Status},
    sim::Sim,
    timers::Due,
};

/// Maximum number of kept events of a deaf session.
const BACKLOG_LIMIT: usize = 10_000;

impl Sim {
    /// Sends an event to the session's webhooks. `inner` is the session's state.
    pub(crate) fn emit(&self, session: &Session, inner: &mut Inner, event: &'static str, payload: Value) {
        let id = format!("evt_{}", ulid(self.now(), self.random()));
        self.emit_as(&id, session, inner, event, payload);
    }

    /// A message from outside: `message.any` and `message` share one event id (seen in the recorded
    /// deliveries).
    pub(crate) fn emit_incoming(&self, session: &Session, inner: &mut Inner, payload: &Value) {
        let id = format!("evt_{}", ulid(self.now(), self.random()));
        for event in ["message.any", "message"] {
            self.emit_as(&id, session, inner, event, payload.clone());
        }
    }

    fn emit_as(&self, id: &str, session: &Session, inner: &mut Inner, event: &'static str, payload: Value) {
        if !self.config.webhooks || !inner.hooks.iter().any(|hook| hook.wants(event)) {
            return;
        }
        if self.is_deaf(&session.name) && event != "session.status" {
            if inner.backlog.len() < BACKLOG_LIMIT {
                inner.backlog.push((event, payload));
            }
            return;
        }
        let now = self.now();
        let me = inner.me.as_ref().map_or(Value::Null, crate::session::Account::view);
        let mut body = json!({
            "id": id,
            "timestamp": now,
            "event": event,
            "session": &*session.name,
            "me": self.with_standing(&session.name, inner.refused, me),
            "payload": payload,
            "engine": self.config.engine.name(),
            "environment": self.environment(),
        });
        if inner.config["metadata"].is_object() {
            body["metadata"] = inner.config["metadata"].clone();
        }
        let body = Bytes::from(body.to_string());
        inner.told = inner.told.wrapping_add(1);
        for hook in inner.hooks.iter().filter(|hook| hook.wants(event)) {
            let delivery = Delivery {
                spec: Arc::clone(hook),
                body: body.clone(),
                request_id: request_id(self.random()).into(),
                timestamp: now,
                tried: 0,
                life: self.life(),
            };
            self.deliver(&session.name, inner.told, delivery);
        }
    }

    /// Changes the status and sends an event.
    pub(crate) fn set_status(&self, session: &Session, inner: &mut Inner, status: Status) {
        inner.status = status;
        self.connects(&session.name, matches!(status, Status::Starting | Status::Working));
        if inner.history.len() == 3 {
            inner.history.pop_front();
        }
        inner.history.push_back((status, self.now()));
        let points = inner.history.iter();
        let statuses: Vec<Value> =
            points.map(|(status, at)| json!({ "status": status.name(), "timestamp": at })).collect();
        let payload = json!({ "name": &*session.name, "status": status.name(), "statuses": statuses });
        self.emit(session, inner, "session.status", payload);
    }

    /// The events that a deaf session kept.
    pub(crate) fn flush_backlog(&self, session: &Session, inner: &mut Inner) {
        for (event, payload) in std::mem::take(&mut inner.backlog) {
            self.emit(session, inner, event, payload);
        }
    }

    /// Sends it, with the seeded duplicates and delays.
    fn deliver(&self, session: &str, n: u32, delivery: Delivery) {
        let (twice, late, late_ms) = self.with_faults(|faults| {
            (faults.webhook_duplicate, faults.webhook_disorder, faults.webhook_disorder_ms)
        });
        if twice == 0.0 && late == 0.0 {
            self.hooks.send(delivery);
            return;
        }
        let mut dice = Dice::new(self.config.seed, "hook", session, delivery.spec.url(), n);
        if dice.chance(twice) {
            self.hooks.send(delivery.clone());
        }
        if dice.chance(late) {
            let most = if late_ms == 0 { 2_000 } else { late_ms };
            let delay = self.scaled(dice.between(0, most));
            self.later(delay, delivery);
        } else {
            self.hooks.send(delivery);
        }
    }

    /// Another attempt, unless the node was restarted since.
    pub(crate) fn resend(&self, delivery: Delivery) {
        if delivery.life == self.life() {
            self.hooks.send(delivery);
        } else {
            self.hooks.counts.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(crate) fn later(&self, delay: Duration, delivery: Delivery) {
        self.timers.after(delay, Due::Hook(Box::new(delivery)));
    }
}

/// Looks like WAHA's own (`3b2ozljygmwruy0rd`).
fn request_id(random: u128) -> String {
    const ALPHABET: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut left = random;
    let digit = |left: &mut u128| {
        let digit = ALPHABET[(*left % 36) as usize];
        *left /= 36;
        char::from(digit)
    };
    (0..17).map(|_| digit(&mut left)).collect()
}
