//! What a message says that WAHA tells of, as the types we know. Engines name them differently: NOWEB and GOWS pass on
//! WhatsApp's protocol message, WEBJS its own word. Never a reason to fail: what is not known is kept as `unknown`.

use serde_json::Value;
use wahana_domain::messages::{Author, ContactCard, ReceivedBody, ReceivedMedia, ReceivedMessage};
use wahana_waha::Message;

/// Envelopes around a protocol message.
const ENVELOPES: [&str; 5] = [
    "ephemeralMessage",
    "viewOnceMessage",
    "viewOnceMessageV2",
    "documentWithCaptionMessage",
    "deviceSentMessage",
];
/// Most of a contact card, a poll and the like that is kept; nobody sends more by hand.
const MAX_ITEMS: usize = 100;

/// What is kept of a message: of a file only what is needed to fetch it when somebody wants to see it; in a group also
/// who wrote it.
pub(crate) fn read(message: &Message) -> ReceivedMessage {
    let body = body(message);
    let author = message.participant.clone();
    ReceivedMessage {
        whatsapp_id: body.media().map(|_| message.id.serialized().to_owned()),
        author: author.map(|chat_id| Author { chat_id, name: message.push_name.clone() }),
        content: body.into(),
    }
}

fn body(message: &Message) -> ReceivedBody {
    let raw = &message.raw;
    let protocol = protocol(raw);
    let word = raw["_data"]["type"].as_str().or_else(|| raw["_data"]["Info"]["MediaType"].as_str());
    let name = name(protocol).or(word).unwrap_or_default();
    let words = message.body.clone().filter(|words| !words.is_empty());
    if message.has_media {
        return file(message, protocol, name, words);
    }
    location(raw, protocol)
        .or_else(|| contacts(raw, protocol))
        .or_else(|| poll(raw, protocol))
        .or_else(|| reaction(protocol))
        .unwrap_or_else(|| match words {
            Some(text) => ReceivedBody::Text { text },
            None if is_text(name) => ReceivedBody::Text { text: String::new() },
            None => ReceivedBody::Unknown { raw_type: name.to_owned(), text: None },
        })
}

/// WhatsApp's own form of the message, without its envelopes; null where the engine does not tell it.
fn protocol(raw: &Value) -> &Value {
    let data = &raw["_data"];
    let mut protocol = if data["message"].is_object() { &data["message"] } else { &data["Message"] };
    while let Some(inner) = ENVELOPES.iter().map(|name| &protocol[*name]["message"]).find(|m| m.is_object()) {
        protocol = inner;
    }
    protocol
}

/// The protocol's name of the type: its only field beside the context.
fn name(protocol: &Value) -> Option<&str> {
    let names =
        protocol.as_object()?.iter().filter(|(_, value)| !value.is_null()).map(|(name, _)| name.as_str());
    names.filter(|name| !matches!(*name, "messageContextInfo" | "senderKeyDistributionMessage")).min_by_key(
        |name| {
            // A picture may bring a text along.
            is_text(name)
        },
    )
}

fn is_text(name: &str) -> bool {
    matches!(name, "" | "conversation" | "extendedTextMessage" | "chat" | "text")
}

fn file(message: &Message, protocol: &Value, name: &str, caption: Option<String>) -> ReceivedBody {
    let (told, inner) = (&message.raw["media"], &protocol[name]);
    let either = |field: &str, own: &str| text(&told[field]).or_else(|| text(&inner[own]));
    let media =
        ReceivedMedia { mimetype: either("mimetype", "mimetype"), filename: either("filename", "fileName") };
    match name {
        "imageMessage" | "image" => ReceivedBody::Image { media, caption },
        "videoMessage" | "ptvMessage" | "video" | "gif" => ReceivedBody::Video { media, caption },
        "audioMessage" if inner["ptt"] == true || inner["PTT"] == true => ReceivedBody::Voice { media },
        "ptt" => ReceivedBody::Voice { media },
        "audioMessage" | "audio" => ReceivedBody::Audio { media },
        "documentMessage" | "document" => ReceivedBody::Document { media, caption },
        "stickerMessage" | "sticker" => ReceivedBody::Sticker { media },
        _ => ReceivedBody::file(media, caption),
    }
}

