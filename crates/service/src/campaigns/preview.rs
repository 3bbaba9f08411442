//! Preview of a campaign: what its people will read, word for word, and who will not get it. Changes nothing.

use wahana_domain::filler::{Filler, values};
use wahana_domain::{CampaignId, MessageId};
use wahana_store::campaigns::check::Reader;
use wahana_store::{Page, PageRequest, Tenant};

use crate::campaigns::errors::CampaignError;
use crate::campaigns::personalise::{Person, Personal, personalise};

/// What one person will read.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// The id that the message will have.
    pub id: MessageId,
    /// Its line in the uploaded file.
    pub line: Option<i64>,
    /// E.164 digits.
    pub phone: Option<String>,
    /// What to call the person.
    pub name: Option<String>,
    /// What the person gets, or why not.
    pub personal: Personal,
}

/// What the people of a campaign will read, in order, and the version of the campaign that was looked at. Another
/// `wording` picks other variants of the spintax; 0 are those that are sent.
///
/// # Errors
/// See [`CampaignError`].
pub async fn preview(
    tenant: &Tenant,
    id: CampaignId,
    wording: u32,
    page: PageRequest,
) -> Result<(i32, Page<Preview>), CampaignError> {
    let campaign = tenant.campaigns().get(id).await?.ok_or(CampaignError::NoCampaign)?;
    let filler = Filler::new(&campaign.content);
    let Page { items, next } = tenant.campaigns().readers(id, page).await?;
    let items = items.into_iter().map(|reader| of_reader(reader, &filler, wording)).collect();
    Ok((campaign.version, Page { items, next }))
}

fn of_reader(reader: Reader, filler: &Filler<'_>, wording: u32) -> Preview {
    let Reader { id, line, phone, name, variables, suppressed, consented, unreachable } = reader;
    let values = values(variables.0, name.clone(), phone.as_deref().unwrap_or_default());
    let personal =
        personalise(filler, Person { id, values: &values, suppressed, consented, unreachable }, wording);
    Preview { id, line, phone, name, personal }
}
