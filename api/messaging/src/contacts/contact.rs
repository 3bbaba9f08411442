//! People in the organization's address book.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::consent::ConsentSource;
use wahana_domain::recipients::{ListWarning, RejectCode};
use wahana_domain::{ContactId, Country, NamedPerson, PersonKey, Phone, Rule, SessionId};
use wahana_store::Tenant;
use wahana_store::contacts::consents::Consent;
use wahana_store::contacts::{Contact, ContactChange, ContactFilter, NewContact};

use crate::audience::{self, ByCode, RejectView, SHOWN};
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Check, Json, Paged, Path, Query, given};
use wahana_api_kit::paging::{PageQuery, PageView};
use wahana_api_kit::problem::{Answer, Problem};
use wahana_api_kit::scoped::{Scoped, need};
use wahana_api_kit::spool::spool;
use wahana_service::contacts::batches::PersonBatch;
use wahana_service::contacts::lists::{self, ListError, NamedColumns};
use wahana_service::contacts::numbers::country;
use wahana_service::contacts::people::{self, WhoError};

/// People saved at once by an import.
const BATCH: usize = 1000;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list, save))
        .routes(routes!(get, change, delete))
        .routes(routes!(of_session))
        .routes(routes!(get_session_contact))
}

pub(crate) fn uploads() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(import))
}

/// A person in the address book.
#[derive(Debug, Serialize, ToSchema)]
struct ContactView {
    id: ContactId,
    /// The number in the form in which it was saved; null for somebody who hides it.
    #[schema(value_type = Option<Phone>)]
    phone: Option<String>,
    /// The LID under which WhatsApp knows the person, while no number is known.
    #[schema(example = json!(null))]
    lid: Option<String>,
    /// The username at WhatsApp, where known.
    #[schema(example = "sari.w")]
    username: Option<String>,
    #[schema(example = "Sari Wulandari")]
    name: Option<String>,
    /// What templates may be filled with.
    #[schema(example = json!({"city": "Jakarta"}))]
    attributes: BTreeMap<String, String>,
    #[schema(example = json!(["pelanggan", "jakarta"]))]
    tags: Vec<String>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<Contact> for ContactView {
    fn from(contact: Contact) -> Self {
        let Contact { id, person, phone, username, name, attributes, tags, created_at, updated_at } = contact;
        Self {
            id,
            phone: phone.map(|digits| format!("+{digits}")),
            lid: person.lid().map(str::to_owned),
            username,
            name,
            attributes: attributes.0,
            tags,
            created_at,
            updated_at,
        }
    }
}

/// A person to add, or to change if the person is known.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "phone": "+6281234567890",
    "name": "Sari Wulandari",
    "attributes": {"city": "Jakarta"},
    "tags": ["pelanggan"],
}))]
struct SaveContact {
    /// The number; for somebody who hides it `<digits>@lid`, or the `@username` of somebody who wrote to you.
    #[schema(example = "+6281234567890")]
    phone: String,
    /// Left out: stays.
    #[schema(max_length = 200)]
    name: Option<String>,
    /// Added to what is known; up to 50.
    #[serde(default, deserialize_with = "crate::contacts::text_values::map")]
    attributes: BTreeMap<String, String>,
    /// Added to what is known; up to 50.
    #[serde(default)]
    tags: Vec<String>,
    /// That the person agreed to bulk messages, and where; it is put on record as given now.
    consent: Option<ContactConsent>,
}

