//! Files that are made ready before messages that carry them are sent: fetched from an address, or converted.
//!
//! A message whose file is not ready waits outside of its lane: its job is not due, and `media_waits` names what it
//! waits for. A job of the queue `media` makes the file ready and frees its messages, or fails them before anything is
//! sent. The fence looks again, so a message that slipped through waits, too.

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use wahana_domain::messages::{
    Content, MediaConversion, MediaKind, MediaLimits, MediaSource, PreparationState,
};
use wahana_domain::waiting::WaitingFor;
use wahana_domain::{
    CampaignId, JobId, MediaId, MediaPreparationId, MessageId, OrganizationId, Reason, SessionId,
};
use wahana_jobs::{Job, PrepareMedia};

use crate::jobs::workers::LOST_AFTER;
use crate::messages::{SystemMedia, TenantMedia};
use crate::{Enqueue, StoreError, Tx, Wake};

/// How long a message waits for its file before the fence looks again, should nobody have told that it is ready.
pub const HOLD: TimeDelta = TimeDelta::minutes(15);
/// How much older than the message the file of an address may be: messages of the same minutes share one fetch.
pub const FRESH: TimeDelta = TimeDelta::minutes(10);

/// A file that has to be made ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileWish {
    /// How it is sent.
    pub kind: MediaKind,
    /// An address, or the id of an upload.
    pub source: String,
    /// What the message says that it is.
    pub mimetype: String,
}

impl FileWish {
    /// The file of a content, whether or not it has to be made ready; `None` for content without one.
    pub fn of(content: &Content) -> Option<Self> {
        let (media, kind) = (content.media()?, content.media_kind()?);
        let source = match &media.source {
            MediaSource::Id(id) => id.to_string(),
            MediaSource::Url(url) => url.clone(),
        };
        Some(Self { kind, source, mimetype: media.mimetype.clone() })
    }

    /// The same as the function `media_source_hash` of the schema.
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(format!("{}\n{}", self.source, self.mimetype)).to_vec()
    }
}

/// A file that is made ready, or is to be.
#[derive(Clone, Debug)]
pub struct Preparation {
    /// Its id.
    pub id: MediaPreparationId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// What is wanted.
    pub wish: FileWish,
    /// How far it is.
    pub state: PreparationState,
    /// Why it failed, for people.
    pub detail: Option<String>,
}

/// What is made ready at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preparing {
    /// Files of the organization.
    pub files: i64,
    /// Whether this very file is among them: somebody asked for it again meanwhile.
    pub same: bool,
}

/// Asks for a file, once per source; `message` waits for it. Returns whether it is ready already.
pub(crate) async fn want(
    tx: &mut Tx,
    organization: OrganizationId,
    campaign: Option<CampaignId>,
    wish: &FileWish,
    message: Option<MessageId>,
    due: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let now = tx.store().clock().now();
    // What was uploaded does not change, and a campaign sends the same file to everybody.
    let lasts = campaign.is_some() || !wish.source.contains("://");
    let asked = sqlx::query!(
        r#"insert into media_preparations as p (
               id, organization_id, campaign_id, kind, source, mimetype, source_hash, state, wanted_at
           )
           values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8)
           on conflict (
               organization_id, coalesce(campaign_id, '00000000-0000-0000-0000-000000000000'::uuid), kind,
               source_hash
           ) do update set
               state = case
                           when p.state = 'ready' and p.media_id is not null and ($9 or p.prepared_at > $10)
                               then 'ready'
                           else 'waiting'
                       end,
               wanted_at = $8
           returning id as "id: MediaPreparationId", state as "state: PreparationState""#,
        MediaPreparationId::new(now, rand::random()).0,
        organization.0,
        campaign.map(|id| id.0),
        wish.kind.as_str(),
        wish.source,
        wish.mimetype,
        wish.hash(),
        now,
        lasts,
        due - FRESH,
    )
    .fetch_one(&mut **tx)
    .await?;
    if asked.state == PreparationState::Ready {
        return Ok(true);
    }
    if let Some(message) = message {
        sqlx::query!(
            "insert into media_waits (message_id, organization_id, preparation_id) values ($1, $2, $3)
             on conflict (message_id) do update set preparation_id = excluded.preparation_id",
            message.0,
            organization.0,
            asked.id.0,
        )
        .execute(&mut **tx)
        .await?;
    }
    tx.enqueue(Enqueue::now(organization, PrepareMedia { preparation: asked.id })).await?;
    Ok(false)
}

