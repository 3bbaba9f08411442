//! Asks WhatsApp whether a number has an account, and which chat is its.

use serde_json::Value;
use wahana_domain::chat_id::without_device;

use crate::{ChatId, WahaClient, WahaError, client::Call, webhook::flexible};

/// WhatsApp's answer about one number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberCheck {
    /// Whether it has WhatsApp.
    pub exists: bool,
    /// The chat to write to, as WAHA names it. It may be another number than the one that was asked for (Brazil), or a
    /// LID (GOWS since 2026.8.1).
    pub chat_id: Option<ChatId>,
    /// The digits of the number as WhatsApp has it: WAHA's `pn`, else those of a chat that is a number. `None` if WAHA
    /// only gave a LID.
    pub pn: Option<String>,
}

impl NumberCheck {
    /// The chat to write to, as text.
    #[must_use]
    pub fn chat(&self) -> Option<&str> {
        self.chat_id.as_ref().map(ChatId::as_str)
    }

    fn read(answer: &Value) -> Option<Self> {
        let chat_id = answer["chatId"].as_str().and_then(|chat| ChatId::parse(chat).ok());
        // A group or a channel is no answer to the question for a person.
        let chat_id = chat_id.filter(|chat| chat.digits().is_some() || chat.is_lid());
        let pn =
            number(&answer["pn"]).or_else(|| chat_id.as_ref().and_then(ChatId::digits).map(str::to_owned));
        Some(Self { exists: answer["numberExists"].as_bool()?, chat_id, pn })
    }
}

/// Digits from `<digits>@c.us`, `<digits>:<device>@s.whatsapp.net` or bare digits. A LID's digits are no number.
fn number(value: &Value) -> Option<String> {
    let text =
        value.as_str().map(str::to_owned).or_else(|| flexible::integer(value).map(|n| n.to_string()))?;
    let (user, server) = text.split_once('@').unwrap_or((&text, "c.us"));
    let user = without_device(user.trim_start_matches('+'));
    let is_number = matches!(server, "c.us" | "s.whatsapp.net")
        && !user.is_empty()
        && user.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| user.to_owned())
}

impl WahaClient {
    /// Asks WhatsApp whether a number (digits) has an account. Cache the answer: WhatsApp limits these requests. Only
    /// digits: of a LID, engines would take the digits for a phone number, and answer for a stranger.
    ///
    /// # Errors
    /// Permanent with code `invalid_request` for what is not digits; else as classified.
    pub async fn check_exists(&self, session: &str, phone: &str) -> Result<NumberCheck, WahaError> {
        if phone.is_empty() || !phone.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(WahaError::invalid("only a number, as digits, can be checked"));
        }
        let call = Call::get("check_exists", &["api", "contacts", "check-exists"]);
        let answer: Value = self.json(call.query("phone", phone).query("session", session)).await?;
        NumberCheck::read(&answer)
            .ok_or_else(|| WahaError::bad_answer(200, true, "unexpected answer: no numberExists"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(answer: &Value) -> (bool, Option<String>, Option<String>) {
        let check = NumberCheck::read(answer).unwrap();
        (check.exists, check.chat().map(str::to_owned), check.pn)
    }

    #[test]
    fn the_number_is_taken_from_pn_first_and_the_chat_may_be_a_lid() {
        let some = |text: &str| Some(text.to_owned());
        // Brazil (B01): the number that WhatsApp has lacks a digit.
        let old = json!({"numberExists": true, "chatId": "558412340001@c.us"});
        assert_eq!(read(&old), (true, some("558412340001@c.us"), some("558412340001")));
        // GOWS since 2026.8.1.
        let lid = json!({"numberExists": true, "chatId": "77700011122233@lid", "pn": "558412340001@c.us"});
        assert_eq!(read(&lid), (true, some("77700011122233@lid"), some("558412340001")));
        let both = json!({"numberExists": true, "chatId": "5584912340001@c.us", "pn": "558412340001:3@s.whatsapp.net"});
        assert_eq!(read(&both), (true, some("5584912340001@c.us"), some("558412340001")));
        // The digits of a LID are never a number.
        assert_eq!(read(&json!({"numberExists": true, "chatId": "777@lid"})), (true, some("777@lid"), None));
        let odd = json!({"numberExists": true, "chatId": "777@lid", "pn": "888@lid"});
        assert_eq!(read(&odd), (true, some("777@lid"), None));
        let bare = json!({"numberExists": true, "chatId": "777@lid", "pn": "+628110000001"});
        assert_eq!(read(&bare).2, some("628110000001"));
        assert_eq!(read(&json!({"numberExists": false, "pn": null})), (false, None, None));
        assert_eq!(read(&json!({"numberExists": true, "chatId": "1203@g.us"})), (true, None, None));
        assert_eq!(NumberCheck::read(&json!({"chatId": "1@c.us"})), None);
    }
}
