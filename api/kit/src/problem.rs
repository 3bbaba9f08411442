//! Every error the API answers with: one table of codes, one shape (RFC 9457, `application/problem+json`).
//!
//! A problem of status 500 never says what broke; the log does, under the same request id.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use wahana_domain::Reason;
use wahana_domain::rule::{Param, Params, Rule, RuleCode};
use wahana_service::checks::{WrongField, WrongFields};
use wahana_store::StoreError;

// `tt`, not `literal`: derives see a literal of a macro as an expression and would miss the names.
macro_rules! codes {
    ($($variant:ident = $code:tt, $status:ident, $title:tt, $doc:tt;)+) => {
        /// What went wrong, for programs: stable names.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
        pub enum Code { $(#[doc = $doc] #[serde(rename = $code)] $variant,)+ }

        impl Code {
            /// Every code, in the order of docs/errors.md.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The HTTP status it is answered with.
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status),+ }
            }

            /// The same for every problem of this code.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),+ }
            }

            /// When it happens and what to do.
            pub const fn doc(self) -> &'static str {
                match self { $(Self::$variant => $doc),+ }
            }
        }
    };
}

codes! {
    InvalidJson = "invalid_json", BAD_REQUEST, "The body is not JSON", "The body is empty, cut off or not JSON at all; the detail says where.";
    InvalidBody = "invalid_body", BAD_REQUEST, "The body could not be read", "The upload broke off or its form is malformed.";
    InvalidField = "invalid_field", UNPROCESSABLE_ENTITY, "A field has a wrong value", "`field` names it; `errors` lists all of them when there are several.";
    MissingField = "missing_field", UNPROCESSABLE_ENTITY, "A field is missing", "`field` names it.";
    UnknownField = "unknown_field", UNPROCESSABLE_ENTITY, "A field is not known", "Perhaps a typing error: `field` names it, the detail lists the known ones.";
    InvalidTemplate = "invalid_template", UNPROCESSABLE_ENTITY, "The text is no template", "`field` names it; the detail says at which character, and what to do.";
    EmptyFile = "empty_file", UNPROCESSABLE_ENTITY, "The file is empty", "The first line must name the columns.";
    NotCsv = "not_csv", UNPROCESSABLE_ENTITY, "The file is no list", "It is neither CSV nor XLSX, ODS or vCard, or it is damaged: save the list as XLSX or as CSV (UTF-8).";
    UnknownSheet = "unknown_sheet", UNPROCESSABLE_ENTITY, "There is no such sheet", "The detail lists those that there are.";
    NoHeader = "no_header", UNPROCESSABLE_ENTITY, "The file has no header", "The first line holds data; put a line with the names of the columns above it.";
    NoPhoneColumn = "no_phone_column", UNPROCESSABLE_ENTITY, "No column holds the number", "Name one `phone`, or say which one it is with ?phone_column=.";
    UnknownColumn = "unknown_column", UNPROCESSABLE_ENTITY, "There is no such column", "The detail lists those that there are.";
    MissingColumn = "missing_column", UNPROCESSABLE_ENTITY, "A variable has no column", "Write the name of a column of the file in the template, or add the column.";
    DuplicateColumn = "duplicate_column", UNPROCESSABLE_ENTITY, "Two columns have one name", "Rename one.";
    TooManyColumns = "too_many_columns", UNPROCESSABLE_ENTITY, "The file has too many columns", "Remove those that no message needs.";
    BadHeader = "bad_header", UNPROCESSABLE_ENTITY, "The header cannot be read", "The detail says why.";
    LineTooLong = "line_too_long", UNPROCESSABLE_ENTITY, "A line is too long", "This does not look like a CSV file with one person a line.";
    TooManyLines = "too_many_lines", UNPROCESSABLE_ENTITY, "The file has too many lines", "Split it.";
    TooManyRecipients = "too_many_recipients", UNPROCESSABLE_ENTITY, "Too many recipients", "The detail names the limit; split the list over several campaigns.";
    NoRecipients = "no_recipients", CONFLICT, "The campaign has no recipients", "Upload some before it is launched.";
    NobodyLeft = "nobody_left", CONFLICT, "Nobody would get the campaign", "Everybody is suppressed or left out; its dry run counts why.";
    DeadlineMissed = "deadline_missed", CONFLICT, "The campaign cannot keep its deadline", "The detail says when it would be through and what it waits for; see its forecast. Move `pace.finish_by`, add sessions, or start or resume it with ?accept_late=true.";
    NoSender = "no_sender", CONFLICT, "The campaign has no sender", "Its sessions were deleted; give it others while it is a draft.";
    TooBroad = "too_broad", UNPROCESSABLE_ENTITY, "The search is too broad", "It would read too much; name an id, a recipient, a session, a campaign or an organization.";
    WeakPassword = "weak_password", UNPROCESSABLE_ENTITY, "The password is too weak", "Too short, among the most common, or the email address itself.";
    Unauthenticated = "unauthenticated", UNAUTHORIZED, "Who are you?", "No credentials, or ones that are unknown, revoked or expired. Send `Authorization: Bearer <token>` or `X-Api-Key: wah_...`.";
    TokenExpired = "token_expired", UNAUTHORIZED, "The access token has expired", "Get a new one with the refresh token.";
    WrongCredentials = "wrong_credentials", UNAUTHORIZED, "Email or password is wrong", "Which of the two is not told.";
    InvalidRefreshToken = "invalid_refresh_token", UNAUTHORIZED, "The refresh token is not valid", "Unknown, expired or logged out: log in again.";
    RefreshTokenReused = "refresh_token_reused", UNAUTHORIZED, "The refresh token was used before", "Somebody may have copied it, so the device was logged out: log in again.";
    InvalidSignature = "invalid_signature", UNAUTHORIZED, "The signature is missing or wrong", "Only WAHA servers of this installation may report events.";
    MissingScope = "missing_scope", FORBIDDEN, "The API key or role may not do this", "The detail names the scope it needs.";
    UserRequired = "user_required", FORBIDDEN, "Only a logged-in user may do this", "API keys cannot; log in.";
    OwnerRequired = "owner_required", FORBIDDEN, "Only an owner may do this", "Ask an owner of the organization.";
    OperatorRequired = "operator_required", FORBIDDEN, "Only an operator may do this", "Operators of the installation log in as users; `wahana operators add <email>` makes one. API keys are never operators.";
    CrossOrigin = "cross_origin", FORBIDDEN, "The request comes from another site", "Only this installation's own dashboard may use its cookie; set http.public_url to the address that users see.";
    SignupClosed = "signup_closed", FORBIDDEN, "Sign-up is closed", "The operator of this installation makes accounts.";
    WrongSession = "wrong_session", FORBIDDEN, "The event is of another session", "The event names a session that does not belong to this address.";
    NotFound = "not_found", NOT_FOUND, "There is no such thing", "It does not exist, or it is another organization's.";
    NoSuchRoute = "no_such_route", NOT_FOUND, "There is no such address", "See /api/docs for all that there are.";
    MethodNotAllowed = "method_not_allowed", METHOD_NOT_ALLOWED, "The address does not take this method", "The Allow header lists those it takes.";
    EmailTaken = "email_taken", CONFLICT, "The email address has an account already", "Log in instead.";
    NameTaken = "name_taken", CONFLICT, "The name is taken", "Another one of this organization has it; choose another name.";
    WrongState = "wrong_state", CONFLICT, "Not possible in this state", "The detail names the state it is in.";
    CampaignChanged = "campaign_changed", CONFLICT, "The campaign changed meanwhile", "It is not in the version that you looked at; the detail says who changed it and when. Look at it again, then start it with its `version`.";
    EditedMeanwhile = "edited_meanwhile", PRECONDITION_FAILED, "Somebody else changed it meanwhile", "It is not in the version that `If-Match` names; the detail says who changed it and when. Load it, then repeat your change with its `ETag`.";
    SessionNotPairing = "session_not_pairing", CONFLICT, "The session is not waiting for a scan", "A QR code exists only while the session's status is scan_qr_code; the detail names its status.";
    SessionInUse = "session_in_use", CONFLICT, "The session is in use", "Campaigns or sender pools send through it; the detail names them. Take it out of them, or use ?force=true.";
    MessagesScheduled = "messages_scheduled", CONFLICT, "The session has scheduled messages", "They would be cancelled; the detail says how many and when they are due. Cancel them first, or use ?cancel_scheduled=true.";
    PoolInUse = "pool_in_use", CONFLICT, "The sender pool or its member is in use", "Messages wait or campaigns send through it; the detail names them and what can be done.";
    NoMember = "no_member", CONFLICT, "The sender pool has no member that may send", "Add a session to it, or enable one.";
    NodeInUse = "node_in_use", CONFLICT, "The WAHA server is in use", "Sessions are placed on it; the detail names them. Drain it, then remove it.";
    CannotMove = "cannot_move", CONFLICT, "The session cannot move", "The detail says why, and what can be done.";
    NoNode = "no_node", SERVICE_UNAVAILABLE, "No WAHA server has room", "The operator has to add a WAHA server or raise a capacity.";
    WahaUnavailable = "waha_unavailable", SERVICE_UNAVAILABLE, "The WAHA server does not answer", "Try again in a moment.";
    ConsentMissing = "consent_missing", CONFLICT, "The recipient did not agree to bulk messages", "Record the consent with the contact, or send the message as transactional if it is no advertisement.";
    RecipientSuppressed = "recipient_suppressed", CONFLICT, "The recipient must not be written to", "The number is on the suppression list; the detail says why.";
    IdempotencyKeyReused = "idempotency_key_reused", CONFLICT, "The idempotency key was used for another request", "Use a new key for a new request; repeat only the same one with the same key.";
    TooLarge = "too_large", PAYLOAD_TOO_LARGE, "The body is too large", "The detail names the limit.";
    UnsupportedMediaType = "unsupported_media_type", UNSUPPORTED_MEDIA_TYPE, "The body has a wrong content type", "The detail names the one to send.";
    TooManyImports = "too_many_imports", TOO_MANY_REQUESTS, "Too many imports wait", "Start or delete some of them first; the detail names the limit.";
    RateLimited = "rate_limited", TOO_MANY_REQUESTS, "Too many requests", "Wait for as many seconds as Retry-After says.";
    Internal = "internal", INTERNAL_SERVER_ERROR, "Something broke here", "Our fault; give the operator the request id.";
    Unavailable = "unavailable", SERVICE_UNAVAILABLE, "Not available right now", "The database does not answer; nothing was written. Try again after Retry-After seconds.";
    OutcomeUnknown = "outcome_unknown", SERVICE_UNAVAILABLE, "It is not known whether it was done", "The database went away in the middle of writing. Look, or repeat the same request with the same Idempotency-Key after Retry-After seconds: it is done once.";
    Timeout = "timeout", GATEWAY_TIMEOUT, "It took too long", "It may or may not have been done; repeat with the same Idempotency-Key.";
}

