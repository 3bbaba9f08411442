//! The people whom a text in a group names: they become chat ids, and the text has to name each, or nobody would see it.

use thiserror::Error;
use wahana_domain::chat_id::ChatId;
use wahana_domain::messages::Content;
use wahana_domain::{Phone, Rule};
use wahana_store::{StoreError, Tenant};

use crate::checks::WrongField;
use crate::contacts::numbers::country;

/// Why people cannot be named.
#[derive(Debug, Error)]
pub(super) enum MentionError {
    /// Postgres.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A rule is broken.
    #[error(transparent)]
    Wrong(#[from] WrongField),
}

/// Replaces the numbers of `mentions` by chat ids.
pub(super) async fn resolve(
    tenant: &Tenant,
    chat_id: &str,
    content: &mut Content,
) -> Result<(), MentionError> {
    let Content::Text { text, mentions, .. } = content else { return Ok(()) };
    if mentions.is_empty() {
        return Ok(());
    }
    let wrong = |rule| WrongField::new("content.mentions", rule);
    if !chat_id.ends_with("@g.us") {
        return Err(wrong(Rule::MentionsNeedGroup).into());
    }
    let mut chats = Vec::with_capacity(mentions.len());
    for mention in mentions.iter() {
        let chat = if mention.contains('@') {
            ChatId::parse(mention).map_err(|_| wrong(Rule::BadRecipient))?
        } else {
            let phone = Phone::parse(mention, country(tenant, mention).await?);
            let phone = phone.map_err(|error| wrong(error.rule()))?;
            ChatId::phone(phone.digits()).map_err(|_| wrong(Rule::BadRecipient))?
        };
        if chat.is_group() {
            return Err(wrong(Rule::BadRecipient).into());
        }
        let user = chat.as_str().split('@').next().unwrap_or_default();
        if !names(text, user) {
            return Err(wrong(Rule::NotInText { mention: format!("@{user}") }).into());
        }
        if !chats.iter().any(|known| known == chat.as_str()) {
            chats.push(chat.as_str().to_owned());
        }
    }
    *mentions = chats;
    Ok(())
}

/// Whether the text has `@` and exactly these digits.
fn names(text: &str, digits: &str) -> bool {
    let marked = format!("@{digits}");
    let ends = |at: usize| text.get(at + marked.len()..).unwrap_or_default();
    text.match_indices(&marked).any(|(at, _)| !ends(at).starts_with(|next: char| next.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b32_the_text_names_all_digits() {
        assert!(names("Halo @6281234567890, siap?", "6281234567890"));
        assert!(names("@6281234567890", "6281234567890"));
        assert!(!names("@62812345678901", "6281234567890"), "a longer number");
        assert!(names("@62812345678901 @6281234567890", "6281234567890"));
        assert!(!names("6281234567890", "6281234567890"));
    }
}
