//! Users and organizations. The devices that are logged in are in `devices`.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use wahana_domain::access::Role;
use wahana_domain::preferences::{Language, Theme};
use wahana_domain::{DeviceId, OrganizationId, SessionId, UserId};

use super::{SystemAccounts, TenantAccounts};
use crate::{StoreError, Tx, Wake};

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
    /// Whether the person operates this installation.
    pub operator: bool,
    /// `None`: the organization's.
    pub language: Option<Language>,
    /// IANA name of a zone; `None`: the organization's.
    pub time_zone: Option<String>,
    /// The looks of the dashboard.
    pub theme: Theme,
}

/// A changed profile; `None` leaves a field as it is, `Some(None)` takes the organization's.
#[derive(Clone, Debug, Default, Serialize)]
pub struct UserPatch {
    /// The person's name.
    pub name: Option<String>,
    /// The language.
    pub language: Option<Option<Language>>,
    /// IANA name of a zone.
    pub time_zone: Option<Option<String>>,
    /// The looks of the dashboard.
    pub theme: Option<Theme>,
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
    /// What its members see who chose none.
    pub language: Language,
    /// `#rrggbb`.
    pub accent_color: Option<String>,
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
    /// The organization's language; `None`: English.
    pub language: Option<Language>,
    /// The organization's zone; `None`: Jakarta's.
    pub time_zone: Option<&'a str>,
}

/// A changed organization; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, Serialize)]
pub struct OrganizationPatch {
    /// Its name.
    pub name: Option<String>,
    /// IANA name of a time zone.
    pub time_zone: Option<String>,
    /// Two capital letters.
    pub default_country: Option<String>,
    /// The language of members who chose none.
    pub language: Option<Language>,
    /// `#rrggbb`; `Some(None)` takes it away.
    pub accent_color: Option<Option<String>>,
}

impl SystemAccounts<'_> {
    /// Makes a user, an organization, and the user its owner; the first of an installation operates it.
    /// `users_email_key` refuses a known address.
    pub async fn register(self, account: &NewAccount<'_>) -> Result<(UserId, OrganizationId), StoreError> {
        let now = self.system.store.clock().now();
        let (user, organization) =
            (UserId::new(now, rand::random()), OrganizationId::new(now, rand::random()));
        let mut tx = self.system.begin().await?;
        // One at a time, so that only one can be the first.
        sqlx::query!("select pg_advisory_xact_lock(hashtext('wahana.register'))").execute(&mut *tx).await?;
        sqlx::query!(
            "with account as (
                 insert into users (id, email, name, password_hash, created_at, last_login_at, operator)
                 values ($1, $2, $3, $4, $7, $7, not exists (select 1 from users))
                 returning id
             ), tenant as (
                 insert into organizations (id, name, created_at, language, time_zone)
                 values ($5, $6, $7, coalesce($8, 'en'), coalesce($9, 'Asia/Jakarta'))
                 returning id
             )
             insert into memberships (organization_id, user_id, role, created_at)
             select tenant.id, account.id, 'owner', $7
             from account, tenant",
            user.0,
            account.email,
            account.name,
            account.password_hash,
            organization.0,
            account.organization,
            now,
            account.language as Option<Language>,
            account.time_zone,
        )
        .execute(&mut *tx)
        .await?;
        let detail = json!({ "name": account.organization });
        tx.audit_of(Some(organization), "organization.create", Some(organization.to_string()), detail)
            .await?;
        tx.commit().await?;
        Ok((user, organization))
    }

    /// The addresses from which an account was logged in within the time that devices are kept; none for an unknown
    /// one.
    pub async fn known_addresses(self, email: &str) -> Result<Vec<IpAddr>, StoreError> {
        let addresses = sqlx::query_scalar!(
            r#"select distinct d.address as "address!"
               from devices d
               join users u on u.id = d.user_id
               where u.email = $1 and d.address is not null"#,
            email,
        )
        .fetch_all(&self.system.store.pool)
        .await?;
        Ok(addresses.iter().filter_map(|address| address.parse().ok()).collect())
    }

    /// Puts a failed login of a known account on record, in each of its organizations.
    pub async fn note_failed_login(self, email: &str) -> Result<(), StoreError> {
        let mut tx = self.system.begin().await?;
        let organizations = sqlx::query!(
            r#"select u.id as "user: UserId", m.organization_id as "organization: OrganizationId"
               from users u
               join memberships m on m.user_id = u.id
               where u.email = $1"#,
            email,
        )
        .fetch_all(&mut *tx)
        .await?;
        for row in organizations {
            let target = Some(row.user.to_string());
            tx.audit_of(Some(row.organization), "user.login_failed", target, json!({})).await?;
        }
        tx.commit().await
    }

    /// The user of this address and the stored password hash.
    pub async fn user_by_email(self, email: &str) -> Result<Option<(UserId, String)>, StoreError> {
        let row =
            sqlx::query!(r#"select id as "id: UserId", password_hash from users where email = $1"#, email,)
                .fetch_optional(&self.system.store.pool)
                .await?;
        Ok(row.map(|row| (row.id, row.password_hash)))
    }

    /// A user.
    pub async fn user(self, id: UserId) -> Result<Option<User>, StoreError> {
        let user = sqlx::query_as!(
            User,
            r#"select id as "id: UserId", email, name, created_at, last_login_at, operator,
                      language as "language: Language", time_zone, theme as "theme: Theme"
               from users
               where id = $1"#,
            id.0,
        )
        .fetch_optional(&self.system.store.pool)
        .await?;
        Ok(user)
    }

    /// A user's stored password hash.
    pub async fn password_hash(self, id: UserId) -> Result<Option<String>, StoreError> {
        Ok(sqlx::query_scalar!("select password_hash from users where id = $1", id.0)
            .fetch_optional(&self.system.store.pool)
            .await?)
    }

    /// Changes a user's profile.
    /// The change stands in the log of this organization.
    pub async fn update_user(
        self,
        id: UserId,
        patch: &UserPatch,
        organization: OrganizationId,
    ) -> Result<Option<User>, StoreError> {
        let mut tx = self.system.begin().await?;
        let user = sqlx::query_as!(
            User,
            r#"update users
               set name = coalesce($2, name), language = case when $3 then $4 else language end,
                   time_zone = case when $5 then $6 else time_zone end, theme = coalesce($7, theme)
               where id = $1
               returning id as "id: UserId", email, name, created_at, last_login_at, operator,
                         language as "language: Language", time_zone, theme as "theme: Theme""#,
            id.0,
            patch.name.as_deref(),
            patch.language.is_some(),
            patch.language.flatten() as Option<Language>,
            patch.time_zone.is_some(),
            patch.time_zone.clone().flatten(),
            patch.theme as Option<Theme>,
        )
        .fetch_optional(&mut *tx)
        .await?;
        tx.audit_of(Some(organization), "user.change", Some(id.to_string()), json!({ "changed": patch }))
            .await?;
        tx.commit().await?;
        Ok(user)
    }

    /// Replaces the password and logs every other device out; returns those devices. It stands in the log of this
    /// organization.
    pub async fn change_password(
        self,
        id: UserId,
        password_hash: &str,
        keep: DeviceId,
        organization: OrganizationId,
    ) -> Result<Vec<DeviceId>, StoreError> {
        let now = self.system.store.clock().now();
        let mut tx = self.system.begin().await?;
        sqlx::query!("update users set password_hash = $2 where id = $1", id.0, password_hash)
            .execute(&mut *tx)
            .await?;
        let revoked = sqlx::query_scalar!(
            r#"update devices
               set revoked_at = $3
               where user_id = $1 and id <> $2 and revoked_at is null
               returning id as "id: DeviceId""#,
            id.0,
            keep.0,
            now,
        )
        .fetch_all(&mut *tx)
        .await?;
        let detail = json!({ "devices_logged_out": revoked.len() });
        tx.audit_of(Some(organization), "user.change_password", Some(id.to_string()), detail).await?;
        tx.commit().await?;
        Ok(revoked)
    }

    /// The organizations of a user with the role in each, oldest membership first.
    pub async fn memberships(self, user: UserId) -> Result<Vec<(OrganizationId, Role)>, StoreError> {
        let rows = sqlx::query!(
            r#"select organization_id as "organization: OrganizationId", role as "role: Role" from memberships
               where user_id = $1 order by created_at, organization_id"#,
            user.0,
        )
        .fetch_all(&self.system.store.pool)
        .await?;
        Ok(rows.into_iter().map(|row| (row.organization, row.role)).collect())
    }
}

