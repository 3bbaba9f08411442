//! Sessions leave nodes that are drained, and dead nodes where others of their storage group can take over: a few at
//! a time, each by the same move.

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use wahana_store::fleet::draining::Leaving;
use wahana_store::fleet::session_moves::{MoveReason, MoveWish};

use crate::{RoundError, Scheduler, every};

const ROUND: Duration = Duration::from_secs(2);

pub(crate) async fn run(scheduler: Scheduler, shutdown: CancellationToken) {
    every("draining", ROUND, shutdown, async move || {
        for node in scheduler.store.system().nodes().leaving(scheduler.options.dead_node_fence).await? {
            scheduler.send_away(&node).await?;
        }
        Ok(())
    })
    .await;
}

impl Scheduler {
    async fn send_away(&self, node: &Leaving) -> Result<(), RoundError> {
        let system = self.store.system();
        let mut room = i64::from(self.options.moves_at_once) - node.moving;
        let reason = if node.dead { MoveReason::DeadNode } else { MoveReason::Drain };
        // More than there is room for, because some may have nowhere to go.
        for session in system.nodes().sessions_to_leave(node.node, room.max(0) * 10).await? {
            if room == 0 {
                break;
            }
            let wish = MoveWish { session, to: None, reason, forced: node.dead, may_scan: node.may_scan };
            match system.session_moves().start(&wish).await? {
                Ok(_) => room -= 1,
                Err(refusal) => {
                    metrics::counter!("session_moves_refused_total", "reason" => reason.as_str())
                        .increment(1);
                    tracing::warn!(node.name = %node.name, session.id = %session, ?refusal, "a session cannot leave its node");
                }
            }
        }
        Ok(())
    }
}
