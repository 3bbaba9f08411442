//! Writes down what holds a lane, when that changed, so that people see limits that no row shows (rates, windows of
//! campaigns).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use wahana_domain::SessionId;
use wahana_domain::messages::Class;

use crate::jobs::lane::{Bound, Lane};
use crate::{RoundError, Scheduler};

/// The end of a rate moves all the time: it is written again only after this long.
const REFRESH: TimeDelta = TimeDelta::seconds(10);

/// By lane, and whether it is its bulk line: what holds it, and when that was written.
type ByLine = HashMap<(SessionId, bool), (Option<Bound>, DateTime<Utc>)>;

/// What was last written of each line's limit, and when.
#[derive(Clone, Default)]
pub(crate) struct LimitCache(Arc<Mutex<ByLine>>);

impl LimitCache {
    /// Whether this differs from what was written last; if so, it is remembered.
    fn changes(&self, session: SessionId, class: Class, bound: Option<Bound>, now: DateTime<Utc>) -> bool {
        let mut written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (session, class == Class::Bulk);
        let same = written.get(&key).is_some_and(|(was, at)| {
            *was == bound || was.map(|(why, _)| why) == bound.map(|(why, _)| why) && *at + REFRESH > now
        });
        if !same {
            written.insert(key, (bound, now));
        }
        !same
    }
}

impl Scheduler {
    /// Writes down what holds these lanes, if it is not what was written last.
    pub(crate) async fn note_limits(&self, lanes: &[Lane], now: DateTime<Utc>) -> Result<(), RoundError> {
        let lines = lanes.iter().flat_map(|lane| {
            let session = lane.facts.session;
            [(session, Class::Transactional, lane.hi_bound), (session, Class::Bulk, lane.lo_bound)]
        });
        let changed: Vec<_> = lines
            .filter(|(session, class, bound)| self.written_limits.changes(*session, *class, *bound, now))
            .collect();
        if !changed.is_empty() {
            self.store.system().lanes().record_limits(&changed).await?;
        }
        Ok(())
    }
}
