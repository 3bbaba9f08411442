//! Behaviour of the simulated numbers: whether they exist, are switched off, read, answer, or say STOP. The
//! kind of a number is derived from the seed and the number; its reaction to a message also from the message.

use serde::{Deserialize, Serialize};

use crate::seed::Dice;

/// How a number acknowledges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AckStyle {
    /// SERVER, DEVICE and perhaps READ.
    Normal,
    /// The same, ten times slower.
    Slow,
    /// SERVER only: the phone is off.
    ServerOnly,
    /// No word of WhatsApp's server: DEVICE is the first ack, as NOWEB often reports it.
    DeviceFirst,
    /// Nothing at all.
    Never,
    /// ack -1.
    Error,
}

/// From and to, in milliseconds before scaling.
pub type Range = [u64; 2];

/// Rule for one number or a group of numbers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhoneRule {
    /// Digits; a trailing `*` matches all numbers with that prefix.
    pub number: String,
    /// Whether it has WhatsApp.
    #[serde(default)]
    pub exists: Option<bool>,
    /// Digits under which WhatsApp has it, where they are not those that people dial (Brazil, Mexico).
    #[serde(default)]
    pub registered: Option<String>,
    /// How it acknowledges.
    #[serde(default)]
    pub ack: Option<AckStyle>,
    /// Whether it reads.
    #[serde(default)]
    pub read: Option<bool>,
    /// What it answers, to every message.
    #[serde(default)]
    pub reply: Option<String>,
    /// Whether it writes under a LID instead of its number.
    #[serde(default)]
    pub lid: Option<bool>,
    /// Whether its events contain the number beside the LID, as those of newer engines mostly do.
    #[serde(default)]
    pub lid_told: Option<bool>,
}

/// All numbers. Probabilities are between 0 and 1; rules win, the first that fits.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Phones {
    /// Of a number without WhatsApp.
    pub unknown: f64,
    /// Of a slow phone.
    pub slow: f64,
    /// Of a phone that is off.
    pub off: f64,
    /// Of a number that never acknowledges.
    pub never: f64,
    /// Of a message that is read.
    pub read: f64,
    /// Of a read message that is answered.
    pub reply: f64,
    /// Of an answer that is `STOP`.
    pub stop: f64,
    /// Of a person who writes under a LID.
    pub lid: f64,
    /// Of such a person whose events name the number, too.
    pub lid_told: f64,
    /// Of a mobile number of Brazil that WhatsApp keeps without its ninth digit.
    pub old_form: f64,
    /// Other answers.
    pub replies: Vec<String>,
    /// To SERVER.
    pub server_ms: Range,
    /// From SERVER to DEVICE.
    pub device_ms: Range,
    /// From DEVICE to READ.
    pub read_ms: Range,
    /// From READ to the answer.
    pub reply_ms: Range,
    /// Single numbers.
    pub rules: Vec<PhoneRule>,
}

impl Default for Phones {
    fn default() -> Self {
        Self {
            unknown: 0.02,
            slow: 0.05,
            off: 0.04,
            never: 0.01,
            read: 0.7,
            reply: 0.08,
            stop: 0.1,
            lid: 0.3,
            lid_told: 0.5,
            old_form: 0.5,
            replies: ["Oke", "Siap, terima kasih", "Berapa harganya?", "👍"].map(str::to_owned).to_vec(),
            server_ms: [60, 400],
            device_ms: [400, 6_000],
            read_ms: [3_000, 120_000],
            reply_ms: [10_000, 180_000],
            rules: Vec::new(),
        }
    }
}

/// The next event of a message.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// This ack, after these milliseconds.
    Ack(i8, u64),
    /// An answer, after these milliseconds.
    Reply(String, u64),
    /// Nothing more.
    End,
}

/// Which message, for the seed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Which<'a> {
    pub(crate) seed: u64,
    pub(crate) session: &'a str,
    pub(crate) chat: &'a str,
    pub(crate) n: u32,
}

impl Phones {
    /// Whether the number has WhatsApp.
    pub(crate) fn exists(&self, seed: u64, number: &str) -> bool {
        let by_rule = self.rule(number).and_then(|rule| rule.exists);
        by_rule.unwrap_or_else(|| !Dice::new(seed, "unknown", "", number, 0).chance(self.unknown))
    }

    /// Whether events name the person's number beside the LID.
    pub(crate) fn tells_number(&self, seed: u64, number: &str) -> bool {
        let by_rule = self.rule(number).and_then(|rule| rule.lid_told);
        by_rule.unwrap_or_else(|| Dice::new(seed, "lid_told", "", number, 0).chance(self.lid_told))
    }

    /// The digits under which WhatsApp has the number.
    pub(crate) fn registered(&self, seed: u64, number: &str) -> String {
        if let Some(by_rule) = self.rule(number).and_then(|rule| rule.registered.clone()) {
            return by_rule;
        }
        let ninth = number.strip_prefix("55").filter(|rest| rest.len() == 11 && rest[2..].starts_with('9'));
        let old = ninth.filter(|_| Dice::new(seed, "old_form", "", number, 0).chance(self.old_form));
        old.map_or_else(|| number.to_owned(), |rest| format!("55{}{}", &rest[..2], &rest[3..]))
    }

