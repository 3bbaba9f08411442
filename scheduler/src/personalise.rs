//! From the people of a campaign to their messages: the template filled in, one variant of each choice picked.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use wahana_domain::messages::Content;
use wahana_domain::template::Template;
use wahana_domain::{CampaignId, SessionId, time_zones};
use wahana_store::release_recipients::{NOT_ON_WHATSAPP, Prepared, Recipient};
use wahana_waha::client_message_id;

/// A campaign's content with its template read once.
pub(crate) struct Filler<'a> {
    content: &'a Content,
    template: Option<Template>,
}

impl<'a> Filler<'a> {
    /// Reads the template.
    pub(crate) fn new(campaign: CampaignId, content: &'a Content) -> Self {
        let template = content.words().and_then(|words| match Template::parse(words) {
            Ok(template) => Some(template),
            Err(error) => {
                tracing::error!(%campaign, %error, "a stored template does not read; its people are skipped");
                None
            }
        });
        Self { content, template }
    }

    /// The message of one person, written by this session.
    pub(crate) fn prepare(&self, person: &Recipient, sender: SessionId) -> Prepared {
        let filled = self.fill(person);
        let skip = if person.suppressed {
            Some("suppressed")
        } else if person.unreachable {
            Some(NOT_ON_WHATSAPP)
        } else {
            filled.as_ref().err().copied()
        };
        Prepared {
            id: person.id,
            sender,
            position: person.position,
            time_zone: person.variables.get(time_zones::COLUMN).cloned(),
            phone: person.phone.clone(),
            content: filled.unwrap_or_else(|_| self.content.clone()),
            waha_id: client_message_id(person.id.0.as_u128()),
            skip,
        }
    }

    fn fill(&self, person: &Recipient) -> Result<Content, &'static str> {
        if self.content.words().is_none() {
            return Ok(self.content.clone());
        }
        let template = self.template.as_ref().ok_or("bad_template")?;
        // The same person gets the same words again: after a restore they are looked for before they are sent.
        let mut rng = StdRng::seed_from_u64(person.id.0.as_u128() as u64);
        let words = template
            .render(&person.variables, &mut |n| rng.random_range(0..n))
            .map_err(|_| "missing_variable")?;
        let content = self.content.clone().with_words(words);
        content.validate().map_err(|_| "bad_content")?;
        Ok(content)
    }
}
