//! Messages in doubt, as acks may speak of them: WAHA chose an id, and its answer with that id was lost.

use chrono::{DateTime, Utc};
use wahana_domain::{MessageId, SessionId};

use super::SystemInbox;
use crate::StoreError;

/// A message of which nobody knows whether it was sent.
#[derive(Clone, Debug)]
pub struct DoubtfulMessage {
    /// The message.
    pub message: MessageId,
    /// The chat that was asked for, one of those of the call.
    pub chat_id: String,
    /// Whether it is a text: only texts are sent under an id of ours.
    pub is_text: bool,
    /// Whether it is still in doubt; else it was given up.
    pub in_doubt: bool,
    /// When the attempt began whose answer was lost.
    pub attempted_at: DateTime<Utc>,
    /// The version of its WAHA server, where known.
    pub version: Option<String>,
    /// The engine of its WAHA server, where known.
    pub engine: Option<String>,
}

impl SystemInbox<'_> {
    /// The messages of these chats that are in doubt, or were given up because of it.
    pub async fn doubtful_messages(
        self,
        session: SessionId,
        chats: &[&str],
    ) -> Result<Vec<DoubtfulMessage>, StoreError> {
        let rows = sqlx::query_file_as!(
            DoubtfulMessage,
            "src/inbox/doubtful_messages.sql",
            session.0,
            chats as &[&str],
        );
        Ok(rows.fetch_all(self.system.store.pool()).await?)
    }

    /// Takes the bare id that WAHA chose for a message in doubt; `false` if the doubt ended meanwhile.
    pub async fn adopt_id(self, message: MessageId, waha_id: &str) -> Result<bool, StoreError> {
        let adopted = sqlx::query!(
            "update messages
             set waha_id = $2
             where id = $1 and (state = 'unknown' or state = 'failed' and error_code = 'not_confirmed')",
            message.0,
            waha_id,
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(adopted.rows_affected() == 1)
    }
}
