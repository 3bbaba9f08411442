//! Findings of a dry run: what speaks against launching a campaign, or for another look before. Codes and weights are a
//! table of `wahana_domain::findings`.

use wahana_domain::SessionId;
use wahana_domain::findings::FindingCode;
use wahana_domain::health::{Health, HealthReasonCode};
use wahana_domain::nodes::NodeGap;
use wahana_domain::policy::PacingPolicy;
use wahana_domain::sessions::QuotaStatus;
use wahana_domain::template::{InvalidTemplate, Template};
use wahana_domain::waha_versions::gaps;
use wahana_store::campaigns::check::{Audience, CampaignSender};

use crate::campaigns::forecast::CampaignForecast;
use crate::messages::media::CampaignFile;

/// Shorter pauses than this are told: WAHA's own advice is 30 to 60 s (docs/waha.md section 9).
const SHORT_PAUSE_MS: u32 = 20_000;
/// From so many people on it is told when all of them would read the very same words.
const MANY: i64 = 50;

/// Something that speaks against launching a campaign, or for another look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub code: FindingCode,
    /// The sender it is about.
    pub session: Option<SessionId>,
    /// The same for people, and what to do.
    pub detail: String,
}

impl Finding {
    fn new(code: FindingCode, detail: impl Into<String>) -> Self {
        Self { code, session: None, detail: detail.into() }
    }
}

/// What findings are made from.
pub(crate) struct Facts<'a> {
    pub(crate) audience: &'a Audience,
    pub(crate) template: Result<Option<&'a Template>, &'a InvalidTemplate>,
    pub(crate) senders: &'a [CampaignSender],
    pub(crate) policies: &'a [PacingPolicy],
    pub(crate) forecast: &'a CampaignForecast,
    pub(crate) file: &'a CampaignFile,
}

impl Facts<'_> {
    /// All of them, the gravest first.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let mut found: Vec<Finding> = [self.of_people(), self.of_text(), self.of_file(), self.of_time()]
            .into_iter()
            .flatten()
            .collect();
        found.extend(self.of_senders());
        found.sort_by_key(|finding| finding.code.weight());
        found
    }

    fn of_people(&self) -> Option<Finding> {
        let Audience { people, .. } = *self.audience;
        let left_out = people - self.audience.to_send();
        match (people, self.audience.to_send()) {
            (0, _) => Some(Finding::new(FindingCode::NoRecipients, "Upload the people it is for.")),
            (_, 0) => {
                Some(Finding::new(FindingCode::NobodyLeft, "Nobody would get it: everybody is left out."))
            }
            _ if left_out > 0 => {
                let detail = format!("{left_out} of {people} people would not get it.");
                Some(Finding::new(FindingCode::LeftOut, detail))
            }
            _ => None,
        }
    }

    fn of_text(&self) -> Option<Finding> {
        match self.template {
            Err(error) => Some(Finding::new(FindingCode::BadTemplate, error.to_string())),
            Ok(Some(template)) if !template.varies() && self.audience.to_send() >= MANY => {
                Some(Finding::new(
                    FindingCode::SameText,
                    "Everybody would read the same words, which WhatsApp may take for spam: use {{name}} or {Hi|Hello}.",
                ))
            }
            Ok(_) => None,
        }
    }

    fn of_file(&self) -> Option<Finding> {
        match self.file {
            CampaignFile::None | CampaignFile::Ready => None,
            CampaignFile::Waiting => Some(Finding::new(
                FindingCode::FileNotReady,
                "The file is being fetched or converted; nothing is sent before it is ready.",
            )),
            CampaignFile::Failed(problem) => Some(Finding::new(FindingCode::FileNotUsable, problem.clone())),
        }
    }

    fn of_senders(&self) -> Vec<Finding> {
        if self.senders.is_empty() {
            return vec![Finding::new(FindingCode::NoSender, "Choose at least one session that sends it.")];
        }
        let ill = self.senders.iter().filter(|sender| sender.health != Health::Healthy).map(|sender| {
            let reason = sender.health_reason.as_ref().and_then(HealthReasonCode::known);
            let remedy = sender.health.remedy(reason);
            let detail = format!("{}: {}", sender.name, remedy.unwrap_or("It is stopped; start it."));
            Finding { session: Some(sender.id), ..Finding::new(FindingCode::SenderNotHealthy, detail) }
        });
        let old = self.senders.iter().filter_map(of_server);
        let quota = self.senders.iter().filter_map(of_quota);
        let hasty = self.policies.iter().any(|policy| policy.gap_min_ms < SHORT_PAUSE_MS);
        let hasty = hasty.then(|| {
            Finding::new(
                FindingCode::ShortPauses,
                "A sender pauses for less than 20 s between messages; 30 to 60 s is what keeps numbers safe.",
            )
        });
        ill.chain(old).chain(quota).chain(hasty).collect()
    }

    fn of_time(&self) -> Option<Finding> {
        // Without people or senders there is nothing to foretell, and that is told already.
        if self.audience.to_send() == 0 || self.senders.is_empty() {
            return None;
        }
        let course = &self.forecast.course;
        if course.finish.is_none() {
            let why = course.stuck.map_or("its turn", |why| why.as_str());
            let detail = format!("As things stand it would never be through: it waits for {why}.");
            return Some(Finding::new(FindingCode::NeverFinishes, detail));
        }
        (self.forecast.finishes_before_deadline() == Some(false)).then(|| {
            Finding::new(
                FindingCode::DeadlineMissed,
                "It would not be through by its deadline: move that, or add senders.",
            )
        })
    }
}

/// A server that sends under ids of its own: what is in doubt after a crash cannot be sent again safely.
fn of_server(sender: &CampaignSender) -> Option<Finding> {
    let (version, engine) = (sender.version.as_deref(), sender.engine.as_deref());
    if !gaps(version, engine).contains(&NodeGap::ClientIds) {
        return None;
    }
    let detail = format!(
        "{}: its WAHA server ({} {}) does not keep the ids that we choose. After a crash some people may not get it: \
         what is in doubt is not sent again. WAHA 2026.4.3 or later with NOWEB or GOWS can.",
        sender.name,
        engine.unwrap_or_default(),
        version.unwrap_or_default(),
    );
    Some(Finding { session: Some(sender.id), ..Finding::new(FindingCode::OldWahaServer, detail) })
}

fn of_quota(sender: &CampaignSender) -> Option<Finding> {
    let how = match sender.quota? {
        QuotaStatus::None => return None,
        QuotaStatus::FirstWarning | QuotaStatus::SecondWarning => "is nearly used up",
        QuotaStatus::Capped => "is used up",
    };
    let detail = format!("{}: WhatsApp's quota of new chats {how}: write to fewer strangers.", sender.name);
    Some(Finding { session: Some(sender.id), ..Finding::new(FindingCode::NewChatQuota, detail) })
}