fn location(raw: &Value, protocol: &Value) -> Option<ReceivedBody> {
    let (told, still, live) =
        (&raw["location"], &protocol["locationMessage"], &protocol["liveLocationMessage"]);
    let inner = if live.is_object() { live } else { still };
    let number = |field: &str, own: &str| degrees(&told[field]).or_else(|| degrees(&inner[own]));
    Some(ReceivedBody::Location {
        latitude: number("latitude", "degreesLatitude")?,
        longitude: number("longitude", "degreesLongitude")?,
        name: text(&told["name"]).or_else(|| text(&inner["name"])).or_else(|| text(&told["title"])),
        address: text(&told["address"]).or_else(|| text(&inner["address"])),
        live: live.is_object() || told["live"] == true,
    })
}

/// Engines write numbers as text, too.
fn degrees(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok()).filter(|degrees| degrees.is_finite())
}

fn contacts(raw: &Value, protocol: &Value) -> Option<ReceivedBody> {
    let many = protocol["contactsArrayMessage"]["contacts"].as_array().map(Vec::as_slice).unwrap_or_default();
    let one = Some(&protocol["contactMessage"]).filter(|one| one.is_object());
    let from_protocol = many.iter().chain(one).map(|card| {
        let vcard = self::vcard(card["vcard"].as_str().unwrap_or_default());
        ContactCard { name: text(&card["displayName"]).or(vcard.name), phones: vcard.phones }
    });
    let mut contacts: Vec<ContactCard> = from_protocol.take(MAX_ITEMS).collect();
    if contacts.is_empty() {
        let told = raw["vCards"].as_array().into_iter().flatten().filter_map(Value::as_str);
        contacts.extend(told.take(MAX_ITEMS).map(vcard));
    }
    (!contacts.is_empty()).then_some(ReceivedBody::Contacts { contacts })
}

/// Name and numbers of a vCard; `waid` is the number as WhatsApp knows it.
fn vcard(text: &str) -> ContactCard {
    let mut card = ContactCard::default();
    for line in text.lines() {
        let Some((field, value)) = line.trim().split_once(':') else { continue };
        // `item1.TEL;waid=6281234567890` is a TEL.
        let mut parts = field.split(';');
        let property = parts.next().unwrap_or_default().rsplit('.').next().unwrap_or_default();
        let waid = parts.find_map(|part| part.strip_prefix("waid="));
        match property.to_ascii_uppercase().as_str() {
            "FN" => card.name = Some(value.to_owned()).filter(|name| !name.is_empty()),
            "TEL" if card.phones.len() < MAX_ITEMS => {
                card.phones.push(waid.map_or_else(|| value.to_owned(), |digits| format!("+{digits}")));
            }
            _ => {}
        }
    }
    card
}

fn poll(raw: &Value, protocol: &Value) -> Option<ReceivedBody> {
    let versions = ["pollCreationMessage", "pollCreationMessageV2", "pollCreationMessageV3"];
    let from_protocol = versions.iter().map(|name| &protocol[*name]).find(|poll| poll.is_object());
    if let Some(poll) = from_protocol {
        let options = poll["options"].as_array().into_iter().flatten();
        return Some(ReceivedBody::Poll {
            question: text(&poll["name"])?,
            options: options.filter_map(|option| text(&option["optionName"])).take(MAX_ITEMS).collect(),
            multiple: poll["selectableOptionsCount"] != 1,
        });
    }
    let data = &raw["_data"];
    let options = data["pollOptions"].as_array()?.iter();
    Some(ReceivedBody::Poll {
        question: text(&data["pollName"])?,
        options: options.filter_map(|option| text(&option["name"])).take(MAX_ITEMS).collect(),
        multiple: data["pollSelectableOptionsCount"] != 1,
    })
}

fn reaction(protocol: &Value) -> Option<ReceivedBody> {
    let reaction = &protocol["reactionMessage"];
    let key = &reaction["key"];
    Some(ReceivedBody::Reaction {
        whatsapp_id: text(&key["id"]).or_else(|| text(&key["ID"]))?,
        emoji: reaction["text"].as_str().unwrap_or_default().to_owned(),
    })
}

fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use wahana_waha::{Event, Payload};

    use super::*;

    fn received(payload: &Value) -> Value {
        let mut payload = payload.clone();
        payload["id"] = json!("false_6281234567890@c.us_AAAA");
        payload["from"] = json!("6281234567890@c.us");
        let event =
            json!({"id": "evt_1", "timestamp": 1, "event": "message", "session": "a", "payload": payload});
        let event = Event::parse(event.to_string().as_bytes()).unwrap();
        let Payload::Message(message) = event.payload else { panic!("no message") };
        let mut stored = serde_json::to_value(read(&message)).unwrap();
        assert_eq!(stored.as_object_mut().unwrap().remove("origin"), Some(json!("whatsapp")));
        stored
    }

    fn of_protocol(message: Value, body: Option<&str>, has_media: bool) -> Value {
        received(&json!({"body": body, "hasMedia": has_media, "_data": {"message": message}}))
    }

    #[test]
    fn text_is_text() {
        assert_eq!(received(&json!({"body": "hi"})), json!({"type": "text", "text": "hi"}));
        assert_eq!(received(&json!({"body": null})), json!({"type": "text", "text": ""}));
        let long = of_protocol(
            json!({"messageContextInfo": {}, "extendedTextMessage": {"text": "hi"}}),
            Some("hi"),
            false,
        );
        assert_eq!(long, json!({"type": "text", "text": "hi"}));
    }

    #[test]
    fn files_are_what_their_message_is_called() {
        let id = "false_6281234567890@c.us_AAAA";
        let picture = of_protocol(json!({"imageMessage": {"mimetype": "image/jpeg"}}), Some("look"), true);
        assert_eq!(
            picture,
            json!({"type": "image", "media": {"mimetype": "image/jpeg"}, "caption": "look", "whatsapp_id": id})
        );
        let voice = of_protocol(json!({"audioMessage": {"mimetype": "audio/ogg", "ptt": true}}), None, true);
        assert_eq!(voice["type"], "voice");
        assert_eq!(
            of_protocol(json!({"audioMessage": {"mimetype": "audio/mpeg"}}), None, true)["type"],
            "audio"
        );
        let sealed = json!({"viewOnceMessageV2": {"message": {"ephemeralMessage": {"message": {"videoMessage": {}}}}}});
        assert_eq!(of_protocol(sealed, None, true)["type"], "video");
        let document = json!({"documentWithCaptionMessage": {"message": {"documentMessage": {"fileName": "price list.pdf", "mimetype": "application/pdf"}}}});
        assert_eq!(
            of_protocol(document, None, true)["media"],
            json!({"mimetype": "application/pdf", "filename": "price list.pdf"})
        );
        let webjs = json!({"hasMedia": true, "_data": {"type": "sticker"}, "media": {"mimetype": "image/webp", "filename": null}});
        assert_eq!(received(&webjs)["type"], "sticker");
        let bare = json!({"hasMedia": true, "media": {"mimetype": "application/pdf", "filename": "a.pdf"}});
        assert_eq!(received(&bare)["type"], "document");
    }

    #[test]
    fn places_cards_polls_and_reactions_are_read() {
        let place = of_protocol(
            json!({"locationMessage": {"degreesLatitude": -6.2, "degreesLongitude": 106.8, "name": "Monas"}}),
            None,
            false,
        );
        assert_eq!(
            place,
            json!({"type": "location", "latitude": -6.2, "longitude": 106.8, "name": "Monas", "live": false})
        );
        let told =
            received(&json!({"body": "/9j/4AAQ", "location": {"latitude": "-6.2", "longitude": "106.8"}}));
        assert_eq!(told["type"], "location", "the body is a thumbnail");
        let vcard = "BEGIN:VCARD\nVERSION:3.0\nN:;Budi;;;\nFN:Budi\nitem1.TEL;waid=6281222222222:+62 812-2222-2222\nEND:VCARD";
        let budi = json!({"type": "contacts", "contacts": [{"name": "Budi", "phones": ["+6281222222222"]}]});
        assert_eq!(received(&json!({"vCards": [vcard]})), budi);
        assert_eq!(
            of_protocol(json!({"contactMessage": {"displayName": "Budi", "vcard": vcard}}), None, false),
            budi
        );
        let poll = json!({"pollCreationMessageV3": {"name": "When?", "options": [{"optionName": "Now"}, {"optionName": "Later"}], "selectableOptionsCount": 1}});
        assert_eq!(
            of_protocol(poll, None, false),
            json!({"type": "poll", "question": "When?", "options": ["Now", "Later"], "multiple": false})
        );
        let thumb = json!({"reactionMessage": {"key": {"id": "BBBB"}, "text": "👍"}});
        assert_eq!(
            of_protocol(thumb, None, false),
            json!({"type": "reaction", "emoji": "👍", "whatsapp_id": "BBBB"})
        );
    }

    #[test]
    fn what_is_not_known_is_named() {
        let product = of_protocol(json!({"productMessage": {"product": {}}}), None, false);
        assert_eq!(product, json!({"type": "unknown", "raw_type": "productMessage"}));
        let webjs = received(&json!({"_data": {"type": "e2e_notification"}}));
        assert_eq!(webjs, json!({"type": "unknown", "raw_type": "e2e_notification"}));
    }
}