/// Lets a message go that was held for its file and need not be.
pub(crate) async fn unhold(tx: &mut Tx, message: MessageId) -> Result<(), StoreError> {
    let lane = sqlx::query_scalar!(
        r#"update jobs j
           set run_at = coalesce(m.send_at, m.created_at), held_for = null
           from messages m
           where j.id = $1 and m.id = $1 and j.state = 'pending' and j.held_for = $2
           returning j.lane as "lane: SessionId""#,
        message.0,
        WaitingFor::File.as_str(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    if let Some(lane) = lane.flatten() {
        tx.wake(Wake::Lane(lane));
    }
    Ok(())
}

impl TenantMedia<'_> {
    /// Asks for the file of a campaign, so that it is known before the launch whether it can be sent.
    pub async fn want_for_campaign(self, campaign: CampaignId, wish: &FileWish) -> Result<(), StoreError> {
        let mut tx = self.tenant.begin().await?;
        let now = tx.store().clock().now();
        want(&mut tx, self.tenant.organization(), Some(campaign), wish, None, now).await?;
        tx.commit().await
    }

    /// How far the file of a campaign is; `None` if nobody asked for it.
    pub async fn of_campaign(
        self,
        campaign: CampaignId,
        wish: &FileWish,
    ) -> Result<Option<Preparation>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let row = sqlx::query!(
            r#"select id as "id: MediaPreparationId", state as "state: PreparationState", error_detail
               from media_preparations
               where campaign_id = $1 and kind = $2 and source_hash = $3"#,
            campaign.0,
            wish.kind.as_str(),
            wish.hash(),
        )
        .fetch_optional(&mut *tx)
        .await?;
        Ok(row.map(|row| Preparation {
            id: row.id,
            organization: self.tenant.organization(),
            wish: wish.clone(),
            state: row.state,
            detail: row.error_detail,
        }))
    }

    /// Whether a worker that is alive does this conversion.
    pub async fn can_convert(self, conversion: MediaConversion) -> Result<bool, StoreError> {
        let store = &self.tenant.store;
        let found = sqlx::query_scalar!(
            "select 1 as one from workers where seen_at > $1 and $2 = any (converts) limit 1",
            store.clock().now() - LOST_AFTER,
            conversion.as_str(),
        )
        .fetch_optional(store.pool())
        .await?;
        Ok(found.is_some())
    }

    /// The largest file of each kind.
    pub fn limits(self) -> MediaLimits {
        self.tenant.store.media_storage().limits
    }
}

