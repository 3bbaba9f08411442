//! A TCP proxy that simulates network faults: latency, cuts, black holes, forgotten connections. Every link
//! of the stack runs through one. It must never change a byte.
//!
//! A black hole keeps its data and delivers it at its end, as TCP does, unless the sender closed the
//! connection meanwhile.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;
use tokio_util::task::AbortOnDropHandle;

/// The current fault of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weather {
    /// Nothing.
    Clear,
    /// Every piece is delayed by this.
    Slow(Duration),
    /// Connections are cut and new ones refused.
    Cut,
    /// No data passes in either direction, without any error.
    BlackHole,
    /// Requests pass, answers do not; at its end the connections are cut.
    AnswersLost,
    /// Existing connections are silently dead for good; new ones work.
    Forgotten,
}

/// Destination of connections.
#[derive(Clone, Debug)]
pub(super) enum Upstream {
    /// Round robin over these; a refusal means the next.
    Tcp(Vec<SocketAddr>),
    /// A unix socket.
    Unix(PathBuf),
}

/// A running proxy; ends when dropped.
pub(super) struct Proxy {
    /// Where it listens.
    pub(super) address: SocketAddr,
    weather: watch::Sender<Weather>,
    _running: AbortOnDropHandle<()>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    There,
    Back,
}

impl Proxy {
    /// `gives_up`: how long a client's kernel keeps a forgotten connection.
    pub(super) async fn start(upstream: Upstream, gives_up: Duration) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (weather, watched) = watch::channel(Weather::Clear);
        let accept = async move {
            let turn = Arc::new(AtomicUsize::new(0));
            while let Ok((client, _)) = listener.accept().await {
                let (upstream, watched, turn) = (upstream.clone(), watched.clone(), turn.clone());
                tokio::spawn(async move { carry(client, &upstream, watched, &turn, gives_up).await });
            }
        };
        Ok(Self { address, weather, _running: AbortOnDropHandle::new(tokio::spawn(accept)) })
    }

    pub(super) fn set(&self, weather: Weather) {
        self.weather.send_replace(weather);
    }
}

/// Forwards one connection until one side or a fault ends it.
async fn carry(
    client: TcpStream,
    upstream: &Upstream,
    mut weather: watch::Receiver<Weather>,
    turn: &AtomicUsize,
    gives_up: Duration,
) {
    // A new connection is not affected by forgetting, and detects a cut at once.
    let now = *weather.borrow_and_update();
    if now == Weather::Cut {
        return;
    }
    if weather.wait_for(|w| *w != Weather::BlackHole).await.is_err() {
        return;
    }
    drop(client.set_nodelay(true));
    match upstream {
        Upstream::Unix(path) => {
            if let Ok(server) = UnixStream::connect(path).await {
                both_ways(client.into_split(), server.into_split(), weather, gives_up).await;
            }
        }
        Upstream::Tcp(addresses) => {
            let first = turn.fetch_add(1, Ordering::Relaxed);
            for n in 0..addresses.len() {
                if let Ok(server) = TcpStream::connect(addresses[(first + n) % addresses.len()]).await {
                    drop(server.set_nodelay(true));
                    return both_ways(client.into_split(), server.into_split(), weather, gives_up).await;
                }
            }
        }
    }
}

async fn both_ways(
    (client_out, client_in): (impl AsyncRead + Unpin, impl AsyncWrite + Unpin),
    (server_out, server_in): (impl AsyncRead + Unpin, impl AsyncWrite + Unpin),
    weather: watch::Receiver<Weather>,
    gives_up: Duration,
) {
    let born_in = *weather.borrow();
    tokio::select! {
        () = pump(client_out, server_in, weather.clone(), Way::There, born_in) => {}
        () = pump(server_out, client_in, weather.clone(), Way::Back, born_in) => {}
        () = doomed(weather, born_in, gives_up) => {}
    }
}

