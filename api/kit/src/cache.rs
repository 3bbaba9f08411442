//! A small cache with a lifetime, for what is asked at every request (keys, devices, webhook secrets).
//!
//! Never the truth: an entry may be as old as its lifetime, so lifetimes are a few seconds at most.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// Never more entries than this.
const MAX_ENTRIES: usize = 10_000;

/// Values that are forgotten after a while.
pub struct Cache<K, V> {
    lifetime: TimeDelta,
    entries: Mutex<HashMap<K, (DateTime<Utc>, V)>>,
}

impl<K: Eq + Hash, V: Clone> Cache<K, V> {
    /// An empty cache whose entries live this long.
    pub fn new(lifetime: TimeDelta) -> Self {
        Self { lifetime, entries: Mutex::default() }
    }

    /// The value, if it is young enough.
    pub fn get(&self, key: &K, now: DateTime<Utc>) -> Option<V> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(key).filter(|(until, _)| *until > now).map(|(_, value)| value.clone())
    }

    /// Remembers a value.
    pub fn put(&self, key: K, value: V, now: DateTime<Utc>) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= MAX_ENTRIES {
            entries.retain(|_, (until, _)| *until > now);
            // Somebody sends thousands of keys a second: better ask the database again than search the map each time.
            if entries.len() > MAX_ENTRIES / 2 {
                entries.clear();
            }
        }
        entries.insert(key, (now + self.lifetime, value));
    }

    /// Forgets a value at once.
    pub fn forget(&self, key: &K) {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_end() {
        let cache = Cache::new(TimeDelta::seconds(1));
        let start = DateTime::from_timestamp_millis(0).unwrap();
        cache.put("a", 1, start);
        assert_eq!(cache.get(&"a", start), Some(1));
        assert_eq!(cache.get(&"a", start + TimeDelta::seconds(1)), None);
        cache.put("a", 2, start);
        cache.forget(&"a");
        assert_eq!(cache.get(&"a", start), None);
    }

    #[test]
    fn it_does_not_grow_without_end() {
        let cache = Cache::new(TimeDelta::seconds(1));
        let start = DateTime::from_timestamp_millis(0).unwrap();
        (0..2 * MAX_ENTRIES).for_each(|n| cache.put(n, (), start));
        assert!(cache.entries.lock().unwrap().len() <= MAX_ENTRIES);
        assert_eq!(cache.get(&(2 * MAX_ENTRIES - 1), start), Some(()));
    }
}
