//! What every command gets: where its settings are, and how it prints.

use std::path::PathBuf;

use wahana_config::Config;

use crate::output::Output;
use crate::wire;

/// Of one run of the binary.
pub(crate) struct Context {
    /// The file of `--config`.
    pub(crate) file: Option<PathBuf>,
    pub(crate) out: Output,
}

impl Context {
    /// The settings of this process.
    pub(crate) fn config(&self) -> anyhow::Result<Config> {
        wire::config(self.file.as_deref())
    }

    /// The settings of a command on this machine.
    pub(crate) fn local(&self) -> anyhow::Result<Config> {
        wire::local(self.file.as_deref())
    }
}
