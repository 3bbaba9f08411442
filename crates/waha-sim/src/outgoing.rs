//! A send, after the status check: faults, the message's id, the chat, the log, the echo, the acks and the
//! answer.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};

use crate::{
    answer::Refusal,
    chats::{Stored, chat_of},
    config::Version,
    engine::Engine,
    faults::Fault,
    phones::{Next, Which},
    proto::{Proto, ack_name, is_direct, serialized},
    request::Req,
    sendlog::{FileRecord, SendRecord},
    session::{Inner, Session, Status},
    sim::Sim,
    standing::RESTRICTION_SECONDS,
    timers::Due,
};

/// Maximum length of a text in the log.
const LOG_TEXT: usize = 256;
/// What the caller no longer waits for is sent after this long, unless the fault says otherwise.
const LATE: Duration = Duration::from_secs(180);
/// A hang ends in a cut connection after this long, unless the fault says otherwise.
const HANG: Duration = Duration::from_secs(600);

/// One message to send.
pub(crate) struct Outgoing<'a> {
    pub(crate) kind: &'static str,
    /// As the caller wrote it.
    pub(crate) chat: &'a str,
    /// Baileys' `message`.
    pub(crate) content: Value,
    pub(crate) text: Option<&'a str>,
    /// The id the caller chose, where the endpoint takes one.
    pub(crate) client_id: Option<&'a str>,
    /// Polls and forwards answer a `WAMessage` on NOWEB too (transcripts C54, C64).
    pub(crate) as_wa_message: bool,
}

impl Sim {
    /// Sends it, or applies the fault. The answer has the shape of the engine.
    pub(crate) async fn dispatch(
        &self,
        req: &Req,
        session: &Arc<Session>,
        message: Outgoing<'_>,
    ) -> Result<Value, Refusal> {
        let send_ms = self.with_faults(|faults| faults.send_ms);
        tokio::time::sleep(Duration::from_millis(send_ms)).await;
        let chat = chat_of(message.chat);
        let (n, fault) = self.decide(req, session, &chat)?;
        if fault == Some(Fault::Restricted) {
            session.lock().refused = true;
        }
        if let Some(fault) = fault.filter(|fault| !fault.is_sent(self.config.engine)) {
            return Err(self.fail(req, fault));
        }
        if fault == Some(Fault::SentLate) {
            return self.send_late(session, chat, n, &message).await;
        }
        let answer = self.accept(session, &chat, n, &message, fault);
        match fault {
            Some(Fault::Hang) => {
                let hang_ms = self.with_faults(|faults| faults.hang_ms);
                tokio::time::sleep(if hang_ms == 0 { HANG } else { Duration::from_millis(hang_ms) }).await;
                Err(Refusal::cut())
            }
            Some(Fault::DropAfter | Fault::DiedAfter) => Err(Refusal::cut()),
            _ => Ok(answer),
        }
    }

    /// WAHA goes on with a send after its caller hung up.
    async fn send_late(
        &self,
        session: &Arc<Session>,
        chat: String,
        n: u32,
        message: &Outgoing<'_>,
    ) -> Result<Value, Refusal> {
        let late_ms = self.with_faults(|faults| faults.late_ms);
        let late = if late_ms == 0 { LATE } else { Duration::from_millis(late_ms) };
        let Some(sim) = self.me.upgrade() else { return Err(Refusal::cut()) };
        let (session, kind, content) = (Arc::clone(session), message.kind, message.content.clone());
        let (text, client_id) = (message.text.map(str::to_owned), message.client_id.map(str::to_owned));
        let as_wa_message = message.as_wa_message;
        let sent = tokio::spawn(async move {
            tokio::time::sleep(late).await;
            let (text, client_id) = (text.as_deref(), client_id.as_deref());
            let message = Outgoing { kind, chat: &chat, content, text, client_id, as_wa_message };
            sim.accept(&session, &chat, n, &message, None)
        });
        sent.await.map_err(|_| Refusal::cut())
    }

