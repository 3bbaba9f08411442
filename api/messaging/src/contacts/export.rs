//! The address book as a file that comes back without loss.

use axum::response::Response;
use futures::Stream;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_audience::{CONTACT_COLUMNS, own_header};
use wahana_domain::recipients::ExportFormat;
use wahana_store::contacts::{Contact, ContactFilter};
use wahana_store::{PageRequest, Tenant};

use crate::exports::{self, Cells};
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::Query;
use wahana_api_kit::problem::Answer;
use wahana_api_kit::scoped::{Scoped, need};

/// Rows that are read at once while a file is written.
const BATCH: u32 = 1000;

pub(crate) fn uploads() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(export))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ExportQuery {
    /// `csv` (UTF-8 with a byte order mark) or `xlsx`.
    #[serde(default = "exports::csv")]
    #[param(required = false)]
    format: ExportFormat,
    /// With this in the name.
    name: Option<String>,
    /// With this tag.
    tag: Option<String>,
}

/// Download contacts
///
/// One line per person and one column per attribute. Imported again, the list changes nothing. Needs the scope
/// `contacts:read`.
#[utoipa::path(get, path = "/contacts/export", tag = "contacts", operation_id = "export_contacts", params(ExportQuery),
    responses((status = 200, content((String = "text/csv"), (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
async fn export(scoped: Scoped<need::ContactsRead>, Query(query): Query<ExportQuery>) -> Answer<Response> {
    let ExportQuery { format, name, tag } = query;
    let filter = ContactFilter { name, tags: tag.into_iter().collect(), ..ContactFilter::default() };
    let attributes = scoped.tenant.contacts().begin_export(&filter).await?;
    let own = CONTACT_COLUMNS.map(str::to_owned).into_iter();
    let header = own.chain(attributes.iter().map(|name| own_header(name, &CONTACT_COLUMNS))).collect();
    exports::download("contacts", format, header, lines(scoped.tenant, filter, attributes)).await
}

fn lines(
    tenant: Tenant,
    filter: ContactFilter,
    attributes: Vec<String>,
) -> impl Stream<Item = Answer<Cells>> {
    async_stream::try_stream! {
        let mut page = PageRequest { limit: BATCH, before: None };
        loop {
            let rows = tenant.contacts().list(&filter, page).await?;
            for contact in rows.items {
                yield line(contact, &attributes);
            }
            page.before = rows.next;
            if page.before.is_none() {
                break;
            }
        }
    }
}

fn line(contact: Contact, attributes: &[String]) -> Cells {
    let Contact { id, person, phone, name, attributes: known, tags, created_at, updated_at, .. } = contact;
    let mut cells = vec![
        phone.map_or_else(|| person.to_string(), |digits| format!("+{digits}")),
        name.unwrap_or_default(),
        tags.join(";"),
        id.to_string(),
        created_at.to_rfc3339(),
        updated_at.to_rfc3339(),
    ];
    cells.extend(attributes.iter().map(|name| known.0.get(name).cloned().unwrap_or_default()));
    cells
}
