//! Memory of an import: `wahana services exec -- cargo run -p wahana-service --example import_memory -- 100000`. A list of
//! that many people goes into a fresh database the way of the product: spooled, inspected, kept in Postgres, run.

#![allow(clippy::print_stdout, reason = "its figures are the result")]

use std::error::Error;
use std::io::{BufWriter, Seek, SeekFrom, Write};

use wahana_service::imports::settings::ImportSettings;
use wahana_service::imports::{intake, run};
use wahana_store::imports::ImportWish;
use wahana_testkit::TestApp;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let people: u32 = std::env::args().nth(1).and_then(|figure| figure.parse().ok()).unwrap_or(10_000);
    let app = TestApp::start().await;
    let tenant = app.store.tenant(app.register("memory").await.organization_id.parse()?);
    let mut file = tempfile::tempfile()?;
    let mut out = BufWriter::new(&file);
    writeln!(out, "Nama,No HP,Kota,Label")?;
    for n in 0..people {
        writeln!(out, "Pelanggan {n},0812{n:08},Kota {},pelanggan", n % 500)?;
    }
    out.flush()?;
    drop(out);
    file.seek(SeekFrom::Start(0))?;
    let settings = ImportSettings { most: people, ..ImportSettings::default() };
    let before = peak_kib()?;
    let id = intake::create(&tenant, file, None, None, &settings, app.store.clock().now()).await?;
    intake::wish(&tenant, id, ImportWish::Start).await?;
    run::run(&tenant, id).await?;
    let import = tenant.imports().get(id).await?.ok_or("the import is gone")?;
    println!(
        "{} of {people} people added; peak memory {} MiB, {} MiB of it before the import",
        import.added,
        peak_kib()? / 1024,
        before / 1024
    );
    Ok(())
}

/// The most memory that this process ever held, as Linux counts it.
fn peak_kib() -> Result<u64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
