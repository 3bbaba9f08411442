//! Lists by page: `?limit=&cursor=` in, `{items, next_cursor}` out.
//!
//! A list reads its query by `extract::Paged` and declares only its filters.

use std::borrow::Cow;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use uuid::Uuid;
use wahana_domain::Rule;
use wahana_store::{Page, PageRequest};

const DEFAULT: u32 = 50;
const MAX_ROWS: u32 = 200;

/// How many rows a page has: 1 to 200, usually 50.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "u32")]
pub struct Limit(u32);

impl Default for Limit {
    fn default() -> Self {
        Self(DEFAULT)
    }
}

impl TryFrom<u32> for Limit {
    type Error = String;

    fn try_from(rows: u32) -> Result<Self, String> {
        if (1..=MAX_ROWS).contains(&rows) {
            Ok(Self(rows))
        } else {
            Err(Rule::OutOfRange { min: 1, max: MAX_ROWS.into() }.marked())
        }
    }
}

impl utoipa::PartialSchema for Limit {
    fn schema() -> RefOr<Schema> {
        let object = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(MAX_ROWS));
        object.default(Some(DEFAULT.into())).into()
    }
}

impl utoipa::ToSchema for Limit {
    fn name() -> Cow<'static, str> {
        "Limit".into()
    }
}

/// Where the next page begins: what a list gave as `next_cursor`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Cursor(Uuid);

impl FromStr for Cursor {
    type Err = Rule;

    fn from_str(text: &str) -> Result<Self, Rule> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok();
        bytes.and_then(|bytes| Uuid::from_slice(&bytes).ok()).map(Self).ok_or(Rule::BadCursor)
    }
}

impl TryFrom<String> for Cursor {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map_err(|rule: Rule| rule.marked())
    }
}

impl utoipa::PartialSchema for Cursor {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[A-Za-z0-9_-]{21}[AQgw]$")).into()
    }
}

impl utoipa::ToSchema for Cursor {
    fn name() -> Cow<'static, str> {
        "Cursor".into()
    }
}

/// Which page of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Rows per page.
    #[serde(default)]
    #[param(required = false)]
    limit: Limit,
    /// The `next_cursor` of the page before.
    cursor: Option<Cursor>,
}

impl PageQuery {
    /// The names of its fields.
    pub const FIELDS: [&'static str; 2] = ["limit", "cursor"];

    /// What the store is asked for.
    pub fn request(self) -> PageRequest {
        request(self.limit, self.cursor)
    }
}

/// What the store is asked for.
pub fn request(limit: Limit, cursor: Option<Cursor>) -> PageRequest {
    PageRequest { limit: limit.0, before: cursor.map(|cursor| cursor.0) }
}

/// One page of a list, newest first.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PageView<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Give it as `cursor` for the next page; null on the last.
    pub next_cursor: Option<String>,
}

impl<T> PageView<T> {
    /// Shows each row of the store's page.
    pub fn of<R>(page: Page<R>, view: impl FnMut(R) -> T) -> Self {
        Self {
            items: page.items.into_iter().map(view).collect(),
            next_cursor: page.next.map(|id| URL_SAFE_NO_PAD.encode(id.as_bytes())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_went() {
        let id = Uuid::from_u128(0x0190_aaaa_bbbb_7ccc_8ddd_eeee_ffff_0001);
        let page = PageView::of(Page { items: vec![1], next: Some(id) }, |row| row);
        let text = page.next_cursor.unwrap();
        assert_eq!(text.parse::<Cursor>().unwrap().0, id);
        for bad in ["", "x", "!!!!!!!!!!!!!!!!!!!!!!", &text[1..]] {
            assert!(bad.parse::<Cursor>().is_err(), "{bad}");
        }
    }
}
