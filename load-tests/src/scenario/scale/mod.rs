//! Many sessions and long backlogs: cost of dispatching from short and very long backlogs, cost of an idle
//! lane, and punctuality of thousands of lanes at a human pace.

mod curve;
mod dispatch;
mod idle;
mod pace;

use crate::check::Invariants;
use crate::cli::{Common, ScaleArgs};
use crate::stack::{Stack, Wanted};

/// Number of sessions that dispatch a backlog, without pauses.
const DISPATCHERS: u16 = 50;

pub(crate) async fn run(args: &ScaleArgs, common: &Common) -> anyhow::Result<bool> {
    let wanted = Wanted { sessions: DISPATCHERS, sending: true, keys: 1, ..Wanted::default() };
    let mut stack = Stack::start(common, wanted).await?;
    let mut report = super::report("scale", common, &stack).await?;
    let mut invariants = Invariants::default();

    let points = dispatch::curve(&mut stack, args, common.seed, &mut invariants).await?;
    dispatch::put(&mut report, &points);
    report.put_json("dispatch", points.iter().map(dispatch::Point::json).collect());
    curve::draw(&mut report, &points, args.svg.as_deref())?;

    let lanes = idle::measure(&mut stack, args, &mut report).await?;
    pace::measure(&mut stack, &lanes, args, common.seed, &mut report).await?;
    let accepted: i64 =
        sqlx::query_scalar("select count(*) from messages").fetch_one(stack.store.pool()).await?;
    invariants = invariants.and(Invariants::at_rest(&stack, accepted as u64).await?);
    stack.stop().await;
    Ok(report.print(common.json, &invariants))
}
