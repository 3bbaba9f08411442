//! What changed in an organization, for all who follow it: one look a second per organization, and none while nobody
//! listens.
//!
//! Must never: ask Redis, or add work to sending.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{broadcast, watch};
use tokio_util::sync::CancellationToken;
use wahana_domain::OrganizationId;
use wahana_store::Tenant;
use wahana_store::notifications::hints::{ChangeCursor, Hint};

/// How long between two looks.
const EVERY: Duration = Duration::from_secs(1);
/// Hints that a slow listener may be behind.
const BEHIND: usize = 64;

/// One who listens.
pub(crate) struct Listener {
    /// What changed.
    pub(crate) hints: broadcast::Receiver<Hint>,
    /// Whether whatever changes from now on will be told.
    pub(crate) ready: watch::Receiver<bool>,
}

/// Everybody who listens, by organization. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Hints(Arc<Mutex<HashMap<OrganizationId, Followed>>>);

struct Followed {
    hints: broadcast::Sender<Hint>,
    ready: watch::Receiver<bool>,
}

impl Hints {
    /// Listens to the organization's changes; the first one to do so starts the looking.
    pub(crate) fn listen(&self, tenant: Tenant, shutdown: &CancellationToken) -> Listener {
        let organization = tenant.organization();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let followed = all.entry(organization).or_insert_with(|| {
            let (hints, _) = broadcast::channel(BEHIND);
            let (seen, ready) = watch::channel(false);
            let looking = self.clone().look(tenant, hints.clone(), seen);
            tokio::spawn(shutdown.clone().run_until_cancelled_owned(looking));
            Followed { hints, ready }
        });
        Listener { hints: followed.hints.subscribe(), ready: followed.ready.clone() }
    }

    /// Looks again and again until nobody listens.
    async fn look(self, tenant: Tenant, hints: broadcast::Sender<Hint>, seen: watch::Sender<bool>) {
        let mut before: Option<ChangeCursor> = None;
        while self.is_wanted(tenant.organization(), &hints) {
            match tenant.notifications().cursor().await {
                Ok(now) => {
                    for hint in before.map(|before| now.changes_since(&before)).into_iter().flatten() {
                        // Nobody may be left; the next round sees that.
                        let _ = hints.send(hint);
                    }
                    before = Some(now);
                    seen.send_replace(true);
                }
                // What changed meanwhile is told by the next look that works.
                Err(error) => tracing::debug!(error.message = %error, "cannot see what changed"),
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Whether somebody listens; if not, the organization is forgotten, and the next listener starts anew.
    fn is_wanted(&self, organization: OrganizationId, hints: &broadcast::Sender<Hint>) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = hints.receiver_count() > 0;
        if !wanted {
            all.remove(&organization);
        }
        wanted
    }
}
