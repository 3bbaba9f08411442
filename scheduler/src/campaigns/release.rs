//! The next people of a lane's campaigns: which campaign may send now, how many its rate allows, and whose window is
//! open. Who is passed over because it is night there keeps the place in the order; nobody is skipped.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use wahana_domain::filler::Filler;
use wahana_domain::time_zones;
use wahana_pacing::{Grant, WaitingFor, Window, grant, new_chats_again, rate, windows};
use wahana_service::campaigns::personalise::prepare;
use wahana_store::campaigns::release_recipients::{OpenCampaign, Prepared, Recipient, Taken};
use wahana_store::jobs::relay::Released;

use crate::jobs::lane::Lane;
use crate::{RoundError, Scheduler};

/// How many people are looked at where it matters on whose clock it is night. If it is for all of them, those behind
/// wait with them.
const LOOK_AHEAD: u32 = 2_000;

/// When a campaign whose file is not ready is looked at again.
const LOOK_FOR_FILE: TimeDelta = TimeDelta::seconds(2);

/// Jobs released, whether to look again at once, and what holds the others of the campaign.
type Took = (Vec<Released>, bool, Option<(WaitingFor, DateTime<Utc>)>);

/// What came of looking for people.
#[derive(Default)]
pub(crate) struct People {
    /// Their jobs.
    pub(crate) released: Vec<Released>,
    /// Whether it is worth looking again at once: others were at the campaign.
    pub(crate) again: bool,
}

impl Scheduler {
    /// Releases the next people of this sender's campaigns into the room that is left. Which campaign comes first is
    /// drawn, so that they go on side by side.
    pub(crate) async fn release_recipients(
        &self,
        lane: &mut Lane,
        now: DateTime<Utc>,
    ) -> Result<People, RoundError> {
        let mut campaigns = self.store.system().campaigns().open(lane.facts.session).await?;
        let turn = rand::random_range(0..campaigns.len().max(1));
        campaigns.rotate_left(turn);
        let (mut people, mut bound) = (People::default(), None);
        for campaign in &campaigns {
            if lane.lo == 0 {
                break;
            }
            if let Window::Closed(why, until) =
                windows::of_sender(&lane.facts.state.policy, Some(&campaign.pace), now)
            {
                bound = earlier(bound, (why, until));
                continue;
            }
            if !campaign.file_ready {
                if !campaign.file_wanted {
                    self.store.system().media().want_for_campaign(campaign.id).await?;
                }
                bound = earlier(bound, (WaitingFor::File, now + LOOK_FOR_FILE));
                continue;
            }
            let room = lane.new_chats.map_or(lane.lo, |left| left.min(lane.lo));
            if room == 0 {
                bound = earlier(bound, (WaitingFor::NewChatCap, chats_again(lane, now)));
                break;
            }
            match self.take_people(lane, campaign, room, now).await? {
                Ok((released, again, then)) => {
                    people.again |= again;
                    bound = then.map_or(bound, |then| earlier(bound, then));
                    lane.lo -= lane.lo.min(released.len() as u32);
                    lane.new_chats = lane.new_chats.map(|left| left.saturating_sub(released.len() as u32));
                    people.released.extend(released);
                }
                Err(waits) => bound = earlier(bound, waits),
            }
        }
        if lane.lo > 0 && lane.new_chats == Some(0) {
            bound = earlier(bound, (WaitingFor::NewChatCap, chats_again(lane, now)));
        }
        if lane.lo > 0
            && !people.again
            && let Some((why, until)) = bound
        {
            lane.bind_lo(why, Some(until));
        }
        Ok(people)
    }

