//! Adding people to a campaign: from a CSV file, a JSON list, or the address book by tag. All of it, or nothing.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{DefaultBodyLimit, Request, State};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_audience::{Row, variable_name};
use wahana_domain::filler::values;
use wahana_domain::recipients::RejectCode;
use wahana_domain::template::Template;
use wahana_domain::{CampaignId, Country, Names, Phone, Rule};
use wahana_store::campaigns::recipient_imports::{Accepted, Chunk, CopyRows, Import, ImportOptions};
use wahana_store::campaigns::recipients::Reject;
use wahana_store::contacts::ContactFilter;
use wahana_store::{PageRequest, Tenant};

use crate::audience::{self, ByCode, RejectView};
use crate::campaigns::{no_campaign, template};
use crate::contacts::contact::ListForm;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Json, Path, Query, read_strictly};
use wahana_api_kit::problem::{Answer, Code, Problem};
use wahana_api_kit::scoped::{Scoped, need};
use wahana_api_kit::spool::{media_type, spool};
use wahana_service::contacts::numbers::country;

/// Bytes of rows that are passed on at once.
const CHUNK: usize = 128 * 1024;
/// Pieces that wait between reading and writing.
const AHEAD: usize = 4;

pub(crate) fn uploads() -> OpenApiRouter<ApiState> {
    // The spool counts a file's bytes itself; JSON keeps a limit of its own.
    OpenApiRouter::new().routes(routes!(add)).layer(DefaultBodyLimit::disable())
}

/// Most bytes of a JSON list.
const JSON_BYTES: usize = 16 * 1024 * 1024;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AddQuery {
    /// Whose numbers may lack a country code, such as ID; usually your organization's.
    #[param(value_type = Option<String>, pattern = "^[A-Z]{2}$")]
    country: Option<Country>,
    /// Which column holds the number, if its name does not tell.
    phone_column: Option<String>,
    /// Which column holds the name, if its name does not tell.
    name_column: Option<String>,
    /// Only tell what would happen.
    #[serde(default)]
    #[param(required = false)]
    dry_run: bool,
}

/// People to add: either listed, or taken from the address book.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "contacts": [{"phone": "+6281234567890", "name": "Sari", "variables": {"order": "INV-1042"}}],
}))]
struct AddRecipients {
    /// The people.
    contacts: Option<Vec<Person>>,
    /// Everybody in the address book with one of these tags.
    tags: Option<Vec<String>>,
}

/// A person to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Person {
    #[schema(example = "+6281234567890")]
    phone: String,
    #[schema(example = "Sari")]
    name: Option<String>,
    /// What the template is filled with.
    #[serde(default)]
    variables: BTreeMap<String, String>,
}

/// What an upload did, or would do.
#[derive(Debug, Serialize, ToSchema)]
struct UploadView {
    /// Whether it was only tried.
    dry_run: bool,
    /// Lines with something on them, the header not counted.
    #[schema(example = 1208)]
    total_lines: u64,
    /// New recipients.
    #[schema(example = 1200)]
    accepted: i64,
    /// Refused lines, duplicates and suppressed ones included.
    #[schema(example = 8)]
    rejected: i64,
    /// Refused because the number is in the campaign already, or twice in the file.
    #[schema(example = 3)]
    duplicates: i64,
    /// Refused because the person must not be written to.
    #[schema(example = 14)]
    suppressed: i64,
    /// How many lines were refused for each reason.
    #[schema(value_type = BTreeMap<RejectCode, i64>)]
    by_code: ByCode,
    /// The first 100 refused lines; all of them: `GET /campaigns/{id}/rejects`.
    rejects: Vec<RejectView>,
    /// What the first people would be sent.
    #[schema(example = json!(["Halo Sari, pesanan batik Anda sudah siap diambil."]))]
    sample: Vec<String>,
    /// The variables of the template.
    #[schema(example = json!(["name", "order"]))]
    variables: BTreeSet<String>,
    /// Those that every person must have.
    #[schema(example = json!(["order"]))]
    required: BTreeSet<String>,
}

/// Add recipients
///
/// A CSV file with a header (a column for the number, perhaps one for the name; the others are variables), a JSON
/// list, or tags of the address book. All accepted lines are added at once, or none. Needs the scope
/// `campaigns:write`.
#[utoipa::path(post, path = "/campaigns/{id}/recipients", tag = "campaigns", operation_id = "add_recipients", params(("id" = CampaignId, Path), AddQuery),
    request_body(content((String = "text/csv"), (ListForm = "multipart/form-data"), (AddRecipients = "application/json"))), responses((status = 200, body = UploadView)))]
