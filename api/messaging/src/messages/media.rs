//! Files to send: uploaded once, named by id in messages.

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::messages::{Content, MediaConversion, MediaKind, MediaRef, MediaSource};
use wahana_domain::{MediaId, Rule};
use wahana_media::{FileType, name};
use wahana_store::Tenant;
use wahana_store::messages::media::{Added, MediaFile};

use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{Binary, Json, Path, Query};
use wahana_api_kit::problem::{Answer, Code, Problem};
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn uploads() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(upload)).routes(routes!(limits)).routes(routes!(download))
}

/// An uploaded file.
#[derive(Debug, Serialize, ToSchema)]
struct MediaView {
    id: MediaId,
    /// What its bytes say that it is; what you said, where they say nothing.
    #[schema(example = "application/pdf")]
    mimetype: String,
    /// The name of its format.
    #[schema(example = "PDF")]
    format: String,
    #[schema(example = "katalog.pdf")]
    filename: Option<String>,
    /// In bytes.
    #[schema(example = 48213)]
    size: usize,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct UploadQuery {
    /// What recipients see as its name.
    #[param(max_length = 255)]
    filename: Option<String>,
}

/// How a file may be sent.
#[derive(Debug, Serialize, ToSchema)]
struct MediaLimitView {
    kind: MediaKind,
    /// Largest file, in bytes.
    #[schema(example = 5242880)]
    max_bytes: u64,
    /// The formats that WhatsApp takes, for people.
    #[schema(example = json!(["JPEG", "PNG"]))]
    takes: Vec<&'static str>,
    /// Whether other formats are converted: by a worker that runs now.
    converts: bool,
}

/// The ways to send a file.
#[derive(Debug, Serialize, ToSchema)]
struct MediaLimitsView {
    items: Vec<MediaLimitView>,
}

/// A form with one file.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form in the OpenAPI document")]
struct UploadForm {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Upload a file
///
/// As it is, with its Content-Type; or as a form with one field `file`. Needs the scope `messages:send`.
#[utoipa::path(post, path = "/media", tag = "media", operation_id = "upload_media", params(UploadQuery),
    request_body(content((Binary = "*/*"), (UploadForm = "multipart/form-data"))), responses((status = 201, body = MediaView)))]
async fn upload(
    State(state): State<ApiState>,
    scoped: Scoped<need::MessagesSend>,
    Query(query): Query<UploadQuery>,
    request: Request,
) -> Answer<(StatusCode, Json<MediaView>)> {
    let mimetype = content_type(request.headers());
    let mut file = if mimetype.starts_with("multipart/form-data") {
        of_form(request, &state).await?
    } else {
        let content = Bytes::from_request(request, &state)
            .await
            .map_err(|rejection| body_problem(rejection.status()))?;
        MediaFile { mimetype, filename: None, content }
    };
    file.filename = query.filename.or(file.filename);
    check(&file, &scoped.tenant)?;
    let size = file.content.len();
    let found = FileType::of(&file.content);
    file.mimetype = found.mimetype_or(&file.mimetype).to_owned();
    let (mimetype, filename) = (file.mimetype.clone(), file.filename.clone());
    let id = keep(&scoped.tenant, file, "file").await?;
    Ok((
        StatusCode::CREATED,
        Json(MediaView { id, mimetype, format: found.name.into_owned(), filename, size }),
    ))
}

fn content_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    value.unwrap_or("application/octet-stream").to_owned()
}

fn body_problem(status: StatusCode) -> Problem {
    Problem::of(if status == StatusCode::PAYLOAD_TOO_LARGE { Code::TooLarge } else { Code::InvalidBody })
}

async fn of_form(request: Request, state: &ApiState) -> Answer<MediaFile> {
    let mut form = Multipart::from_request(request, state)
        .await
        .map_err(|rejection| body_problem(rejection.status()))?;
    while let Some(field) = form.next_field().await.map_err(|error| body_problem(error.status()))? {
        if field.name() != Some("file") {
            continue;
        }
        let filename = field.file_name().and_then(name::clean);
        let mimetype = field.content_type().unwrap_or("application/octet-stream").to_owned();
        let content = field.bytes().await.map_err(|error| body_problem(error.status()))?;
        return Ok(MediaFile { mimetype, filename, content });
    }
    Err(Problem::field("file", Rule::Required))
}

