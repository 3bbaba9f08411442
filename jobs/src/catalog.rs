//! The one list of jobs. A kind that is not here cannot be enqueued, and one without a handler does not compile,
//! because workers match on [`AnyJob`].

use std::time::Duration;

use wahana_domain::jobs::Queue;

use crate::{
    CheckAccount, CheckNumbers, Job, LogoutSession, MoveSession, NameGroups, PrepareMedia, ProcessInbound,
    RecoverEvents, ResolveLids, ResolveMessage, RestartSession, Retry, RunImport, SendMessage, SyncSession,
};

/// A job of a kind that this version does not know: left for a newer worker.
#[derive(Debug, thiserror::Error)]
pub enum UnknownJob {
    /// No such kind here.
    #[error("this version knows no job {0:?}")]
    Kind(String),
    /// The kind is known, but not this shape of it.
    #[error("job {kind} does not read: {source}")]
    Payload {
        /// The kind.
        kind: String,
        /// Why.
        source: serde_json::Error,
    },
}

macro_rules! catalog {
    ($($job:ident),+ $(,)?) => {
        /// Any job of the catalog.
        #[derive(Clone, Debug, PartialEq)]
        pub enum AnyJob { $(#[doc = concat!("See [`", stringify!($job), "`].")] $job($job),)+ }

        $(impl From<$job> for AnyJob {
            fn from(job: $job) -> Self { Self::$job(job) }
        })+

        impl AnyJob {
            /// The names of all kinds.
            pub const NAMES: &'static [&'static str] = &[$($job::NAME),+];

            /// Reads a job as it was recorded, by this version or an earlier one.
            pub fn decode(kind: &str, payload: serde_json::Value) -> Result<Self, UnknownJob> {
                let unreadable = |source| UnknownJob::Payload { kind: kind.to_owned(), source };
                $(if kind == $job::NAME || $job::ALIASES.contains(&kind) {
                    return serde_json::from_value(payload).map(Self::$job).map_err(unreadable);
                })+
                Err(UnknownJob::Kind(kind.to_owned()))
            }

            /// The persisted name.
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$job(_) => $job::NAME),+ }
            }

            /// Where it waits.
            pub const fn queue(&self) -> Queue {
                match self { $(Self::$job(_) => $job::QUEUE),+ }
            }

            /// How long one attempt may take.
            pub const fn timeout(&self) -> Duration {
                match self { $(Self::$job(_) => $job::TIMEOUT),+ }
            }

            /// When it is tried again.
            pub const fn retry(&self) -> Retry {
                match self { $(Self::$job(_) => $job::RETRY),+ }
            }

            /// See [`Job::dedup_key`].
            pub fn dedup_key(&self) -> Option<String> {
                match self { $(Self::$job(job) => job.dedup_key()),+ }
            }

            /// What is recorded.
            pub fn payload(&self) -> Result<serde_json::Value, serde_json::Error> {
                match self { $(Self::$job(job) => serde_json::to_value(job)),+ }
            }
        }
    };
}

catalog!(
    SendMessage,
    ResolveMessage,
    ProcessInbound,
    SyncSession,
    RestartSession,
    LogoutSession,
    MoveSession,
    CheckAccount,
    RecoverEvents,
    CheckNumbers,
    ResolveLids,
    NameGroups,
    RunImport,
    PrepareMedia
);

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use wahana_domain::jobs::JobKind;

    /// What each kind looks like in the table. Lines may be added, never changed: earlier versions wrote them.
    #[test]
    fn recorded_jobs_of_every_version_still_read() {
        let id = "01h455vb4pex5vsknk084sn02q";
        let samples = [
            ("send_message", json!({"message": format!("msg_{id}")})),
            ("resolve_message", json!({"message": format!("msg_{id}")})),
            ("process_inbound", json!({"session": format!("ses_{id}")})),
            ("sync_session", json!({"session": format!("ses_{id}")})),
            ("restart_session", json!({"session": format!("ses_{id}")})),
            ("logout_session", json!({"session": format!("ses_{id}")})),
            ("move_session", json!({"session": format!("ses_{id}")})),
            ("check_account", json!({"session": format!("ses_{id}")})),
            ("recover_events", json!({"session": format!("ses_{id}")})),
            ("check_numbers", json!({"session": format!("ses_{id}")})),
            ("resolve_lids", json!({"session": format!("ses_{id}")})),
            ("name_groups", json!({"session": format!("ses_{id}")})),
            ("run_import", json!({"import": format!("imp_{id}")})),
            ("prepare_media", json!({"preparation": format!("mpr_{id}")})),
        ];
        let sampled: Vec<_> = samples.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(sampled, AnyJob::NAMES, "a new kind needs a sample here");
        for (kind, payload) in samples {
            let job = AnyJob::decode(kind, payload.clone()).unwrap();
            assert_eq!((job.name(), job.payload().unwrap()), (kind, payload));
        }
    }

    #[test]
    fn the_names_are_those_of_the_vocabulary() {
        let known: Vec<_> = JobKind::ALL.iter().map(|kind| kind.as_str()).collect();
        assert_eq!(known, AnyJob::NAMES, "a new kind needs a row in wahana_domain::jobs::JobKind");
    }

    #[test]
    fn what_is_not_known_is_an_error() {
        assert!(matches!(AnyJob::decode("paint_house", json!({})), Err(UnknownJob::Kind(_))));
        assert!(matches!(
            AnyJob::decode("send_message", json!({"message": 1})),
            Err(UnknownJob::Payload { .. })
        ));
    }
}
