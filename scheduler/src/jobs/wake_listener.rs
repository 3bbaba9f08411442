//! Listens for wakes. A lost connection costs wakes, never work: the relay is told to look everywhere instead.

use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;
use tokio_util::sync::CancellationToken;
use wahana_store::{ANSWER, Store, Wake, WakeListener, within};

/// So long without a wake, and the connection is made anew: one that is dead is as silent as one that is idle.
const SILENCE: Duration = Duration::from_secs(30);

/// A wake, or the loss of some.
#[derive(Debug)]
pub(crate) enum WakeEvent {
    /// There is new work here.
    Wake(Wake),
    /// Wakes may have been missed: look everywhere.
    Gap,
}

/// Passes on every wake until shutdown, reconnecting as often as needed.
pub(crate) async fn listen(store: Store, heard: UnboundedSender<WakeEvent>, shutdown: CancellationToken) {
    let forever = async {
        loop {
            match within(ANSWER, store.listen()).await {
                Ok(listener) => pass_on(listener, &heard).await,
                Err(error) => tracing::debug!(error.message = %error, "cannot listen for wakes yet"),
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    };
    shutdown.run_until_cancelled(forever).await;
}

async fn pass_on(mut listener: WakeListener, heard: &UnboundedSender<WakeEvent>) {
    let _ = heard.send(WakeEvent::Gap);
    loop {
        let Ok(next) = tokio::time::timeout(SILENCE, listener.next()).await else { return };
        let news = match next {
            Ok(Some(wake)) => WakeEvent::Wake(wake),
            Ok(None) => WakeEvent::Gap,
            Err(error) => {
                tracing::debug!(error.message = %error, "stopped hearing wakes");
                return;
            }
        };
        if heard.send(news).is_err() {
            return;
        }
    }
}