    /// Counts the attempt and draws its fault.
    fn decide(&self, req: &Req, session: &Session, chat: &str) -> Result<(u32, Option<Fault>), Refusal> {
        let mut inner = session.lock();
        if inner.socket_down {
            return Err(req.exception(self, "Error", "Connection Closed"));
        }
        let entry = inner.chats.entry(chat.into()).or_default();
        let n = entry.tries;
        entry.tries += 1;
        let cold = !entry.warm;
        drop(inner);
        if self.with_faults(crate::Faults::none_for_sends) {
            return Ok((n, None));
        }
        Ok((n, self.change_faults(|faults| faults.of_send(self.config.seed, &session.name, chat, n, cold))))
    }

    fn fail(&self, req: &Req, fault: Fault) -> Refusal {
        match fault {
            Fault::ConnectionClosed => req.exception(self, "Error", "Connection Closed"),
            Fault::RateOverlimit => req.exception(self, "Error", "rate-overlimit"),
            Fault::Restricted => {
                let session = req.text("session").unwrap_or_default();
                let code = if self.is_capped(session) { 475 } else { 463 };
                req.exception(self, "Error", &format!("2 UNKNOWN: server returned error {code}"))
            }
            Fault::DropBefore | Fault::Hang | Fault::DropAfter | Fault::DiedAfter | Fault::SentLate => {
                Refusal::cut()
            }
        }
    }

    /// WhatsApp has it: adds it to the chat and the log, then sends the echo and the first ack.
    fn accept(
        &self,
        session: &Arc<Session>,
        chat: &str,
        n: u32,
        message: &Outgoing<'_>,
        fault: Option<Fault>,
    ) -> Value {
        let id = self.message_id(message.client_id);
        let now = self.now();
        let mut inner = session.lock();
        let account = inner.phone().to_owned();
        let content = message.content.clone();
        let proto = Proto { chat, id: &id, from_me: true, content, at: now / 1000, account: &account };
        let stored = Stored {
            id: id.as_str().into(),
            kind: message.kind,
            text: message.text.map(Into::into),
            from_me: true,
            api: true,
            at: now / 1000,
            ack: 0,
        };
        let forgotten = fault == Some(Fault::DiedAfter);
        if !forgotten {
            inner.chats.entry(chat.into()).or_default().keep(stored, self.config.keep_per_chat);
        }
        let wa_message = |proto: &Proto<'_>| proto.wa_message(message.text, 0, true, proto.raw());
        if self.config.webhooks && !inner.hooks.is_empty() && !forgotten {
            self.emit(session, &mut inner, "message.any", wa_message(&proto));
        }
        drop(inner);
        self.record(session, chat, &id, now, message);
        self.acknowledge_next(session, chat, &id, n, 0, fault == Some(Fault::Restricted));
        if message.as_wa_message { wa_message(&proto) } else { proto.answer(self.config.engine) }
    }

    fn record(&self, session: &Session, chat: &str, id: &str, at: i64, message: &Outgoing<'_>) {
        let text: String = message.text.unwrap_or_default().chars().take(LOG_TEXT).collect();
        let record = SendRecord {
            session: session.name.clone(),
            chat_id: chat.into(),
            kind: message.kind,
            text: text.into(),
            client_id: message.client_id.map(Into::into),
            file: FileRecord::of(&message.content),
            message_id: id.into(),
            at,
        };
        self.log().push(record, self.config.log_limit);
    }

    /// The client's id since 2026.4.3 on NOWEB and GOWS, else a new one (docs/waha.md 0.15).
    fn message_id(&self, client_id: Option<&str>) -> String {
        let knows = self.config.version >= Version::V2026_7
            && matches!(self.config.engine, Engine::Noweb | Engine::Gows);
        match client_id.filter(|id| knows && !id.is_empty()) {
            Some(id) => id.to_owned(),
            None => self.new_message_id(),
        }
    }

    pub(crate) fn new_message_id(&self) -> String {
        wahana_waha::client_message_id(self.random())
    }

    /// Schedules what the other side does after `level`.
    fn acknowledge_next(
        &self,
        session: &Arc<Session>,
        chat: &str,
        id: &str,
        n: u32,
        level: i8,
        restricted: bool,
    ) {
        if !self.config.acks {
            return;
        }
        let which = Which { seed: self.config.seed, session: &session.name, chat, n };
        let next = if restricted && level == 0 {
            Next::Ack(-1, 100)
        } else {
            self.with_phones(|phones| phones.next(which, level))
        };
        let (ms, due) = match next {
            Next::End => return,
            Next::Ack(level, ms) => {
                let (session, chat, id) = (Arc::clone(session), chat.into(), id.into());
                (ms, Due::Ack { session, chat, id, n, level, restricted })
            }
            Next::Reply(text, ms) => {
                let from = self.writes_as(chat);
                (ms, Due::Inbound { session: Arc::clone(session), from: from.into(), text: text.into() })
            }
        };
        self.timers.after(self.scaled(ms), due);
    }

