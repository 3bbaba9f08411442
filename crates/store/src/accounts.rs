//! Users, organizations, and the devices that are logged in.

use chrono::{DateTime, Utc};
use wahana_domain::access::Role;
use wahana_domain::{DeviceId, OrganizationId, UserId};

use crate::{StoreError, System, Tenant};

/// A person who can log in.
#[derive(Clone, Debug)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// In lower case.
    pub email: String,
    /// The person's name.
    pub name: String,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
    /// When the person last gave the password.
    pub last_login_at: Option<DateTime<Utc>>,
}

/// A tenant.
#[derive(Clone, Debug)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// What was bought.
    pub plan: String,
    /// IANA name of the zone that days are counted in.
    pub time_zone: String,
    /// The country of numbers without a country code: two capital letters.
    pub default_country: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// What a new account needs.
#[derive(Clone, Debug)]
pub struct NewAccount<'a> {
    /// In lower case.
    pub email: &'a str,
    /// The person's name.
    pub name: &'a str,
    /// A PHC string.
    pub password_hash: &'a str,
    /// The name of the new organization.
    pub organization: &'a str,
}

/// A device that is being logged in, and its first refresh token.
#[derive(Clone, Debug)]
pub struct NewDevice<'a> {
    /// Who logs in.
    pub user: UserId,
    /// Into which organization.
    pub organization: OrganizationId,
    /// What the device calls itself.
    pub user_agent: Option<&'a str>,
    /// SHA-256 of the refresh token.
    pub token_hash: [u8; 32],
    /// When the refresh token ends.
    pub expires_at: DateTime<Utc>,
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

/// Who is behind a device, as of now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The role in the device's organization.
    pub role: Role,
    /// The user's address.
    pub email: String,
    /// Whether the user operates this installation.
    pub operator: bool,
}

/// A changed organization; `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
pub struct OrganizationPatch {
    /// Its name.
    pub name: Option<String>,
    /// IANA name of a time zone.
    pub time_zone: Option<String>,
    /// Two capital letters.
    pub default_country: Option<String>,
}

/// An organization joined with a user's role in it.
struct Membership {
    id: OrganizationId,
    name: String,
    plan: String,
    time_zone: String,
    default_country: String,
    created_at: DateTime<Utc>,
    role: Role,
}

impl System {
    /// Makes a user, an organization, and the user its owner; the first of an installation operates it. `users_email_key` refuses a known address.
    pub async fn register(&self, account: &NewAccount<'_>) -> Result<(UserId, OrganizationId), StoreError> {
        let now = self.store.clock().now();
        let (user, organization) =
            (UserId::new(now, rand::random()), OrganizationId::new(now, rand::random()));
        let mut tx = self.begin().await?;
        // One at a time, so that only one can be the first.
        sqlx::query!("select pg_advisory_xact_lock(hashtext('wahana.register'))").execute(&mut *tx).await?;
        sqlx::query!(
            r#"with account as (insert into users (id, email, name, password_hash, created_at, last_login_at, operator)
                    values ($1, $2, $3, $4, $7, $7, not exists (select 1 from users)) returning id),
                tenant as (insert into organizations (id, name, created_at) values ($5, $6, $7) returning id)
               insert into memberships (organization_id, user_id, role, created_at)
               select tenant.id, account.id, 'owner', $7 from account, tenant"#,
            user.0,
            account.email,
            account.name,
            account.password_hash,
            organization.0,
            account.organization,
            now,
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok((user, organization))
    }

    /// The user of this address and the stored password hash.
    pub async fn user_by_email(&self, email: &str) -> Result<Option<(User, String)>, StoreError> {
        let row = sqlx::query!(
            r#"select id as "id: UserId", email, name, password_hash, created_at, last_login_at from users where email = $1"#,
            email,
        )
        .fetch_optional(&self.store.pool)
        .await?;
        Ok(row.map(|r| {
            let user = User {
                id: r.id,
                email: r.email,
                name: r.name,
                created_at: r.created_at,
                last_login_at: r.last_login_at,
            };
            (user, r.password_hash)
        }))
    }