/// One of several fields with a wrong value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = FieldError)]
pub struct FieldErrorView {
    /// Where, such as `content.text` or `session_ids[2]`.
    pub field: String,
    /// The kind of problem, for programs.
    pub code: Code,
    /// The rule that the value breaks, for programs.
    pub rule: RuleCode,
    /// The figures and names of the rule, such as `max`.
    #[schema(value_type = BTreeMap<String, Param>)]
    pub params: Params,
    /// What is wrong, for people.
    pub detail: String,
}

impl FieldErrorView {
    /// A field that breaks a rule.
    pub fn new(field: impl Into<String>, rule: &Rule) -> Self {
        Self {
            field: field.into(),
            code: code_of(rule),
            rule: rule.code(),
            params: rule.params(),
            detail: rule.to_string(),
        }
    }
}

/// The code of a problem that consists of one broken rule.
const fn code_of(rule: &Rule) -> Code {
    match rule {
        Rule::Required => Code::MissingField,
        Rule::Unknown { .. } => Code::UnknownField,
        Rule::UnclosedVariable { .. }
        | Rule::BadVariable { .. }
        | Rule::UnclosedChoice { .. }
        | Rule::SingleChoice { .. }
        | Rule::NestedTooDeep { .. } => Code::InvalidTemplate,
        _ => Code::InvalidField,
    }
}