/// Where a consent is known from.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"source": "form", "detail": "newsletter form"}))]
struct ContactConsent {
    source: ConsentSource,
    /// Where exactly.
    #[schema(max_length = 500)]
    detail: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListFilter {
    /// With this in the number, in international or national spelling: `+62812`, `0812`, `3456`; of a whole number any form
    /// counts. Or a `<digits>@lid` or `@username`.
    phone: Option<String>,
    /// With this in the name; case, accents and outer spaces do not matter.
    name: Option<String>,
    /// With this tag.
    tag: Option<String>,
}

fn check_attributes(check: &mut Check, attributes: &BTreeMap<String, String>) {
    let wrong = |(name, value): (&String, &String)| name.is_empty() || name.len() > 64 || value.len() > 4096;
    if attributes.len() > 50 {
        check.wrong("attributes", Rule::TooManyItems { max: 50 });
    } else if attributes.iter().any(wrong) {
        check.wrong("attributes", Rule::BadAttribute { name_max: 64, value_max: 4096 });
    }
}

pub(crate) fn check_tags(check: &mut Check, field: &str, tags: &[String]) {
    if tags.len() > 50 {
        check.wrong(field, Rule::TooManyItems { max: 50 });
    } else if tags.iter().any(|tag| tag.trim().is_empty()) {
        check.wrong(field, Rule::Blank);
    } else if tags.iter().any(|tag| tag.len() > 100) {
        check.wrong(field, Rule::TooManyBytes { max: 100 });
    }
}

fn no_contact() -> Problem {
    Problem::not_found("contact")
}

/// The person whom the field `phone` names, the way the organization writes numbers.
pub(crate) async fn named(tenant: &Tenant, text: &str) -> Answer<NamedPerson> {
    people::named(tenant, text).await.map_err(|error| match error {
        WhoError::Store(error) => error.into(),
        WhoError::Wrong(rule) => Problem::field("phone", rule),
    })
}

/// The patterns that a part of a number stands for: anywhere in it, and, written as at home with a 0 in front, at its
/// beginning; of a whole number all its forms, and what names a person is that person.
pub(crate) async fn part_of_phone(tenant: &Tenant, text: &str) -> Answer<Vec<String>> {
    if text.contains('@') {
        return Ok(vec![named(tenant, text).await?.key.to_string()]);
    }
    if let Ok(whole) = Phone::parse(text, country(tenant, text).await?) {
        return Ok(vec![whole.digits().to_owned(), PersonKey::of_phone(&whole).to_string()]);
    }
    let digits: String = text.chars().filter_map(|c| c.to_digit(10)).map(|n| n.to_string()).collect();
    let wrong = text.chars().any(|c| c.is_alphabetic());
    if digits.is_empty() || wrong {
        return Err(Problem::field("phone", Rule::BadPhone));
    }
    // 0 is also the beginning of the international prefix.
    let bare = digits.strip_prefix("00").unwrap_or(&digits);
    let mut patterns = vec![format!("%{bare}%")];
    if let Some(national) = bare.strip_prefix('0') {
        let code = country(tenant, "").await?.calling_code();
        patterns.push(format!("{code}{}%", national.trim_start_matches('0')));
    }
    Ok(patterns)
}

async fn page(tenant: &Tenant, list: Paged<ListFilter>) -> Answer<Json<PageView<ContactView>>> {
    let Paged { page, filter: ListFilter { phone: number, name, tag } } = list;
    let person = match number {
        Some(text) => Some(part_of_phone(tenant, &text).await?),
        None => None,
    };
    let filter = ContactFilter { person, name, tags: tag.into_iter().collect() };
    Ok(Json(PageView::of(tenant.contacts().list(&filter, page).await?, ContactView::from)))
}

/// List contacts
///
/// Newest first. Needs the scope `contacts:read`.
#[utoipa::path(get, path = "/contacts", tag = "contacts", operation_id = "list_contacts", params(ListFilter, PageQuery), responses((status = 200, body = PageView<ContactView>)))]
async fn list(
    scoped: Scoped<need::ContactsRead>,
    list: Paged<ListFilter>,
) -> Answer<Json<PageView<ContactView>>> {
    page(&scoped.tenant, list).await
}

/// Save a contact
///
/// One contact per person, in whatever form the number is written: a known one is changed, and what is not given stays. 201
/// when it is new. Needs the scope `contacts:write`.
#[utoipa::path(post, path = "/contacts", tag = "contacts", operation_id = "save_contact", request_body = SaveContact,
    responses((status = 201, body = ContactView), (status = 200, body = ContactView)))]
async fn save(
    State(state): State<ApiState>,
    scoped: Scoped<need::ContactsWrite>,
    Json(body): Json<SaveContact>,
) -> Answer<Response> {
    let SaveContact { phone: text, name, attributes, tags, consent } = body;
    let person = named(&scoped.tenant, &text).await?;
    let mut check = Check::default();
    check.length("name", name.as_deref().unwrap_or_default(), 0, 200);
    check_attributes(&mut check, &attributes);
    check_tags(&mut check, "tags", &tags);
    let detail = consent.as_ref().and_then(|consent| consent.detail.as_deref());
    check.length("consent.detail", detail.unwrap_or_default(), 0, 500);
    check.done()?;
    let contact = NewContact { person: person.clone(), name, attributes, tags };
    let added = scoped.tenant.contacts().save(&[contact]).await?;
    if let Some(ContactConsent { source, detail }) = consent {
        let consent = Consent { source, detail, given_at: state.store.clock().now() };
        scoped.tenant.consents().give(std::slice::from_ref(&person), &consent).await?;
    }
    let saved = scoped.tenant.contacts().by_person(&person.key).await?.ok_or_else(no_contact)?;
    let status = if added > 0 { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(ContactView::from(saved))).into_response())
}

