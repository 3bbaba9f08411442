//! Plans: the weight and rate of the organizations that have them.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::Rule;
use wahana_store::accounts::plans::{Plan, PlanChange};

use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Check, Json, Path, given};
use wahana_api_kit::operator::Operator;
use wahana_api_kit::problem::{Answer, Problem};

/// Most weight of a plan.
const MAX_WEIGHT: i32 = 1_000;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(change))
}

/// A plan.
#[derive(Debug, Serialize, ToSchema)]
struct PlanView {
    #[schema(example = "pro")]
    name: String,
    /// Share of the workers when several organizations want them: twice the weight, twice the turns.
    #[schema(example = 4)]
    weight: i32,
    /// Most messages a minute of all sessions of an organization; null is no limit.
    #[schema(example = 120)]
    messages_per_minute: Option<i32>,
    /// How many organizations have it.
    #[schema(example = 3)]
    organizations: i64,
}

impl From<Plan> for PlanView {
    fn from(Plan { name, weight, messages_per_minute, organizations }: Plan) -> Self {
        Self { name, weight, messages_per_minute, organizations }
    }
}

/// All plans.
#[derive(Debug, Serialize, ToSchema)]
struct PlansView {
    items: Vec<PlanView>,
}

/// What to change of a plan; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"weight": 4, "messages_per_minute": 120}))]
struct ChangePlan {
    #[schema(minimum = 1, maximum = 1000)]
    weight: Option<i32>,
    /// Null is no limit.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<i32>, minimum = 1)]
    messages_per_minute: Option<Option<i32>>,
}

/// List plans
///
/// Operators only.
#[utoipa::path(get, path = "/operator/plans", tag = "operator", operation_id = "list_plans", responses((status = 200, body = PlansView)))]
async fn list(operator: Operator) -> Answer<Json<PlansView>> {
    let plans = operator.system.plans().list().await?;
    Ok(Json(PlansView { items: plans.into_iter().map(PlanView::from).collect() }))
}

/// Change a plan
///
/// Counts within seconds for all organizations that have it. Operators only.
#[utoipa::path(patch, path = "/operator/plans/{name}", tag = "operator", operation_id = "change_plan", params(("name" = String, Path)), request_body = ChangePlan, responses((status = 204, description = "changed")))]
async fn change(
    operator: Operator,
    Path(name): Path<String>,
    Json(body): Json<ChangePlan>,
) -> Answer<StatusCode> {
    let mut check = Check::default();
    if body.weight.is_some_and(|weight| !(1..=MAX_WEIGHT).contains(&weight)) {
        check.wrong("weight", Rule::OutOfRange { min: 1, max: MAX_WEIGHT as u64 });
    }
    if body.messages_per_minute.flatten().is_some_and(|rate| rate < 1) {
        check.wrong("messages_per_minute", Rule::SendsNothing);
    }
    check.done()?;
    let ChangePlan { weight, messages_per_minute } = body;
    let change = PlanChange { weight, messages_per_minute };
    match operator.system.plans().change(&name, change).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Problem::not_found("plan")),
    }
}
