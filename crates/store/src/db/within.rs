//! A limit for what Postgres may take to answer. A connection whose other end went away without a word (a firewall that
//! lost its table, a host that is gone) never fails by itself: its caller waits until the kernel gives up,
//! which takes a quarter of an hour.
//!
//! It must never be used around something that is not safe to try again: what was asked may have been done.

use std::io;
use std::time::Duration;

use crate::StoreError;

/// Longer than any statement of ours takes on a busy server, shorter than anybody wants to stand still.
pub const ANSWER: Duration = Duration::from_secs(15);

/// The answer of this call, or [`StoreError::Unavailable`] when it takes longer than `limit`.
pub async fn within<T>(
    limit: Duration,
    call: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, StoreError> {
    tokio::time::timeout(limit, call).await.unwrap_or_else(|_| Err(silence(limit)))
}

fn silence(limit: Duration) -> StoreError {
    let error =
        io::Error::new(io::ErrorKind::TimedOut, format!("no answer within {} s", limit.as_secs_f32()));
    StoreError::Unavailable(sqlx::Error::Io(error))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::within;
    use crate::StoreError;

    #[tokio::test(start_paused = true)]
    async fn silence_is_an_outage() {
        let never = std::future::pending::<Result<(), StoreError>>();
        let error = within(Duration::from_secs(15), never).await.unwrap_err();
        assert!(error.is_unavailable(), "{error}");
        assert_eq!(within(Duration::from_secs(1), async { Ok(7) }).await.unwrap(), 7);
    }
}