    /// The next people of one campaign, whether to look again, and what holds the rest; or what it waits for.
    async fn take_people(
        &self,
        lane: &Lane,
        campaign: &OpenCampaign,
        room: u32,
        now: DateTime<Utc>,
    ) -> Result<Result<Took, (WaitingFor, DateTime<Utc>)>, RoundError> {
        let policy = &lane.facts.state.policy;
        let clocks = windows::ask_recipient(policy, Some(&campaign.pace));
        let look_at = if clocks { room.max(LOOK_AHEAD) } else { room };
        let Some(taken) = self.store.system().campaigns().take_recipients(campaign.id, look_at).await? else {
            return Ok(Ok((Vec::new(), true, None)));
        };
        let allowed = |wanted| {
            let per_hour = campaign.pace.messages_per_hour?;
            Some(rate::allow(per_hour, taken.rate_due_at, now, wanted))
        };
        let room = match allowed(room) {
            Some((0, until)) => return Ok(Err((WaitingFor::CampaignRate, until))),
            Some((allowed, _)) => allowed,
            None => room,
        };
        let (people, opens) = choose(lane, campaign, &taken, room, clocks, now);
        if let (true, Some(until)) = (people.is_empty(), opens) {
            return Ok(Err((WaitingFor::RecipientWindow, until)));
        }
        let session = lane.facts.session;
        let senders = match taken.pool {
            Some(pool) => self.pool_senders(pool, session, &people).await?,
            None => vec![session; people.len()],
        };
        let filler = Filler::new(&taken.content);
        if let Err(error) = filler.template() {
            tracing::error!(campaign.id = %taken.campaign, error.message = %error, "a stored template does not read; its people are skipped");
        }
        let prepared: Vec<Prepared> =
            people.iter().zip(senders).map(|(person, sender)| prepare(&filler, person, sender)).collect();
        let going = prepared.iter().filter(|p| p.skip.is_none()).count() as u32;
        let next_due = if going > 0 { allowed(going).map(|(_, next)| next) } else { None };
        let moved = !prepared.is_empty();
        let released = taken.release(session, &prepared, next_due).await?;
        // All of them went to other senders: there are more, and this one has nothing yet.
        let again = moved && released.is_empty();
        let then = next_due
            .map(|due| (WaitingFor::CampaignRate, due))
            .or(opens.map(|at| (WaitingFor::RecipientWindow, at)));
        Ok(Ok((released, again, then)))
    }
}

/// The people to write to now, in order, until the room is used up; and when the first window opens of those who were
/// passed over.
fn choose(
    lane: &Lane,
    campaign: &OpenCampaign,
    taken: &Taken,
    room: u32,
    clocks: bool,
    now: DateTime<Utc>,
) -> (Vec<Recipient>, Option<DateTime<Utc>>) {
    let policy = &lane.facts.state.policy;
    let mut by_zone: HashMap<&[Tz], Option<DateTime<Utc>>> = HashMap::new();
    let (mut people, mut opens) = (Vec::new(), None);
    for person in &taken.recipients {
        if people.len() >= room as usize {
            break;
        }
        if clocks {
            let told = person.variables.get(time_zones::COLUMN).map(String::as_str);
            let zones = time_zones::of_person(told, person.phone.as_deref(), policy.time_zone);
            let look = || windows::of_recipient(policy, Some(&campaign.pace), zones, now);
            if let Some(at) = *by_zone.entry(zones).or_insert_with(look) {
                opens = Some(opens.map_or(at, |earlier: DateTime<Utc>| earlier.min(at)));
                continue;
            }
        }
        people.push(person.clone());
    }
    (people, opens)
}

fn earlier(
    bound: Option<(WaitingFor, DateTime<Utc>)>,
    other: (WaitingFor, DateTime<Utc>),
) -> Option<(WaitingFor, DateTime<Utc>)> {
    Some(bound.filter(|(_, until)| *until <= other.1).unwrap_or(other))
}

/// When chats may be begun again: at midnight, or soon, when those that count are only on their way.
fn chats_again(lane: &Lane, now: DateTime<Utc>) -> DateTime<Utc> {
    match grant(&lane.facts.state, wahana_domain::messages::Class::Bulk, now) {
        Grant::Open(room) if room.new_chats.is_some_and(|left| left > 0) => {
            now + chrono::TimeDelta::seconds(1)
        }
        _ => new_chats_again(&lane.facts.state, now),
    }
}
