//! The person that a number, a chat or a username means.

use thiserror::Error;
use wahana_domain::person::username;
use wahana_domain::{ChatId, Country, NamedPerson, PersonKey, Phone, Rule};
use wahana_store::{StoreError, Tenant};

use crate::contacts::numbers::country;

/// Why nobody is meant.
#[derive(Debug, Error)]
pub enum WhoError {
    /// Postgres.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The text breaks this rule.
    #[error("{0}")]
    Wrong(Rule),
}

/// The person that a text names: a number as people write it, a chat of a person (`<digits>@c.us`, `<digits>@lid`), or the
/// `@username` of somebody who wrote to the organization. Behind a LID the number, where it is known.
///
/// # Errors
/// See [`WhoError`].
pub async fn named(tenant: &Tenant, text: &str) -> Result<NamedPerson, WhoError> {
    named_in(tenant, text, None).await
}

/// The same, with numbers of this country where they have no country code.
///
/// # Errors
/// See [`WhoError`].
pub async fn named_in(tenant: &Tenant, text: &str, of: Option<Country>) -> Result<NamedPerson, WhoError> {
    let text = text.trim();
    if text.starts_with('@') {
        let name = username(text).ok_or(WhoError::Wrong(Rule::UnknownUsername))?;
        let key = tenant.people().by_username(&name).await?;
        return Ok(of_key(key.ok_or(WhoError::Wrong(Rule::UnknownUsername))?));
    }
    if text.contains('@') {
        let chat = ChatId::parse(text).map_err(|_| WhoError::Wrong(Rule::BadRecipient))?;
        let key = PersonKey::of_chat(&chat).ok_or(WhoError::Wrong(Rule::BadRecipient))?;
        let known = tenant.people().behind(key.clone()).await?;
        return Ok(match chat.digits().and_then(Phone::from_whatsapp) {
            Some(phone) if known == key => NamedPerson { key, phone: Some(phone) },
            _ => of_key(known),
        });
    }
    let of = match of {
        Some(of) => of,
        None => country(tenant, text).await?,
    };
    Ok(NamedPerson::of_phone(Phone::parse(text, of).map_err(|error| WhoError::Wrong(error.rule()))?))
}

fn of_key(key: PersonKey) -> NamedPerson {
    let phone = key.digits().and_then(Phone::from_whatsapp);
    NamedPerson { key, phone }
}
