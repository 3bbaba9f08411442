//! Under which names WhatsApp knows the person of a contact; joined and parted by hand where WhatsApp does not tell.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::person::IdentitySource;
use wahana_domain::{ChatId, ContactId, PersonKey, Phone, Rule};
use wahana_store::Tenant;
use wahana_store::contacts::Contact;
use wahana_store::contacts::people::{Identity, Person};

use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Path};
use wahana_api_kit::problem::{Answer, Problem};
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(show, join)).routes(routes!(part))
}

/// The names under which WhatsApp knows a person.
#[derive(Debug, Serialize, ToSchema)]
struct IdentitiesView {
    /// The chat that is written to.
    #[schema(example = "558412345678@c.us")]
    chat_id: String,
    /// The username at WhatsApp, where known.
    #[schema(example = "sari.w")]
    username: Option<String>,
    /// The forms of the number, in the order in which WhatsApp is asked for them; empty while no number is known.
    #[schema(value_type = Vec<Phone>)]
    phones: Vec<String>,
    /// Other chats that are this person, the one that is known longest first.
    identities: Vec<IdentityView>,
}

/// Another chat that is a person.
#[derive(Debug, Serialize, ToSchema)]
struct IdentityView {
    /// `<digits>@lid` or `<digits>@c.us`.
    #[schema(example = "99887766554433@lid")]
    identity: String,
    /// How it is known.
    source: IdentitySource,
    learnt_at: DateTime<Utc>,
}

impl From<Identity> for IdentityView {
    fn from(Identity { identity, source, learnt_at }: Identity) -> Self {
        Self { identity, source, learnt_at }
    }
}

impl IdentitiesView {
    fn of(contact: &Contact, person: Person) -> Self {
        let phone = contact.phone.as_deref().and_then(Phone::from_whatsapp);
        let dialled = phone.as_ref().map(|phone| format!("{}@c.us", phone.digits()));
        let forms = phone.as_ref().map(Phone::forms).unwrap_or_default();
        Self {
            chat_id: person.chat_id.or(dialled).unwrap_or_else(|| contact.person.to_string()),
            username: person.username,
            phones: forms.iter().map(Phone::to_string).collect(),
            identities: person.identities.into_iter().map(IdentityView::from).collect(),
        }
    }
}

/// A chat that is the person of a contact.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"identity": "99887766554433@lid"}))]
struct JoinIdentity {
    /// The LID, `<digits>@lid`.
    identity: String,
}

async fn contact(tenant: &Tenant, id: ContactId) -> Answer<Contact> {
    tenant.contacts().get(id).await?.ok_or_else(|| Problem::not_found("contact"))
}

/// Show under which names WhatsApp knows a contact
///
/// The forms of the number, and the LIDs and numbers that are the same account. Needs the scope `contacts:read`.
#[utoipa::path(get, path = "/contacts/{id}/identities", tag = "contacts", operation_id = "get_identities", params(("id" = ContactId, Path)), responses((status = 200, body = IdentitiesView)))]
async fn show(scoped: Scoped<need::ContactsRead>, Path(id): Path<ContactId>) -> Answer<Json<IdentitiesView>> {
    let contact = contact(&scoped.tenant, id).await?;
    let person = scoped.tenant.people().get(&contact.person).await?;
    Ok(Json(IdentitiesView::of(&contact, person)))
}

/// Join a LID with a contact
///
/// For somebody who hides the number and told you that it is they: conversations, suppression and contact of the LID
/// become those of this contact. It can be taken back. Needs the scope `contacts:write`.
#[utoipa::path(post, path = "/contacts/{id}/identities", tag = "contacts", operation_id = "join_identity", params(("id" = ContactId, Path)), request_body = JoinIdentity, responses((status = 200, body = IdentitiesView)))]
async fn join(
    scoped: Scoped<need::ContactsWrite>,
    Path(id): Path<ContactId>,
    Json(body): Json<JoinIdentity>,
) -> Answer<Json<IdentitiesView>> {
    let contact = contact(&scoped.tenant, id).await?;
    let chat = ChatId::parse(body.identity.trim()).ok().filter(ChatId::is_lid);
    let lid = chat.as_ref().and_then(PersonKey::of_chat);
    let lid = lid.ok_or_else(|| Problem::field("identity", Rule::BadLid))?;
    if contact.person.lid().is_some() {
        return Err(Problem::field("identity", Rule::ContactHasNoNumber));
    }
    scoped.tenant.people().join(&lid, &contact.person).await?;
    let person = scoped.tenant.people().get(&contact.person).await?;
    Ok(Json(IdentitiesView::of(&contact, person)))
}

/// Part an identity from a contact
///
/// It becomes a person of its own again, with its conversations and the contact it had, and is not joined by itself any
/// more. A suppression counts for both. Needs the scope `contacts:write`.
#[utoipa::path(delete, path = "/contacts/{id}/identities/{identity}", tag = "contacts", operation_id = "part_identity", params(("id" = ContactId, Path), ("identity" = String, Path, description = "`<digits>@lid` or `<digits>@c.us`")), responses((status = 204, description = "parted")))]
async fn part(
    scoped: Scoped<need::ContactsWrite>,
    Path((id, identity)): Path<(ContactId, String)>,
) -> Answer<StatusCode> {
    let contact = contact(&scoped.tenant, id).await?;
    if scoped.tenant.people().part(&identity, &contact.person).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found("identity"))
    }
}
