//! One request with its response, and how it is checked.

use serde_json::{Map, Value};
use url::form_urlencoded;

use super::operations::Found;
use super::{Breach, Contract};

const PROBLEM_TYPE: &str = "application/problem+json";
const PROBLEM: &str = "/components/schemas/Problem";

/// One request with its response.
#[derive(Clone, Debug, Default)]
pub struct Exchange {
    /// In capital letters.
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// The content type of the request.
    pub request_type: Option<String>,
    /// The body of the request; `None` if it has none or it is a stream.
    pub request: Option<Vec<u8>>,
    /// The HTTP status.
    pub status: u16,
    /// The headers of the response, names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body of the response; `None` if it is a stream.
    pub body: Option<Vec<u8>>,
}

impl Exchange {
    /// All that the document says otherwise.
    pub fn check(&self, contract: &Contract) -> Vec<Breach> {
        let path = self.path.split('?').next().unwrap_or_default();
        match contract.operations.find(&self.method, path) {
            Found::Operation(operation) => {
                let mut breaches = self.response(contract, operation);
                // What was refused may be anything.
                if (200..300).contains(&self.status) {
                    breaches.extend(self.query(contract, operation));
                    breaches.extend(self.request_body(contract, operation));
                }
                breaches
            }
            Found::Unknown if matches!(self.status, 404 | 405) => self.problem(contract),
            Found::Unknown => vec![Breach::new("operation", "not in the document")],
            Found::Outside if self.path.starts_with("/api/") && self.status >= 400 => self.problem(contract),
            Found::Outside => Vec::new(),
        }
    }

    fn header(&self, wanted: &str) -> Option<&str> {
        self.headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
    }

    fn content_type(&self) -> &str {
        essence(self.header("content-type"))
    }

    fn problem(&self, contract: &Contract) -> Vec<Breach> {
        if self.content_type() != PROBLEM_TYPE {
            return vec![Breach::new("content type", format!("{:?} is no problem", self.content_type()))];
        }
        self.json(contract, PROBLEM)
    }

    fn response(&self, contract: &Contract, operation: &str) -> Vec<Breach> {
        let mut at = format!("{operation}/responses/{}", self.status);
        let Some(mut response) = contract.document.pointer(&at) else {
            return vec![Breach::new("status", "not documented")];
        };
        if let Some(reference) = response["$ref"].as_str() {
            at = reference.trim_start_matches('#').to_owned();
            response = contract.document.pointer(&at).expect("the response that is referred to");
        }
        let mut breaches: Vec<Breach> = response["headers"]
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(name, header)| {
                header["required"] == true && self.header(&name.to_lowercase()).is_none()
            })
            .map(|(name, _)| Breach::new("header", format!("{name} is missing")))
            .collect();
        let Some(content) = response["content"].as_object().filter(|content| !content.is_empty()) else {
            if self.body.as_ref().is_some_and(|body| !body.is_empty()) {
                breaches.push(Breach::new("response body", "none is documented"));
            }
            return breaches;
        };
        let given = self.content_type();
        let Some(documented) = range_of(content, given) else {
            let known: Vec<&str> = content.keys().map(String::as_str).collect();
            let reason = format!("{given:?} is not documented, only {}", known.join(", "));
            breaches.push(Breach::new("content type", reason));
            return breaches;
        };
        if is_json(documented) && self.method != "HEAD" {
            breaches.extend(self.json(contract, &media_type(&at, documented)));
        }
        breaches
    }

    fn json(&self, contract: &Contract, schema: &str) -> Vec<Breach> {
        match self.body.as_deref().map(serde_json::from_slice::<Value>) {
            None => Vec::new(),
            Some(Ok(body)) => contract.breaches("response body", schema, &body),
            Some(Err(error)) => vec![Breach::new("response body", format!("no JSON: {error}"))],
        }
    }

    fn request_body(&self, contract: &Contract, operation: &str) -> Vec<Breach> {
        let at = format!("{operation}/requestBody");
        // What an operation does not read is ignored.
        let Some(body) = contract.document.pointer(&at) else { return Vec::new() };
        let given = essence(self.request_type.as_deref());
        let Some(content) = body["content"].as_object() else { return Vec::new() };
        if given.is_empty() && body["required"] != true {
            return Vec::new();
        }
        let Some(documented) = range_of(content, given) else {
            let reason = format!("{given:?} was taken, but is not documented");
            return vec![Breach::new("request content type", reason)];
        };
        let Some(body) = self.request.as_deref().filter(|_| is_json(documented)) else { return Vec::new() };
        match serde_json::from_slice::<Value>(body) {
            Ok(body) => contract.breaches("request body", &media_type(&at, documented), &body),
            Err(error) => vec![Breach::new("request body", format!("no JSON: {error}"))],
        }
    }

    /// Every parameter that was taken is documented, with values of this kind.
    fn query(&self, contract: &Contract, operation: &str) -> Vec<Breach> {
        let query = self.path.split_once('?').map_or("", |(_, query)| query);
        let parameters = contract.document.pointer(&format!("{operation}/parameters"));
        let parameters = parameters.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut breaches = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let known = parameters.iter().position(|one| one["in"] == "query" && one["name"] == *name);
            let Some(place) = known else {
                breaches.push(Breach::new("query", format!("{name} was taken, but is not documented")));
                continue;
            };
            let schema = format!("{operation}/parameters/{place}/schema");
            let as_text = contract.breaches("query", &schema, &Value::from(value.as_ref()));
            let as_value = serde_json::from_str::<Value>(&value).ok();
            let fits = |value: &Value| contract.breaches("query", &schema, value).is_empty();
            if !as_text.is_empty() && !as_value.as_ref().is_some_and(fits) {
                breaches.push(Breach::new("query", format!("{name}={value}: {}", as_text[0].reason)));
            }
        }
        breaches
    }
}

fn media_type(at: &str, content_type: &str) -> String {
    format!("{at}/content/{}/schema", content_type.replace('~', "~0").replace('/', "~1"))
}

/// The documented media type that this one is: itself, or a range such as `*/*`.
fn range_of<'a>(content: &'a Map<String, Value>, given: &str) -> Option<&'a str> {
    let (kind, _) = given.split_once('/')?;
    let ranges = [given, &format!("{kind}/*"), "*/*"];
    ranges.iter().find_map(|range| content.get_key_value(*range)).map(|(known, _)| known.as_str())
}

/// The media type without its parameters.
fn essence(content_type: Option<&str>) -> &str {
    content_type.and_then(|text| text.split(';').next()).unwrap_or_default().trim()
}

fn is_json(content_type: &str) -> bool {
    content_type == "application/json" || content_type.ends_with("+json")
}
