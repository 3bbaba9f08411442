//! The names of groups and how many members they have, asked of WAHA at once for all groups of a session, and rarely.

use wahana_domain::SessionId;
use wahana_jobs::Outcome;
use wahana_store::StoreError;
use wahana_store::inbox::message_changes::GroupName;
use wahana_waha::GroupNews;

use crate::Workers;
use crate::sessions::commands;

/// Names the groups of a session.
pub(crate) async fn name(workers: &Workers, session: SessionId) -> Result<Outcome, StoreError> {
    let (work, client) = match commands::open(workers, session).await? {
        Ok(opened) => opened,
        Err(outcome) => return Ok(outcome),
    };
    let groups = match client.groups(&work.waha_name).await {
        Ok(groups) => groups,
        Err(error) => return Ok(commands::failed(&error)),
    };
    let names: Vec<GroupName> = groups.into_iter().map(group).collect();
    workers.store.system().inbox().name_groups(session, &names).await?;
    Ok(Outcome::Done)
}

pub(super) fn group(news: GroupNews) -> GroupName {
    GroupName {
        chat_id: news.id,
        subject: news.subject,
        members: news.members.and_then(|n| i32::try_from(n).ok()),
        change: news.change,
    }
}
