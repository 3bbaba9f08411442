//! One message to many people.

pub(crate) mod campaign;
pub(crate) mod dry_run;
pub(crate) mod errors;
pub(crate) mod findings;
pub(crate) mod forecast;
pub(crate) mod preview;
pub(crate) mod recipient_uploads;
pub(crate) mod recipients;

use wahana_api_kit::problem::{Answer, Problem};
use wahana_domain::messages::Content;
use wahana_domain::template::Template;

pub(crate) fn no_campaign() -> Problem {
    Problem::not_found("campaign")
}

/// The template in a campaign's words; none for content without words.
pub(crate) fn template(content: &Content) -> Answer<Option<Template>> {
    let Some(words) = content.words() else { return Ok(None) };
    let field = if matches!(content, Content::Text { .. }) { "content.text" } else { "content.caption" };
    let parsed = Template::parse(words).map_err(|error| Problem::field(field, error.rule))?;
    Ok(Some(parsed))
}