impl SystemMedia<'_> {
    /// What is to be made ready; `None` when nobody wants it any more.
    pub async fn preparation(self, id: MediaPreparationId) -> Result<Option<Preparation>, StoreError> {
        let row = sqlx::query!(
            r#"select organization_id as "organization: OrganizationId", kind as "kind: MediaKind", source, mimetype,
                      state as "state: PreparationState", error_detail
               from media_preparations
               where id = $1"#,
            id.0
        )
        .fetch_optional(self.system.store.pool())
        .await?;
        Ok(row.map(|row| Preparation {
            id,
            organization: row.organization,
            wish: FileWish { kind: row.kind, source: row.source, mimetype: row.mimetype },
            state: row.state,
            detail: row.error_detail,
        }))
    }

    /// What jobs that began before this one make ready at this moment.
    pub async fn preparing(
        self,
        preparation: &Preparation,
        than: (DateTime<Utc>, JobId),
    ) -> Result<Preparing, StoreError> {
        let row = sqlx::query!(
            r#"select count(*) as "all!", count(*) filter (where dedup_key = $5) as "same!" from jobs
               where organization_id = $1 and kind = $2 and state = 'running' and (started_at, id) < ($3, $4)"#,
            preparation.organization.0,
            PrepareMedia::NAME,
            than.0,
            than.1.0,
            PrepareMedia { preparation: preparation.id }.dedup_key(),
        )
        .fetch_one(self.system.store.pool())
        .await?;
        Ok(Preparing { files: row.all, same: row.same > 0 })
    }

    /// The file that an earlier conversion made of the same content.
    pub async fn converted_before(
        self,
        organization: OrganizationId,
        kind: MediaKind,
        hash: &[u8],
    ) -> Result<Option<MediaId>, StoreError> {
        let found = sqlx::query_scalar!(
            r#"select media_id as "id!: MediaId" from media_preparations
               where organization_id = $1 and kind = $2 and source_sha256 = $3 and media_id is not null
                 and state = 'ready'
               limit 1"#,
            organization.0,
            kind.as_str(),
            hash,
        )
        .fetch_optional(self.system.store.pool())
        .await?;
        Ok(found)
    }

    /// The file is ready: its messages may go. `hash` is that of the content before a conversion.
    pub async fn prepared(
        self,
        id: MediaPreparationId,
        media: MediaId,
        hash: Option<&[u8]>,
    ) -> Result<(), StoreError> {
        let mut tx = self.system.begin().await?;
        sqlx::query!(
            "update media_preparations
             set state = 'ready', media_id = $2, source_sha256 = $3, prepared_at = now(), error_code = null,
                 error_detail = null
             where id = $1",
            id.0,
            media.0,
            hash,
        )
        .execute(&mut *tx)
        .await?;
        let lanes =
            sqlx::query_file_scalar!("src/messages/media/free_waiting.sql", id.0).fetch_all(&mut *tx).await?;
        lanes.into_iter().flatten().for_each(|lane| tx.wake(Wake::Lane(SessionId(lane))));
        tx.commit().await
    }

    /// The file cannot be had, or not be sent: its messages fail, and stand as dead letters. Returns how many.
    pub async fn not_prepared(
        self,
        id: MediaPreparationId,
        code: Reason,
        detail: &str,
    ) -> Result<u64, StoreError> {
        let mut tx = self.system.begin().await?;
        sqlx::query!(
            "update media_preparations
             set state = 'failed', error_code = $2, error_detail = $3, prepared_at = now()
             where id = $1",
            id.0,
            code.as_str(),
            detail,
        )
        .execute(&mut *tx)
        .await?;
        let failed = sqlx::query_file!("src/messages/media/fail_waiting.sql", id.0, code.as_str(), detail)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(failed.rows_affected())
    }

    /// The file that was made ready for a message; `None`: its own upload is sent as it is.
    pub async fn ready_for(self, message: MessageId) -> Result<Option<MediaId>, StoreError> {
        let found = sqlx::query_scalar!(
            r#"select p.media_id as "id!: MediaId"
               from messages m
               join media_preparations p on p.organization_id = m.organization_id
                and coalesce(p.campaign_id, '00000000-0000-0000-0000-000000000000'::uuid)
                    = coalesce(m.campaign_id, '00000000-0000-0000-0000-000000000000'::uuid)
                and p.kind = m.content ->> 'type'
                and p.source_hash = media_source_hash(m.content)
               where m.id = $1 and p.state = 'ready' and p.media_id is not null"#,
            message.0,
        )
        .fetch_optional(self.system.store.pool())
        .await?;
        Ok(found)
    }

    /// Asks for the file of a message that the fence held back for it.
    pub(crate) async fn want_for_message(self, message: MessageId) -> Result<(), StoreError> {
        let mut tx = self.system.begin().await?;
        let row = sqlx::query!(
            r#"select organization_id as "organization: OrganizationId", campaign_id as "campaign: CampaignId",
                      content, coalesce(send_at, created_at) as "due!"
               from messages
               where id = $1 and state = 'queued'"#,
            message.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(row) = row else { return Ok(()) };
        let content: Content = serde_json::from_value(row.content)?;
        let Some(wish) = FileWish::of(&content) else { return Ok(()) };
        if want(&mut tx, row.organization, row.campaign, &wish, Some(message), row.due).await? {
            unhold(&mut tx, message).await?;
        }
        tx.commit().await
    }

    /// Asks for the file of a running campaign, if nobody did.
    pub async fn want_for_campaign(self, campaign: CampaignId) -> Result<(), StoreError> {
        let mut tx = self.system.begin().await?;
        let row = sqlx::query!(
            r#"select organization_id as "organization: OrganizationId", content from campaigns where id = $1"#,
            campaign.0
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(row) = row else { return Ok(()) };
        let content: Content = serde_json::from_value(row.content)?;
        if let Some(wish) = FileWish::of(&content) {
            let now = tx.store().clock().now();
            want(&mut tx, row.organization, Some(campaign), &wish, None, now).await?;
        }
        tx.commit().await
    }
}