    /// An ack has come.
    pub(crate) fn acknowledge(
        &self,
        session: &Arc<Session>,
        chat: &str,
        id: &str,
        n: u32,
        level: i8,
        restricted: bool,
    ) {
        let mut inner = session.lock();
        match inner.status {
            Status::Starting | Status::ScanQrCode => {
                // WhatsApp reports it after reconnecting.
                drop(inner);
                let (session, chat, id) = (Arc::clone(session), chat.into(), id.into());
                self.timers.after(self.scaled(1_000), Due::Ack { session, chat, id, n, level, restricted });
                return;
            }
            Status::Stopped | Status::Failed | Status::Working => (),
        }
        let forward = inner.chats.get_mut(chat).is_none_or(|chat| chat.acknowledge(id, level));
        if forward && inner.status == Status::Working {
            if is_direct(chat) || level < 2 {
                let payload = self.ack_payload(&session.name, chat, id, level, restricted);
                self.emit(session, &mut inner, "message.ack", payload);
            } else {
                for payload in self.group_receipts(&inner, chat, id, level) {
                    self.emit(session, &mut inner, "message.ack.group", payload);
                }
            }
        }
        drop(inner);
        self.acknowledge_next(session, chat, id, n, level, restricted);
    }

    fn ack_payload(&self, session: &str, chat: &str, id: &str, level: i8, restricted: bool) -> Value {
        let mut payload = json!({
            "id": serialized(true, chat, id),
            "from": chat,
            "fromMe": true,
            "ack": level,
            "ackName": ack_name(level),
        });
        if restricted && self.config.version >= Version::V2026_10 {
            let code = if self.is_capped(session) { "475" } else { "463" };
            // The end is known only of the account's restriction; WAHA writes it as text.
            let until = (self.timelock(session).is_some() || self.is_capped(session))
                .then(|| chrono::DateTime::from_timestamp(self.now() / 1000 + RESTRICTION_SECONDS, 0))
                .flatten()
                .map(|until| until.to_rfc3339());
            payload["error"] =
                json!({ "code": code, "blocked": true, "reason": "account_restricted", "until": until });
        }
        payload
    }

    /// One event per member and level; the account's own phone is reported as a reader, too. NOWEB's delivery is level 1.
    fn group_receipts(&self, inner: &Inner, chat: &str, id: &str, level: i8) -> Vec<Value> {
        let group = self.config.groups.iter().find(|group| group.id == chat);
        let invented = ["12132132131".to_owned()];
        let members = group.map_or(invented.as_slice(), |group| &group.members);
        let own = format!("{}:2@s.whatsapp.net", inner.phone());
        let jid = |(n, member): (usize, &String)| match (group, n) {
            (Some(_), 0) => format!("99{member}@lid"),
            _ => format!("{member}@s.whatsapp.net"),
        };
        let readers = std::iter::once(own).chain(members.iter().enumerate().map(jid));
        let ack = if level == 2 && self.config.engine == Engine::Noweb { 1 } else { level };
        let time = if level == 2 { "receiptTimestamp" } else { "readTimestamp" };
        let receipt = |reader: String| {
            json!({
                "id": format!("{}_{}@c.us", serialized(true, chat, id), inner.phone()),
                "from": chat,
                "fromMe": true,
                "ack": ack,
                "ackName": ack_name(ack),
                "_data": {
                    "key": { "remoteJid": chat, "fromMe": true, "id": id },
                    "receipt": { "userJid": reader, time: self.now() / 1000 },
                },
            })
        };
        // Its own phone only ever reads.
        readers.skip(usize::from(level == 2)).map(receipt).collect()
    }

    fn is_capped(&self, session: &str) -> bool {
        self.with_faults(|faults| faults.capped_sessions.iter().any(|name| name == session))
    }
}
