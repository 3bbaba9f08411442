//! Listening, and ending gracefully.

use std::future::IntoFuture;
use std::net::SocketAddr;

use tokio::net::TcpListener;

use wahana_api_kit::ApiState;

use crate::router;

/// Serves until the state's shutdown token is cancelled. Then `/readyz` says no while requests are still taken, until
/// load balancers have noticed; after that no new ones are taken, and the running ones have the rest of the drain time.
///
/// # Errors
/// When the listener fails.
pub async fn serve(state: ApiState, listener: TcpListener) -> std::io::Result<()> {
    let shutdown = state.shutdown.clone();
    let (unready, drain) = (state.config.unready, state.config.drain);
    let service = router(state).into_make_service_with_connect_info::<SocketAddr>();
    let noticed = {
        let shutdown = shutdown.clone();
        async move {
            shutdown.cancelled().await;
            tokio::time::sleep(unready).await;
        }
    };
    let server = axum::serve(listener, service).with_graceful_shutdown(noticed);
    let out_of_time = async {
        shutdown.cancelled().await;
        tokio::time::sleep(drain).await;
    };
    tokio::select! {
        done = server.into_future() => done,
        () = out_of_time => {
            tracing::warn!(seconds = drain.as_secs(), "requests still ran at the end of the drain time");
            Ok(())
        }
    }
}
