//! Baselines for sending: a program that posts the same texts to the same stub, 32 at a time, with the
//! product's own WAHA client. "Plain" does nothing else. "Ledger" inserts a row before each send and updates
//! it afterwards, 50 rows at once.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use anyhow::Context;
use indicatif::ProgressBar;
use secrecy::SecretString;
use sqlx::PgPool;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;
use url::Url;
use uuid::Uuid;
use wahana_waha::{ChatId, Node, Options, Outgoing, WahaClient, client_message_id};

use crate::peers::LEDGER;
use crate::stub::LOOP;
use crate::traffic::Traffic;

const AT_ONCE: usize = 32;
const BATCH: usize = 50;

/// Sender and recipients.
#[derive(Clone)]
pub(crate) struct Sender {
    client: WahaClient,
    traffic: Traffic,
    bar: ProgressBar,
}

impl Sender {
    pub(crate) fn new(stub: &Url, traffic: Traffic, bar: ProgressBar) -> anyhow::Result<Self> {
        let node = Node { id: LOOP.into(), base_url: stub.clone(), api_key: SecretString::from("") };
        Ok(Self { client: WahaClient::new(node, Options::default())?, traffic, bar })
    }

    async fn send(&self, n: u64) -> anyhow::Result<String> {
        let chat = ChatId::phone(&self.traffic.digits(n)).context("no chat")?;
        let text = Outgoing::Text {
            text: self.traffic.text(n),
            link_preview: true,
            reply_to: None,
            mentions: Vec::new(),
        };
        let sent = self.client.send(LOOP, &chat, &text, Some(&client_message_id(rand::random()))).await?;
        self.bar.inc(1);
        Ok(sent.message_id.context("no message id")?.bare().to_owned())
    }

    /// Only sends; returns the seconds it took.
    pub(crate) async fn plain(&self, range: Range<u64>) -> anyhow::Result<f64> {
        let next = Arc::new(AtomicU64::new(range.start));
        let started = Instant::now();
        let mut tasks = JoinSet::new();
        for _ in 0..AT_ONCE {
            let (sender, next) = (self.clone(), next.clone());
            tasks.spawn(async move {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= range.end {
                        return anyhow::Ok(());
                    }
                    sender.send(n).await?;
                }
            });
        }
        while let Some(done) = tasks.join_next().await {
            done??;
        }
        Ok(started.elapsed().as_secs_f64())
    }

    /// Rows are inserted by one task, sent by 32, updated by one more; returns the seconds it took.
    pub(crate) async fn ledger(&self, pool: &PgPool, range: Range<u64>) -> anyhow::Result<f64> {
        sqlx::query(LEDGER).execute(pool).await?;
        let (ready, to_send) = mpsc::channel(2 * BATCH);
        let (done, sent) = mpsc::channel(2 * BATCH);
        let to_send = Arc::new(Mutex::new(to_send));
        let started = Instant::now();
        let mut tasks = JoinSet::new();
        tasks.spawn(insert(pool.clone(), self.traffic, range, ready));
        for _ in 0..AT_ONCE {
            tasks.spawn(send_ready(self.clone(), to_send.clone(), done.clone()));
        }
        drop(done);
        tasks.spawn(update(pool.clone(), sent));
        while let Some(ended) = tasks.join_next().await {
            ended??;
        }
        Ok(started.elapsed().as_secs_f64())
    }
}

async fn insert(
    pool: PgPool,
    traffic: Traffic,
    range: Range<u64>,
    ready: mpsc::Sender<(Uuid, u64)>,
) -> anyhow::Result<()> {
    let numbers: Vec<u64> = range.collect();
    for batch in numbers.chunks(BATCH) {
        let ids: Vec<Uuid> = batch.iter().map(|_| Uuid::now_v7()).collect();
        let chats: Vec<String> = batch.iter().map(|n| format!("{}@c.us", traffic.digits(*n))).collect();
        let texts: Vec<String> = batch.iter().map(|n| traffic.text(*n)).collect();
        sqlx::query(
            "insert into ledger (id, chat_id, body, state)
             select id, chat, body, 'sending'
             from unnest($1::uuid[], $2::text[], $3::text[]) as x (id, chat, body)",
        )
        .bind(&ids)
        .bind(&chats)
        .bind(&texts)
        .execute(&pool)
        .await?;
        for row in ids.into_iter().zip(batch.iter().copied()) {
            ready.send(row).await?;
        }
    }
    Ok(())
}

async fn send_ready(
    sender: Sender,
    ready: Arc<Mutex<mpsc::Receiver<(Uuid, u64)>>>,
    done: mpsc::Sender<(Uuid, String)>,
) -> anyhow::Result<()> {
    loop {
        let next = ready.lock().await.recv().await;
        let Some((id, n)) = next else { return Ok(()) };
        done.send((id, sender.send(n).await?)).await?;
    }
}

async fn update(pool: PgPool, mut sent: mpsc::Receiver<(Uuid, String)>) -> anyhow::Result<()> {
    let mut batch = Vec::new();
    loop {
        let ended = match sent.recv().await {
            Some(row) => {
                batch.push(row);
                false
            }
            None => true,
        };
        if batch.len() >= BATCH || ended && !batch.is_empty() {
            let (ids, waha_ids): (Vec<Uuid>, Vec<String>) = batch.drain(..).unzip();
            sqlx::query(
                "update ledger l
                 set state = 'sent', waha_id = x.waha_id, sent_at = now()
                 from unnest($1::uuid[], $2::text[]) as x (id, waha_id)
                 where l.id = x.id",
            )
            .bind(&ids)
            .bind(&waha_ids)
            .execute(&pool)
            .await?;
        }
        if ended {
            return Ok(());
        }
    }
}
