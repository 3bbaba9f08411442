//! Listens for the message that a lane became due, so that a push starts within milliseconds. Only a hint:
//! the claim loop also polls, and a lost message costs one poll interval.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use tokio::sync::Notify;

use crate::Queue;
use crate::measure::{self, LANES};

const RECONNECT: Duration = Duration::from_millis(500);

/// Listens until the task is aborted.
pub(super) async fn listen(queue: Queue, wake: Arc<Notify>) {
    loop {
        if let Err(error) = listen_once(&queue, &wake).await {
            measure::redis_error(LANES, "wake");
            tracing::debug!(error.message = %error, "wake channel down, polling meanwhile");
        }
        tokio::time::sleep(RECONNECT).await;
    }
}

async fn listen_once(queue: &Queue, wake: &Notify) -> redis::RedisResult<()> {
    let mut pubsub = queue.client.get_async_pubsub().await?;
    pubsub.subscribe(format!("{}:wake", queue.lanes_key())).await?;
    wake.notify_one();
    let mut messages = pubsub.on_message();
    while messages.next().await.is_some() {
        wake.notify_one();
    }
    Ok(())
}
