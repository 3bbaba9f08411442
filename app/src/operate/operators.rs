//! `wahana operators`: users that see every organization.

use serde_json::json;
use wahana_config::Config;

use crate::cli::{OperatorsCommand, not_found};
use crate::output::{self, Output};
use crate::wire;

/// Lists, makes or unmakes operators.
pub(super) async fn run(config: &Config, out: Output, command: OperatorsCommand) -> anyhow::Result<()> {
    let system = wire::cli_system(config).await?;
    let (email, operator) = match command {
        OperatorsCommand::List => {
            let rows = system.operators().list().await?.into_iter().map(|user| {
                let object = json!({
                    "id": user.id, "email": user.email, "name": user.name, "last_login_at": user.last_login_at,
                    "created_at": user.created_at,
                });
                let login = user.last_login_at.map_or_else(String::new, output::time);
                (object, [user.email, user.name, login])
            });
            return out.rows(["EMAIL", "NAME", "LAST LOGIN"], rows);
        }
        OperatorsCommand::Add { email } => (email.to_lowercase(), true),
        OperatorsCommand::Remove { email } => (email.to_lowercase(), false),
    };
    if !system.operators().set(&email, operator).await? {
        return Err(not_found(format!(
            "there is no user {email}; people sign up first (POST /api/v1/auth/register)"
        )));
    }
    let text = format!("{email} is {} operator", if operator { "an" } else { "no" });
    out.object(&json!({"email": email, "operator": operator}), text)
}
