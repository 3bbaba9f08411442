//! Audience of a campaign: how many of its people are left out and why, and whether anybody is left.

use wahana_domain::filler::{Filler, Unfillable, values};
use wahana_domain::template::Template;
use wahana_domain::{CampaignId, Reason};
use wahana_store::campaigns::check::{Audience, Lacking, WaitingPerson};
use wahana_store::{StoreError, Tenant};

/// People that are read at once.
const BATCH: i64 = 2_000;

/// Counts the people who have no message yet by what keeps it from them, with the variables that they lack. Everybody
/// is counted for the first reason only. Reads every person that is left.
pub(crate) async fn audience(
    tenant: &Tenant,
    id: CampaignId,
    filler: &Filler<'_>,
) -> Result<(Audience, Vec<Lacking>), StoreError> {
    let required: Vec<String> =
        filler.template().ok().flatten().map(Template::required).unwrap_or_default().into_iter().collect();
    let (mut audience, mut lacking) = tenant.campaigns().audience(id, &required).await?;
    if !varies(filler) {
        return Ok((audience, lacking));
    }
    let mut after = None;
    loop {
        let people = tenant.campaigns().waiting_people(id, after, BATCH).await?;
        let Some(last) = people.last() else { break };
        after = Some(last.position);
        for why in people.iter().filter_map(|person| unfillable(filler, person)) {
            match why {
                // Those that lack a variable which everybody needs are counted already.
                Unfillable::Missing(names) if !names.iter().any(|name| required.contains(name)) => {
                    audience.missing_variable += 1;
                    names.into_iter().for_each(|name| count(&mut lacking, name));
                }
                Unfillable::Content(_) => audience.bad_content += 1,
                Unfillable::Missing(_) | Unfillable::Template(_) => {}
            }
        }
    }
    lacking.sort_by(|a, b| a.name.cmp(&b.name));
    Ok((audience, lacking))
}

/// Whether the message of at least one person can be written.
pub(crate) async fn anybody_left(
    tenant: &Tenant,
    id: CampaignId,
    filler: &Filler<'_>,
) -> Result<bool, StoreError> {
    let mut after = None;
    loop {
        let people = tenant.campaigns().waiting_people(id, after, BATCH).await?;
        let Some(last) = people.last() else { return Ok(false) };
        after = Some(last.position);
        if people.iter().any(|person| unfillable(filler, person).is_none()) {
            return Ok(true);
        }
    }
}

/// How many people are left out, by reason. Reasons that leave out nobody are not listed.
pub(crate) fn left_out(audience: &Audience) -> Vec<(Reason, i64)> {
    let counts = [
        (Reason::Suppressed, audience.suppressed),
        (Reason::NoConsent, audience.no_consent),
        (Reason::NotOnWhatsapp, audience.not_on_whatsapp),
        (Reason::MissingVariable, audience.missing_variable),
        (Reason::BadContent, audience.bad_content),
    ];
    counts.into_iter().filter(|(_, people)| *people > 0).collect()
}

fn varies(filler: &Filler<'_>) -> bool {
    filler.template().ok().flatten().is_some_and(Template::varies)
}

fn unfillable(filler: &Filler<'_>, person: &WaitingPerson) -> Option<Unfillable> {
    let values =
        values(person.variables.0.clone(), person.name.clone(), person.phone.as_deref().unwrap_or_default());
    filler.fill(person.id, &values, 0).err()
}

fn count(lacking: &mut Vec<Lacking>, name: String) {
    match lacking.iter_mut().find(|known| known.name == name) {
        Some(known) => known.people += 1,
        None => lacking.push(Lacking { name, people: 1 }),
    }
}
