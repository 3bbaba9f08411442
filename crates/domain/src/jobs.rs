//! Names of asynchronous work: queues, kinds of jobs, their states, how an attempt ended, roles of processes. What a
//! kind does stands in the crate `jobs`.

use crate::closed::{closed_enum, closed_union, stored_code};
use crate::messages::MessageState;

closed_enum! {
    /// Where jobs wait for a worker.
    Queue {
        /// The paced line of a session; one lane per session.
        Lanes = "lanes",
        /// What WAHA told us.
        Inbound = "inbound",
        /// Commands to WAHA about sessions.
        Sessions = "sessions",
        /// Looking for lost answers and other repairs.
        Maintenance = "maintenance",
        /// Lists of people, which may take minutes.
        Imports = "imports",
        /// Files that are fetched or converted before messages can be sent.
        Media = "media",
    }
}

impl Queue {
    /// The queues without pace: a job there runs as soon as a worker is free.
    pub const PLAIN: [Self; 5] =
        [Self::Inbound, Self::Sessions, Self::Maintenance, Self::Imports, Self::Media];

    /// The plain queue of this name.
    pub fn plain(name: &str) -> Option<Self> {
        Self::PLAIN.into_iter().find(|queue| queue.as_str() == name)
    }
}

stored_code! {
    /// The queue of a recorded job or figure; a newer version may have queues of its own.
    QueueCode of Queue
}

closed_enum! {
    /// The role of a process that reports to the database that it runs.
    WorkerRole {
        /// It does jobs.
        Worker = "worker",
        /// It hands out what is due.
        Scheduler = "scheduler",
    }
}

stored_code! {
    /// The role of a process; one of a newer version may have another.
    WorkerRoleCode of WorkerRole
}

closed_enum! {
    /// A kind of job.
    JobKind {
        /// Send a message from its lane.
        SendMessage = "send_message",
        /// Look for a message whose answer was lost.
        ResolveMessage = "resolve_message",
        /// Work through the events of a session.
        ProcessInbound = "process_inbound",
        /// Bring a session at its WAHA server to what its owner wants.
        SyncSession = "sync_session",
        /// Restart a session.
        RestartSession = "restart_session",
        /// Log a session out and remove it.
        LogoutSession = "logout_session",
        /// Move a session to another WAHA server.
        MoveSession = "move_session",
        /// Ask whether WhatsApp restricts the account.
        CheckAccount = "check_account",
        /// Read back what was missed during an outage.
        RecoverEvents = "recover_events",
        /// Ask which numbers have WhatsApp.
        CheckNumbers = "check_numbers",
        /// Ask which numbers are behind LIDs.
        ResolveLids = "resolve_lids",
        /// Ask WAHA for the names of groups.
        NameGroups = "name_groups",
        /// Work through a list of people.
        RunImport = "run_import",
        /// Fetch or convert a file before it is sent.
        PrepareMedia = "prepare_media",
    }
}

stored_code! {
    /// The kind of a recorded job; a newer version may have kinds of its own.
    JobKindCode of JobKind
}

closed_enum! {
    /// Where a job is. A job that is done leaves its table.
    JobState ("job_state") {
        /// Waits in Postgres.
        Pending = "pending",
        /// Handed to Redis.
        Released = "released",
        /// A worker is at it.
        Running = "running",
        /// Gave up: a dead letter.
        Dead = "dead",
    }
}

closed_union! {
    /// How far a job is; of a send whose job is over, how far its message is.
    JobOrMessageState {
        /// The job is in its table.
        Job(JobState),
        /// The job is over.
        Message(MessageState),
    }
}

closed_enum! {
    /// How an attempt ended.
    AttemptOutcome {
        /// Done.
        Done = "done",
        /// Not done, tried again.
        Retry = "retry",
        /// Could not be tried; no attempt counted.
        Defer = "defer",
        /// Failed for good.
        GiveUp = "give_up",
        /// It may have been done.
        Unknown = "unknown",
        /// The worker vanished.
        Lost = "lost",
    }
}

stored_code! {
    /// How a recorded attempt ended.
    AttemptOutcomeCode of AttemptOutcome
}

closed_enum! {
    /// A step in the story of a job. Beside these, the story has what people did, by the names of the audit log.
    TimelineStep {
        /// The request was accepted.
        Accepted = "accepted",
        /// The job was recorded.
        JobRecorded = "job_recorded",
        /// When it is due.
        Due = "due",
        /// It was handed to Redis.
        Released = "released",
        /// An attempt runs.
        AttemptRuns = "attempt_runs",
        /// An attempt began.
        AttemptBegan = "attempt_began",
        /// An attempt ended.
        AttemptEnded = "attempt_ended",
        /// WhatsApp took it.
        Sent = "sent",
        /// It reached the phone.
        Delivered = "delivered",
        /// It was read.
        Read = "read",
        /// It failed.
        Failed = "failed",
        /// Its time ran out.
        Expired = "expired",
        /// It was cancelled.
        Cancelled = "cancelled",
        /// WAHA reported something of it.
        Event = "event",
        /// The report was worked through.
        EventProcessed = "event_processed",
        /// There are too many reports to look through.
        EventsUnknown = "events_unknown",
    }
}

stored_code! {
    /// A step of a story: one of ours, or what somebody did by the name of the audit log.
    TimelineStepCode of TimelineStep
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_state_is_of_a_job_or_of_a_message() {
        let all = JobOrMessageState::all();
        let names: BTreeSet<&str> = all.iter().map(|state| state.as_str()).collect();
        assert_eq!((names.len(), all.len()), (all.len(), JobState::ALL.len() + MessageState::ALL.len()));
        for state in all {
            assert_eq!(state.as_str().parse(), Ok(state));
            let json = serde_json::to_value(state).unwrap();
            assert_eq!(serde_json::from_value::<JobOrMessageState>(json).unwrap(), state);
        }
        let error = serde_json::from_value::<JobOrMessageState>("asleep".into()).unwrap_err().to_string();
        assert!(error.starts_with("must be one of pending, released"), "{error}");
    }
}
