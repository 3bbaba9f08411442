//! What the data is for, from which each server decides how it syncs. It must never know a server.

/// How durable the data must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It survives crashes of the machine: everything is synced to disk.
    Keep,
    /// It is deleted on stop and not synced, which makes tests fast; a killed server still loses nothing of
    /// Postgres's (Redis starts empty again).
    Throwaway,
}
