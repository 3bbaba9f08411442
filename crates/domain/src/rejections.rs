//! What WhatsApp's rejections of a session mean: one chat, or the account. Most versions of WAHA do not say (docs/waha.md
//! 10.1), so rejections among people who never wrote to us are counted. Pure functions; the store keeps the facts.

use std::time::Duration;

use crate::closed::closed_enum;

/// When rejections are taken for a restriction of the account. A limit of 0 is never reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RejectionLimits {
    /// So many new chats refused in a row.
    pub in_a_row: u32,
    /// So many of the last `window` new chats refused.
    pub of_last: u32,
    /// How many of the last new chats are looked at.
    pub window: u32,
    /// How long the bulk line rests then; after each rest one message goes ahead as a probe.
    pub pause: Duration,
    /// When a message is tried again, once, that WhatsApp refused for its chat alone. Every try counts as an attempt with
    /// WhatsApp, so it is never soon.
    pub retry: Duration,
}

/// New chats refused with error 463 in a row that concern the account, although WAHA says that it is not restricted: one
/// may be the chat's own.
const TOLD_IN_A_ROW: usize = 2;

impl Default for RejectionLimits {
    fn default() -> Self {
        let minutes = |n: u64| Duration::from_secs(n * 60);
        Self { in_a_row: 5, of_last: 8, window: 10, pause: minutes(60), retry: minutes(60) }
    }
}

/// A rejection of a person who never wrote to us; one per person, the newest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Whether WhatsApp said that it is about new chats (error 463).
    pub told: bool,
    /// How many such people got a message of the session since.
    pub accepted_after: u32,
}

closed_enum! {
    /// What rejections are a sign of.
    RejectionSign {
        /// So many in a row.
        InARow = "in_a_row",
        /// So many of the last.
        Share = "share",
        /// Error 463 for two people in a row.
        Told = "told",
    }
}

/// Whether these rejections, the newest first, mean that WhatsApp refuses new chats of the account; how many of them do.
pub fn sign(rejections: &[Rejection], limits: &RejectionLimits) -> Option<(RejectionSign, usize)> {
    let row = rejections.iter().take_while(|rejection| rejection.accepted_after == 0);
    let reaches = |n: usize, limit: u32| limit > 0 && n >= limit as usize;
    if limits.in_a_row > 0 && row.clone().filter(|rejection| rejection.told).count() >= TOLD_IN_A_ROW {
        return Some((RejectionSign::Told, row.count()));
    }
    if reaches(row.clone().count(), limits.in_a_row) {
        return Some((RejectionSign::InARow, row.count()));
    }
    // The nth newest rejection is among the last `window` if not too many were accepted after it.
    let seen = |(n, rejection): &(usize, &Rejection)| n + 1 + rejection.accepted_after as usize;
    let last = rejections.iter().enumerate().take_while(|one| seen(one) <= limits.window as usize).count();
    reaches(last, limits.of_last).then_some((RejectionSign::Share, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(accepted_after: &[u32]) -> Vec<Rejection> {
        accepted_after.iter().map(|n| Rejection { told: false, accepted_after: *n }).collect()
    }

    #[test]
    fn f4_five_in_a_row_or_eight_of_the_last_ten_are_the_account() {
        let limits = RejectionLimits::default();
        assert_eq!(sign(&of(&[0, 0, 0, 0]), &limits), None);
        assert_eq!(sign(&of(&[0, 0, 0, 0, 0]), &limits), Some((RejectionSign::InARow, 5)));
        assert_eq!(sign(&of(&[0, 0, 0, 0, 1, 1, 1]), &limits), None, "seven of the last eight");
        let eight = of(&[0, 0, 0, 0, 1, 1, 1, 1]);
        assert_eq!(sign(&eight, &limits), Some((RejectionSign::Share, 8)), "eight of nine");
        let spread = of(&[1, 1, 1, 1, 2, 2, 2, 2]);
        assert_eq!(sign(&spread, &limits), Some((RejectionSign::Share, 8)), "eight of ten");
        let thin = of(&[1, 1, 2, 2, 3, 3, 3, 3]);
        assert_eq!(sign(&thin, &limits), None, "eight of eleven");
        assert_eq!(sign(&[], &limits), None);
    }

    #[test]
    fn f7_one_463_may_be_the_chat_and_a_second_person_is_the_account() {
        let told = |n| Rejection { told: true, accepted_after: n };
        let limits = RejectionLimits::default();
        assert_eq!(sign(&[told(0)], &limits), None);
        assert_eq!(sign(&[told(0), told(0)], &limits), Some((RejectionSign::Told, 2)));
        assert_eq!(sign(&[told(0), told(1)], &limits), None, "somebody got one in between");
    }

    #[test]
    fn a_limit_of_nothing_is_never_reached() {
        let off = RejectionLimits { in_a_row: 0, of_last: 0, ..RejectionLimits::default() };
        let told = Rejection { told: true, accepted_after: 0 };
        assert_eq!(sign(&[told; 40], &off), None);
    }
}
