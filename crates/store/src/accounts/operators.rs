//! Operators of the installation: users with a flag. They see every organization through `System`.

use serde_json::json;
use wahana_domain::UserId;
use wahana_domain::preferences::{Language, Theme};

use super::SystemOperators;
use crate::StoreError;
use crate::accounts::User;

impl SystemOperators<'_> {
    /// The operators of this installation, by email address.
    pub async fn list(self) -> Result<Vec<User>, StoreError> {
        Ok(sqlx::query_as!(
            User,
            r#"select id as "id: UserId", email, name, created_at, last_login_at, operator,
                      language as "language: Language", time_zone, theme as "theme: Theme"
               from users where operator order by email"#
        )
        .fetch_all(self.system.store.pool())
        .await?)
    }

    /// Makes a user an operator, or an operator a user again; `false` when there is no such user.
    pub async fn set(self, email: &str, operator: bool) -> Result<bool, StoreError> {
        let mut tx = self.system.begin().await?;
        let changed = sqlx::query_scalar!(
            r#"update users set operator = $2 where email = $1 returning id as "id: UserId""#,
            email,
            operator,
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(user) = changed else { return Ok(false) };
        let action = if operator { "operator.add" } else { "operator.remove" };
        tx.audit_of(None, action, Some(user.to_string()), json!({ "email": email })).await?;
        tx.commit().await?;
        Ok(true)
    }
}
