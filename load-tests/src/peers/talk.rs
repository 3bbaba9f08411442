//! Protocol of a peer's program: it prints `ready`, then reads one command per line and answers `done`.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{ChildStdin, ChildStdout, Command};

use crate::child::Child;

/// Time limit for start and for each command.
const PATIENCE: Duration = Duration::from_secs(600);

pub(crate) struct Talker {
    child: Child,
    stdin: ChildStdin,
    stdout: Lines<BufReader<ChildStdout>>,
}

impl Talker {
    pub(crate) async fn start(name: &'static str, command: Command, logs: &Path) -> anyhow::Result<Self> {
        let (child, stdin, stdout) = Child::start_talking(name, command, logs)?;
        let mut talker = Self { child, stdin, stdout: BufReader::new(stdout).lines() };
        talker.hear("ready").await?;
        Ok(talker)
    }

    /// Sends a command and waits until it is done.
    pub(crate) async fn tell(&mut self, command: &str) -> anyhow::Result<()> {
        self.stdin.write_all(format!("{command}\n").as_bytes()).await?;
        self.hear("done").await
    }

    async fn hear(&mut self, wanted: &str) -> anyhow::Result<()> {
        let line = tokio::time::timeout(PATIENCE, self.stdout.next_line()).await.context("no answer")??;
        if line.as_deref() != Some(wanted) {
            bail!("{} said {line:?} and not {wanted:?}:\n{}", self.child.name(), self.child.last_words());
        }
        Ok(())
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.pid()
    }

    pub(crate) async fn stop(self) {
        let Self { child, stdin, stdout } = self;
        drop((stdin, stdout));
        child.stop().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[tokio::test]
    async fn a_program_is_told_and_heard() {
        let logs = tempfile::tempdir().unwrap();
        let script = "echo ready; read line; echo \"$line\" > \"$OUT\"; echo done; read line; echo what; echo sorry >&2";
        let out = logs.path().join("out");
        let mut command = shell(script);
        command.env("OUT", &out);
        let mut talker = Talker::start("worker", command, logs.path()).await.unwrap();
        talker.tell("load it").await.unwrap();
        assert_eq!(std::fs::read_to_string(&out).unwrap(), "load it\n");
        let wrong = talker.tell("again").await.unwrap_err().to_string();
        assert!(wrong.contains("what"), "{wrong}");
        talker.stop().await;
    }

    #[tokio::test]
    async fn one_that_does_not_start_says_why() {
        let logs = tempfile::tempdir().unwrap();
        let started = Talker::start("worker", shell("echo no such module >&2; exit 1"), logs.path()).await;
        let error = started.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("no such module"), "{error}");
    }
}
