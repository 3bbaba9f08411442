//! The names of failures of a call to WAHA, as they stand in logs, metrics and stored attempts.

macro_rules! error_codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal,)+) => {
        /// What failed, for programs.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum ErrorCode { $($(#[$doc])* $variant,)+ }

        impl ErrorCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in logs and metrics.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}

error_codes! {
    /// WAHA says the call is wrong, or it could not be built.
    InvalidRequest = "invalid_request",
    /// WAHA refused it (422).
    Refused = "refused",
    /// The engine cannot do it (501).
    NotImplemented = "not_implemented",
    /// The body is too large (413).
    PayloadTooLarge = "payload_too_large",
    /// What the call names does not exist (404).
    NotFound = "not_found",
    /// The session does not exist (404).
    SessionNotFound = "session_not_found",
    /// The session is not started (404).
    SessionNotRunning = "session_not_running",
    /// The session is not WORKING (422).
    SessionNotWorking = "session_not_working",
    /// It exists already (422).
    AlreadyExists = "already_exists",
    /// The API key is wrong (401).
    Unauthorized = "unauthorized",
    /// The API key may not do it (403).
    Forbidden = "forbidden",
    /// A proxy answered for WAHA (408, 502, 504).
    Gateway = "gateway",
    /// WAHA is not ready (503).
    Unavailable = "unavailable",
    /// Too many calls (429, `rate-overlimit`).
    RateLimited = "rate_limited",
    /// Error 463: no new chats.
    Restricted = "restricted",
    /// Error 475: the quota of new chats is used up.
    MessageCapping = "message_capping",
    /// The engine waited in vain for WhatsApp.
    SendTimeout = "send_timeout",
    /// No answer in time.
    Timeout = "timeout",
    /// The connection was cut before the answer was complete.
    ConnectionLost = "connection_lost",
    /// No connection to the node.
    Unreachable = "unreachable",
    /// No client for the node, or no answer within our own patience.
    NodeUnreachable = "node_unreachable",
    /// The engine is not connected to WhatsApp.
    ConnectionClosed = "connection_closed",
    /// The engine's process does not answer.
    EngineUnreachable = "engine_unreachable",
    /// The engine failed in a way that we do not know.
    EngineError = "engine_error",
    /// WAHA's lock of the session is taken.
    LifecycleLock = "lifecycle_lock",
    /// The answer is not what the call promises.
    BadAnswer = "bad_answer",
    /// The answer is larger than the caller takes.
    AnswerTooLarge = "answer_too_large",
}

impl std::fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PartialEq<&str> for ErrorCode {
    fn eq(&self, name: &&str) -> bool {
        self.as_str() == *name
    }
}