    /// A user.
    pub async fn user(&self, id: UserId) -> Result<Option<User>, StoreError> {
        let user = sqlx::query_as!(
            User,
            r#"select id as "id: UserId", email, name, created_at, last_login_at from users where id = $1"#,
            id.0,
        )
        .fetch_optional(&self.store.pool)
        .await?;
        Ok(user)
    }

    /// A user's stored password hash.
    pub async fn password_hash(&self, id: UserId) -> Result<Option<String>, StoreError> {
        Ok(sqlx::query_scalar!("select password_hash from users where id = $1", id.0)
            .fetch_optional(&self.store.pool)
            .await?)
    }

    /// Changes a user's name.
    pub async fn rename_user(&self, id: UserId, name: &str) -> Result<Option<User>, StoreError> {
        let user = sqlx::query_as!(
            User,
            r#"update users set name = $2 where id = $1 returning id as "id: UserId", email, name, created_at, last_login_at"#,
            id.0, name,
        )
        .fetch_optional(&self.store.pool)
        .await?;
        Ok(user)
    }

    /// Replaces the password and logs every other device out; returns those devices.
    pub async fn change_password(
        &self,
        id: UserId,
        password_hash: &str,
        keep: DeviceId,
    ) -> Result<Vec<DeviceId>, StoreError> {
        let now = self.store.clock().now();
        let mut tx = self.begin().await?;
        sqlx::query!("update users set password_hash = $2 where id = $1", id.0, password_hash)
            .execute(&mut *tx)
            .await?;
        let revoked = sqlx::query_scalar!(
            r#"update devices set revoked_at = $3 where user_id = $1 and id <> $2 and revoked_at is null returning id as "id: DeviceId""#,
            id.0, keep.0, now,
        )
        .fetch_all(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(revoked)
    }

    /// The organizations of a user with the role in each, oldest membership first.
    pub async fn memberships(&self, user: UserId) -> Result<Vec<(Organization, Role)>, StoreError> {
        let rows = sqlx::query_as!(
            Membership,
            r#"select o.id as "id: OrganizationId", o.name, o.plan, o.time_zone, o.default_country, o.created_at, m.role as "role: Role"
               from memberships m join organizations o on o.id = m.organization_id
               where m.user_id = $1 order by m.created_at, o.id"#,
            user.0,
        )
        .fetch_all(&self.store.pool)
        .await?;
        let membership = |r: Membership| {
            let Membership { id, name, plan, time_zone, default_country, created_at, role } = r;
            (Organization { id, name, plan, time_zone, default_country, created_at }, role)
        };
        Ok(rows.into_iter().map(membership).collect())
    }

    /// Logs a device in.
    pub async fn start_device(&self, device: &NewDevice<'_>) -> Result<DeviceId, StoreError> {
        let now = self.store.clock().now();
        let id = DeviceId::new(now, rand::random());
        sqlx::query!(
            r#"with login as (update users set last_login_at = $5 where id = $2),
                device as (insert into devices (id, user_id, organization_id, user_agent, created_at, last_seen_at)
                    values ($1, $2, $3, $4, $5, $5) returning id)
               insert into refresh_tokens (token_hash, device_id, created_at, expires_at) select $6, id, $5, $7 from device"#,
            id.0, device.user.0, device.organization.0, device.user_agent, now, &device.token_hash[..], device.expires_at,
        )
        .execute(&self.store.pool)
        .await?;
        Ok(id)
    }

    /// Uses a refresh token up and records the next one. Of many at once with the same token, one is rotated and
    /// the others are a reuse.
    pub async fn rotate_refresh_token(
        &self,
        old: &[u8; 32],
        new: &[u8; 32],
        expires_at: DateTime<Utc>,
    ) -> Result<Rotation, StoreError> {
        let now = self.store.clock().now();
        let mut tx = self.begin().await?;
        let token = sqlx::query!(
            r#"select t.used_at, t.expires_at, d.revoked_at, d.id as "device: DeviceId", d.user_id as "user: UserId",
                      d.organization_id as "organization: OrganizationId", m.role as "role: Role"
               from refresh_tokens t join devices d on d.id = t.device_id
               join memberships m on m.user_id = d.user_id and m.organization_id = d.organization_id
               where t.token_hash = $1 for update of t"#,
            &old[..],
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(token) = token.filter(|token| token.revoked_at.is_none() && token.expires_at > now) else {
            return Ok(Rotation::Unknown);
        };
        if token.used_at.is_some() {
            sqlx::query!("update devices set revoked_at = $2 where id = $1", token.device.0, now)
                .execute(&mut *tx)
                .await?;
            tx.commit().await?;
            return Ok(Rotation::Reused(token.device));
        }
        sqlx::query!(
            r#"with used as (update refresh_tokens set used_at = $3 where token_hash = $1),
                seen as (update devices set last_seen_at = $3 where id = $4)
               insert into refresh_tokens (token_hash, device_id, created_at, expires_at) values ($2, $4, $3, $5)"#,
            &old[..], &new[..], now, token.device.0, expires_at,
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

    /// Who is behind a device; `None` when it was logged out or is no member any more.
    pub async fn device_member(&self, device: DeviceId) -> Result<Option<Member>, StoreError> {
        let member = sqlx::query_as!(
            Member,
            r#"select m.role as "role: Role", u.email, u.operator from devices d join users u on u.id = d.user_id
               join memberships m on m.user_id = d.user_id and m.organization_id = d.organization_id
               where d.id = $1 and d.revoked_at is null"#,
            device.0,
        )
        .fetch_optional(&self.store.pool)
        .await?;
        Ok(member)
    }

    /// Logs a device out.
    pub async fn revoke_device(&self, device: DeviceId) -> Result<(), StoreError> {
        let now = self.store.clock().now();
        sqlx::query!(
            "update devices set revoked_at = $2 where id = $1 and revoked_at is null",
            device.0,
            now
        )
        .execute(&self.store.pool)
        .await?;
        Ok(())
    }
}

impl Tenant {
    /// The organization itself.
    pub async fn organization_row(&self) -> Result<Option<Organization>, StoreError> {
        let mut tx = self.begin().await?;
        let organization = sqlx::query_as!(
            Organization,
            r#"select id as "id: OrganizationId", name, plan, time_zone, default_country, created_at from organizations where id = $1"#,
            self.organization().0,
        )
        .fetch_optional(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(organization)
    }

    /// Changes the organization.
    pub async fn update_organization(
        &self,
        patch: &OrganizationPatch,
    ) -> Result<Option<Organization>, StoreError> {
        let mut tx = self.begin().await?;
        let organization = sqlx::query_as!(
            Organization,
            r#"update organizations set name = coalesce($2, name), time_zone = coalesce($3, time_zone),
                      default_country = coalesce($4, default_country)
               where id = $1
               returning id as "id: OrganizationId", name, plan, time_zone, default_country, created_at"#,
            self.organization().0,
            patch.name.as_deref(),
            patch.time_zone.as_deref(),
            patch.default_country.as_deref(),
        )
        .fetch_optional(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(organization)
    }
}

impl System {
    /// Throws away logins that ended: expired tokens, and devices that have none left.
    pub async fn forget_logins(&self) -> Result<(), StoreError> {
        let now = self.store.clock().now();
        sqlx::query!("delete from refresh_tokens where expires_at <= $1", now)
            .execute(self.store.pool())
            .await?;
        sqlx::query!(
            "delete from devices d where not exists (select 1 from refresh_tokens t where t.device_id = d.id)"
        )
        .execute(self.store.pool())
        .await?;
        Ok(())
    }
}
