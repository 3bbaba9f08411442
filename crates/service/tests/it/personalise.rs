//! What one person of a campaign gets, and the preview that shows it.

use std::collections::BTreeMap;

use wahana_domain::consent::OptOutScope;
use wahana_domain::filler::Filler;
use wahana_domain::messages::Content;
use wahana_domain::suppressions::SuppressionReason;
use wahana_domain::{MessageId, NamedPerson, PersonKey, Phone, Reason};
use wahana_service::campaigns::draft::{self, DraftChange};
use wahana_service::campaigns::personalise::{LeftOut, Person, Personal, personalise, prepare};
use wahana_service::campaigns::preview::preview;
use wahana_store::PageRequest;
use wahana_store::campaigns::release_recipients::Recipient;

use crate::shop::{Shop, person, text};

fn recipient(order: Option<&str>) -> Recipient {
    let order = order.map(|order| ("order".to_owned(), order.to_owned()));
    let zone = ("time_zone".to_owned(), "Asia/Makassar".to_owned());
    Recipient {
        id: MessageId(uuid::Uuid::nil()),
        position: 7,
        person: PersonKey::of_phone(&Phone::from_whatsapp("6281234567890").unwrap()),
        phone: Some("6281234567890".into()),
        variables: order.into_iter().chain([zone]).collect(),
        suppressed: false,
        consented: true,
        unreachable: false,
    }
}

#[test]
fn a_person_gets_their_words_or_a_reason() {
    let content = text("Pesanan {{order}}");
    let filler = Filler::new(&content);
    let values = BTreeMap::from([("order".to_owned(), "INV-1042".to_owned())]);
    let nothing = BTreeMap::new();
    let id = MessageId(uuid::Uuid::nil());
    let fits = Person { id, values: &values, suppressed: false, consented: true, unreachable: false };
    let words = Some(text("Pesanan INV-1042"));
    let left_out = |reason, missing: &[&str]| {
        Some(LeftOut { reason, missing: missing.iter().map(|name| (*name).to_owned()).collect() })
    };
    let get = |person| personalise(&filler, person, 0);
    assert_eq!(get(fits), Personal { content: words.clone(), left_out: None });
    let missing = left_out(Reason::MissingVariable, &["order"]);
    assert_eq!(get(Person { values: &nothing, ..fits }), Personal { content: None, left_out: missing });
    let unreachable = left_out(Reason::NotOnWhatsapp, &[]);
    assert_eq!(
        get(Person { unreachable: true, ..fits }),
        Personal { content: words.clone(), left_out: unreachable }
    );
    let suppressed = left_out(Reason::Suppressed, &[]);
    let person = Person { suppressed: true, consented: true, unreachable: true, ..fits };
    assert_eq!(get(person), Personal { content: words, left_out: suppressed.clone() });
    let person = Person { suppressed: true, values: &nothing, ..fits };
    assert_eq!(get(person), Personal { content: None, left_out: suppressed }, "the opt-out goes first");
}

#[test]
fn the_message_of_a_person_is_prepared_for_the_store() {
    let content = text("Pesanan {{order}}");
    let filler = Filler::new(&content);
    let sender = wahana_domain::SessionId(uuid::Uuid::max());
    let sent = prepare(&filler, &recipient(Some("INV-1042")), sender);
    assert_eq!((sent.sender, sent.position, sent.phone.as_deref()), (sender, 7, Some("6281234567890")));
    assert_eq!((sent.content, sent.skip), (text("Pesanan INV-1042"), None));
    assert_eq!(sent.time_zone.as_deref(), Some("Asia/Makassar"));
    assert_eq!(sent.waha_id, "3EB0000000000000000000");

    let skipped = prepare(&filler, &recipient(None), sender);
    assert_eq!((skipped.content, skipped.skip), (content.clone(), Some(Reason::MissingVariable)));
    let opted_out = Recipient { suppressed: true, ..recipient(None) };
    assert_eq!(prepare(&filler, &opted_out, sender).skip, Some(Reason::Suppressed));
}

#[tokio::test]
async fn the_preview_shows_what_is_sent() {
    let shop = Shop::open().await;
    let id = shop.record(shop.draft("Halo")).await;
    let order = [("order", "INV-1042")];
    shop.add(id, vec![person(1, &order), person(2, &[]), person(3, &order)]).await;
    let words = DraftChange { content: Some(text("{Hi|Halo}, {{order}}")), ..DraftChange::default() };
    draft::change(&shop.tenant, id, words, shop.now).await.unwrap();
    let phone = Phone::parse(&person(3, &[]).phone, Default::default()).unwrap();
    shop.tenant
        .suppressions()
        .add(&NamedPerson::of_phone(phone), SuppressionReason::Manual, OptOutScope::All, None)
        .await
        .unwrap();

    let (_, first) = preview(&shop.tenant, id, 0, PageRequest { limit: 2, before: None }).await.unwrap();
    let of = |at: usize| &first.items[at];
    assert_eq!((of(0).phone.as_deref(), of(0).line), (Some("6281234500001"), Some(1)));
    assert_eq!(of(0).personal.left_out, None);
    // The scheduler takes the same words for the same person.
    let content = text("{Hi|Halo}, {{order}}");
    let values = BTreeMap::from([("order".to_owned(), "INV-1042".to_owned())]);
    let sent = Filler::new(&content).fill(of(0).id, &values, 0).unwrap();
    assert_eq!(of(0).personal.content.as_ref(), Some(&sent));
    assert!(["Hi, INV-1042", "Halo, INV-1042"].contains(&sent.words().unwrap()));
    assert_eq!(of(1).personal.left_out.as_ref().unwrap().missing, ["order"]);

    let (_, rest) = preview(&shop.tenant, id, 0, PageRequest { limit: 2, before: first.next }).await.unwrap();
    assert_eq!((rest.items.len(), rest.next), (1, None));
    let last = &rest.items[0].personal;
    assert_eq!(last.left_out.as_ref().unwrap().reason, Reason::Suppressed);
    assert!(last.content.as_ref().and_then(Content::words).is_some(), "the words are shown all the same");
}
