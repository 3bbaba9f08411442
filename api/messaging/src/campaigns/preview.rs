//! What the people of a campaign would read, word for word, and who would not get it.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::{CampaignId, MessageId, Phone, Reason};
use wahana_service::campaigns::personalise::{LeftOut, Personal};
use wahana_service::campaigns::preview::{Preview, preview};

use crate::campaigns::problems::problem_of;
use wahana_api_kit::ApiState;
use wahana_api_kit::extract::{ETag, Json, Paged, Path, etag};
use wahana_api_kit::paging::{PageQuery, PageView};
use wahana_api_kit::problem::Answer;
use wahana_api_kit::scoped::{Scoped, need};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(show))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PreviewFilter {
    /// Other choices of the spintax: 0 is what each person will read, each further number another draw.
    #[serde(default)]
    #[param(required = false, maximum = 1000)]
    wording: u16,
}

/// What one person would read.
#[derive(Debug, Serialize, ToSchema)]
struct PreviewView {
    /// The id that the message will have.
    id: MessageId,
    /// Line in the uploaded file.
    line: Option<i64>,
    /// The number; null for somebody who hides it.
    #[schema(value_type = Option<Phone>)]
    phone: Option<String>,
    #[schema(example = "Sari")]
    name: Option<String>,
    /// The text or caption with the person's values; null for content without words, and when it cannot be filled in.
    #[schema(example = "Halo Sari, pesanan batik Anda sudah siap diambil.")]
    text: Option<String>,
    /// Why the person would not get it; null for those who will.
    left_out: Option<LeftOutView>,
}

/// Why a person would not get the message.
#[derive(Debug, Serialize, ToSchema)]
struct LeftOutView {
    /// `suppressed`, `no_consent`, `not_on_whatsapp`, `missing_variable`, `bad_content` or `bad_template`.
    code: Reason,
    /// The variables without a value.
    missing: Vec<String>,
    /// What to do about it.
    #[schema(example = "Add it to your list, or give the variable a fallback.")]
    remedy: &'static str,
}

impl From<LeftOut> for LeftOutView {
    fn from(LeftOut { reason, missing }: LeftOut) -> Self {
        Self { code: reason, missing, remedy: reason.remedy() }
    }
}

impl From<Preview> for PreviewView {
    fn from(preview: Preview) -> Self {
        let Preview { id, line, phone, name, personal: Personal { content, left_out } } = preview;
        let text = content.and_then(|content| content.words().map(str::to_owned));
        Self {
            id,
            line,
            phone: phone.map(|digits| format!("+{digits}")),
            name,
            text,
            left_out: left_out.map(LeftOutView::from),
        }
    }
}

/// Preview a campaign's messages
///
/// What each person will read, word for word: their values filled in and the variants of the spintax picked that will
/// be sent; or why the person is left out. In the order they are sent to. Nothing is changed. Needs the scope
/// `campaigns:read`.
#[utoipa::path(get, path = "/campaigns/{id}/preview", tag = "campaigns", operation_id = "preview_campaign", params(("id" = CampaignId, Path), PreviewFilter, PageQuery), 
    responses((status = 200, body = PageView<PreviewView>, headers(("ETag" = String, description = "the version that was looked at")))))]
async fn show(
    scoped: Scoped<need::CampaignsRead>,
    Path(id): Path<CampaignId>,
    Paged { page, filter }: Paged<PreviewFilter>,
) -> Answer<(ETag, Json<PageView<PreviewView>>)> {
    let (version, page) =
        preview(&scoped.tenant, id, filter.wording.into(), page).await.map_err(problem_of)?;
    Ok((etag(version), Json(PageView::of(page, PreviewView::from))))
}