async fn add(
    State(state): State<ApiState>,
    scoped: Scoped<need::CampaignsWrite>,
    Path(id): Path<CampaignId>,
    Query(query): Query<AddQuery>,
    request: Request,
) -> Answer<Json<UploadView>> {
    let AddQuery { country: of, phone_column, name_column, dry_run } = query;
    let tenant = scoped.tenant;
    let campaign = tenant.campaigns().get(id).await?.ok_or_else(no_campaign)?;
    let template = template(&campaign.content)?;
    let home = country(&tenant, "").await?;
    let upload = Upload {
        required: template.as_ref().map(Template::required).unwrap_or_default(),
        country: of.unwrap_or(home),
        now: state.store.clock().now(),
    };
    let (columns, source) = match media_type(&request).as_str() {
        "application/json" => (vec!["phone".into(), "name".into()], of_json(read_json(request).await?)?),
        "text/csv"
        | "text/plain"
        | "application/octet-stream"
        | "application/vnd.ms-excel"
        | "multipart/form-data" => {
            let options =
                audience::options(upload.country, phone_column, name_column, upload.required.clone())?;
            let reader = audience::open(spool(&state, request).await?, options).await?;
            (audience::columns(&reader), Source::File(Box::new(reader)))
        }
        _ => {
            return Err(Problem::new(
                Code::UnsupportedMediaType,
                "send text/csv, multipart/form-data or application/json",
            ));
        }
    };
    let options = ImportOptions { columns, most: state.config.max_recipients, dry_run };
    let (sender, receiver) = mpsc::channel(AHEAD);
    let feeding = tokio::spawn(upload.feed(tenant.clone(), source, sender));
    let imported = tenant.recipients().import(id, receiver, &options).await;
    let fed = feeding.await.map_err(Problem::internal)?;
    let (counts, by_code, rejects, first) = match imported? {
        Import::Done { counts, by_code, rejects, first } => (counts, by_code, rejects, first),
        Import::NotFound => return Err(no_campaign()),
        Import::WrongState(state) => {
            return Err(Problem::new(
                Code::WrongState,
                format!("the campaign is {state}; recipients are added to drafts"),
            ));
        }
        Import::TooMany => {
            return Err(Problem::new(
                Code::TooManyRecipients,
                format!("a campaign has at most {} recipients", options.most),
            ));
        }
        // What was read was no list to its end: the reader knows why.
        Import::Aborted => {
            return Err(fed.err().unwrap_or_else(|| Problem::internal("an import ended without its end")));
        }
    };
    let total_lines = fed?;
    Ok(Json(UploadView {
        dry_run,
        total_lines,
        accepted: counts.accepted,
        rejected: counts.rejected,
        duplicates: counts.duplicates,
        suppressed: counts.suppressed,
        by_code,
        rejects: rejects.into_iter().map(RejectView::from).collect(),
        sample: samples(template.as_ref(), first),
        variables: template.as_ref().map(Template::variables).unwrap_or_default(),
        required: template.as_ref().map(Template::required).unwrap_or_default(),
    }))
}

async fn read_json(request: Request) -> Answer<AddRecipients> {
    let read = axum::body::to_bytes(request.into_body(), JSON_BYTES).await;
    let body = read.map_err(|_| {
        Problem::new(Code::TooLarge, format!("a JSON list has at most {JSON_BYTES} bytes; send CSV"))
    })?;
    read_strictly(&body)
}

/// Where people come from.
enum Source {
    File(Box<wahana_audience::Reader<std::fs::File>>),
    People(Vec<Person>),
    Tags(Vec<String>),
}

fn of_json(body: AddRecipients) -> Answer<Source> {
    match (body.contacts, body.tags) {
        (Some(people), None) => Ok(Source::People(people)),
        (None, Some(tags)) if !tags.is_empty() => Ok(Source::Tags(tags)),
        (None, Some(_)) => Err(Problem::field("tags", Rule::TooFewItems { min: 1 })),
        _ => Err(Problem::field("contacts", Rule::ExactlyOneOf { fields: Names::of(&["contacts", "tags"]) })),
    }
}

/// What all sources are checked with.
struct Upload {
    required: BTreeSet<String>,
    country: Country,
    now: DateTime<Utc>,
}

impl Upload {
    /// Passes everything on, and then the end; returns how many lines there were. Stops early when nobody listens: the store then knows why.
    async fn feed(self, tenant: Tenant, source: Source, sender: mpsc::Sender<Chunk>) -> Answer<u64> {
        match source {
            Source::File(reader) => tokio::task::spawn_blocking(move || self.feed_file(*reader, &sender))
                .await
                .map_err(Problem::internal)?,
            Source::People(people) => self.feed_people(people, &sender).await,
            Source::Tags(tags) => self.feed_tags(&tenant, tags, &sender).await,
        }
    }