/// An error on its way to the client. The request id is added by `middleware::problems`.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What went wrong, for programs.
    pub code: Code,
    /// What went wrong this time, for people.
    pub detail: String,
    /// The field it is about.
    pub field: Option<String>,
    /// The rule that the request breaks, if it is one of a value.
    pub rule: Option<Box<Rule>>,
    /// All that is wrong, when there are several.
    pub errors: Vec<FieldErrorView>,
    /// After how many seconds trying again makes sense.
    pub retry_after: Option<u64>,
}

/// What a handler answers.
pub type Answer<T> = Result<T, Problem>;

/// The JSON of a problem (RFC 9457).
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub struct ProblemView {
    /// Where the code is explained.
    #[serde(rename = "type")]
    kind: String,
    /// The same for every problem of this code.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What went wrong this time.
    detail: String,
    /// The path that was asked for.
    instance: String,
    /// What went wrong, for programs.
    code: Code,
    /// The field it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// The rule that the value of the field breaks, for programs.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<RuleCode>,
    /// The figures and names of the rule, such as `max`; empty for most rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<BTreeMap<String, Param>>)]
    params: Option<Params>,
    /// All that is wrong, when there are several things.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<FieldErrorView>,
    /// Under this id the operator finds the request in the log.
    request_id: String,
}

