//! Sources of the people of a campaign: a CSV file, a list, or the address book by tag. Each passes rows and refused
//! lines on to an import of the store.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use chrono::{DateTime, Utc};
use tokio::sync::mpsc;
use wahana_audience::{AudienceError, Reader, Row, variable_name};
use wahana_domain::recipients::{ListWarning, RejectCode};
use wahana_domain::{Country, NamedPerson, Phone, Rule};
use wahana_store::campaigns::recipient_imports::{Chunk, CopyRows};
use wahana_store::campaigns::recipients::Reject;
use wahana_store::contacts::ContactFilter;
use wahana_store::{PageRequest, StoreError, Tenant};

use crate::campaigns::errors::ImportError;
use crate::contacts::lists::{self, ListError};
use crate::contacts::people::{self, WhoError};

/// Bytes of rows that are passed on at once.
const CHUNK: usize = 128 * 1024;
/// Contacts that are read at once.
const PAGE: u32 = 1_000;
/// Most characters of a refused value that are kept.
const SHOWN: usize = 100;

/// Lines by what was taken with a reservation.
pub type Warnings = BTreeMap<ListWarning, i64>;

/// Where people come from.
pub enum Source<R> {
    /// A CSV file whose header was read.
    File(Box<Reader<R>>),
    /// These people.
    People(Vec<Person>),
    /// Everybody in the address book with one of these tags.
    Tags(Vec<String>),
}

/// A person to add.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The number, as people write it.
    pub phone: String,
    /// What to call the person.
    pub name: Option<String>,
    /// What the template is filled with.
    pub variables: BTreeMap<String, String>,
}

impl<R: Read> Source<R> {
    /// The columns of the list of refused lines, the one with the number first.
    pub(crate) fn columns(&self) -> Vec<String> {
        match self {
            Self::File(reader) => lists::columns(reader),
            Self::People(_) | Self::Tags(_) => vec!["phone".into(), "name".into()],
        }
    }
}

/// The checks that people of all sources have to pass.
pub(crate) struct Feed {
    /// The variables that every person must have.
    pub(crate) required: BTreeSet<String>,
    /// The country of numbers without a country code.
    pub(crate) country: Country,
    /// When the import began.
    pub(crate) now: DateTime<Utc>,
}

