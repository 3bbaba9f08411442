//! From what a call to WAHA failed with to the reason that is written down. A failure without a reason does not compile.

use wahana_domain::Reason;
use wahana_waha::ErrorCode;

/// The reason of a failed call.
pub(crate) const fn of_waha(code: ErrorCode) -> Reason {
    match code {
        ErrorCode::InvalidRequest => Reason::InvalidRequest,
        ErrorCode::Refused => Reason::Refused,
        ErrorCode::NotImplemented => Reason::NotImplemented,
        ErrorCode::PayloadTooLarge => Reason::PayloadTooLarge,
        ErrorCode::NotFound => Reason::NotFound,
        ErrorCode::SessionNotFound => Reason::SessionNotFound,
        ErrorCode::SessionNotRunning => Reason::SessionNotRunning,
        ErrorCode::SessionNotWorking => Reason::SessionNotWorking,
        ErrorCode::AlreadyExists => Reason::AlreadyExists,
        ErrorCode::Unauthorized => Reason::Unauthorized,
        ErrorCode::Forbidden => Reason::Forbidden,
        ErrorCode::Gateway => Reason::Gateway,
        ErrorCode::Unavailable => Reason::Unavailable,
        ErrorCode::RateLimited => Reason::RateLimited,
        ErrorCode::Restricted => Reason::Restricted,
        ErrorCode::MessageCapping => Reason::MessageCapping,
        ErrorCode::SendTimeout => Reason::SendTimeout,
        ErrorCode::Timeout => Reason::Timeout,
        ErrorCode::ConnectionLost => Reason::ConnectionLost,
        ErrorCode::Unreachable => Reason::Unreachable,
        ErrorCode::NodeUnreachable => Reason::NodeUnreachable,
        ErrorCode::ConnectionClosed => Reason::ConnectionClosed,
        ErrorCode::EngineUnreachable => Reason::EngineUnreachable,
        ErrorCode::EngineError => Reason::EngineError,
        ErrorCode::LifecycleLock => Reason::LifecycleLock,
        ErrorCode::BadAnswer => Reason::BadAnswer,
        ErrorCode::AnswerTooLarge => Reason::AnswerTooLarge,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_keeps_its_name() {
        for code in ErrorCode::ALL {
            assert_eq!(of_waha(*code).as_str(), code.as_str());
        }
    }
}