impl Problem {
    /// A problem with its own words.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), field: None, rule: None, errors: Vec::new(), retry_after: None }
    }

    /// A problem in the words of its code.
    pub fn of(code: Code) -> Self {
        Self::new(code, code.doc())
    }

    /// Something with this id does not exist for this caller.
    pub fn not_found(what: &str) -> Self {
        Self::new(Code::NotFound, format!("there is no such {what}"))
    }

    /// A value that breaks a rule.
    pub fn rule(rule: Rule) -> Self {
        Self { rule: Some(Box::new(rule.clone())), ..Self::new(code_of(&rule), rule.to_string()) }
    }

    /// A field whose value breaks a rule.
    pub fn field(field: impl Into<String>, rule: Rule) -> Self {
        Self::rule(rule).at(field)
    }

    /// The same under another code.
    #[must_use]
    pub fn coded(mut self, code: Code) -> Self {
        self.code = code;
        self
    }

    /// Names the field.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Tells when to try again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Our fault: logged with its reason, answered without.
    pub fn internal(reason: impl std::fmt::Display) -> Self {
        tracing::error!(error.message = %reason, "internal error");
        Self::of(Code::Internal)
    }

    /// What is sent.
    pub fn view(self, instance: String, request_id: String) -> ProblemView {
        ProblemView {
            kind: format!("/api/errors.md#{}", self.code.as_str()),
            title: self.code.title(),
            status: self.code.status().as_u16(),
            detail: self.detail,
            instance,
            code: self.code,
            field: self.field,
            rule: self.rule.as_deref().map(Rule::code),
            params: self.rule.as_deref().map(Rule::params),
            errors: self.errors,
            request_id,
        }
    }
}

impl IntoResponse for Problem {
    /// Status only; the body is written where the request id is known.
    fn into_response(self) -> Response {
        let mut response = self.code.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<WrongField> for Problem {
    fn from(WrongField { field, rule }: WrongField) -> Self {
        Self::field(field, rule)
    }
}

/// The first one is the problem; `errors` lists all when there are several.
impl From<WrongFields> for Problem {
    fn from(WrongFields { first, others }: WrongFields) -> Self {
        let view = |wrong: &WrongField| FieldErrorView::new(wrong.field.clone(), &wrong.rule);
        let errors = if others.is_empty() {
            Vec::new()
        } else {
            std::iter::once(&first).chain(&others).map(view).collect()
        };
        Self { errors, ..first.into() }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        if error.is_unavailable() {
            tracing::warn!(error.message = %error, "database unavailable");
            let code = if matches!(error, StoreError::Uncertain(_)) {
                Code::OutcomeUnknown
            } else {
                Code::Unavailable
            };
            return Self::of(code).retry_after(2);
        }
        Self::internal(error)
    }
}

/// docs/errors.md: the table for people.
pub fn errors_markdown() -> String {
    let mut text = String::from(
        "# Errors\n\nEvery error is `application/problem+json` (RFC 9457) with a stable `code`. \
         Written from `api/kit/src/problem.rs`; do not edit.\n\n| code | status | title | when, and what to do |\n| --- | --- | --- | --- |\n",
    );
    for code in Code::ALL {
        let row = format!(
            "| `{}` | {} | {} | {} |\n",
            code.as_str(),
            code.status().as_u16(),
            code.title(),
            code.doc()
        );
        text.push_str(&row);
    }
    text.push_str(REASONS);
    for reason in Reason::ALL {
        let (code, class, actor) = (reason.as_str(), reason.class(), reason.actor());
        text.push_str(&format!(
            "| `{code}` | {class} | {actor} | {} | {} |\n",
            reason.title(),
            reason.remedy()
        ));
    }
    text.push_str(RULES);
    for rule in RuleCode::ALL {
        let sentence = rule.text().replace("{{", "{").replace("}}", "}").replace('|', "\\|");
        text.push_str(&format!("| `{}` | {} | {sentence} |\n", rule.as_str(), rule.params().join(", ")));
    }
    text
}

/// Stands above the table of reasons in docs/errors.md.
const REASONS: &str = "\n## Reasons\n\nWhy a message or a job failed, waits or is held: `error.code` of a message, `code` of \
    an attempt, a job or a dead letter. `permanent`: repeating it changes nothing; `retry`: surely not done, tried again; \
    `wait`: could not be tried yet, costs no attempt; `unknown`: may have been done, is looked for first; `held`: somebody \
    does not want it to be sent. While an installation is being upgraded, a newer version may write others.\n\n\
    | code | class | who acts | what happened | what to do |\n| --- | --- | --- | --- | --- |\n";

/// Stands above the table of rules in docs/errors.md.
const RULES: &str = "\n## Rules\n\nA problem with the value of a field names the `rule` that it breaks, with its figures \
    in `params`; with several wrong fields, each entry of `errors` does. The sentence is the `detail`.\n\n\
    | rule | params | detail |\n| --- | --- | --- |\n";
