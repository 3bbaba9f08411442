//! A pace as somebody asks for it: like [`PacingPolicy`], and whether its time zone was named. Where it was not, the
//! zone is the organization's.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::StringDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use super::PacingPolicy;

/// The field whose absence matters.
const ZONE: &str = "time_zone";

/// A pace, and whether it named its time zone.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct PolicyWish {
    /// The pace. If the zone was not named, its zone means nothing.
    pub policy: PacingPolicy,
    /// Whether the zone was named.
    pub names_zone: bool,
}

impl<'de> Deserialize<'de> for PolicyWish {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut names_zone = false;
        let policy = PacingPolicy::deserialize(Watched { inner: deserializer, seen: &mut names_zone })?;
        Ok(Self { policy, names_zone })
    }
}

/// A deserializer that notes whether the field occurs.
struct Watched<'a, D> {
    inner: D,
    seen: &'a mut bool,
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Watched<'_, D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_map(WatchedVisitor { inner: visitor, seen: self.seen, life: PhantomData })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct WatchedVisitor<'a, 'de, V> {
    inner: V,
    seen: &'a mut bool,
    life: PhantomData<&'de ()>,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for WatchedVisitor<'_, 'de, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(WatchedMap { inner: map, seen: self.seen })
    }
}

struct WatchedMap<'a, A> {
    inner: A,
    seen: &'a mut bool,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for WatchedMap<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let Some(key) = self.inner.next_key::<String>()? else { return Ok(None) };
        *self.seen |= key == ZONE;
        let key: StringDeserializer<A::Error> = key.into_deserializer();
        seed.deserialize(key).map(Some).map_err(Error::custom)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.next_value_seed(seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f4_a_zone_that_is_not_named_is_told() {
        let read = |json: &str| serde_json::from_str::<PolicyWish>(json);
        assert!(!read("{}").unwrap().names_zone);
        let without =
            read(r#"{"gap_min_ms": 1000, "quiet_hours": {"from": "21:00", "to": "08:00"}}"#).unwrap();
        assert_eq!((without.names_zone, without.policy.gap_min_ms), (false, 1000));
        let with = read(r#"{"gap_min_ms": 1000, "time_zone": "Asia/Makassar"}"#).unwrap();
        assert_eq!((with.names_zone, with.policy.time_zone), (true, chrono_tz::Asia::Makassar));
        assert!(read("[]").is_err(), "a list is no policy");
        for wrong in [r#"{"gap": 1}"#, r#"{"gap_min_ms": "x"}"#, r#"{"time_zone": "x"}"#, "7"] {
            let plain = serde_json::from_str::<PacingPolicy>(wrong).unwrap_err().to_string();
            let told = read(wrong).unwrap_err().to_string();
            let start = |text: &str| text.split(" at line").next().unwrap_or_default().to_owned();
            if wrong.starts_with('{') {
                assert_eq!(start(&told), start(&plain), "{wrong}");
            }
        }
    }
}