impl Feed {
    /// Passes everything on, and then the end; returns how many lines there were, and with what warnings. Stops early when nobody listens: the
    /// store then knows why.
    pub(crate) async fn pass<R: Read + Send + 'static>(
        self,
        tenant: Tenant,
        source: Source<R>,
        sender: mpsc::Sender<Chunk>,
    ) -> Result<(u64, Warnings), ImportError> {
        match source {
            Source::File(reader) => {
                let read = tokio::task::spawn_blocking(move || self.pass_file(*reader, &sender)).await?;
                Ok(read.map_err(ListError::from)?)
            }
            Source::People(people) => {
                Ok((self.pass_people(&tenant, people, &sender).await?, Warnings::new()))
            }
            Source::Tags(tags) => Ok((self.pass_tags(&tenant, tags, &sender).await?, Warnings::new())),
        }
    }

    fn pass_file<R: Read>(
        &self,
        reader: Reader<R>,
        sender: &mpsc::Sender<Chunk>,
    ) -> Result<(u64, Warnings), AudienceError> {
        let warnings = RefCell::new(Warnings::new());
        let rows = RefCell::new(CopyRows::default());
        let pass = || rows.borrow().len() < CHUNK || sender.blocking_send(rows.borrow_mut().take()).is_ok();
        let lines = lists::read(
            reader,
            |Row { line, phone, name, variables, warnings: told, .. }| {
                told.into_iter().for_each(|code| *warnings.borrow_mut().entry(code).or_default() += 1);
                let person = NamedPerson::of_phone(phone);
                rows.borrow_mut().accepted(self.now, line, &person, name.as_deref(), &variables);
                pass()
            },
            |reject| {
                rows.borrow_mut().rejected(&reject);
                pass()
            },
        )?;
        if sender.blocking_send(rows.borrow_mut().take()).is_ok() {
            // Nobody listens only when the store failed, and then its error is the answer.
            let _ = sender.blocking_send(Chunk::End);
        }
        Ok((lines, warnings.into_inner()))
    }

    async fn pass_people(
        &self,
        tenant: &Tenant,
        people: Vec<Person>,
        sender: &mpsc::Sender<Chunk>,
    ) -> Result<u64, StoreError> {
        let (mut lines, mut rows) = (0, CopyRows::default());
        for Person { phone, name, variables } in people {
            lines += 1;
            let variables = normal_names(variables);
            // A plain number asks Postgres nothing.
            let person = match Phone::parse(&phone, self.country) {
                Err(_) if phone.contains('@') => people::named(tenant, &phone).await,
                parsed => parsed.map(NamedPerson::of_phone).map_err(|error| WhoError::Wrong(error.rule())),
            };
            match person {
                Ok(person) => self.person(lines, &mut rows, &person, name.as_deref(), &variables),
                Err(WhoError::Store(error)) => return Err(error),
                Err(WhoError::Wrong(rule)) => rows.rejected(&Reject {
                    line: lines as i64,
                    column: Some("phone".into()),
                    code: reject_code(&rule),
                    reason: rule.to_string(),
                    fields: BTreeMap::from([("phone".into(), phone.clone())]),
                    value: Some(phone.chars().take(SHOWN).collect()),
                }),
            }
            if rows.len() >= CHUNK && sender.send(rows.take()).await.is_err() {
                break;
            }
        }
        end(rows, sender).await;
        Ok(lines)
    }

    async fn pass_tags(
        &self,
        tenant: &Tenant,
        tags: Vec<String>,
        sender: &mpsc::Sender<Chunk>,
    ) -> Result<u64, StoreError> {
        let (mut lines, mut rows) = (0, CopyRows::default());
        let filter = ContactFilter { tags, ..ContactFilter::default() };
        let mut page = PageRequest { limit: PAGE, before: None };
        loop {
            let contacts = tenant.contacts().list(&filter, page).await?;
            for contact in contacts.items {
                lines += 1;
                let variables = normal_names(contact.attributes.0);
                let phone = contact.phone.as_deref().and_then(Phone::from_whatsapp);
                let person = NamedPerson { key: contact.person, phone };
                self.person(lines, &mut rows, &person, contact.name.as_deref(), &variables);
            }
            page.before = contacts.next;
            if page.before.is_none() || sender.send(rows.take()).await.is_err() {
                break;
            }
        }
        end(rows, sender).await;
        Ok(lines)
    }

    /// A person with a number: accepted, unless a variable is missing.
    fn person(
        &self,
        line: u64,
        rows: &mut CopyRows,
        person: &NamedPerson,
        name: Option<&str>,
        variables: &BTreeMap<String, String>,
    ) {
        let blank = |value: Option<&str>| value.is_none_or(|value| value.trim().is_empty());
        let lacks = |wanted: &&String| match wanted.as_str() {
            "phone" => person.phone.is_none() && blank(variables.get("phone").map(String::as_str)),
            "name" => blank(name) && blank(variables.get("name").map(String::as_str)),
            other => blank(variables.get(other).map(String::as_str)),
        };
        if let Some(missing) = self.required.iter().find(lacks) {
            return rows.rejected(&Reject {
                line: line as i64,
                column: Some(missing.clone()),
                value: None,
                code: RejectCode::MissingVariable,
                reason: format!("the message uses {{{{{missing}}}}}, and this person has no value for it"),
                fields: BTreeMap::from([
                    ("phone".into(), shown(person)),
                    ("name".into(), name.unwrap_or_default().into()),
                ]),
            });
        }
        rows.accepted(self.now, line, person, name, variables);
    }
}

/// A person as the list of refused lines shows them.
fn shown(person: &NamedPerson) -> String {
    person.digits().map_or_else(|| person.key.to_string(), |digits| format!("+{digits}"))
}

/// The code of a line whose person cannot be read.
const fn reject_code(rule: &Rule) -> RejectCode {
    match rule {
        Rule::Blank => RejectCode::EmptyPhone,
        Rule::SeveralPhones => RejectCode::SeveralPhones,
        Rule::UnknownUsername => RejectCode::NoChat,
        _ => RejectCode::BadPhone,
    }
}

/// Variables under the names that a template uses.
fn normal_names(variables: BTreeMap<String, String>) -> BTreeMap<String, String> {
    variables.into_iter().map(|(name, value)| (variable_name(&name), value)).collect()
}

async fn end(mut rows: CopyRows, sender: &mpsc::Sender<Chunk>) {
    if sender.send(rows.take()).await.is_ok() {
        // Nobody listens only when the store failed, and then its error is the answer.
        let _ = sender.send(Chunk::End).await;
    }
}