    /// Whether the person writes under a LID.
    pub(crate) fn writes_under_lid(&self, seed: u64, number: &str) -> bool {
        let by_rule = self.rule(number).and_then(|rule| rule.lid);
        by_rule.unwrap_or_else(|| Dice::new(seed, "lid", "", number, 0).chance(self.lid))
    }

    /// The event after the ack `level` (0 is the send itself).
    pub(crate) fn next(&self, which: Which<'_>, level: i8) -> Next {
        let number = digits(which.chat);
        let style = self.style(which.seed, number);
        let slower = if style == AckStyle::Slow { 10 } else { 1 };
        let mut dice = Dice::new(
            which.seed,
            "ack",
            which.session,
            which.chat,
            which.n.wrapping_mul(8) + u32::from(level.unsigned_abs()),
        );
        let mut wait = |range: Range| slower * dice.between(range[0], range[1]);
        match (level, style) {
            (0, AckStyle::Never) | (1, AckStyle::ServerOnly) => Next::End,
            (0, AckStyle::DeviceFirst) => Next::Ack(2, wait(self.device_ms)),
            (0, AckStyle::Error) => Next::Ack(-1, wait(self.server_ms)),
            (0, _) => Next::Ack(1, wait(self.server_ms)),
            (1, _) => Next::Ack(2, wait(self.device_ms)),
            (2, _) if self.reads(which) => Next::Ack(3, wait(self.read_ms)),
            (3, _) => match self.answer(which) {
                Some(text) => Next::Reply(text, wait(self.reply_ms)),
                None => Next::End,
            },
            _ => Next::End,
        }
    }

    fn style(&self, seed: u64, number: &str) -> AckStyle {
        if let Some(style) = self.rule(number).and_then(|rule| rule.ack) {
            return style;
        }
        let mut dice = Dice::new(seed, "style", "", number, 0);
        if !self.exists(seed, number) {
            return if dice.chance(0.5) { AckStyle::Error } else { AckStyle::Never };
        }
        let roll = dice.unit();
        let styles =
            [(self.slow, AckStyle::Slow), (self.off, AckStyle::ServerOnly), (self.never, AckStyle::Never)];
        let mut sum = 0.0;
        for (chance, style) in styles {
            sum += chance;
            if roll < sum {
                return style;
            }
        }
        AckStyle::Normal
    }

    fn reads(&self, which: Which<'_>) -> bool {
        let rule = self.rule(digits(which.chat));
        if let Some(rule) = rule.filter(|rule| rule.read.is_some() || rule.reply.is_some()) {
            return rule.read.unwrap_or(true);
        }
        Dice::new(which.seed, "read", which.session, which.chat, which.n).chance(self.read)
    }

    fn answer(&self, which: Which<'_>) -> Option<String> {
        if let Some(text) = self.rule(digits(which.chat)).and_then(|rule| rule.reply.clone()) {
            return Some(text);
        }
        let mut dice = Dice::new(which.seed, "reply", which.session, which.chat, which.n);
        if !dice.chance(self.reply) {
            return None;
        }
        if dice.chance(self.stop) || self.replies.is_empty() {
            return Some("STOP".to_owned());
        }
        let pick = dice.between(0, self.replies.len() as u64 - 1);
        self.replies.get(usize::try_from(pick).ok()?).cloned()
    }

    fn rule(&self, number: &str) -> Option<&PhoneRule> {
        self.rules.iter().find(|rule| match rule.number.strip_suffix('*') {
            Some(prefix) => number.starts_with(prefix),
            None => rule.number == number,
        })
    }
}

/// The number behind a chat; LIDs of the simulator contain it.
fn digits(chat: &str) -> &str {
    let behind = chat.strip_suffix("@lid").and_then(|lid| lid.strip_prefix("99"));
    behind.unwrap_or_else(|| chat.split('@').next().unwrap_or(chat))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn which(n: u32) -> Which<'static> {
        Which { seed: 3, session: "s", chat: "12132132131@c.us", n }
    }

    fn rule(ack: AckStyle, reply: Option<&str>) -> Phones {
        let rule = PhoneRule {
            number: "1213*".into(),
            ack: Some(ack),
            reply: reply.map(str::to_owned),
            ..PhoneRule::default()
        };
        Phones { rules: vec![rule], ..Phones::default() }
    }

    #[test]
    fn a_rule_decides_the_whole_way() {
        let phones = rule(AckStyle::Normal, Some("STOP"));
        assert!(matches!(phones.next(which(0), 0), Next::Ack(1, 60..=400)));
        assert!(matches!(phones.next(which(0), 1), Next::Ack(2, _)));
        assert!(matches!(phones.next(which(0), 2), Next::Ack(3, _)));
        assert!(matches!(phones.next(which(0), 3), Next::Reply(text, _) if text == "STOP"));
        assert_eq!(rule(AckStyle::Never, None).next(which(0), 0), Next::End);
        assert_eq!(rule(AckStyle::ServerOnly, None).next(which(0), 1), Next::End);
        assert!(matches!(rule(AckStyle::Error, None).next(which(0), 0), Next::Ack(-1, _)));
    }

    #[test]
    fn the_same_seed_acknowledges_the_same_way() {
        let phones = Phones::default();
        for n in 0..50 {
            assert_eq!(phones.next(which(n), 2), phones.next(which(n), 2));
        }
    }
}
