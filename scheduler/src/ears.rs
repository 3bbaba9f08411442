//! Hearing wakes. A lost connection costs wakes, never work: the relay is told to look everywhere instead.

use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;
use tokio_util::sync::CancellationToken;
use wahana_store::{Store, Wake, WakeListener};

/// What was heard.
#[derive(Debug)]
pub(crate) enum Heard {
    /// There is new work here.
    Wake(Wake),
    /// Wakes may have been missed: look everywhere.
    Gap,
}

/// Passes on every wake until shutdown, reconnecting as often as needed.
pub(crate) async fn listen(store: Store, heard: UnboundedSender<Heard>, shutdown: CancellationToken) {
    let forever = async {
        loop {
            match store.listen().await {
                Ok(listener) => pass_on(listener, &heard).await,
                Err(error) => tracing::debug!(%error, "cannot listen for wakes yet"),
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    };
    shutdown.run_until_cancelled(forever).await;
}

async fn pass_on(mut listener: WakeListener, heard: &UnboundedSender<Heard>) {
    let _ = heard.send(Heard::Gap);
    loop {
        let news = match listener.next().await {
            Ok(Some(wake)) => Heard::Wake(wake),
            Ok(None) => Heard::Gap,
            Err(error) => {
                tracing::debug!(%error, "stopped hearing wakes");
                return;
            }
        };
        if heard.send(news).is_err() {
            return;
        }
    }
}
