//! The accept loop. It is our own because a framework always answers, and a broken network does not: a
//! response with [`Cut`] closes the connection without sending a byte.

use std::{convert::Infallible, net::SocketAddr, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::{
    answer::{Cut, Refusal},
    sim::Sim,
};

/// The error that closes a connection on purpose.
#[derive(Debug)]
struct ConnectionCut;

impl std::fmt::Display for ConnectionCut {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("cut on purpose")
    }
}

impl std::error::Error for ConnectionCut {}

/// Serves until it is stopped; then all connections end at once.
pub(crate) async fn accept(listener: TcpListener, router: Router, sim: Arc<Sim>, stop: CancellationToken) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            accepted = listener.accept() => {
                if let Ok((stream, peer)) = accepted {
                    connections.spawn(connection(stream, peer, router.clone(), Arc::clone(&sim)));
                }
            }
            Some(_) = connections.join_next() => (),
        }
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: Router, sim: Arc<Sim>) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (router, sim) = (router.clone(), Arc::clone(&sim));
        async move { answer(request.map(Body::new), peer, router, &sim).await }
    });
    if let Err(error) = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await {
        tracing::trace!(%error, "connection ended");
    }
}

async fn answer(
    request: Request,
    peer: SocketAddr,
    router: Router,
    sim: &Sim,
) -> Result<Response, ConnectionCut> {
    let control = request.uri().path().starts_with("/sim");
    if control && !(sim.config.remote_control || peer.ip().is_loopback()) {
        return Ok(Refusal::not_found("not from here").into_response());
    }
    if sim.is_down() && !control {
        return Err(ConnectionCut);
    }
    let response = router.oneshot(request).await.unwrap_or_else(|never: Infallible| match never {});
    if response.extensions().get::<Cut>().is_some() { Err(ConnectionCut) } else { Ok(response) }
}
