//! Why a message or a job failed, waits or is held: every code that stands with one, what kind it is, who has to act,
//! and what they can do. The table is the one source: outcomes of workers, restrictions, verdicts of the fence, the
//! API, docs/errors.md and the texts of the dashboard come from it. A code is never renamed: rows of earlier versions
//! hold it.

use crate::closed::{closed_enum, stored_code};

closed_enum! {
    /// What a reason means for the message or job.
    ReasonClass {
        /// It failed and stays so: repeating it changes nothing.
        Permanent = "permanent",
        /// It surely was not done, and is tried again.
        Retry = "retry",
        /// It could not be tried yet; waiting costs no attempt.
        Wait = "wait",
        /// It may have been done; it is looked for before anything is done again.
        Unknown = "unknown",
        /// Somebody does not want it to be sent.
        Held = "held",
    }
}

closed_enum! {
    /// The party that acts on a reason.
    Actor {
        /// Wahana, by itself.
        System = "system",
        /// The sender of the message: mend it, then send it again.
        Sender = "sender",
        /// The operator of the installation: mend it, then replay the dead letters.
        Operator = "operator",
        /// Nobody: there is nothing to mend.
        Nobody = "nobody",
    }
}

macro_rules! reasons {
    ($(#[doc = $title:literal] $variant:ident = $code:tt, $class:ident, $actor:ident, $remedy:literal;)+) => {
        closed_enum! {
            /// Why a message or a job failed, waits or is held.
            Reason { $(#[doc = $title] $variant = $code,)+ }
        }

        impl Reason {
            /// What it means for the message or job.
            pub const fn class(self) -> ReasonClass {
                match self { $(Self::$variant => ReasonClass::$class),+ }
            }

            /// The party that acts on it.
            pub const fn actor(self) -> Actor {
                match self { $(Self::$variant => Actor::$actor),+ }
            }

            /// What can be done.
            pub const fn remedy(self) -> &'static str {
                match self { $(Self::$variant => $remedy),+ }
            }

            /// What happened: the sentence of its documentation.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title.trim_start()),+ }
            }
        }
    };
}

reasons! {
    /// The number has no WhatsApp.
    NotOnWhatsapp = "not_on_whatsapp", Permanent, Sender,
        "Correct the number in your list, or take it out. `check_number` finds these before they are written to.";
    /// WhatsApp refused the message.
    RejectedByWhatsapp = "rejected_by_whatsapp", Permanent, Nobody,
        "The person may have blocked you, or WhatsApp does not take this kind of message. Do not repeat it.";
    /// The number is on the suppression list.
    Suppressed = "suppressed", Held, Nobody,
        "The person opted out or stands on the suppression list. Nothing has to be done.";
    /// The person did not agree to bulk messages.
    NoConsent = "no_consent", Held, Sender,
        "Your organization writes only to people whose consent is on record. Record it with the contact, or leave them out.";
    /// A variable of the text has no value.
    MissingVariable = "missing_variable", Permanent, Sender,
        "The person has no value for a variable of the text: add it to your list, or give the variable a fallback.";
    /// The text is no template.
    BadTemplate = "bad_template", Permanent, Sender,
        "With this person's values the text cannot be sent: shorten or mend it.";
    /// The filled text cannot be sent.
    BadContent = "bad_content", Permanent, Sender,
        "With this person's values the text cannot be sent: shorten or mend it.";
    /// The chat does not exist.
    BadChat = "bad_chat", Permanent, Sender,
        "Correct the number in your list.";
    /// The campaign was cancelled before its turn.
    CampaignCancelled = "campaign_cancelled", Held, Sender,
        "The campaign was cancelled before its turn. Start a new one for these people.";
    /// The deadline of the campaign passed before its turn.
    CampaignDeadline = "campaign_deadline", Held, Sender,
        "The deadline of the campaign passed before its turn. Start a new one for these people, with more senders or time.";
    /// The campaign was cancelled while the message was on its way to the worker.
    Cancelled = "cancelled", Held, Sender,
        "The campaign was cancelled before its turn. Start a new one for these people.";
    /// The session was deleted.
    SessionDeleted = "session_deleted", Permanent, Sender,
        "Its sender was deleted before its turn. Send it again through another one.";
    /// Its time ran out.
    Expired = "expired", Permanent, Sender,
        "Its time ran out while it waited. Send it again with a later `expires_at`, or use more senders.";
    /// It is not known whether it arrived.
    NotConfirmed = "not_confirmed", Unknown, Sender,
        "WhatsApp's answer was lost and the message not found. Ask before you repeat it: it may have arrived.";
    /// The answer was lost; the message is being looked for.
    AnswerLost = "answer_lost", Unknown, System,
        "It is looked for at the WAHA server and goes on by itself.";
    /// The message whose answer was lost is not in its chat yet.
    NotFoundYet = "not_found_yet", Unknown, System,
        "It is looked for at the WAHA server and goes on by itself.";
    /// The uploaded file is gone.
    MediaGone = "media_gone", Permanent, Sender,
        "Upload the file again and send a new message.";
    /// The file is too large.
    MediaTooLarge = "media_too_large", Permanent, Sender,
        "Make the file smaller and send a new message.";
    /// The address of the file may not be fetched.
    MediaRefused = "media_refused", Permanent, Sender,
        "The address of the file does not answer as it should: upload the file instead, then replay the dead letters.";
    /// The file is none of the formats that WhatsApp takes this way.
    MediaWrongType = "media_wrong_type", Permanent, Sender,
        "Use a file that WhatsApp takes; the detail says which. If it lies at an address, correct that, then replay.";
    /// The file could not be converted.
    MediaConversion = "media_conversion", Permanent, Sender,
        "Convert the file yourself to what WhatsApp takes, and send a new message.";
    /// The files of the organization take all the room it has.
    MediaNoRoom = "media_no_room", Permanent, Sender,
        "Delete campaigns and messages with large files, or ask the operator for more room, then replay.";
    /// The file is being fetched or converted.
    WaitingForFile = "waiting_for_file", Wait, System,
        "It goes on by itself when the file is ready.";
    /// The stored file could not be read.
    MediaUnavailable = "media_unavailable", Retry, System,
        "The address of the file does not answer as it should: upload the file instead, then replay the dead letters.";
    /// The file could not be fetched from its address.
    MediaFetch = "media_fetch", Retry, System,
        "The address of the file does not answer as it should: upload the file instead, then replay the dead letters.";
    /// The WAHA server does not take a message of this size.
    PayloadTooLarge = "payload_too_large", Permanent, Sender,
        "Make the file smaller and send a new message.";
    /// The WAHA server does not take this message.
    InvalidRequest = "invalid_request", Permanent, Sender,
        "The WAHA server does not take this message: change its content or type. The detail of one says why.";
    /// The WAHA server refused the message.
    Refused = "refused", Permanent, Sender,
        "The WAHA server does not take this message: change its content or type. The detail of one says why.";
    /// The WAHA server cannot send this type.
    NotImplemented = "not_implemented", Permanent, Sender,
        "The WAHA server does not take this message: change its content or type. The detail of one says why.";
    /// The WAHA server does not know what the call is about.
    NotFound = "not_found", Permanent, Operator,
        "The WAHA server does not know what it was asked for: the operator has to look, then replay the dead letters.";
    /// The WAHA server does not accept our key.
    Unauthorized = "unauthorized", Permanent, Operator,
        "The WAHA server does not know the session or us: the operator has to look, then replay the dead letters.";
    /// The WAHA server does not allow the call.
    Forbidden = "forbidden", Permanent, Operator,
        "The WAHA server does not know the session or us: the operator has to look, then replay the dead letters.";
    /// The WAHA server does not know the session.
    SessionNotFound = "session_not_found", Permanent, Operator,
        "The WAHA server does not know the session or us: the operator has to look, then replay the dead letters.";
    /// The session has no WAHA server that is known.
    NodeUnknown = "node_unknown", Retry, Operator,
        "The WAHA server does not know the session or us: the operator has to look, then replay the dead letters.";
    /// The WAHA server has it already.
    AlreadyExists = "already_exists", Permanent, Nobody,
        "The WAHA server has it already. Nothing has to be done.";
    /// The session does not run at its WAHA server.
    SessionNotRunning = "session_not_running", Wait, System,
        "The session is started by itself; the message waits for it.";
    /// The session is not connected.
    SessionNotWorking = "session_not_working", Wait, Sender,
        "It goes on when the session is connected again; its health says whether you have to do something.";
    /// WhatsApp did not answer in time.
    SendTimeout = "send_timeout", Retry, System,
        "It goes on by itself.";
    /// No answer in time.
    Timeout = "timeout", Retry, System,
        "It goes on by itself.";
    /// Something between us and the WAHA server did not answer.
    Gateway = "gateway", Retry, System,
        "It goes on by itself.";
    /// The connection to the WAHA server was cut.
    ConnectionLost = "connection_lost", Retry, System,
        "It goes on by itself.";
    /// The session was not connected to WhatsApp at that moment.
    ConnectionClosed = "connection_closed", Retry, System,
        "It goes on by itself.";
    /// No connection to the WAHA server.
    Unreachable = "unreachable", Wait, System,
        "It goes on by itself when the WAHA server answers again.";
    /// The WAHA server of the session cannot be reached.
    NodeUnreachable = "node_unreachable", Wait, System,
        "It goes on by itself when the WAHA server answers again.";
    /// The engine of the WAHA server does not answer.
    EngineUnreachable = "engine_unreachable", Retry, System,
        "It goes on by itself.";
    /// The engine of the WAHA server failed.
    EngineError = "engine_error", Retry, System,
        "It goes on by itself.";
    /// The WAHA server is busy with the session.
    LifecycleLock = "lifecycle_lock", Retry, System,
        "It goes on by itself.";
    /// The WAHA server is not ready.
    Unavailable = "unavailable", Retry, System,
        "It goes on by itself.";
    /// The WAHA server gave an answer that cannot be read.
    BadAnswer = "bad_answer", Retry, Operator,
        "The operator has to look at the version of the WAHA server, then replay the dead letters.";
    /// The answer of the WAHA server is too large.
    AnswerTooLarge = "answer_too_large", Permanent, Operator,
        "The operator has to look at the WAHA server, then replay the dead letters.";
    /// WhatsApp asked for less; the session rests.
    RateLimited = "rate_limited", Wait, System,
        "It goes on by itself. Lengthen the pauses of the session.";
    /// WhatsApp lets the account open no new chats for now.
    Restricted = "restricted", Wait, System,
        "It goes on by itself when WhatsApp lifts it; replies go. Write less to strangers.";
    /// WhatsApp's quota of new chats is used up.
    MessageCapping = "message_capping", Wait, System,
        "It goes on by itself in the next cycle; replies go.";
    /// WhatsApp refused this chat; the message is tried once more, later.
    ChatRefused = "chat_refused", Wait, System,
        "It is tried once more, later: WhatsApp refuses this chat, not the session. Do not repeat it before.";
    /// WhatsApp refuses most new chats of the session; its bulk messages rest.
    ManyRejections = "many_rejections", Wait, Sender,
        "WhatsApp refuses most new chats of this session. Write less to strangers and wait; then let it try again, and \
         send again to those who were refused: their dead letters can be replayed.";
    /// The number is being checked.
    NumberCheck = "number_check", Wait, System,
        "It goes on by itself when the number was checked.";
    /// More numbers are left to be checked.
    NumberChecksLeft = "number_checks_left", Wait, System,
        "It goes on by itself.";
    /// The worker vanished in the middle of the attempt.
    WorkerLost = "worker_lost", Retry, System,
        "It goes on by itself.";
    /// The worker stood still for longer than its lease.
    WorkerStalled = "worker_stalled", Retry, System,
        "It goes on by itself.";
    /// The database refused what the job wanted to write.
    Store = "store", Retry, Operator,
        "The operator has to look at the log, then replay the dead letters.";
    /// Other imports of the organization are running.
    ImportsBusy = "imports_busy", Wait, System,
        "It starts when one of them has ended. Nothing has to be done.";
    /// The database does not answer.
    StoreUnavailable = "store_unavailable", Wait, System,
        "It goes on by itself when the database answers again.";
    /// After a restore it is not known yet whether the message was sent.
    RestoreCheckFailed = "restore_check_failed", Retry, System,
        "It is looked for at the WAHA server before it is sent.";
    /// This version does not know this kind of job.
    UnknownJob = "unknown_job", Wait, Operator,
        "A newer worker does it; if there is none, the operator has to start one.";
    /// The job stood in the wrong queue.
    WrongQueue = "wrong_queue", Permanent, Operator,
        "The operator has to report it: this is a fault of Wahana.";
    /// The session moves to another WAHA server.
    SessionMoves = "session_moves", Wait, System,
        "It goes on by itself when the session arrived.";
    /// Something of the session still runs.
    SessionBusy = "session_busy", Wait, System,
        "It goes on by itself.";
    /// The session did not stop at its old WAHA server.
    NotStopped = "not_stopped", Retry, System,
        "It is tried again; if it goes on, the operator has to look at the WAHA server.";
    /// The message that an event tells of is not written down yet.
    MessageNotKnownYet = "message_not_known_yet", Wait, System,
        "It goes on by itself.";
    /// WAHA does not know yet which number is behind a LID.
    LidNotKnownYet = "lid_not_known_yet", Wait, System,
        "It is asked again, ever more rarely, and at once when that person writes.";
}

stored_code! {
    /// The code that stands with a message or a job.
    ReasonCode of Reason
}

impl ReasonCode {
    /// What can be done about a reason that nobody knows.
    pub const UNKNOWN_REMEDY: &'static str =
        "Look at the timeline of one of them; once the cause is mended, replay the dead letters.";

    /// What can be done; never empty.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Known(reason) => reason.remedy(),
            Self::Other(_) => Self::UNKNOWN_REMEDY,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_says_what_it_is_and_what_to_do() {
        for reason in Reason::ALL {
            let (code, title, remedy) = (reason.as_str(), reason.title(), reason.remedy());
            assert!(code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{code}");
            assert!(title.ends_with('.') && remedy.ends_with('.'), "{code}");
            assert_eq!(code.parse(), Ok(*reason));
            // A remedy is given exactly where somebody has to act.
            let by_itself = matches!(reason.class(), ReasonClass::Wait | ReasonClass::Retry);
            assert!(
                by_itself || reason.actor() != Actor::System || reason.class() == ReasonClass::Unknown,
                "{code}"
            );
        }
    }

    #[test]
    fn unknown_codes_have_a_remedy_too() {
        assert!(ReasonCode::from("never_heard_of".to_owned()).remedy().contains("timeline"));
    }

    #[test]
    fn a_name_of_another_version_stays_readable() {
        let known = ReasonCode::from("expired".to_owned());
        assert_eq!(known, ReasonCode::Known(Reason::Expired));
        let other = ReasonCode::from("moon_eclipse".to_owned());
        assert_eq!((other.known(), other.as_str()), (None, "moon_eclipse"));
        assert_eq!(serde_json::to_value(&other).unwrap(), "moon_eclipse");
        assert!("moon_eclipse".parse::<Reason>().unwrap_err().to_string().contains("Reason"));
    }
}
