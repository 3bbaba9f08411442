//! Exit codes, so that scripts can tell what to do. `wahana --help` and docs/cli.md list them.

use std::fmt;
use std::process::ExitCode;

use wahana_queue::QueueError;
use wahana_store::StoreError;

/// The list, for people.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0  the command did what it says
  1  it failed, or what it checks is wrong (`doctor`, `health`, `config check`, `demo`)
  2  the command line is wrong; nothing was done
  3  what the command names does not exist
  4  refused: the state of the installation does not allow it
  5  a database, Redis or the API cannot be reached; try again later
`services exec` ends with the exit code of its program.";

/// A failure that has an exit code of its own.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The arguments do not fit together.
    Usage(String),
    /// What the command names does not exist.
    NotFound(String),
    /// It exists, but not in a state in which this can be done.
    Refused(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Usage(text) | Self::NotFound(text) | Self::Refused(text)) = self;
        f.write_str(text)
    }
}

impl std::error::Error for Failure {}

/// `return Err(not_found("..."))`.
pub(crate) fn not_found(text: impl Into<String>) -> anyhow::Error {
    Failure::NotFound(text.into()).into()
}

/// `return Err(refused("..."))`.
pub(crate) fn refused(text: impl Into<String>) -> anyhow::Error {
    Failure::Refused(text.into()).into()
}

/// `return Err(usage("..."))`.
pub(crate) fn usage(text: impl Into<String>) -> anyhow::Error {
    Failure::Usage(text.into()).into()
}

/// The exit code of a failed command.
pub(crate) fn code(error: &anyhow::Error) -> ExitCode {
    ExitCode::from(number(error))
}

fn number(error: &anyhow::Error) -> u8 {
    error.chain().find_map(one).unwrap_or(1)
}

fn one(error: &(dyn std::error::Error + 'static)) -> Option<u8> {
    if let Some(failure) = error.downcast_ref::<Failure>() {
        return Some(match failure {
            Failure::Usage(_) => 2,
            Failure::NotFound(_) => 3,
            Failure::Refused(_) => 4,
        });
    }
    let away = error.downcast_ref::<StoreError>().is_some_and(StoreError::is_unavailable)
        || matches!(error.downcast_ref::<QueueError>(), Some(QueueError::Redis(_)))
        || is_api_away(error);
    away.then_some(5)
}

#[cfg(feature = "dev")]
fn is_api_away(error: &(dyn std::error::Error + 'static)) -> bool {
    error.downcast_ref::<wahana_client::ApiError>().is_some_and(wahana_client::ApiError::is_unavailable)
}

#[cfg(not(feature = "dev"))]
fn is_api_away(_: &(dyn std::error::Error + 'static)) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    #[test]
    fn the_code_is_found_below_its_context() {
        let wrapped = Err::<(), _>(not_found("no such job")).context("jobs retry").expect_err("a failure");
        assert_eq!(number(&wrapped), 3);
        assert_eq!(number(&refused("it runs")), 4);
        assert_eq!(number(&usage("say which")), 2);
        assert_eq!(number(&anyhow::anyhow!("anything else")), 1);
    }

    #[test]
    fn every_code_is_listed() {
        for code in 0..=5 {
            assert!(EXIT_CODES.contains(&format!("\n  {code}  ")), "{code}");
        }
    }
}
