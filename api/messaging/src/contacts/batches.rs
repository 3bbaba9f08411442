//! Many contacts at once, found by a filter: counted, tagged, untagged, removed.

use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::{ContactId, Names, Rule};
use wahana_store::Tenant;
use wahana_store::contacts::ContactFilter;
use wahana_store::contacts::batches::{SelectedContacts, TagChange};

use crate::contacts::contact::{check_tags, part_of_phone};
use wahana_api_kit::ApiState;
use wahana_api_kit::batch::BatchView;
use wahana_api_kit::extract::{Check, Json};
use wahana_api_kit::problem::{Answer, Problem};
use wahana_api_kit::scoped::{Scoped, need};

/// Most contacts named in one request.
const MAX_CONTACTS: usize = 1_000;
/// The fields that say which contacts are meant; one at least.
const SELECTORS: [&str; 5] = ["contact_ids", "phone", "name", "tag", "everybody"];

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(tag)).routes(routes!(delete))
}

/// Which contacts: all that fit every field that is given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SelectContacts {
    /// These, at most 1,000.
    #[schema(max_items = 1000)]
    contact_ids: Option<Vec<ContactId>>,
    /// With this number.
    phone: Option<String>,
    /// With this in the name.
    name: Option<String>,
    /// With this tag.
    tag: Option<String>,
    /// Everybody; needed when nothing else is said.
    #[serde(default)]
    everybody: bool,
}

impl SelectContacts {
    async fn selected(self, tenant: &Tenant) -> Answer<SelectedContacts> {
        let Self { contact_ids: ids, phone: number, name, tag, everybody } = self;
        if ids.as_ref().is_some_and(|ids| ids.len() > MAX_CONTACTS) {
            return Err(Problem::field(
                "contacts.contact_ids",
                Rule::TooManyItems { max: MAX_CONTACTS as u64 },
            ));
        }
        if ids.is_none() && number.is_none() && name.is_none() && tag.is_none() && !everybody {
            return Err(Problem::field("contacts", Rule::RequiredOneOf { fields: Names::of(&SELECTORS) }));
        }
        let person = match number {
            Some(text) => Some(part_of_phone(tenant, &text).await?),
            None => None,
        };
        let filter = ContactFilter { person, name, tags: tag.into_iter().collect() };
        Ok(SelectedContacts { ids, filter })
    }
}

/// Tags to give to contacts and to take from them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "contacts": {"contact_ids": ["con_01kb8v2m5xe7s9q4h6n0r3t8wz"]},
    "add": ["pelanggan"],
}))]
struct TagContacts {
    contacts: SelectContacts,
    /// Given to who lacks them; up to 50.
    #[serde(default)]
    #[schema(required = false, max_items = 50)]
    add: Vec<String>,
    /// Taken from who has them; up to 50.
    #[serde(default)]
    #[schema(required = false, max_items = 50)]
    remove: Vec<String>,
    /// Only counts whom it would change.
    #[serde(default)]
    preview: bool,
}

/// Contacts to remove.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"contacts": {"tag": "lama"}, "preview": true}))]
struct DeleteContacts {
    contacts: SelectContacts,
    /// Only counts them.
    #[serde(default)]
    preview: bool,
}

/// Tag contacts
///
/// Gives tags to all that fit, and takes tags from them. With `preview` nothing is done: `left` says how many would be
/// changed. Needs the scope `contacts:write`.
#[utoipa::path(post, path = "/contacts/tag", tag = "contacts", operation_id = "tag_contacts", request_body = TagContacts, responses((status = 200, body = BatchView)))]
async fn tag(scoped: Scoped<need::ContactsWrite>, Json(body): Json<TagContacts>) -> Answer<Json<BatchView>> {
    let TagContacts { contacts, add, remove, preview } = body;
    let mut check = Check::default();
    check_tags(&mut check, "add", &add);
    check_tags(&mut check, "remove", &remove);
    if add.is_empty() && remove.is_empty() {
        check.wrong("add", Rule::RequiredOneOf { fields: Names::of(&["add", "remove"]) });
    }
    if add.iter().any(|tag| remove.contains(tag)) {
        check.wrong("remove", Rule::NotBoth { other: "add".into() });
    }
    check.done()?;
    let (wanted, tags) = (contacts.selected(&scoped.tenant).await?, TagChange { add, remove });
    if preview {
        let left = scoped.tenant.contacts().count(&wanted, Some(&tags)).await?;
        return Ok(Json(BatchView::counted(left)));
    }
    Ok(Json(scoped.tenant.contacts().tag(&wanted, &tags).await?.into()))
}

/// Delete contacts
///
/// All that fit. Suppressions of their numbers stay. With `preview` nothing is done: `left` says how many there are.
/// Needs the scope `contacts:write`.
#[utoipa::path(post, path = "/contacts/delete", tag = "contacts", operation_id = "delete_contacts", request_body = DeleteContacts, responses((status = 200, body = BatchView)))]
async fn delete(
    scoped: Scoped<need::ContactsWrite>,
    Json(body): Json<DeleteContacts>,
) -> Answer<Json<BatchView>> {
    let wanted = body.contacts.selected(&scoped.tenant).await?;
    if body.preview {
        let left = scoped.tenant.contacts().count(&wanted, None).await?;
        return Ok(Json(BatchView::counted(left)));
    }
    Ok(Json(scoped.tenant.contacts().delete_many(&wanted).await?.into()))
}
