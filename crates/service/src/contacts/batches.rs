//! People of a list on their way to the address book: lines about one person, in whatever form of the number, become one person, and nothing is lost.

use std::collections::{BTreeMap, BTreeSet};

use wahana_audience::Row;
use wahana_domain::NamedPerson;
use wahana_store::contacts::NewContact;

/// Most letters of a name.
const MAX_NAME: usize = 200;
/// Most tags of a person.
const MAX_TAGS: usize = 50;
/// Most bytes of a tag.
const MAX_TAG: usize = 100;

/// People that are saved at once.
#[derive(Debug, Default)]
pub struct PersonBatch {
    people: Vec<NewContact>,
    places: BTreeMap<String, usize>,
    merged: i64,
}

impl PersonBatch {
    /// Adds the person of a line; `tags` are given to everybody. What stands later counts.
    pub fn add(&mut self, row: Row, tags: &[String], tags_variable: Option<&str>) {
        let Row { phone, name, tags: own, mut variables, .. } = row;
        if let Some(variable) = tags_variable {
            variables.remove(variable);
        }
        let name = name.map(|name| name.chars().take(MAX_NAME).collect());
        let tags: BTreeSet<String> = own.iter().chain(tags).take(MAX_TAGS).map(|tag| cut(tag)).collect();
        let person = NamedPerson::of_phone(phone);
        let key = person.key.to_string();
        match self.places.get(&key).and_then(|at| self.people.get_mut(*at)) {
            None => {
                self.places.insert(key, self.people.len());
                self.people.push(NewContact {
                    person,
                    name,
                    attributes: variables,
                    tags: tags.into_iter().collect(),
                });
            }
            Some(known) => {
                self.merged += 1;
                known.name = name.or_else(|| known.name.take());
                known.attributes.extend(variables);
                known.tags = tags
                    .into_iter()
                    .chain(known.tags.drain(..))
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect();
            }
        }
    }

    /// How many people there are.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// Takes the people, and how many lines had the number of an earlier one.
    pub fn take(&mut self) -> (Vec<NewContact>, i64) {
        self.places.clear();
        (std::mem::take(&mut self.people), std::mem::take(&mut self.merged))
    }
}

/// The tag, within its length.
fn cut(tag: &str) -> String {
    let mut end = tag.len().min(MAX_TAG);
    while !tag.is_char_boundary(end) {
        end -= 1;
    }
    tag[..end].trim().to_owned()
}
