//! Values of arguments: closed lists, which are checked and completed, times, and ids.

use std::ffi::OsStr;
use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};
use clap::builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser};
use wahana_domain::closed::UnknownName;
use wahana_domain::controls::ControlScope;
use wahana_domain::jobs::{JobKind, JobOrMessageState, Queue};
use wahana_domain::{JobId, MessageId};
use wahana_store::operator::controls::Target;

/// A state of a job, or of a message whose job is over.
pub(crate) fn state() -> impl TypedValueParser<Value = JobOrMessageState> {
    one_of(JobOrMessageState::all().into_iter().map(JobOrMessageState::as_str))
}

/// A kind of job.
pub(crate) fn kind() -> impl TypedValueParser<Value = JobKind> {
    one_of(JobKind::ALL.iter().map(|kind| kind.as_str()))
}

/// A queue.
pub(crate) fn queue() -> impl TypedValueParser<Value = Queue> {
    one_of(queues())
}

fn queues() -> impl Iterator<Item = &'static str> {
    Queue::ALL.iter().map(|queue| queue.as_str())
}

/// A name of a closed list.
fn one_of<T>(names: impl Iterator<Item = &'static str>) -> impl TypedValueParser<Value = T>
where
    T: FromStr<Err = UnknownName> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(names).try_map(|name| name.parse::<T>())
}

/// What can be paused; words are completed, ids cannot be.
#[derive(Clone)]
pub(crate) struct TargetParser;

impl TypedValueParser for TargetParser {
    type Value = Target;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Target, clap::Error> {
        let parse = |text: String| text.parse::<Target>();
        StringValueParser::new().try_map(parse).parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let holds = [ControlScope::All, ControlScope::Outbound].map(ControlScope::as_str);
        Some(Box::new(holds.into_iter().chain(queues()).map(PossibleValue::new)))
    }
}

/// Slots of a queue in each worker; none is as the settings of the worker say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slots(pub(crate) Option<u32>);

/// 0 to 1000, or `default`.
pub(crate) fn slots(text: &str) -> Result<Slots, String> {
    if text == "default" {
        return Ok(Slots(None));
    }
    let number = text.parse().ok().filter(|n| *n <= 1_000);
    number.map(|n| Slots(Some(n))).ok_or_else(|| "expected 0 to 1000, or `default`".to_owned())
}

/// The id of a job, or of a message: its send has the same.
pub(crate) fn job(text: &str) -> Result<JobId, String> {
    let message = || text.parse::<MessageId>().map(|id| JobId(id.0));
    text.parse::<JobId>()
        .or_else(|_| message())
        .map_err(|_| "expected the id of a job (job_...) or a message (msg_...)".to_owned())
}

/// The digits of a phone number.
pub(crate) fn digits(text: &str) -> Result<String, String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let others = |c: char| !c.is_ascii_digit() && !"+-() .".contains(c);
    if digits.len() < 5 || text.contains(others) {
        return Err("expected a phone number with its country code, such as +6281234567890".to_owned());
    }
    Ok(digits)
}

/// A name and a value.
pub(crate) fn label(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected name=value")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// A span of time: 90s, 30m, 2h, 1d.
pub(crate) fn span(text: &str) -> Result<TimeDelta, String> {
    let wrong = || "expected a number and s, m, h or d, such as 2h".to_owned();
    let unit = text.chars().last().ok_or_else(wrong)?;
    let n: i64 = text[..text.len() - unit.len_utf8()].parse().map_err(|_| wrong())?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return Err(wrong()),
    };
    n.checked_mul(seconds).filter(|n| *n >= 0).and_then(TimeDelta::try_seconds).ok_or_else(wrong)
}

/// A point in time, or how long ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    At(DateTime<Utc>),
    Ago(TimeDelta),
}

impl Moment {
    /// The point in time, seen from now.
    pub(crate) fn at(self, now: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::At(at) => at,
            Self::Ago(span) => now.checked_sub_signed(span).unwrap_or(DateTime::<Utc>::MIN_UTC),
        }
    }
}

/// 2026-01-31T00:00:00Z, or 2h for two hours ago.
pub(crate) fn moment(text: &str) -> Result<Moment, String> {
    let at = || DateTime::parse_from_rfc3339(text).map(|at| Moment::At(at.to_utc()));
    span(text).map(Moment::Ago).or_else(|_| at()).map_err(|_| {
        "expected a time (2026-01-31T00:00:00Z), or how long ago: a number and s, m, h or d, such as 2h"
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_points_or_spans() {
        let now: DateTime<Utc> = "2026-01-31T12:00:00Z".parse().unwrap();
        assert_eq!(moment("2h").unwrap().at(now).to_rfc3339(), "2026-01-31T10:00:00+00:00");
        assert_eq!(
            moment("2026-01-31T07:00:00+07:00").unwrap().at(now).to_rfc3339(),
            "2026-01-31T00:00:00+00:00"
        );
        for wrong in ["", "h", "2", "2w", "-1h", "yesterday", "99999999999999999d", "2é"] {
            assert!(moment(wrong).unwrap_err().contains("such as 2h"), "{wrong}");
            assert!(span(wrong).unwrap_err().contains("such as 2h"), "{wrong}");
        }
    }

    #[test]
    fn numbers_and_ids_are_checked() {
        assert_eq!(digits("+62 812-3456-7890").unwrap(), "6281234567890");
        assert!(digits("Ana").is_err() && digits("12").is_err() && digits("+62812x345678").is_err());
        assert_eq!(slots("7").unwrap(), Slots(Some(7)));
        assert_eq!(slots("default").unwrap(), Slots(None));
        assert!(slots("1001").is_err() && slots("many").is_err());
        let (job_id, message) = ("job_01h455vb4pex5vsknk084sn02q", "msg_01h455vb4pex5vsknk084sn02q");
        assert_eq!(job(job_id).unwrap(), job(message).unwrap());
        assert!(job("ses_01h455vb4pex5vsknk084sn02q").unwrap_err().contains("msg_"));
    }
}
