//! Rates that several lanes share: that of an organization's plan, that of a WAHA server. The scheduler takes tokens of
//! them, the forecast plays them forward.

use std::fmt;

use wahana_domain::waiting::WaitingFor;
use wahana_domain::{NodeId, OrganizationId};
use wahana_store::jobs::relay::LaneFacts;

/// What keeps a rate: lanes of the same keeper share it. Displayed as the name of the rate.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RateKeeper {
    /// The plan of this organization.
    Plan(OrganizationId),
    /// This WAHA server.
    Node(NodeId),
}

impl RateKeeper {
    /// What a message waits for while the rate is used up.
    pub const fn waiting_for(self) -> WaitingFor {
        match self {
            Self::Plan(_) => WaitingFor::PlanRate,
            Self::Node(_) => WaitingFor::NodeLimit,
        }
    }
}

impl fmt::Display for RateKeeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan(organization) => write!(f, "plan:{organization}"),
            Self::Node(node) => write!(f, "node:{node}"),
        }
    }
}

/// A rate that several lanes share.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SharedRate {
    /// What keeps it.
    pub keeper: RateKeeper,
    /// Most messages per minute of all its lanes together.
    pub per_minute: u32,
}

/// The rates that hold for a lane, that of the plan first.
pub fn of_lane(facts: &LaneFacts) -> impl Iterator<Item = SharedRate> + use<> {
    let plan = (RateKeeper::Plan(facts.organization), facts.plan_per_minute);
    let node = (RateKeeper::Node(facts.node), facts.node_per_minute);
    let rates = [plan, node].into_iter();
    rates.filter_map(|(keeper, per_minute)| Some(SharedRate { keeper, per_minute: per_minute? }))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;
    use wahana_domain::SessionId;
    use wahana_domain::lanes::LaneState;
    use wahana_domain::policy::PacingPolicy;
    use wahana_domain::sessions::{Desired, SessionStatus};

    use super::*;

    fn lane(plan_per_minute: Option<u32>, node_per_minute: Option<u32>) -> LaneFacts {
        LaneFacts {
            session: SessionId(Uuid::nil()),
            organization: OrganizationId(Uuid::nil()),
            node: NodeId(Uuid::max()),
            state: LaneState {
                policy: PacingPolicy::default(),
                desired: Desired::Running,
                status: SessionStatus::Working,
                paused: false,
                parked_until: None,
                bulk_parked_until: None,
                usage: Vec::new(),
                warm_up_from: None,
            },
            park_code: None,
            plan_per_minute,
            node_per_minute,
            has_recipients: false,
            paced_campaigns: false,
            weight: 1,
        }
    }

    #[test]
    fn a_lane_has_the_rates_of_its_plan_and_its_node() {
        let told = |facts| {
            let rates = of_lane(&facts);
            rates
                .map(|rate| (rate.keeper.to_string(), rate.per_minute, rate.keeper.waiting_for()))
                .collect::<Vec<_>>()
        };
        let plan = ("plan:org_00000000000000000000000000".to_owned(), 60, WaitingFor::PlanRate);
        let node = ("node:nod_7zzzzzzzzzzzzzzzzzzzzzzzzz".to_owned(), 300, WaitingFor::NodeLimit);
        assert_eq!(told(lane(None, None)), []);
        assert_eq!(told(lane(Some(60), None)), std::slice::from_ref(&plan));
        assert_eq!(told(lane(Some(60), Some(300))), [plan, node]);
    }
}