    fn feed_file(
        &self,
        reader: wahana_audience::Reader<std::fs::File>,
        sender: &mpsc::Sender<Chunk>,
    ) -> Answer<u64> {
        let rows = std::cell::RefCell::new(CopyRows::default());
        let pass = || rows.borrow().len() < CHUNK || sender.blocking_send(rows.borrow_mut().take()).is_ok();
        let lines = audience::read(
            reader,
            |Row { line, phone, name, variables }| {
                rows.borrow_mut().accepted(self.now, line, phone.digits(), name.as_deref(), &variables);
                pass()
            },
            |reject| {
                rows.borrow_mut().rejected(&reject);
                pass()
            },
        )?;
        if sender.blocking_send(rows.borrow_mut().take()).is_ok() {
            let _ = sender.blocking_send(Chunk::End);
        }
        Ok(lines)
    }

    async fn feed_people(&self, people: Vec<Person>, sender: &mpsc::Sender<Chunk>) -> Answer<u64> {
        let (mut lines, mut rows) = (0, CopyRows::default());
        for Person { phone, name, variables } in people {
            lines += 1;
            let variables =
                variables.into_iter().map(|(name, value)| (variable_name(&name), value)).collect();
            match Phone::parse(&phone, self.country) {
                Ok(number) => self.person(lines, &mut rows, number.digits(), name.as_deref(), &variables),
                Err(error) => rows.rejected(&Reject {
                    line: lines as i64,
                    column: Some("phone".into()),
                    code: RejectCode::BadPhone,
                    reason: error.to_string(),
                    fields: BTreeMap::from([("phone".into(), phone.clone())]),
                    value: Some(phone.chars().take(100).collect()),
                }),
            }
            if rows.len() >= CHUNK && sender.send(rows.take()).await.is_err() {
                break;
            }
        }
        end(rows, sender).await;
        Ok(lines)
    }

    async fn feed_tags(
        &self,
        tenant: &Tenant,
        tags: Vec<String>,
        sender: &mpsc::Sender<Chunk>,
    ) -> Answer<u64> {
        let (mut lines, mut rows) = (0, CopyRows::default());
        let filter = ContactFilter { tags, ..ContactFilter::default() };
        let mut page = PageRequest { limit: 1000, before: None };
        loop {
            let contacts = tenant.contacts().list(&filter, page).await?;
            for contact in contacts.items {
                lines += 1;
                let variables = contact
                    .attributes
                    .0
                    .into_iter()
                    .map(|(name, value)| (variable_name(&name), value))
                    .collect();
                self.person(lines, &mut rows, &contact.phone, contact.name.as_deref(), &variables);
            }
            page.before = contacts.next;
            if page.before.is_none() || sender.send(rows.take()).await.is_err() {
                break;
            }
        }
        end(rows, sender).await;
        Ok(lines)
    }

    /// A person with a number: accepted, unless a variable is missing.
    fn person(
        &self,
        line: u64,
        rows: &mut CopyRows,
        phone: &str,
        name: Option<&str>,
        variables: &BTreeMap<String, String>,
    ) {
        let blank = |value: Option<&str>| value.is_none_or(|value| value.trim().is_empty());
        let lacks = |wanted: &&String| match wanted.as_str() {
            "phone" => false,
            "name" => blank(name) && blank(variables.get("name").map(String::as_str)),
            other => blank(variables.get(other).map(String::as_str)),
        };
        if let Some(missing) = self.required.iter().find(lacks) {
            return rows.rejected(&Reject {
                line: line as i64,
                column: Some(missing.clone()),
                value: None,
                code: RejectCode::MissingVariable,
                reason: format!("the message uses {{{{{missing}}}}}, and this person has no value for it"),
                fields: BTreeMap::from([
                    ("phone".into(), format!("+{phone}")),
                    ("name".into(), name.unwrap_or_default().into()),
                ]),
            });
        }
        rows.accepted(self.now, line, phone, name, variables);
    }
}

async fn end(mut rows: CopyRows, sender: &mpsc::Sender<Chunk>) {
    if sender.send(rows.take()).await.is_ok() {
        // Nobody listens only when the store failed, and then its error is the answer.
        let _ = sender.send(Chunk::End).await;
    }
}

/// What the first people would be sent, one choice of the spintax each.
fn samples(template: Option<&Template>, first: Vec<Accepted>) -> Vec<String> {
    let Some(template) = template else { return Vec::new() };
    let rendered = first.into_iter().enumerate().map(|(n, Accepted { phone, name, variables })| {
        template.render(&values(variables, name, &phone), &mut |variants| n % variants.max(1))
    });
    rendered.filter_map(Result::ok).collect()
}