/// Show a contact
///
/// Needs the scope `contacts:read`.
#[utoipa::path(get, path = "/contacts/{id}", tag = "contacts", operation_id = "get_contact", params(("id" = ContactId, Path)), responses((status = 200, body = ContactView)))]
async fn get(scoped: Scoped<need::ContactsRead>, Path(id): Path<ContactId>) -> Answer<Json<ContactView>> {
    Ok(Json(scoped.tenant.contacts().get(id).await?.ok_or_else(no_contact)?.into()))
}

/// What to change of a contact; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Sari Wulandari", "tags": ["pelanggan", "jakarta"]}))]
struct ChangeContact {
    /// Null removes it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 200)]
    name: Option<Option<String>>,
    /// Replaces all of them; up to 50.
    attributes: Option<BTreeMap<String, String>>,
    /// Replaces all of them; up to 50.
    #[schema(max_items = 50)]
    tags: Option<Vec<String>>,
}

/// Change a contact
///
/// Unlike saving it, this also takes away: tags and attributes that are not given again are gone. Needs the scope
/// `contacts:write`.
#[utoipa::path(patch, path = "/contacts/{id}", tag = "contacts", operation_id = "change_contact", params(("id" = ContactId, Path)), request_body = ChangeContact, responses((status = 200, body = ContactView)))]
async fn change(
    scoped: Scoped<need::ContactsWrite>,
    Path(id): Path<ContactId>,
    Json(body): Json<ChangeContact>,
) -> Answer<Json<ContactView>> {
    let ChangeContact { name, attributes, tags } = body;
    let mut check = Check::default();
    check.length("name", name.as_ref().and_then(Option::as_deref).unwrap_or_default(), 0, 200);
    check_attributes(&mut check, attributes.as_ref().unwrap_or(&BTreeMap::new()));
    check_tags(&mut check, "tags", tags.as_deref().unwrap_or_default());
    check.done()?;
    let changed = scoped.tenant.contacts().change(id, ContactChange { name, attributes, tags }).await?;
    Ok(Json(changed.ok_or_else(no_contact)?.into()))
}

/// Delete a contact
///
/// A suppression of the person stays. Needs the scope `contacts:write`.
#[utoipa::path(delete, path = "/contacts/{id}", tag = "contacts", operation_id = "delete_contact", params(("id" = ContactId, Path)), responses((status = 204, description = "deleted")))]
async fn delete(scoped: Scoped<need::ContactsWrite>, Path(id): Path<ContactId>) -> Answer<StatusCode> {
    if scoped.tenant.contacts().delete(id).await? { Ok(StatusCode::NO_CONTENT) } else { Err(no_contact()) }
}

/// List contacts, by way of a session
///
/// The organization's contacts: they are shared by its sessions. Needs the scope `contacts:read`.
#[utoipa::path(get, path = "/sessions/{id}/contacts", tag = "contacts", operation_id = "list_session_contacts", params(("id" = SessionId, Path), ListFilter, PageQuery), responses((status = 200, body = PageView<ContactView>)))]
async fn of_session(
    scoped: Scoped<need::ContactsRead>,
    Path(id): Path<SessionId>,
    list: Paged<ListFilter>,
) -> Answer<Json<PageView<ContactView>>> {
    scoped.tenant.sessions().get(id).await?.ok_or_else(|| Problem::not_found("session"))?;
    page(&scoped.tenant, list).await
}

/// Show the contact with a number, by way of a session
///
/// Needs the scope `contacts:read`.
#[utoipa::path(get, path = "/sessions/{id}/contacts/{phone}", tag = "contacts", operation_id = "get_session_contact", params(("id" = SessionId, Path), ("phone" = String, Path)), responses((status = 200, body = ContactView)))]
async fn get_session_contact(
    scoped: Scoped<need::ContactsRead>,
    Path((id, text)): Path<(SessionId, String)>,
) -> Answer<Json<ContactView>> {
    scoped.tenant.sessions().get(id).await?.ok_or_else(|| Problem::not_found("session"))?;
    let person = named(&scoped.tenant, &text).await?;
    Ok(Json(scoped.tenant.contacts().by_person(&person.key).await?.ok_or_else(no_contact)?.into()))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ImportQuery {
    /// Whose numbers may lack a country code, such as ID; usually your organization's.
    #[param(value_type = Option<String>, pattern = "^[A-Z]{2}$")]
    country: Option<Country>,
    /// Which column holds the number, if its name does not tell.
    phone_column: Option<String>,
    /// Which column holds the name, if its name does not tell.
    name_column: Option<String>,
    /// A tag that everybody in the file gets.
    #[param(max_length = 100)]
    tag: Option<String>,
    /// That everybody in the file agreed to bulk messages, and where: put on record with each.
    #[param(max_length = 500)]
    consent: Option<String>,
}

/// What an import of contacts did.
#[derive(Debug, Serialize, ToSchema)]
struct ContactImportView {
    /// Lines with something on them, the header not counted.
    #[schema(example = 250)]
    total_lines: u64,
    /// People who were not known before.
    #[schema(example = 230)]
    added: u64,
    /// People who were.
    #[schema(example = 15)]
    changed: u64,
    #[schema(example = 5)]
    rejected: u64,
    /// How many lines were refused for each reason.
    #[schema(value_type = BTreeMap<RejectCode, i64>)]
    by_code: ByCode,
    /// How many lines were taken with a reservation.
    warnings: BTreeMap<ListWarning, i64>,
    /// The first 100 refused lines.
    rejects: Vec<RejectView>,
}

/// A form with one file.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form in the OpenAPI document")]
pub(crate) struct ListForm {
    /// The CSV file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Import contacts
///
/// A CSV file with a header: a column for the number, perhaps one for the name; the others become attributes. A
/// known number is changed. Needs the scope `contacts:write`.
#[utoipa::path(post, path = "/contacts/import", tag = "contacts", operation_id = "import_contacts", params(ImportQuery),
    request_body(content((String = "text/csv"), (ListForm = "multipart/form-data"))), responses((status = 200, body = ContactImportView)))]
