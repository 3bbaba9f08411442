//! The OpenAPI document: what the handlers say, and what is true of all of them.

mod examples;

use axum::http::StatusCode;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::{HttpMethod, Operation, Parameter, ParameterIn};
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Content, OpenApi, Ref, RefOr, Response, ResponseBuilder, Schema};
use utoipa::{Modify, OpenApi as _};

use crate::openapi::examples::Examples;
use wahana_api_kit::paging::{Cursor, Limit};
use wahana_api_kit::problem::{Code, FieldErrorView, ProblemView};
use wahana_domain::recipients::{ExportFormat, ListWarning};
use wahana_domain::rule::{Param, RuleCode};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "Wahana", description = "Send and receive WhatsApp messages of many accounts. Every error is \
        `application/problem+json` with a stable `code`: [what each means](/api/errors.md).", license(name = "Apache-2.0", identifier = "Apache-2.0")),
    components(schemas(ProblemView, FieldErrorView, Code, RuleCode, Param, Limit, Cursor, ExportFormat, ListWarning)),
    security(("token" = []), ("api_key" = [])),
    modifiers(&Schemes),
    tags(
        (name = "accounts", description = "Signing up, logging in, the organization"),
        (name = "api_keys", description = "Keys for programs"),
        (name = "sessions", description = "WhatsApp accounts"),
        (name = "messages", description = "Sending and what became of it"),
        (name = "conversations", description = "The inbox: who wrote, and what was said"),
        (name = "media", description = "Files to send"),
        (name = "contacts", description = "People, and who must not be written to"),
        (name = "imports", description = "Lists of people: CSV, XLSX, ODS and vCard, recognised, checked, saved and taken back"),
        (name = "campaigns", description = "One message to many people"),
        (name = "operator", description = "For those who run the installation"),
    ),
)]
struct Base;

struct Schemes;

impl Modify for Schemes {
    fn modify(&self, openapi: &mut OpenApi) {
        let components = openapi.components.get_or_insert_default();
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some("From POST /auth/login"));
        components.add_security_scheme("token", SecurityScheme::Http(bearer.build()));
        components.add_security_scheme(
            "api_key",
            SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("X-Api-Key"))),
        );
    }
}

/// The document without paths.
fn base() -> OpenApi {
    Base::openapi()
}

/// Statuses of problems that operations refer to by name.
const PROBLEMS: [u16; 13] = [400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 500, 503, 504];

/// The OpenAPI 3.1 document of everything a customer may call.
pub fn openapi() -> OpenApi {
    let mut document = crate::routes::described(base()).into_openapi();
    let named = PROBLEMS.map(|status| (name(status), RefOr::T(problem_response(status))));
    document.components.get_or_insert_default().responses.extend(named);
    close_unions(&mut document);
    let examples = Examples::of(&document);
    for item in document.paths.paths.values_mut() {
        let operations = [
            (HttpMethod::Get, &mut item.get),
            (HttpMethod::Put, &mut item.put),
            (HttpMethod::Post, &mut item.post),
            (HttpMethod::Patch, &mut item.patch),
            (HttpMethod::Delete, &mut item.delete),
        ];
        for (method, operation) in operations {
            if let Some(operation) = operation {
                describe_successes(operation);
                examples.add(operation);
                add_problems(&method, operation);
            }
        }
    }
    document
}

/// Tagged unions that take no unknown fields; utoipa says that of structs only.
const CLOSED_UNIONS: [&str; 2] = ["Content", "WarmUp"];

fn close_unions(document: &mut OpenApi) {
    let schemas = document.components.iter_mut().flat_map(|components| &mut components.schemas);
    for (_, schema) in schemas.filter(|(name, _)| CLOSED_UNIONS.contains(&name.as_str())) {
        let RefOr::T(Schema::OneOf(union)) = schema else { continue };
        for variant in &mut union.items {
            if let RefOr::T(Schema::Object(variant)) = variant {
                variant.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
            }
        }
    }
}

/// OpenAPI wants a description of every response.
fn describe_successes(operation: &mut Operation) {
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            let known = status
                .parse()
                .ok()
                .and_then(|code| StatusCode::from_u16(code).ok())
                .and_then(|code| code.canonical_reason());
            response.description = known.unwrap_or("Answer").to_owned();
        }
    }
}

/// Adds the problems that any operation of this shape may answer with.
fn add_problems(method: &HttpMethod, operation: &mut Operation) {
    let parameters = operation.parameters.as_deref().unwrap_or_default();
    let has = |place: ParameterIn| {
        parameters.iter().any(|parameter| matches!(parameter, RefOr::T(one) if one.parameter_in == place))
    };
    let has_body = operation.request_body.is_some();
    // Public ones answer 401 and 403 too: wrong credentials, closed sign-up.
    let mut statuses = vec![401, 403, 429, 500, 503, 504];
    if has(ParameterIn::Path) {
        statuses.extend([404, 422]);
    }
    if has(ParameterIn::Query) || has(ParameterIn::Header) || has_body {
        statuses.push(422);
    }
    if has_body {
        statuses.extend([400, 413, 415]);
    }
    if *method != HttpMethod::Get {
        statuses.push(409);
    }
    let takes_version =
        |parameter: &RefOr<Parameter>| matches!(parameter, RefOr::T(one) if one.name == "If-Match");
    if *method == HttpMethod::Patch && parameters.iter().any(takes_version) {
        statuses.push(412);
    }
    // Something that is named in the body or in the credentials may be gone.
    if has_body {
        statuses.push(404);
    }
    for status in statuses {
        let response = RefOr::Ref(Ref::from_response_name(name(status)));
        operation.responses.responses.entry(status.to_string()).or_insert(response);
    }
}

fn name(status: u16) -> String {
    format!("Problem{status}")
}

/// Lists the codes that are answered with this status.
fn problem_response(status: u16) -> Response {
    let codes: Vec<_> = Code::ALL
        .iter()
        .filter(|code| code.status().as_u16() == status)
        .map(|code| format!("`{}`", code.as_str()))
        .collect();
    let content = Content::new(Some(Ref::from_schema_name("Problem")));
    let response = ResponseBuilder::new()
        .description(codes.join(", "))
        .content("application/problem+json", content)
        .header(
            "X-Request-Id",
            header(Type::String, "Under this id the operator finds the request in the log."),
        );
    if matches!(status, 429 | 503) {
        let text = "After how many seconds trying again makes sense, if that is known.";
        return response.header("Retry-After", header(Type::Integer, text)).build();
    }
    response.build()
}

fn header(kind: Type, description: &str) -> Header {
    let schema = ObjectBuilder::new().schema_type(kind);
    HeaderBuilder::new().schema(Some(schema)).description(Some(description)).build()
}
