//! Lists of people in requests and answers: refused lines, and problems of a file that is no list.

use std::collections::BTreeMap;

use serde::Serialize;
use wahana_audience::AudienceError;
use wahana_domain::recipients::RejectCode;
use wahana_service::contacts::lists::ListError;
use wahana_store::campaigns::recipients::Reject;

use wahana_api_kit::problem::{Code, Problem};

/// How many refused lines a report shows.
pub(crate) const SHOWN: usize = 100;

/// A refused line of a report.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub(crate) struct RejectView {
    /// Line in the file, from 1.
    #[schema(example = 17)]
    pub(crate) line: i64,
    /// The column it is about.
    #[schema(example = "phone")]
    pub(crate) column: Option<String>,
    /// What stands there, cut to 100 characters.
    #[schema(example = "0812-34")]
    pub(crate) value: Option<String>,
    /// Why, for programs.
    pub(crate) code: RejectCode,
    /// Why, for people.
    #[schema(example = "The number is too short.")]
    pub(crate) reason: String,
}

impl From<Reject> for RejectView {
    fn from(reject: Reject) -> Self {
        let Reject { line, column, value, code, reason, .. } = reject;
        Self { line, column, value, code, reason }
    }
}

/// How many lines were refused for each reason.
pub(crate) type ByCode = BTreeMap<RejectCode, i64>;

/// The problem of a list that was not read.
pub(crate) fn problem_of(error: ListError) -> Problem {
    match error {
        ListError::Wrong(wrong) => wrong.into(),
        ListError::NoList(error) => no_list(&error),
        ListError::Broken(error) => Problem::internal(error),
    }
}

/// The code of this name.
pub(crate) fn code(name: &str) -> Code {
    Code::ALL.iter().find(|code| code.as_str() == name).copied().unwrap_or(Code::Internal)
}

/// A file that is no list of people.
fn no_list(error: &AudienceError) -> Problem {
    let code = code(error.code());
    if code == Code::Internal {
        return Problem::internal(error);
    }
    let problem = Problem::new(code, error.to_string());
    if let Some(line) = error.line() { problem.at(format!("line {line}")) } else { problem }
}
