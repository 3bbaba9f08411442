//! What one person of a campaign gets, or why they get nothing. The scheduler writes messages by it and the preview shows
//! it; there is no second opinion.

use std::collections::BTreeMap;

use wahana_domain::chat_id::client_message_id;
use wahana_domain::filler::{Filler, Unfillable};
use wahana_domain::messages::Content;
use wahana_domain::{MessageId, Reason, SessionId, time_zones};
use wahana_store::campaigns::release_recipients::{Prepared, Recipient};

/// A person of a campaign, as far as it decides what they get.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    /// The id of the recipient and of its message.
    pub id: MessageId,
    /// What the template is filled with, see `wahana_domain::filler::values`.
    pub values: &'a BTreeMap<String, String>,
    /// Whether the person must not be written to.
    pub suppressed: bool,
    /// Whether the consent is on record that the organization asks for.
    pub consented: bool,
    /// Whether the number is known to have no WhatsApp, and the campaign wants to know.
    pub unreachable: bool,
}

/// Why a person gets nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The reason that stands with the message.
    pub reason: Reason,
    /// The variables without a value.
    pub missing: Vec<String>,
}

impl LeftOut {
    fn because(reason: Reason) -> Self {
        Self { reason, missing: Vec::new() }
    }
}

impl From<Unfillable> for LeftOut {
    fn from(why: Unfillable) -> Self {
        let reason = why.reason();
        Self { reason, missing: if let Unfillable::Missing(names) = why { names } else { Vec::new() } }
    }
}

/// What one person gets.
#[derive(Clone, Debug, PartialEq)]
pub struct Personal {
    /// The content with the person's values, also of those who are left out; `None` when it cannot be filled in.
    pub content: Option<Content>,
    /// Why the person does not get it; `None` for those who do.
    pub left_out: Option<LeftOut>,
}

/// What this person gets. Another `wording` picks other variants of the spintax; 0 is the one that is sent.
pub fn personalise(filler: &Filler<'_>, person: Person<'_>, wording: u32) -> Personal {
    let (content, unfillable) = match filler.fill(person.id, person.values, wording) {
        Ok(content) => (Some(content), None),
        Err(why) => (None, Some(LeftOut::from(why))),
    };
    let left_out = if person.suppressed {
        Some(LeftOut::because(Reason::Suppressed))
    } else if !person.consented {
        Some(LeftOut::because(Reason::NoConsent))
    } else if person.unreachable {
        Some(LeftOut::because(Reason::NotOnWhatsapp))
    } else {
        unfillable
    };
    Personal { content, left_out }
}

/// The message of one person, written by this session. It keeps the words of the campaign where those cannot be filled
/// in.
pub fn prepare(filler: &Filler<'_>, recipient: &Recipient, sender: SessionId) -> Prepared {
    let person = Person {
        id: recipient.id,
        values: &recipient.variables,
        suppressed: recipient.suppressed,
        consented: recipient.consented,
        unreachable: recipient.unreachable,
    };
    let Personal { content, left_out } = personalise(filler, person, 0);
    // A zone that nobody can read leaves the person in that of the number.
    let zone = recipient.variables.get(time_zones::COLUMN).and_then(|zone| time_zones::by_name(zone));
    Prepared {
        id: recipient.id,
        sender,
        position: recipient.position,
        time_zone: zone.map(|zone| zone.name().to_owned()),
        person: recipient.person.clone(),
        phone: recipient.phone.clone(),
        content: content.unwrap_or_else(|| filler.content().clone()),
        waha_id: client_message_id(recipient.id.0.as_u128()),
        skip: left_out.map(|left_out| left_out.reason),
    }
}
