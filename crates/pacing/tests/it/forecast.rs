//! The forecast against a simulation: every message by itself, the real `grant`, drawn pauses, a virtual
//! clock, days on end, random policies.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use chrono_tz::Tz;
use serde_json::json;
use wahana_domain::lanes::{LaneState, Used};
use wahana_domain::messages::Class;
use wahana_domain::policy::{CampaignPace, PacingPolicy};
use wahana_domain::sessions::{Desired, SessionStatus};
use wahana_pacing::forecast::{Outlook, Sender, SharedRate, forecast};
use wahana_pacing::{Grant, WaitingFor, Window, gap, grant, new_chats_again, rate, windows};

const ZONES: [&str; 3] = ["Asia/Jakarta", "Europe/Berlin", "Asia/Kathmandu"];

const ZONES_OF_PEOPLE: [&[Tz]; 2] = [&[chrono_tz::Asia::Jakarta], &[chrono_tz::Asia::Tokyo]];

/// Pseudo-random, the same in every run.
struct Dice(u64);

impl Dice {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn between(&mut self, from: u32, to: u32) -> u32 {
        from + (self.unit() * f64::from(to - from + 1)) as u32
    }

    fn chance(&mut self, part: f64) -> bool {
        self.unit() < part
    }
}

fn policy(dice: &mut Dice) -> PacingPolicy {
    let gap_min = dice.between(5, 60) * 1_000;
    let mut policy = json!({
        "gap_min_ms": gap_min, "gap_max_ms": gap_min + dice.between(0, 90) * 1_000,
        "daily_cap": dice.chance(0.5).then(|| dice.between(100, 800)),
        "hourly_cap": dice.chance(0.3).then(|| dice.between(20, 100)),
        "new_chats_per_day": dice.chance(0.2).then(|| dice.between(50, 200)),
        "time_zone": ZONES[dice.between(0, 2) as usize],
    });
    if dice.chance(0.4) {
        policy["quiet_hours"] = json!({"from": "21:00", "to": "07:30"});
    }
    if dice.chance(0.3) {
        let zone = if dice.chance(0.6) { "recipient" } else { "sender" };
        policy["send_window"] = json!({"from": "08:00", "to": "20:00", "zone": zone});
    }
    if dice.chance(0.3) {
        policy["breaks"] = json!({"every": dice.between(10, 40), "min_ms": 120_000, "max_ms": 900_000});
    }
    if dice.chance(0.3) {
        policy["warm_up"] =
            json!({"kind": "growth", "first_day": dice.between(50, 100), "percent": 130, "days": 10});
    }
    let policy: PacingPolicy = serde_json::from_value(policy).unwrap();
    policy.validate().unwrap();
    policy
}

fn lane(policy: PacingPolicy) -> LaneState {
    LaneState {
        policy,
        desired: Desired::Running,
        status: SessionStatus::Working,
        paused: false,
        parked_until: None,
        bulk_parked_until: None,
        usage: Vec::new(),
        warm_up_from: None,
    }
}

fn outlook(dice: &mut Dice) -> Outlook {
    let senders: Vec<Sender> = (0..dice.between(1, 4))
        .map(|_| Sender { lane: lane(policy(dice)), others: 0, rates: vec![0] })
        .collect();
    let people = u64::from(dice.between(800, 2_000)) * senders.len() as u64;
    let abroad = people / 5;
    Outlook {
        start: "2026-11-23T01:20:00Z".parse().unwrap(),
        pace: serde_json::from_value(json!({
            "messages_per_hour": dice.chance(0.3).then(|| dice.between(30, 150)),
        }))
        .unwrap(),
        senders,
        rates: vec![SharedRate { why: WaitingFor::PlanRate, per_minute: dice.between(1, 20) }],
        people: vec![(ZONES_OF_PEOPLE[0], people - abroad), (ZONES_OF_PEOPLE[1], abroad)],
        new_chats: 1.0,
    }
}

/// The next recipient in order who may be written to, or when one may be.
fn next_person(
    people: &mut Vec<&'static [Tz]>,
    lane: &LaneState,
    pace: &CampaignPace,
    now: DateTime<Utc>,
) -> Result<(), DateTime<Utc>> {
    let opens =
        ZONES_OF_PEOPLE.map(|zone| (zone, windows::of_recipient(&lane.policy, Some(pace), zone, now)));
    let open = |zone: &&'static [Tz]| opens.iter().any(|(known, until)| known == zone && until.is_none());
    // From the end, where removal is cheap.
    let found = people.iter().rev().take(2_000).position(open);
    match found {
        Some(at) => {
            people.remove(people.len() - 1 - at);
            Ok(())
        }
        None => Err(opens.iter().filter_map(|(_, until)| *until).min().unwrap_or(now)),
    }
}

