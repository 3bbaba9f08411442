//! Names of asynchronous work: kinds of jobs, their states, how an attempt ended. What a kind does stands in the crate
//! `jobs`.

use crate::closed::{closed_enum, stored_code};

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
    }
}

stored_code! {
    /// The kind of a recorded job; a newer version may have kinds of its own.
    JobKindCode of JobKind
}

closed_enum! {
    /// Where a job is. A job that is done leaves its table.
    JobState {
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
