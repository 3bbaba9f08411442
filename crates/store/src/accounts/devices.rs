//! The devices that are logged in. A device is a family of refresh tokens: each is good for one call, and using an old
//! one again logs the device out.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use wahana_domain::access::Role;
use wahana_domain::{DeviceId, OrganizationId, UserId};

use super::SystemDevices;
use crate::StoreError;

/// A device that is being logged in, and its first refresh token.
#[derive(Clone, Debug)]
pub struct NewDevice<'a> {
    /// The user that logs in.
    pub user: UserId,
    /// Into which organization.
    pub organization: OrganizationId,
    /// What the device calls itself.
    pub user_agent: Option<&'a str>,
    /// Where it is.
    pub address: IpAddr,
    /// SHA-256 of the refresh token.
    pub token_hash: [u8; 32],
    /// When the refresh token ends.
    pub expires_at: DateTime<Utc>,
}

/// A logged-in device as its user sees it.
#[derive(Clone, Debug)]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// What it calls itself.
    pub user_agent: Option<String>,
    /// Where it was last seen.
    pub address: Option<String>,
    /// When it logged in.
    pub created_at: DateTime<Utc>,
    /// When it last fetched a token: to the length of an access token.
    pub last_seen_at: DateTime<Utc>,
}

/// A refresh token that is to be used up for the next one.
#[derive(Clone, Debug)]
pub struct Refresh {
    /// SHA-256 of the token.
    pub old: [u8; 32],
    /// SHA-256 of the next one.
    pub new: [u8; 32],
    /// When the next one ends.
    pub expires_at: DateTime<Utc>,
    /// How long after its use the old one is taken once more: two tabs of a browser share one token and may both use
    /// it, and an answer may get lost on its way. Zero takes it once only.
    pub grace: TimeDelta,
    /// Where the device is.
    pub address: IpAddr,
}

/// What became of a refresh token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// It was good and is used up now; the new one is recorded.
    Rotated {
        /// The device it belongs to.
        device: DeviceId,
        /// Who.
        user: UserId,
        /// Where.
        organization: OrganizationId,
        /// As what.
        role: Role,
    },
    /// Not one of ours, expired, or logged out.
    Unknown,
    /// It had been used before: the device is logged out now.
    Reused(DeviceId),
}

/// The member that a device belongs to, as of now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The role in the device's organization.
    pub role: Role,
    /// The user's address.
    pub email: String,
    /// Whether the user operates this installation.
    pub operator: bool,
}