/// When the last message is sent.
fn simulate(outlook: &Outlook, dice: &mut Dice) -> DateTime<Utc> {
    let mut lanes: Vec<LaneState> = outlook.senders.iter().map(|sender| sender.lane.clone()).collect();
    let mut breaks: Vec<Option<u32>> = vec![None; lanes.len()];
    let mut people: Vec<&'static [Tz]> =
        outlook.people.iter().flat_map(|(zone, n)| vec![*zone; *n as usize]).collect();
    for at in (1..people.len()).rev() {
        people.swap(at, dice.between(0, at as u32) as usize);
    }
    let (mut campaign_due, mut plan_due) = (None, None);
    let mut turns: BinaryHeap<_> = (0..lanes.len()).map(|at| Reverse((outlook.start, at))).collect();
    let mut last = outlook.start;
    while let Some(Reverse((now, at))) = turns.pop() {
        if people.is_empty() {
            break;
        }
        let lane = &mut lanes[at];
        let mut wait =
            |until: DateTime<Utc>| turns.push(Reverse((until.max(now + TimeDelta::milliseconds(1)), at)));
        let room = match grant(lane, Class::Bulk, now) {
            Grant::Open(room) => room,
            Grant::Closed { until, .. } => {
                wait(until.unwrap());
                continue;
            }
        };
        if let Window::Closed(_, until) = windows::of_sender(&lane.policy, Some(&outlook.pace), now) {
            wait(until);
            continue;
        }
        if room.new_chats == Some(0) {
            wait(new_chats_again(lane, now));
            continue;
        }
        let per_hour = outlook.pace.messages_per_hour.unwrap_or(1_000_000);
        let plan = outlook.rates[0].per_minute * 60;
        let (by_campaign, by_plan) =
            (rate::allow(per_hour, campaign_due, now, 1), rate::allow(plan, plan_due, now, 1));
        if by_campaign.0 == 0 || by_plan.0 == 0 {
            let due = |(n, due): (u32, DateTime<Utc>)| if n == 0 { due } else { now };
            wait(due(by_campaign).max(due(by_plan)));
            continue;
        }
        if let Err(until) = next_person(&mut people, lane, &outlook.pace, now) {
            wait(until);
            continue;
        }
        (campaign_due, plan_due) = (Some(by_campaign.1), Some(by_plan.1));
        let quarter = now.duration_trunc(TimeDelta::minutes(15)).unwrap();
        lane.warm_up_from = lane.warm_up_from.or(Some(quarter));
        match lane.usage.iter_mut().find(|used| used.quarter == quarter) {
            Some(used) => {
                (used.sent, used.bulk, used.new_chats) = (used.sent + 1, used.bulk + 1, used.new_chats + 1)
            }
            None => lane.usage.push(Used { quarter, sent: 1, bulk: 1, new_chats: 1 }),
        }
        lane.usage.retain(|used| used.quarter > now - TimeDelta::hours(25));
        last = last.max(now);
        let pause = gap::draw_ms(&lane.policy, &mut breaks[at], [dice.unit(), dice.unit(), dice.unit()]);
        wait(now + TimeDelta::microseconds((pause * 1_000.0) as i64));
    }
    last
}

#[test]
fn the_forecast_is_right_within_a_tenth() {
    const CAMPAIGNS: u64 = 40;
    let mut wrong = Vec::new();
    for seed in 1..=CAMPAIGNS {
        let mut dice = Dice(seed * 7_919);
        let outlook = outlook(&mut dice);
        let told = forecast(&outlook);
        let really = simulate(&outlook, &mut dice);
        let hours = |at: DateTime<Utc>| (at - outlook.start).as_seconds_f64() / 3_600.0;
        let (finish, really) = (hours(told.finish.expect("an end")), hours(really));
        let (early, late) =
            told.finish_between.map(|(early, late)| (hours(early), hours(late))).expect("an end");
        assert!(early <= finish && finish <= late);
        if (finish / really - 1.0).abs() > 0.1 {
            wrong.push(format!(
                "campaign {seed}: told {finish:.1} h ({early:.1} to {late:.1}), was {really:.1} h"
            ));
        }
        let sent: u64 = told.days.iter().map(|day| day.messages).sum();
        let people: u64 = outlook.people.iter().map(|(_, n)| n).sum();
        assert_eq!(sent, people, "campaign {seed}: every message has its day");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn one(policy: serde_json::Value, people: u64) -> Outlook {
    Outlook {
        start: "2026-11-23T00:00:00Z".parse().unwrap(),
        pace: Default::default(),
        senders: vec![Sender {
            lane: lane(serde_json::from_value(policy).unwrap()),
            others: 0,
            rates: Vec::new(),
        }],
        rates: Vec::new(),
        people: vec![(&[chrono_tz::UTC], people)],
        new_chats: 0.0,
    }
}

#[test]
fn each_day_says_what_binds_it() {
    let told = forecast(&one(
        json!({"gap_min_ms": 10_000, "gap_max_ms": 10_000, "daily_cap": 1_000, "hi_share_percent": 0, "time_zone": "UTC",
            "warm_up": {"kind": "list", "caps": [100, 400]}, "quiet_hours": {"from": "20:00", "to": "08:00"}}),
        3_000,
    ));
    let days: Vec<_> = told.days.iter().map(|day| (day.messages, day.binding)).collect();
    assert_eq!(
        days,
        [
            (100, WaitingFor::WarmUpCap),
            (400, WaitingFor::WarmUpCap),
            (1_000, WaitingFor::DailyCap),
            (1_000, WaitingFor::DailyCap),
            (500, WaitingFor::QuietHours),
        ]
    );
    let finish: DateTime<Utc> = "2026-11-27T09:23:20Z".parse().unwrap();
    assert!((told.finish.unwrap() - finish).abs() < TimeDelta::minutes(5), "{:?}", told.finish);
}

#[test]
fn what_never_ends_says_why() {
    let mut outlook = one(json!({}), 10);
    outlook.senders[0].lane.status = SessionStatus::ScanQrCode;
    let told = forecast(&outlook);
    assert_eq!((told.finish, told.stuck), (None, Some(WaitingFor::SessionNotWorking)));
}
