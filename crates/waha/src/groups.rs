//! The groups of a session. WhatsApp limits such questions, so they are asked rarely.

use serde_json::Value;

use crate::{GroupNews, WahaClient, WahaError, client::Call};

impl WahaClient {
    /// All groups of the session: an object by id on NOWEB, a list elsewhere (docs/waha.md section 5).
    ///
    /// # Errors
    /// As classified.
    pub async fn groups(&self, session: &str) -> Result<Vec<GroupNews>, WahaError> {
        let answer: Value = self.json(Call::get("groups", &["api", session, "groups"])).await?;
        Ok(match &answer {
            Value::Array(groups) => groups.iter().filter_map(GroupNews::of).collect(),
            Value::Object(groups) => groups.values().filter_map(GroupNews::of).collect(),
            _ => Vec::new(),
        })
    }
}
