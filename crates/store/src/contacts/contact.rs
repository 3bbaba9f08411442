//! People in an organization's address book.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use wahana_domain::{ContactId, NamedPerson, OrganizationId, PersonKey};

use super::TenantContacts;
use crate::{Page, PageRequest, StoreError, Tx};

/// A person in the address book.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// Whom it is about; one contact per person.
    pub person: PersonKey,
    /// E.164 digits, in the form in which the number was saved; `None` while it is not known.
    pub phone: Option<String>,
    /// The username at WhatsApp, where known.
    pub username: Option<String>,
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

/// A person to add, or to change if there is such a contact.
#[derive(Clone, Debug)]
pub struct NewContact {
    /// Whom it is about.
    pub person: NamedPerson,
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
    /// Patterns of `like` on E.164 digits or the key of the person, of which one has to fit.
    pub person: Option<Vec<String>>,
    /// A part of the name: case, accents and outer spaces do not matter.
    pub name: Option<String>,
    /// In one of these groups; empty is all.
    pub tags: Vec<String>,
}

impl TenantContacts<'_> {
    /// Adds or changes people, at most one row per person. Returns how many were new.
    pub async fn save(self, contacts: &[NewContact]) -> Result<u64, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let now = self.tenant.store.clock().now();
        let added = save_contacts(&mut tx, self.tenant.organization(), now, contacts).await?;
        // Imports, which save many at a time, stand in the log as one act.
        if let [one] = contacts {
            let target = one.person.digits().unwrap_or(one.person.key.as_str());
            tx.audit("contact.save", target, serde_json::json!({ "added": added > 0 })).await?;
        }
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
               returning id as "id: ContactId", person as "person: PersonKey", phone,
                         (select p.username from people p where p.person = contacts.person) as username, name,
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
        if contact.is_some() {
            tx.audit("contact.change", id, serde_json::json!({})).await?;
        }
        tx.commit().await?;
        Ok(contact)
    }

    /// One person; `None` when there is none.
    pub async fn get(self, id: ContactId) -> Result<Option<Contact>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        Ok(sqlx::query_as!(
            Contact,
            r#"select id as "id: ContactId", person as "person: PersonKey", phone,
                      (select p.username from people p where p.person = contacts.person) as username, name,
                      attributes as "attributes: Json<BTreeMap<String, String>>", tags, created_at, updated_at
               from contacts
               where id = $1"#,
            id.0
        )
        .fetch_optional(&mut *tx)
        .await?)
    }

    /// The contact of this person; `None` when there is none.
    pub async fn by_person(self, person: &PersonKey) -> Result<Option<Contact>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        Ok(sqlx::query_as!(
            Contact,
            r#"select id as "id: ContactId", person as "person: PersonKey", phone,
                      (select p.username from people p where p.person = contacts.person) as username, name,
                      attributes as "attributes: Json<BTreeMap<String, String>>", tags, created_at, updated_at
               from contacts
               where person = person_behind(organization_id, $1)"#,
            person.as_str()
        )
        .fetch_optional(&mut *tx)
        .await?)
    }

    /// People, newest first.
    pub async fn list(self, filter: &ContactFilter, page: PageRequest) -> Result<Page<Contact>, StoreError> {
        let mut tx = self.tenant.begin().await?;
        let rows = sqlx::query_as!(
            Contact,
            r#"select id as "id: ContactId", person as "person: PersonKey", phone,
                      (select p.username from people p where p.person = contacts.person) as username, name,
                      attributes as "attributes: Json<BTreeMap<String, String>>", tags, created_at, updated_at
               from contacts
               where ($1::text[] is null or phone like any ($1) or person like any ($1))
                 and ($2::text is null or strpos(folded(name), folded($2)) > 0)
                 and (cardinality($3::text[]) = 0 or tags && $3) and ($4::uuid is null or id < $4)
               order by id desc
               limit $5"#,
            filter.person.as_deref(),
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
        if deleted > 0 {
            tx.audit("contact.delete", id, serde_json::json!({})).await?;
        }
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
    let people: Vec<&str> = contacts.iter().map(|c| c.person.key.as_str()).collect();
    let phones: Vec<Option<&str>> = contacts.iter().map(|c| c.person.digits()).collect();
    let names: Vec<Option<&str>> = contacts.iter().map(|c| c.name.as_deref()).collect();
    let attributes =
        contacts.iter().map(|c| serde_json::to_value(&c.attributes)).collect::<Result<Vec<_>, _>>()?;
    let tags = contacts.iter().map(|c| serde_json::to_value(&c.tags)).collect::<Result<Vec<_>, _>>()?;
    let added = sqlx::query_file_scalar!(
        "src/contacts/save_contacts.sql",
        organization.0,
        now,
        &ids,
        &phones as &[Option<&str>],
        &names as &[Option<&str>],
        &attributes,
        &tags,
        &people as &[&str],
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(added as u64)
}
