//! Campaigns in every state that there is to see.

use chrono::TimeDelta;
use wahana_client::Client;
use wahana_client::types::{CreateCampaign, text};
use wahana_domain::policy::CampaignPace;
use wahana_domain::{Clock, SessionId};

use super::{Done, people};

/// What becomes of a campaign after its people are uploaded.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Draft,
    /// Starts tomorrow.
    Scheduled,
    /// Runs until it is finished.
    Runs,
    Paused,
    Cancelled,
}

struct Wanted {
    name: &'static str,
    template: &'static str,
    people: (u32, u32),
    per_hour: Option<u32>,
    fate: Fate,
}

const CAMPAIGNS: [Wanted; 6] = [
    Wanted {
        name: "Opening hours in December",
        template: "{Hi|Hello} {{name|there}}, we are open until 22:00 in December.",
        people: (100, 112),
        per_hour: None,
        fate: Fate::Runs,
    },
    Wanted {
        name: "New menu",
        template: "{Hi|Hello|Halo} {{name|there}}, our new menu is here. See you in \
                   {{city|town}}? Reply STOP to hear no more.",
        people: (200, 440),
        per_hour: Some(600),
        fate: Fate::Runs,
    },
    Wanted {
        name: "Voucher for regulars",
        template: "Hello {{name|there}}, your voucher {{voucher}} is waiting. Reply STOP to hear no more.",
        people: (0, 60),
        per_hour: Some(360),
        fate: Fate::Paused,
    },
    Wanted {
        name: "Weekend offer",
        template: "Hello {{name|there}}, two for one this weekend in {{city|town}}.",
        people: (440, 560),
        per_hour: None,
        fate: Fate::Scheduled,
    },
    Wanted {
        name: "Birthday greetings",
        template: "Happy birthday, {{name|friend}}! A cup is on us today.",
        people: (0, 20),
        per_hour: None,
        fate: Fate::Draft,
    },
    Wanted {
        name: "Old price list",
        template: "Hello {{name|there}}, our prices have changed.",
        people: (560, 600),
        per_hour: Some(120),
        fate: Fate::Cancelled,
    },
];

/// Makes those that are not there.
pub(super) async fn make(client: &Client, sender: SessionId, done: &mut Done) -> anyhow::Result<()> {
    let known = client.campaigns().await?;
    for wanted in &CAMPAIGNS {
        let label = format!("campaign {}", wanted.name);
        if known.iter().any(|campaign| campaign.name == wanted.name) {
            done.kept(label);
            continue;
        }
        one(client, sender, wanted).await?;
        done.made(label);
    }
    Ok(())
}

async fn one(client: &Client, sender: SessionId, wanted: &Wanted) -> anyhow::Result<()> {
    let tomorrow = Clock::System.now() + TimeDelta::days(1);
    let campaign = CreateCampaign {
        name: wanted.name.to_owned(),
        session_ids: vec![sender],
        content: text(wanted.template),
        send_at: (wanted.fate == Fate::Scheduled).then_some(tomorrow),
        pace: wanted
            .per_hour
            .map(|rate| CampaignPace { messages_per_hour: Some(rate), ..CampaignPace::default() }),
    };
    let id = client.create_campaign(&campaign, None).await?.id;
    let (from, to) = wanted.people;
    client.upload_recipients(id, people::csv(from, to)).await?;
    if wanted.fate != Fate::Draft {
        client.start_campaign(id).await?;
    }
    match wanted.fate {
        Fate::Paused => drop(client.pause_campaign(id).await?),
        Fate::Cancelled => drop(client.cancel_campaign(id).await?),
        Fate::Draft | Fate::Scheduled | Fate::Runs => {}
    }
    Ok(())
}
