//! What speaks against launching a campaign, or for another look before.

use serde::Serialize;
use utoipa::ToSchema;
use wahana_domain::SessionId;
use wahana_domain::health::{Health, HealthReasonCode};
use wahana_domain::policy::PacingPolicy;
use wahana_domain::template::{InvalidTemplate, Template};
use wahana_store::campaigns::check::{Audience, CampaignSender};

use crate::campaigns::forecast::ForecastView;

/// Shorter pauses than this are told: WAHA's own advice is 30 to 60 s (docs/waha.md section 9).
const SHORT_PAUSE_MS: u32 = 20_000;
/// From so many people on it is told when all of them would read the very same words.
const MANY: i64 = 50;

/// How much a finding weighs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Weight {
    /// It cannot be launched.
    Blocks,
    /// Something of it will not go as one expects.
    Warns,
    /// Worth knowing.
    Notes,
}

/// What a finding is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FindingCode {
    /// Nobody was uploaded yet.
    NoRecipients,
    /// Everybody is left out.
    NobodyLeft,
    /// The text is no template.
    BadTemplate,
    /// It has no sender.
    NoSender,
    /// Some people are left out; see `left_out`.
    LeftOut,
    /// A sender is not healthy.
    SenderNotHealthy,
    /// As things stand it would never be through.
    NeverFinishes,
    /// It would not be through by its deadline; a launch has to accept that.
    DeadlineMissed,
    /// Everybody would read the very same words, which WhatsApp may take for spam.
    SameText,
    /// A sender's pauses are shorter than advised.
    ShortPauses,
}

/// Something that speaks against launching a campaign, or for another look.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingView {
    code: FindingCode,
    weight: Weight,
    /// The sender it is about.
    session_id: Option<SessionId>,
    /// The same for people, and what to do.
    #[schema(example = "112 people have no value for `order`.")]
    detail: String,
}

/// What findings are made from.
pub(crate) struct Facts<'a> {
    pub(crate) audience: &'a Audience,
    pub(crate) template: Result<Option<&'a Template>, &'a InvalidTemplate>,
    pub(crate) senders: &'a [CampaignSender],
    pub(crate) policies: &'a [PacingPolicy],
    pub(crate) forecast: &'a ForecastView,
}

impl Facts<'_> {
    /// All of them, the gravest first.
    pub(crate) fn findings(&self) -> Vec<FindingView> {
        let mut found: Vec<FindingView> =
            [self.of_people(), self.of_text(), self.of_time()].into_iter().flatten().collect();
        found.extend(self.of_senders());
        found.sort_by_key(|finding| finding.weight);
        found
    }

    fn of_people(&self) -> Option<FindingView> {
        let Audience { people, .. } = *self.audience;
        let left_out = people - self.audience.to_send();
        match (people, self.audience.to_send()) {
            (0, _) => Some(blocks(FindingCode::NoRecipients, "Upload the people it is for.")),
            (_, 0) => Some(warns(FindingCode::NobodyLeft, "Nobody would get it: everybody is left out.")),
            _ if left_out > 0 => {
                Some(warns(FindingCode::LeftOut, format!("{left_out} of {people} people would not get it.")))
            }
            _ => None,
        }
    }

    fn of_text(&self) -> Option<FindingView> {
        match self.template {
            Err(error) => Some(blocks(FindingCode::BadTemplate, error.to_string())),
            Ok(Some(template)) if !template.varies() && self.audience.to_send() >= MANY => Some(notes(
                FindingCode::SameText,
                "Everybody would read the same words, which WhatsApp may take for spam: use {{name}} or {Hi|Hello}.",
            )),
            Ok(_) => None,
        }
    }

    fn of_senders(&self) -> Vec<FindingView> {
        if self.senders.is_empty() {
            return vec![blocks(FindingCode::NoSender, "Choose at least one session that sends it.")];
        }
        let ill = self.senders.iter().filter(|sender| sender.health != Health::Healthy).map(|sender| {
            let remedy =
                sender.health.remedy(sender.health_reason.as_ref().and_then(HealthReasonCode::known));
            let detail = format!("{}: {}", sender.name, remedy.unwrap_or("It is stopped; start it."));
            FindingView { session_id: Some(sender.id), ..warns(FindingCode::SenderNotHealthy, detail) }
        });
        let hasty = self.policies.iter().any(|policy| policy.gap_min_ms < SHORT_PAUSE_MS);
        let hasty = hasty.then(|| {
            notes(
                FindingCode::ShortPauses,
                "A sender pauses for less than 20 s between messages; 30 to 60 s is what keeps numbers safe.",
            )
        });
        ill.chain(hasty).collect()
    }

    fn of_time(&self) -> Option<FindingView> {
        let forecast = self.forecast;
        // Without people or senders there is nothing to foretell, and that is told already.
        if self.audience.to_send() == 0 || self.senders.is_empty() {
            return None;
        }
        if forecast.finish.is_none() {
            let why = forecast.stuck.map_or("its turn", |why| why.as_str());
            return Some(warns(
                FindingCode::NeverFinishes,
                format!("As things stand it would never be through: it waits for {why}."),
            ));
        }
        (forecast.finishes_before_deadline == Some(false)).then(|| {
            warns(
                FindingCode::DeadlineMissed,
                "It would not be through by its deadline: move that, or add senders.",
            )
        })
    }
}

fn blocks(code: FindingCode, detail: impl Into<String>) -> FindingView {
    FindingView { code, weight: Weight::Blocks, session_id: None, detail: detail.into() }
}

fn warns(code: FindingCode, detail: impl Into<String>) -> FindingView {
    FindingView { weight: Weight::Warns, ..blocks(code, detail) }
}

fn notes(code: FindingCode, detail: impl Into<String>) -> FindingView {
    FindingView { weight: Weight::Notes, ..blocks(code, detail) }
}
