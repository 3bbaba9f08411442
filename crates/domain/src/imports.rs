//! Imports of lists of people: their states.

use crate::closed::closed_enum;

closed_enum! {
    /// Where an import is.
    ImportState {
        /// The file is there, what is in it was recognised; it waits to be started.
        Ready = "ready",
        /// All lines are being read, without saving anything.
        Checking = "checking",
        /// All lines were read; it waits to be started.
        Checked = "checked",
        /// It waits for a worker.
        Queued = "queued",
        /// People are being saved.
        Running = "running",
        /// Everybody is saved.
        Done = "done",
        /// The list could not be read, or nobody could be added.
        Failed = "failed",
        /// What it did is being taken back.
        Undoing = "undoing",
        /// What it did was taken back.
        Undone = "undone",
    }
}

impl ImportState {
    /// Whether its file is still needed.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Ready | Self::Checking | Self::Checked | Self::Queued | Self::Running)
    }

    /// Whether the way it is read may be changed.
    pub const fn can_change(self) -> bool {
        matches!(self, Self::Ready | Self::Checking | Self::Checked)
    }

    /// Whether it may be started or checked.
    pub const fn can_start(self) -> bool {
        matches!(self, Self::Ready | Self::Checked)
    }
}