/// The rules for a file of a message are the rules for a file.
fn check(file: &MediaFile, tenant: &Tenant) -> Answer<()> {
    if file.content.is_empty() {
        return Err(Problem::field("file", Rule::EmptyFile));
    }
    // How it will be sent is not known yet: as a document it may be largest.
    let (size, max) = (file.content.len() as u64, tenant.media().limits().most());
    if size > max {
        let kind = MediaKind::Document.as_str().into();
        return Err(Problem::field("file", Rule::FileTooLarge { kind, size, max }));
    }
    let source = MediaSource::Url("https://upload.invalid/".into());
    let media = MediaRef { source, mimetype: file.mimetype.clone(), filename: file.filename.clone() };
    let checked = Content::Document { media, caption: None }.validate();
    checked.map_err(|invalid| Problem::field(invalid.field.trim_start_matches("media."), invalid.rule))
}

/// Stores a file under the type that its bytes say, if there is room.
pub(crate) async fn keep(tenant: &Tenant, file: MediaFile, field: &'static str) -> Answer<MediaId> {
    let mimetype = FileType::of(&file.content).mimetype_or(&file.mimetype).to_owned();
    let file = MediaFile { mimetype, ..file };
    match tenant.media().add(file).await? {
        Added::Stored(id) => Ok(id),
        Added::NoRoom { max } => Err(Problem::field(field, Rule::NoRoomForFiles { max })),
    }
}

/// List limits of files
///
/// What may be sent how, and how large it may be. Needs the scope `messages:read`.
#[utoipa::path(get, path = "/media/limits", tag = "media", operation_id = "list_media_limits",
    responses((status = 200, body = MediaLimitsView)))]
async fn limits(scoped: Scoped<need::MessagesRead>) -> Answer<Json<MediaLimitsView>> {
    let media = scoped.tenant.media();
    let limits = media.limits();
    let mut items = Vec::new();
    for kind in MediaKind::ALL {
        let converts = match kind {
            MediaKind::Image => media.can_convert(MediaConversion::Image).await?,
            MediaKind::Video => media.can_convert(MediaConversion::Video).await?,
            MediaKind::Voice => media.can_convert(MediaConversion::Voice).await?,
            MediaKind::Document => false,
        };
        items.push(MediaLimitView {
            kind: *kind,
            max_bytes: limits.of(*kind),
            takes: kind.takes().to_vec(),
            converts,
        });
    }
    Ok(Json(MediaLimitsView { items }))
}

/// Download a file
///
/// Needs the scope `messages:read`.
#[utoipa::path(get, path = "/media/{id}", tag = "media", operation_id = "download_media", params(("id" = MediaId, Path)),
    responses((status = 200, content_type = "*/*", body = Binary)))]
async fn download(scoped: Scoped<need::MessagesRead>, Path(id): Path<MediaId>) -> Answer<Response> {
    Ok(shown(scoped.tenant.media().get(id).await?.ok_or_else(|| Problem::not_found("file"))?))
}

/// A file as an answer. Never a page of ours: what somebody uploaded or sent must not run under our origin.
pub(crate) fn shown(file: MediaFile) -> Response {
    let name: String =
        url::form_urlencoded::byte_serialize(file.filename.as_deref().unwrap_or("file").as_bytes()).collect();
    let disposition = format!("attachment; filename*=UTF-8''{}", name.replace('+', "%20"));
    let headers = [
        (header::CONTENT_TYPE, in_header(&file.mimetype)),
        (header::CONTENT_DISPOSITION, in_header(&disposition)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (headers, file.content).into_response()
}

/// A media type may come from JSON and hold letters that no client expects in a header.
fn in_header(text: &str) -> HeaderValue {
    let plain = Some(text).filter(|text| text.is_ascii()).and_then(|text| HeaderValue::from_str(text).ok());
    plain.unwrap_or(HeaderValue::from_static("application/octet-stream"))
}