async fn import(
    State(state): State<ApiState>,
    scoped: Scoped<need::ContactsWrite>,
    Query(query): Query<ImportQuery>,
    request: Request,
) -> Answer<Json<ContactImportView>> {
    let ImportQuery { country: of, phone_column, name_column, tag, consent } = query;
    Check::default().length("consent", consent.as_deref().unwrap_or_default(), 0, 500).done()?;
    let consent = consent.map(|detail| Consent {
        source: ConsentSource::Import,
        detail: Some(detail),
        given_at: state.store.clock().now(),
    });
    let tags: Vec<String> = tag.into_iter().filter(|tag| !tag.trim().is_empty()).collect();
    if tags.iter().any(|tag| tag.len() > 100) {
        return Err(Problem::field("tag", Rule::TooManyBytes { max: 100 }));
    }
    let home = country(&scoped.tenant, "").await?;
    let columns = NamedColumns { phone: phone_column, name: name_column };
    let options = lists::options(of.unwrap_or(home), columns, BTreeSet::new())?;
    let opened = lists::open(spool(&state, request).await?, options).await;
    let reader = opened.map_err(audience::problem_of)?;
    let (sender, mut receiver) = mpsc::channel(2);
    let reading = tokio::task::spawn_blocking(move || {
        let refused = RefCell::new(Refused::default());
        let tags_variable = reader.tags_variable().map(str::to_owned);
        let mut batch = PersonBatch::default();
        let lines = lists::read(
            reader,
            |row| {
                refused.borrow_mut().warn(&row.warnings);
                batch.add(row, &tags, tags_variable.as_deref());
                batch.len() < BATCH || sender.blocking_send(batch.take().0).is_ok()
            },
            |reject| {
                refused.borrow_mut().add(reject);
                true
            },
        )?;
        // Nobody listens only when the store failed, and then its error is the answer.
        let _ = sender.blocking_send(batch.take().0);
        Ok::<_, ListError>((lines, refused.into_inner()))
    });
    let mut added = 0;
    while let Some(batch) = receiver.recv().await {
        added += scoped.tenant.contacts().save(&batch).await?;
        if let Some(consent) = &consent {
            let people: Vec<NamedPerson> = batch.into_iter().map(|contact| contact.person).collect();
            scoped.tenant.consents().give(&people, consent).await?;
        }
    }
    let read = reading.await.map_err(Problem::internal)?;
    let (lines, refused) = read.map_err(audience::problem_of)?;
    let detail = serde_json::json!({ "lines": lines, "added": added, "rejected": refused.count });
    scoped.tenant.audit().record("contacts.import", None, detail).await?;
    Ok(Json(ContactImportView {
        total_lines: lines,
        added,
        changed: lines.saturating_sub(refused.count + added),
        rejected: refused.count,
        by_code: refused.by_code,
        warnings: refused.warnings,
        rejects: refused.first,
    }))
}

/// Refused lines and warnings, counted; the first lines are kept.
#[derive(Default)]
struct Refused {
    count: u64,
    by_code: ByCode,
    warnings: BTreeMap<ListWarning, i64>,
    first: Vec<RejectView>,
}

impl Refused {
    fn warn(&mut self, warnings: &[ListWarning]) {
        warnings.iter().for_each(|code| *self.warnings.entry(*code).or_default() += 1);
    }

    fn add(&mut self, reject: wahana_store::campaigns::recipients::Reject) {
        self.count += 1;
        *self.by_code.entry(reject.code).or_default() += 1;
        if self.first.len() < SHOWN {
            self.first.push(reject.into());
        }
    }
}
