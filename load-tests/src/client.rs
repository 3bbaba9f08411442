//! A minimal HTTP client with one keep-alive connection, so that the load itself uses little CPU.

use std::future::poll_fn;
use std::pin::Pin;

use anyhow::Context;
use hyper::Request;
use hyper::body::{Body, Incoming};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONTENT_TYPE, HOST};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// Target of posts.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// `127.0.0.1:8700`.
    pub(crate) authority: String,
    /// `/api/v1/messages`.
    pub(crate) path: &'static str,
    /// The API key.
    pub(crate) key: String,
}

/// An open connection.
pub(crate) struct Connection {
    target: Target,
    sender: SendRequest<String>,
}

impl Connection {
    pub(crate) async fn open(target: Target) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(&target.authority)
            .await
            .with_context(|| format!("cannot connect to {}", target.authority))?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // Its error is reported by the running request.
        tokio::spawn(connection);
        Ok(Self { target, sender })
    }

    /// Posts JSON; answers status and body.
    pub(crate) async fn post(&mut self, body: String) -> anyhow::Result<(u16, Vec<u8>)> {
        let request = Request::post(self.target.path)
            .header(HOST, &self.target.authority)
            .header(CONTENT_TYPE, "application/json")
            .header("x-api-key", &self.target.key)
            .body(body)?;
        self.sender.ready().await?;
        let answer = self.sender.send_request(request).await?;
        let status = answer.status().as_u16();
        Ok((status, read(answer.into_body()).await?))
    }

    /// Posts a request that must be accepted.
    pub(crate) async fn accepted(&mut self, body: String) -> anyhow::Result<Vec<u8>> {
        let (status, answer) = self.post(body).await?;
        anyhow::ensure!(status == 202, "answered {status}: {}", String::from_utf8_lossy(&answer));
        Ok(answer)
    }
}

async fn read(mut body: Incoming) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        bytes.extend_from_slice(frame?.data_ref().map_or(&[][..], |data| data));
    }
    Ok(bytes)
}