impl SystemDevices<'_> {
    /// Logs a device in.
    pub async fn start(self, device: &NewDevice<'_>) -> Result<DeviceId, StoreError> {
        let now = self.system.store.clock().now();
        let id = DeviceId::new(now, rand::random());
        let mut tx = self.system.begin().await?;
        sqlx::query!(
            "with login as (
                 update users
                 set last_login_at = $5
                 where id = $2
             ), device as (
                 insert into devices (
                     id, user_id, organization_id, user_agent, created_at, last_seen_at, address
                 )
                 values ($1, $2, $3, $4, $5, $5, $8)
                 returning id
             )
             insert into refresh_tokens (token_hash, device_id, created_at, expires_at)
             select $6, id, $5, $7
             from device",
            id.0,
            device.user.0,
            device.organization.0,
            device.user_agent,
            now,
            &device.token_hash[..],
            device.expires_at,
            device.address.to_string(),
        )
        .execute(&mut *tx)
        .await?;
        let detail = json!({ "device": id.to_string(), "user_agent": device.user_agent });
        let target = Some(device.user.to_string());
        tx.audit_of(Some(device.organization), "user.login", target, detail).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Uses a refresh token up and records the next one. Of many at once with the same token and without grace, one
    /// is rotated and the others are a reuse.
    pub async fn rotate_refresh_token(self, refresh: &Refresh) -> Result<Rotation, StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        let token = sqlx::query!(
            r#"select t.used_at, t.expires_at, d.revoked_at, d.id as "device: DeviceId",
                      d.user_id as "user: UserId", d.organization_id as "organization: OrganizationId",
                      m.role as "role: Role"
               from refresh_tokens t
               join devices d on d.id = t.device_id
               join memberships m on m.user_id = d.user_id and m.organization_id = d.organization_id
               where t.token_hash = $1
               for update of t, d"#,
            &refresh.old[..],
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(token) = token.filter(|token| token.revoked_at.is_none() && token.expires_at > now) else {
            return Ok(Rotation::Unknown);
        };
        // Without grace no clock is asked: a request that waited here read its clock before the first one, and
        // another process may be behind.
        if token.used_at.is_some_and(|used_at| refresh.grace.is_zero() || now >= used_at + refresh.grace) {
            sqlx::query!("update devices set revoked_at = $2 where id = $1", token.device.0, now)
                .execute(&mut *tx)
                .await?;
            tx.commit().await?;
            return Ok(Rotation::Reused(token.device));
        }
        sqlx::query!(
            "with used as (
                 update refresh_tokens
                 set used_at = coalesce(used_at, $3)
                 where token_hash = $1
             ), seen as (
                 update devices
                 set last_seen_at = $3, address = $6
                 where id = $4
             )
             insert into refresh_tokens (token_hash, device_id, created_at, expires_at)
             values ($2, $4, $3, $5)",
            &refresh.old[..],
            &refresh.new[..],
            now,
            token.device.0,
            refresh.expires_at,
            refresh.address.to_string(),
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(Rotation::Rotated {
            device: token.device,
            user: token.user,
            organization: token.organization,
            role: token.role,
        })
    }

    /// The member that a device belongs to; `None` when it was logged out or is no member any more.
    pub async fn member(self, device: DeviceId) -> Result<Option<Member>, StoreError> {
        let member = sqlx::query_as!(
            Member,
            r#"select m.role as "role: Role", u.email, u.operator
               from devices d
               join users u on u.id = d.user_id
               join memberships m on m.user_id = d.user_id and m.organization_id = d.organization_id
               where d.id = $1 and d.revoked_at is null"#,
            device.0,
        )
        .fetch_optional(&self.system.store.pool)
        .await?;
        Ok(member)
    }

    /// The devices on which a user is logged in, last seen first.
    pub async fn list(self, user: UserId) -> Result<Vec<Device>, StoreError> {
        Ok(sqlx::query_as!(
            Device,
            r#"select id as "id: DeviceId", user_agent, address, created_at, last_seen_at
               from devices d
               where user_id = $1
                 and revoked_at is null
                 and exists (
                     select 1
                     from refresh_tokens t
                     where t.device_id = d.id and t.used_at is null and t.expires_at > $2
                 )
               order by last_seen_at desc, id desc"#,
            user.0,
            self.system.store.clock().now(),
        )
        .fetch_all(&self.system.store.pool)
        .await?)
    }

    /// Logs a device of this user out; `false` when there is none.
    pub async fn revoke(
        self,
        user: UserId,
        device: DeviceId,
        organization: OrganizationId,
    ) -> Result<bool, StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        let revoked = sqlx::query!(
            "update devices set revoked_at = $3 where user_id = $1 and id = $2 and revoked_at is null",
            user.0,
            device.0,
            now
        )
        .execute(&mut *tx)
        .await?
        .rows_affected()
            > 0;
        if revoked {
            tx.audit_of(Some(organization), "user.logout", Some(device.to_string()), json!({})).await?;
        }
        tx.commit().await?;
        Ok(revoked)
    }

    /// Logs a user out everywhere else; returns those devices.
    pub async fn revoke_others(
        self,
        user: UserId,
        keep: DeviceId,
        organization: OrganizationId,
    ) -> Result<Vec<DeviceId>, StoreError> {
        let mut tx = self.system.begin().await?;
        let revoked = sqlx::query_scalar!(
            r#"update devices
               set revoked_at = $3
               where user_id = $1 and id <> $2 and revoked_at is null
               returning id as "id: DeviceId""#,
            user.0,
            keep.0,
            self.system.store.clock().now(),
        )
        .fetch_all(&mut *tx)
        .await?;
        let detail = json!({ "devices": revoked.len() });
        tx.audit_of(Some(organization), "user.logout_others", Some(user.to_string()), detail).await?;
        tx.commit().await?;
        Ok(revoked)
    }

    /// Throws away logins that ended: expired tokens, and devices that have none left.
    pub async fn forget_logins(self) -> Result<(), StoreError> {
        let now = self.system.store.clock().now();
        sqlx::query!("delete from refresh_tokens where expires_at <= $1", now)
            .execute(self.system.store.pool())
            .await?;
        sqlx::query!(
            "delete from devices d where not exists (select 1 from refresh_tokens t where t.device_id = d.id)"
        )
        .execute(self.system.store.pool())
        .await?;
        Ok(())
    }
}
