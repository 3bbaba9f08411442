//! Streams of events (`text/event-stream`): what is watched is looked at again and again, and told when it changed.
//!
//! A stream ends with the credentials it was opened with (`auth.expired`), with the process, or with the thing.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive, KeepAliveStream};
use chrono::{DateTime, Utc};
use futures::Stream;
use serde::Serialize;

use crate::ApiState;
use crate::problem::Answer;

/// So often a stream that has nothing to tell says that it is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// What to watch.
pub struct Watch {
    /// The events' name.
    pub event: &'static str,
    /// How long between two looks.
    pub every: Duration,
    /// When the caller's credentials end.
    pub until: Option<DateTime<Utc>>,
}

/// Tells `look`'s answer whenever it differs from the one before. `None` ends the stream with an event `gone`; a
/// problem is passed over, for the next look may do better.
pub fn watch<T, F>(
    state: ApiState,
    watch: Watch,
    look: impl Fn() -> F + Send + 'static,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>>
where
    T: Serialize + PartialEq + Send + 'static,
    F: Future<Output = Answer<Option<T>>> + Send,
{
    let stream = async_stream::stream! {
        let mut told = None;
        loop {
            if watch.until.is_some_and(|until| until <= state.store.clock().now()) {
                yield Ok(expired());
                break;
            }
            match look().await {
                Ok(None) => {
                    yield Ok(Event::default().event("gone").data("{}"));
                    break;
                }
                Ok(Some(seen)) if told.as_ref() != Some(&seen) => {
                    if let Ok(event) = Event::default().event(watch.event).json_data(&seen) {
                        yield Ok(event);
                    }
                    told = Some(seen);
                }
                Ok(Some(_)) | Err(_) => {}
            }
            tokio::select! {
                () = tokio::time::sleep(watch.every) => {}
                () = state.shutdown.cancelled() => break,
            }
        }
    };
    answer(stream)
}

/// The last event of a stream whose credentials have ended.
pub fn expired() -> Event {
    Event::default().event("auth.expired").data("{}")
}

/// Answers with these events.
pub fn answer<S>(events: S) -> Sse<KeepAliveStream<S>>
where
    S: Stream<Item = Result<Event, Infallible>> + Send + 'static,
{
    Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE).text("still here"))
}
