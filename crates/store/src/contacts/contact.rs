//! People in an organization's address book.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use wahana_domain::{ContactId, OrganizationId, Phone};

use super::TenantContacts;
use crate::{Page, PageRequest, StoreError, Tx};

/// A person in the address book.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// E.164 digits; one contact per number.
    pub phone: String,
    /// What to call the person.
    pub name: Option<String>,
    /// What templates may be filled with.
    pub attributes: Json<BTreeMap<String, String>>,
    /// Groups the person is in.
    pub tags: Vec<String>,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// A person to add, or to change if the number is known.
#[derive(Clone, Debug)]
pub struct NewContact {
    /// The number.
    pub phone: Phone,
    /// What to call the person; `None` keeps what is known.
    pub name: Option<String>,
    /// Added to what is known; the same name is replaced.
    pub attributes: BTreeMap<String, String>,
    /// Added to what is known.
    pub tags: Vec<String>,
}

/// What to change of a person; `None` leaves it.
#[derive(Clone, Debug, Default)]
pub struct ContactChange {
    /// Another name; an inner `None` is none.
    pub name: Option<Option<String>>,
    /// Instead of what is known.
    pub attributes: Option<BTreeMap<String, String>>,
    /// Instead of what is known.
    pub tags: Option<Vec<String>>,
}

/// Which contacts of a list are wanted; `None` is all.
#[derive(Clone, Debug, Default)]
pub struct ContactFilter {
    /// E.164 digits, whole.
    pub phone: Option<String>,
    /// A part of the name, in any case.
    pub name: Option<String>,
    /// In one of these groups; empty is all.
    pub tags: Vec<String>,
}

impl TenantContacts<'_> {
    /// Adds or changes people, at most one row per number. Returns how many were new.
    pub async fn save(self, contacts: &[NewContact]) -> Result<u64, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let now = self.tenant.store.clock().now();
        let added = save_contacts(&mut tx, self.tenant.organization(), now, contacts).await?;
        tx.commit().await?;
        Ok(added)
    }

    /// Changes a person; `None` when there is none.
    pub async fn change(self, id: ContactId, change: ContactChange) -> Result<Option<Contact>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let contact = sqlx::query_as!(
            Contact,
            r#"update contacts
               set name = case when $2 then $3 else name end, attributes = coalesce($4, attributes),
                   tags = coalesce(
                       (select array_agg(distinct tag order by tag) from unnest($5::text[]) as tag),
                       case when $5 is null then tags else '{}' end
                   ),
                   updated_at = $6
               where id = $1
               returning id as "id: ContactId", phone, name,
                         attributes as "attributes: Json<BTreeMap<String, String>>", tags, created_at,
                         updated_at"#,
            id.0,
            change.name.is_some(),
            change.name.flatten(),
            change.attributes.as_ref().map(Json) as _,
            change.tags.as_deref(),
            self.tenant.store.clock().now(),
        )
        .fetch_optional(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(contact)
    }

    /// One person; `None` when there is none.
    pub async fn get(self, id: ContactId) -> Result<Option<Contact>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        Ok(sqlx::query_as!(
            Contact,
            r#"select id as "id: ContactId", phone, name,
                      attributes as "attributes: Json<BTreeMap<String, String>>", tags, created_at, updated_at
               from contacts
               where id = $1"#,
            id.0
        )
        .fetch_optional(&mut *tx)
        .await?)
    }

    /// The person with this number; `None` when there is none.
    pub async fn by_phone(self, phone: &Phone) -> Result<Option<Contact>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        Ok(sqlx::query_as!(
            Contact,
            r#"select id as "id: ContactId", phone, name,
                      attributes as "attributes: Json<BTreeMap<String, String>>", tags, created_at, updated_at
               from contacts
               where phone = $1"#,
            phone.digits()
        )
        .fetch_optional(&mut *tx)
        .await?)
    }

    /// People, newest first.
    pub async fn list(self, filter: &ContactFilter, page: PageRequest) -> Result<Page<Contact>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let rows = sqlx::query_as!(
            Contact,
            r#"select id as "id: ContactId", phone, name,
                      attributes as "attributes: Json<BTreeMap<String, String>>", tags, created_at, updated_at
               from contacts
               where ($1::text is null or phone = $1)
                 and ($2::text is null or strpos(lower(name), lower($2)) > 0)
                 and (cardinality($3::text[]) = 0 or tags && $3) and ($4::uuid is null or id < $4)
               order by id desc
               limit $5"#,
            filter.phone,
            filter.name,
            &filter.tags,
            page.before,
            page.fetch(),
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(Page::cut(rows, page, |row| row.id.0))
    }

    /// Removes a person; `false` when there was none.
    pub async fn delete(self, id: ContactId) -> Result<bool, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let deleted =
            sqlx::query!("delete from contacts where id = $1", id.0).execute(&mut *tx).await?.rows_affected();
        tx.commit().await?;
        Ok(deleted > 0)
    }
}

/// Adds or changes people in this transaction; returns how many were new.
pub(crate) async fn save_contacts(
    tx: &mut Tx,
    organization: OrganizationId,
    now: DateTime<Utc>,
    contacts: &[NewContact],
) -> Result<u64, StoreError> {
    let ids: Vec<_> = contacts.iter().map(|_| ContactId::new(now, rand::random()).0).collect();
    let phones: Vec<&str> = contacts.iter().map(|c| c.phone.digits()).collect();
    let names: Vec<Option<&str>> = contacts.iter().map(|c| c.name.as_deref()).collect();
    let attributes =
        contacts.iter().map(|c| serde_json::to_value(&c.attributes)).collect::<Result<Vec<_>, _>>()?;
    let tags = contacts.iter().map(|c| serde_json::to_value(&c.tags)).collect::<Result<Vec<_>, _>>()?;
    let added = sqlx::query_file_scalar!(
        "src/contacts/save_contacts.sql",
        organization.0,
        now,
        &ids,
        &phones as &[&str],
        &names as &[Option<&str>],
        &attributes,
        &tags,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(added as u64)
}
