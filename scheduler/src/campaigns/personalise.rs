//! From the people of a campaign to their messages.

use wahana_domain::filler::{Filler, Unfillable};
use wahana_domain::{Reason, SessionId, time_zones};
use wahana_store::campaigns::release_recipients::{Prepared, Recipient};
use wahana_waha::client_message_id;

/// The message of one person, written by this session.
pub(crate) fn prepare(filler: &Filler<'_>, person: &Recipient, sender: SessionId) -> Prepared {
    let filled = filler.fill(person.id, &person.variables, 0);
    let skip = if person.suppressed {
        Some(Reason::Suppressed)
    } else if person.unreachable {
        Some(Reason::NotOnWhatsapp)
    } else {
        filled.as_ref().err().map(Unfillable::reason)
    };
    Prepared {
        id: person.id,
        sender,
        position: person.position,
        time_zone: person.variables.get(time_zones::COLUMN).cloned(),
        phone: person.phone.clone(),
        content: filled.unwrap_or_else(|_| filler.content().clone()),
        waha_id: client_message_id(person.id.0.as_u128()),
        skip,
    }
}
