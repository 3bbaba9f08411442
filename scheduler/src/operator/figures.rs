//! Figures over all tenants for `/metrics`, read from Postgres: sessions, campaigns, nodes, what is in doubt.
//! Every scheduler tells the same ones; a dashboard takes the `max`.

use std::collections::HashSet;
use std::time::Duration;

use metrics::gauge;
use tokio_util::sync::CancellationToken;
use wahana_store::operator::figures::Figure;

use crate::{Scheduler, every};

const EVERY: Duration = Duration::from_secs(10);

pub(crate) async fn run(scheduler: Scheduler, shutdown: CancellationToken) {
    let mut told: HashSet<(String, String)> = HashSet::new();
    every("figures", EVERY, shutdown, async move || {
        let figures = scheduler.store.system().overview().figures().await?;
        // What is no longer in the answer is none, not as many as before.
        for (family, label) in told.drain() {
            tell(&Figure { family, label, value: 0.0 });
        }
        figures.iter().for_each(tell);
        told.extend(figures.into_iter().map(|figure| (figure.family, figure.label)));
        Ok(())
    })
    .await;
}

fn tell(figure: &Figure) {
    let (label, value) = (figure.label.clone(), figure.value);
    match figure.family.as_str() {
        "sessions" => gauge!("sessions", "status" => label).set(value),
        "lanes_parked" => gauge!("lanes_parked", "code" => label).set(value),
        "campaigns" => gauge!("campaigns", "state" => label).set(value),
        "campaign_recipients" => gauge!("campaign_recipients_waiting").set(value),
        "messages_in_doubt" => gauge!("messages_in_doubt").set(value),
        "inbound_events" if label == "waiting" => gauge!("inbound_events_waiting").set(value),
        "inbound_events" => gauge!("inbound_event_oldest_seconds").set(value),
        "holds" => gauge!("holds", "scope" => label).set(value),
        "nodes" => gauge!("nodes", "health" => label).set(value),
        other => tracing::error!(family = other, "a figure that no metric shows"),
    }
}