impl TenantAccounts<'_> {
    /// The organization itself.
    pub async fn organization(self) -> Result<Option<Organization>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let organization = sqlx::query_as!(
            Organization,
            r#"select id as "id: OrganizationId", name, plan, time_zone, default_country,
                      language as "language: Language", accent_color, created_at
               from organizations
               where id = $1"#,
            self.tenant.organization().0,
        )
        .fetch_optional(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(organization)
    }

    /// Changes the organization.
    pub async fn update_organization(
        self,
        patch: &OrganizationPatch,
    ) -> Result<Option<Organization>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let organization = sqlx::query_as!(
            Organization,
            r#"update organizations
               set name = coalesce($2, name), time_zone = coalesce($3, time_zone),
                   default_country = coalesce($4, default_country), language = coalesce($5, language),
                   accent_color = case when $6 then $7 else accent_color end
               where id = $1
               returning id as "id: OrganizationId", name, plan, time_zone, default_country,
                         language as "language: Language", accent_color, created_at"#,
            self.tenant.organization().0,
            patch.name.as_deref(),
            patch.time_zone.as_deref(),
            patch.default_country.as_deref(),
            patch.language as Option<Language>,
            patch.accent_color.is_some(),
            patch.accent_color.clone().flatten(),
        )
        .fetch_optional(&mut *tx)
        .await?;
        if let Some(zone) = &patch.time_zone {
            self.follow_zone(&mut tx, zone).await?;
        }
        tx.audit("organization.change", self.tenant.organization(), json!({ "changed": patch })).await?;
        tx.commit().await?;
        Ok(organization)
    }

    /// Gives the organization's zone to the sessions that never chose one of their own.
    async fn follow_zone(self, tx: &mut Tx, zone: &str) -> Result<(), StoreError> {
        let sessions = sqlx::query_scalar!(
            r#"update sessions
               set policy = policy || jsonb_build_object('time_zone', $1::text)
               where not own_time_zone and deleted_at is null and policy ->> 'time_zone' <> $1
               returning id as "id: SessionId""#,
            zone,
        )
        .fetch_all(&mut **tx)
        .await?;
        // Their windows may be open now.
        sessions.into_iter().for_each(|session| tx.wake(Wake::Lane(session)));
        Ok(())
    }
}
