//! Importing a list into a campaign by the API, against COPY of the same rows into a table with the same
//! columns and indexes; half of the COPY runs before and half after, into an empty table each time. Also the
//! API's memory.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use anyhow::Context;
use sqlx::PgPool;
use sqlx::postgres::PgPoolCopyExt;
use uuid::Uuid;

use crate::check::Invariants;
use crate::cli::{Common, ImportArgs};
use crate::load::bar;
use crate::meter::Cpu;
use crate::stack::{Stack, Wanted};
use crate::traffic::{TEMPLATE, Traffic};

/// Bytes of one piece of COPY, the same as the product.
const PIECE: usize = 256 * 1024;
const WARM_UP: u64 = 1_000;

pub(crate) async fn run(args: &ImportArgs, common: &Common) -> anyhow::Result<bool> {
    let stack =
        Stack::start(common, Wanted { sessions: 1, sending: false, keys: 1, ..Wanted::default() }).await?;
    let mut report = super::report("import", common, &stack).await?;
    let traffic = Traffic::new(common.seed);
    let bar = bar(4, "importing");
    bar.enable_steady_tick(Duration::from_millis(200));
    import(&stack, traffic, WARM_UP.min(args.rows)).await?;
    let rss_before = stack.api.peak_rss_mb();
    let pool = stack.store.pool();
    bar.inc(1);
    let before = copy(pool, traffic, args.rows).await?;
    bar.inc(1);
    let (product, cpu, bytes) = import(&stack, traffic, args.rows).await?;
    bar.inc(1);
    let behind = copy(pool, traffic, args.rows).await?;
    bar.finish_and_clear();

    let rows = args.rows as f64;
    let (rate, copy_rate) = (rows / product, 2.0 * rows / (before + behind));
    report.section("an import by the API");
    report.put("rows", rows, "lines of the list");
    report.put("csv_mb", bytes as f64 / 1_048_576.0, "size of the list");
    report.put("import_rows_per_s", rate, "POST /campaigns/{id}/recipients, until its answer");
    report.put("copy_rows_per_s", copy_rate, "COPY of the same rows with the same indexes");
    report.put("copy_ratio", rate / copy_rate, "of COPY's rate");
    report.put(
        "api_peak_rss_mb",
        stack.api.peak_rss_mb().unwrap_or_default(),
        "the most memory the API process ever held",
    );
    report.put(
        "api_peak_rss_before_mb",
        rss_before.unwrap_or_default(),
        "the same before the import, behind a login and a small import",
    );
    report.section("where the time goes: CPU seconds for 10,000 rows");
    for process in ["api", "postgres", "client"] {
        report.put(format!("{process}_cpu_s_per_10k"), cpu.of(process) / rows * 10_000.0, "");
    }
    let invariants = Invariants::without_sending(&stack, 0).await?;
    stack.stop().await;
    Ok(report.print(common.json, &invariants))
}

/// Uploads a list into a new campaign; seconds, CPU and bytes.
async fn import(stack: &Stack, traffic: Traffic, rows: u64) -> anyhow::Result<(f64, Cpu, u64)> {
    let list = traffic.list(0..rows)?;
    let (session, _) = stack.account.sessions.first().context("no session")?;
    let id = stack.account.draft("Import", vec![*session], TEMPLATE).await?;
    let (meter, started) = (stack.meter(), Instant::now());
    let answer = stack.account.upload(id, list.path()).await?;
    let (seconds, cpu) = (started.elapsed().as_secs_f64(), meter.stop());
    anyhow::ensure!(answer.accepted == rows && answer.rejected == 0, "the import answered {answer:?}");
    let written: i64 = sqlx::query_scalar("select count(*) from recipients where campaign_id = $1")
        .bind(id.0)
        .fetch_one(stack.store.pool())
        .await?;
    anyhow::ensure!(written == rows as i64, "{written} of {rows} recipients were written");
    Ok((seconds, cpu, list.as_file().metadata()?.len()))
}

/// The baseline: the same rows into a new table like `recipients`; seconds.
async fn copy(pool: &PgPool, traffic: Traffic, rows: u64) -> anyhow::Result<f64> {
    for statement in [
        "drop table if exists bare_recipients",
        "create table bare_recipients (like recipients including all)",
    ] {
        sqlx::query(statement).execute(pool).await?;
    }
    let (organization, campaign) = (Uuid::now_v7(), Uuid::now_v7());
    let started = Instant::now();
    let mut copy = pool
        .copy_in_raw(
            "copy bare_recipients (id, organization_id, campaign_id, position, line, phone, name, variables)
             from stdin",
        )
        .await?;
    let mut piece = String::with_capacity(PIECE + 512);
    for n in 0..rows {
        let (id, digits, name, voucher) =
            (Uuid::now_v7(), traffic.digits(n), traffic.name(n), traffic.voucher(n));
        writeln!(
            piece,
            "{id}\t{organization}\t{campaign}\t{}\t{}\t{digits}\t{name}\t{{\"city\":\"Bandung\",\"voucher\":\"{voucher}\"}}",
            n + 1,
            n + 2
        )?;
        if piece.len() >= PIECE {
            copy.send(piece.as_bytes()).await?;
            piece.clear();
        }
    }
    copy.send(piece.as_bytes()).await?;
    copy.finish().await?;
    Ok(started.elapsed().as_secs_f64())
}
