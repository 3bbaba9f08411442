//! The phones of the demo: showing a QR code in the terminal, and the simulated hand that scans it.

use std::time::Duration;

use anyhow::Context;
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use serde_json::Value;
use wahana_waha_sim::SimHandle;

use super::watch::Say;

/// Shows the QR code that a person would scan.
pub(super) fn show(say: &Say, value: &str) {
    say.step("the first phone's QR code; a simulated phone scans it");
    if let Ok(code) = QrCode::with_error_correction_level(value, qrcode::EcLevel::L) {
        say.block(&code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build());
    }
}

/// Scans, with the phone number `n`, the session that waits for it.
pub(super) async fn scan(sim: &SimHandle, n: usize) -> anyhow::Result<()> {
    let client = reqwest::Client::builder().timeout(Duration::from_secs(10)).build()?;
    let state = client.get(format!("{}/sim/state", sim.url())).send().await?.text().await?;
    let state: Value = serde_json::from_str(&state)?;
    let waits = |session: &&Value| session["status"] == "SCAN_QR_CODE";
    let session = state["sessions"].as_array().into_iter().flatten().find(waits);
    let name = session.and_then(|s| s["name"].as_str()).context("no session waits for a scan")?;
    anyhow::ensure!(
        sim.scan(name, &format!("62811000000{n}"), &format!("Toko Demo {}", n + 1)),
        "the simulator refused the scan"
    );
    Ok(())
}