/// Waits until a fault ends this connection.
async fn doomed(mut weather: watch::Receiver<Weather>, born_in: Weather, gives_up: Duration) {
    let mut last = born_in;
    loop {
        let now = *weather.borrow_and_update();
        if now == Weather::Cut || (last == Weather::AnswersLost && now != last) {
            return;
        }
        if now == Weather::Forgotten && born_in != Weather::Forgotten {
            // No error before the kernel gives up.
            return tokio::time::sleep(gives_up).await;
        }
        last = now;
        if weather.changed().await.is_err() {
            return;
        }
    }
}

/// One direction. Ends when the sender closes, and drops data that was held back.
async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut weather: watch::Receiver<Weather>,
    way: Way,
    born_in: Weather,
) {
    let (mut buffer, mut held) = (vec![0; 16 * 1024], Vec::new());
    let (mut forgotten, mut lost) = (false, false);
    loop {
        let now = *weather.borrow_and_update();
        forgotten |= now == Weather::Forgotten && born_in != Weather::Forgotten;
        // Lost data stays lost, even if the fault ends before the connection is cut.
        lost |= now == Weather::AnswersLost && way == Way::Back;
        let stuck = forgotten || lost || now == Weather::BlackHole;
        if !stuck && !held.is_empty() {
            if let Weather::Slow(by) = now {
                tokio::time::sleep(by).await;
            }
            if to.write_all(&held).await.is_err() {
                return;
            }
            held.clear();
        }
        tokio::select! {
            read = from.read(&mut buffer) => match read {
                Ok(length @ 1..) => held.extend_from_slice(&buffer[..length]),
                // The peer of a forgotten connection is not told that it ended.
                _ if forgotten => return std::future::pending().await,
                _ => return,
            },
            changed = weather.changed() => if changed.is_err() { return },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::{Proxy, Upstream, Weather};

    /// After so long without an answer there is none.
    const NEVER: Duration = Duration::from_millis(150);

    /// A server that answers every byte with the same byte, behind a proxy.
    async fn echo() -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut read, mut write) = socket.split();
                    drop(tokio::io::copy(&mut read, &mut write).await);
                });
            }
        });
        Proxy::start(Upstream::Tcp(vec![address]), Duration::from_secs(60)).await.unwrap()
    }

    async fn ask(socket: &mut TcpStream, word: u8) -> u8 {
        socket.write_all(&[word]).await.unwrap();
        tokio::time::timeout(Duration::from_secs(20), socket.read_u8()).await.expect("an answer").unwrap()
    }

    async fn ask_in_vain(socket: &mut TcpStream, word: u8) {
        socket.write_all(&[word]).await.unwrap();
        assert!(tokio::time::timeout(NEVER, socket.read_u8()).await.is_err(), "an answer to {word}");
    }

    #[tokio::test]
    async fn each_weather_does_what_it_says() {
        let proxy = echo().await;
        let mut socket = TcpStream::connect(proxy.address).await.unwrap();
        assert_eq!(ask(&mut socket, 1).await, 1);

        proxy.set(Weather::BlackHole);
        ask_in_vain(&mut socket, 2).await;
        proxy.set(Weather::Clear);
        assert_eq!(socket.read_u8().await.unwrap(), 2, "a black hole delivers late");

        proxy.set(Weather::Forgotten);
        ask_in_vain(&mut socket, 3).await;
        let mut other = TcpStream::connect(proxy.address).await.unwrap();
        assert_eq!(ask(&mut other, 4).await, 4, "new connections work");
        proxy.set(Weather::Clear);
        ask_in_vain(&mut socket, 5).await; // a forgotten connection stays forgotten
        assert_eq!(ask(&mut other, 6).await, 6);

        proxy.set(Weather::Cut);
        assert_eq!(other.read(&mut [0]).await.unwrap_or(0), 0);
        proxy.set(Weather::Clear);
        let mut third = TcpStream::connect(proxy.address).await.unwrap();
        proxy.set(Weather::AnswersLost);
        ask_in_vain(&mut third, 7).await;
        proxy.set(Weather::Clear);
        assert_eq!(third.read(&mut [0]).await.unwrap_or(0), 0, "and then it is cut");
    }
}
