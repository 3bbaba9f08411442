//! What the people of a campaign would read, word for word, and who would not get it.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use wahana_domain::filler::{Filler, Unfillable, values};
use wahana_domain::{CampaignId, MessageId, Phone, Reason};
use wahana_store::campaign_check::Reader;

use super::campaigns::no_campaign;
use crate::ApiState;
use crate::extract::{Json, Path, Query};
use crate::paging::{self, Cursor, Limit, PageView};
use crate::problem::Answer;
use crate::scoped::{Scoped, need};

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(show))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PreviewQuery {
    /// Other choices of the spintax: 0 is what each person will read, each further number another draw.
    #[serde(default)]
    #[param(required = false, maximum = 1000)]
    wording: u16,
    /// Rows per page.
    #[serde(default)]
    #[param(required = false)]
    limit: Limit,
    /// The `next_cursor` of the page before.
    cursor: Option<Cursor>,
}

/// What one person would read.
#[derive(Debug, Serialize, ToSchema)]
struct PreviewView {
    /// The id that the message will have.
    id: MessageId,
    /// Line in the uploaded file.
    line: Option<i64>,
    #[schema(value_type = Phone)]
    phone: String,
    name: Option<String>,
    /// The text or caption with the person's values; null for content without words, and when it cannot be filled in.
    text: Option<String>,
    /// Why the person would not get it; null for those who will.
    left_out: Option<LeftOutView>,
}

/// Why a person would not get the message.
#[derive(Debug, Serialize, ToSchema)]
struct LeftOutView {
    /// `suppressed`, `not_on_whatsapp`, `missing_variable`, `bad_content` or `bad_template`.
    code: Reason,
    /// The variables without a value.
    missing: Vec<String>,
    /// What to do about it.
    remedy: &'static str,
}

impl LeftOutView {
    fn new(code: Reason, missing: Vec<String>) -> Self {
        Self { code, missing, remedy: code.remedy() }
    }

    fn unfillable(why: Unfillable) -> Self {
        let code = why.reason();
        Self::new(code, if let Unfillable::Missing(names) = why { names } else { Vec::new() })
    }
}

impl PreviewView {
    fn of(reader: Reader, filler: &Filler<'_>, wording: u16) -> Self {
        let Reader { id, line, phone, name, variables, suppressed, unreachable } = reader;
        let filled = filler.fill(id, &values(variables.0, name.clone(), &phone), wording.into());
        let (text, unfillable) = match filled {
            Ok(content) => (content.words().map(str::to_owned), None),
            Err(why) => (None, Some(LeftOutView::unfillable(why))),
        };
        let left_out = match (suppressed, unreachable) {
            (true, _) => Some(LeftOutView::new(Reason::Suppressed, Vec::new())),
            (_, true) => Some(LeftOutView::new(Reason::NotOnWhatsapp, Vec::new())),
            _ => unfillable,
        };
        Self { id, line, phone: format!("+{phone}"), name, text, left_out }
    }
}

/// Preview a campaign's messages
///
/// What each person will read, word for word: their values filled in and the variants of the spintax picked that will
/// be sent; or why the person is left out. In the order they are sent to. Nothing is changed. Needs the scope
/// `campaigns:read`.
#[utoipa::path(get, path = "/campaigns/{id}/preview", tag = "campaigns", operation_id = "preview_campaign", params(("id" = CampaignId, Path), PreviewQuery), responses((status = 200, body = PageView<PreviewView>)))]
async fn show(
    scoped: Scoped<need::CampaignsRead>,
    Path(id): Path<CampaignId>,
    Query(query): Query<PreviewQuery>,
) -> Answer<Json<PageView<PreviewView>>> {
    let campaign = scoped.tenant.campaign(id).await?.ok_or_else(no_campaign)?;
    let filler = Filler::new(&campaign.content);
    let page = scoped.tenant.campaign_readers(id, paging::request(query.limit, query.cursor)).await?;
    Ok(Json(PageView::of(page, |reader| PreviewView::of(reader, &filler, query.wording))))
}
