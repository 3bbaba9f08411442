//! Plans: what an organization may use. Read by the relay for its turns and rates.

use serde_json::json;

use super::SystemPlans;
use crate::StoreError;

/// A plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Its name, by which organizations have it.
    pub name: String,
    /// Its share of the workers: twice the weight, twice the turns.
    pub weight: i32,
    /// Most messages a minute of all sessions of an organization; `None` is no limit.
    pub messages_per_minute: Option<i32>,
    /// How many organizations have it.
    pub organizations: i64,
}

/// What to change of a plan; `None` leaves it.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlanChange {
    /// Another weight, 1 to 1,000.
    pub weight: Option<i32>,
    /// Another rate; an inner `None` is no limit.
    pub messages_per_minute: Option<Option<i32>>,
}

impl SystemPlans<'_> {
    /// All plans, by name.
    pub async fn list(self) -> Result<Vec<Plan>, StoreError> {
        Ok(sqlx::query_as!(
            Plan,
            r#"select name, weight, messages_per_minute,
                      (select count(*) from organizations o where o.plan = p.name) as "organizations!"
               from plans p
               order by name"#
        )
        .fetch_all(self.system.store.pool())
        .await?)
    }

    /// Changes a plan; `false` when there is none. Counts within seconds.
    pub async fn change(self, name: &str, change: PlanChange) -> Result<bool, StoreError> {
        let mut tx = self.system.begin().await?;
        let before =
            sqlx::query!("select weight, messages_per_minute from plans where name = $1 for update", name)
                .fetch_optional(&mut *tx)
                .await?;
        let Some(before) = before else { return Ok(false) };
        let after = sqlx::query!(
            "update plans
             set weight = coalesce($2, weight), messages_per_minute = case when $3 then $4 else messages_per_minute end
             where name = $1
             returning weight, messages_per_minute",
            name,
            change.weight,
            change.messages_per_minute.is_some(),
            change.messages_per_minute.flatten(),
        )
        .fetch_one(&mut *tx)
        .await?;
        let detail = json!({
            "before": { "weight": before.weight, "messages_per_minute": before.messages_per_minute },
            "after": { "weight": after.weight, "messages_per_minute": after.messages_per_minute },
        });
        tx.audit_of(None, "plan.change", Some(name.to_owned()), detail).await?;
        tx.commit().await?;
        Ok(true)
    }
}
