//! The query string of a list: a page, and what the rows are filtered by.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use wahana_store::PageRequest;

use super::query;
use crate::paging::PageQuery;
use crate::problem::{Code, Problem};
use crate::state::ApiState;

/// `limit` and `cursor`, and the filters `F` of the list. Give `F` `#[serde(deny_unknown_fields)]`, and describe both to
/// OpenAPI: `params(PageQuery, F)`.
///
/// The two are read separately: with `#[serde(flatten)]` every value of a query would stay text, and `?limit=10` or a
/// filter that is a number or a boolean would be refused.
#[derive(Debug)]
pub struct Paged<F> {
    /// Which page.
    pub page: PageRequest,
    /// The filters of the list.
    pub filter: F,
}

/// The filter of a list that has none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoFilter {}

impl<F: DeserializeOwned> FromRequestParts<ApiState> for Paged<F> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &ApiState) -> Result<Self, Problem> {
        read(parts.uri.query().unwrap_or_default())
    }
}

fn read<F: DeserializeOwned>(text: &str) -> Result<Paged<F>, Problem> {
    let of_page = |pair: &&str| {
        let pair = url::form_urlencoded::parse(pair.as_bytes()).next();
        pair.is_some_and(|(name, _)| PageQuery::FIELDS.contains(&&*name))
    };
    let (page, filter): (Vec<&str>, Vec<&str>) = text.split('&').partition(of_page);
    let page: PageQuery = query::read(&page.join("&"))?;
    let filter = query::read(&filter.join("&")).map_err(|mut problem| {
        if problem.code == Code::UnknownField {
            problem.detail.push_str("; a list also takes `limit` and `cursor`");
        }
        problem
    })?;
    Ok(Paged { page: page.request(), filter })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Filter {
        unread: Option<bool>,
        min_age: Option<u32>,
        name: Option<String>,
    }

    #[test]
    fn page_and_filter_are_read_whatever_their_type() {
        let Paged { page, filter } =
            read::<Filter>("unread=true&limit=7&name=a%26limit%3D9&min_age=5&cursor=AZAAqgqbe8yN3u7u__8AAQ")
                .expect("a query");
        assert_eq!((page.limit, page.before.is_some()), (7, true));
        assert_eq!(
            (filter.unread, filter.min_age, filter.name.as_deref()),
            (Some(true), Some(5), Some("a&limit=9"))
        );
        assert_eq!(read::<NoFilter>("").expect("nothing").page.limit, 50);
        assert_eq!(read::<NoFilter>("%6Cimit=8").expect("an encoded name").page.limit, 8);
    }

    #[test]
    fn mistakes_name_their_field() {
        for (query, code, field) in [
            ("limit=0", Code::InvalidField, "limit"),
            ("limit=many", Code::InvalidField, "limit"),
            ("limit=1&limit=2", Code::InvalidField, "limit"),
            ("cursor=x", Code::InvalidField, "cursor"),
            ("unread=perhaps", Code::InvalidField, "unread"),
            ("min_age=1&min_age=2", Code::InvalidField, "min_age"),
            ("limit=1&page=2", Code::UnknownField, "page"),
        ] {
            let problem = read::<Filter>(query).expect_err(query);
            let found = (problem.code, problem.field.as_deref());
            assert_eq!(found, (code, Some(field)), "{query}: {}", problem.detail);
        }
        let problem = read::<NoFilter>("page=2").expect_err("no such field");
        assert_eq!((problem.code, problem.field.as_deref()), (Code::UnknownField, Some("page")));
        assert!(problem.detail.ends_with("`limit` and `cursor`"), "{}", problem.detail);
    }
}
