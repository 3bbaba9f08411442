//! `wahana plans`: the weight and rate of the organizations that have them.

use serde_json::{Value, json};
use wahana_config::Config;
use wahana_store::accounts::plans::{Plan, PlanChange};

use crate::cli::{PlansCommand, not_found};
use crate::output::Output;
use crate::wire;

/// Lists and changes plans.
pub(super) async fn run(config: &Config, out: Output, command: PlansCommand) -> anyhow::Result<()> {
    let system = wire::cli_system(config).await?;
    let (name, change) = match command {
        PlansCommand::List => {
            let plans = system.plans().list().await?;
            let heads = ["PLAN", "WEIGHT", "MESSAGES A MINUTE", "ORGANIZATIONS"];
            return out.rows(heads, plans.iter().map(|plan| (as_json(plan), cells(plan))));
        }
        PlansCommand::Set { plan, weight, messages_per_minute, no_rate } => {
            let messages_per_minute = if no_rate { Some(None) } else { messages_per_minute.map(Some) };
            (plan, PlanChange { weight, messages_per_minute })
        }
    };
    let missing = || not_found(format!("there is no plan {name}; `wahana plans list` shows all"));
    if !system.plans().change(&name, change).await? {
        return Err(missing());
    }
    let plan = system.plans().list().await?.into_iter().find(|plan| plan.name == name).ok_or_else(missing)?;
    let [name, weight, rate, _] = cells(&plan);
    out.object(&as_json(&plan), format!("{name}: weight {weight}, messages a minute: {rate}"))
}

fn as_json(plan: &Plan) -> Value {
    json!({
        "name": plan.name, "weight": plan.weight, "messages_per_minute": plan.messages_per_minute,
        "organizations": plan.organizations,
    })
}

fn cells(plan: &Plan) -> [String; 4] {
    let rate = plan.messages_per_minute.map_or_else(|| "no limit".to_owned(), |rate| rate.to_string());
    [plan.name.clone(), plan.weight.to_string(), rate, plan.organizations.to_string()]
}
