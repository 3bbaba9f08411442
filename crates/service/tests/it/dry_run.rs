//! The dry run of a campaign: who is left out, what its sender can do, what speaks against a launch.

use wahana_domain::consent::OptOutScope;
use wahana_domain::findings::{FindingCode, Weight};
use wahana_domain::suppressions::SuppressionReason;
use wahana_domain::waiting::WaitingFor;
use wahana_domain::{NamedPerson, Reason};
use wahana_service::campaigns::draft::{self, DraftChange};
use wahana_service::campaigns::dry_run::{DryRun, dry_run};
use wahana_service::campaigns::preview::preview;
use wahana_store::PageRequest;
use wahana_store::campaigns::check::{Audience, Lacking};

use crate::shop::{Shop, person, text};

fn codes(told: &DryRun) -> Vec<FindingCode> {
    told.findings.iter().map(|finding| finding.code).collect()
}

#[tokio::test]
async fn people_who_are_left_out_are_counted_by_reason() {
    let shop = Shop::connected().await;
    let id = shop.record(shop.draft("Halo")).await;
    let kota = [("kota", "Medan")];
    shop.add(id, vec![person(1, &kota), person(2, &kota), person(3, &[]), person(4, &[])]).await;
    // The people come first and the words afterwards: so they may lack what the words need.
    let words = DraftChange { content: Some(text("Hi {{name|you}} in {{kota}}")), ..DraftChange::default() };
    draft::change(&shop.tenant, id, words, shop.now).await.unwrap();
    // Opted out after the upload. The second lacks a variable as well: the first reason counts.
    for n in [1, 3] {
        let phone = wahana_domain::Phone::parse(&person(n, &[]).phone, Default::default()).unwrap();
        shop.tenant
            .suppressions()
            .add(&NamedPerson::of_phone(phone), SuppressionReason::Manual, OptOutScope::All, None)
            .await
            .unwrap();
    }

    let told = dry_run(&shop.tenant, id, shop.now).await.unwrap();
    assert_eq!(
        told.audience,
        Audience { people: 4, suppressed: 2, missing_variable: 1, ..Audience::default() }
    );
    assert_eq!(told.left_out, [(Reason::Suppressed, 2), (Reason::MissingVariable, 1)]);
    assert_eq!(told.lacking, [Lacking { name: "kota".into(), people: 1 }]);
    assert_eq!((told.forecast.messages, told.new_chats), (1, 1), "who is left out takes no time");
    assert_eq!(codes(&told), [FindingCode::LeftOut]);
    assert_eq!(told.findings[0].detail, "3 of 4 people would not get it.");
}

#[tokio::test]
async fn what_blocks_a_launch_comes_first() {
    let shop = Shop::steady().await;
    let empty = dry_run(&shop.tenant, shop.campaign(0, None).await, shop.now).await.unwrap();
    assert_eq!(codes(&empty), [FindingCode::NoRecipients, FindingCode::ShortPauses]);
    assert_eq!(empty.findings[0].code.weight(), Weight::Blocks);

    let id = shop.campaign(250, Some("2026-11-24T12:00:00Z")).await;
    let told = dry_run(&shop.tenant, id, shop.now).await.unwrap();
    assert_eq!(codes(&told), [FindingCode::DeadlineMissed, FindingCode::SameText, FindingCode::ShortPauses]);
    let sender = &told.senders[0];
    assert_eq!((sender.sender.id, sender.sender.name.as_str()), (shop.session, "front desk"));
    assert_eq!((sender.line.left, sender.per_day, sender.other_campaigns), (Some(100), 100, 0));
    assert_eq!(sender.line.waiting, None);

    shop.app.sql("update sessions set status = 'failed'").await;
    let told = dry_run(&shop.tenant, id, shop.now).await.unwrap();
    assert_eq!(
        codes(&told),
        [
            FindingCode::NeverFinishes,
            FindingCode::SenderNotHealthy,
            FindingCode::SameText,
            FindingCode::ShortPauses
        ]
    );
    assert_eq!(told.findings[1].session, Some(shop.session));
    let waiting = told.senders[0].line.waiting.as_ref().unwrap();
    assert_eq!((waiting.reason, told.senders[0].line.left), (WaitingFor::SessionNotWorking, Some(0)));
}

#[tokio::test]
async fn b40_texts_that_cannot_be_sent_are_counted() {
    let shop = Shop::connected().await;
    let id = shop.record(shop.draft(&"{{x|}}".repeat(400))).await;
    let long = "a".repeat(200);
    let people = [("x", ""), ("x", " "), ("y", "no x"), ("x", &long), ("x", "Halo")];
    shop.add(id, people.iter().enumerate().map(|(n, own)| person(n, &[*own])).collect()).await;

    let told = dry_run(&shop.tenant, id, shop.now).await.unwrap();
    let left_out: i64 = told.left_out.iter().map(|(_, people)| people).sum();
    assert_eq!(told.left_out.last().map(|(reason, _)| *reason), Some(Reason::BadContent));
    assert_eq!((told.audience.people - left_out, told.forecast.messages), (1, 1), "{:?}", told.left_out);
    assert_eq!(told.findings[0].code, FindingCode::LeftOut);

    let (_, page) = preview(&shop.tenant, id, 0, PageRequest { before: None, limit: 10 }).await.unwrap();
    let reasons = page.items.iter().map(|one| one.personal.left_out.as_ref().map(|why| why.reason));
    let bad = reasons.clone().filter(|reason| *reason == Some(Reason::BadContent)).count() as i64;
    assert_eq!((bad, reasons.flatten().count() as i64), (told.audience.bad_content, left_out));
}

#[tokio::test]
async fn b28_people_without_any_of_the_variables_are_counted() {
    let shop = Shop::connected().await;
    let id = shop.record(shop.draft("Halo {{name|{{nick|{{kota|}}}}}}, {{nick|{{kota|kamu}}}}")).await;
    shop.add(id, vec![person(1, &[("nick", "An")]), person(2, &[("kota", "Medan")]), person(3, &[])]).await;
    let words =
        DraftChange { content: Some(text("Halo {{name|{{nick|{{kota}}}}}}")), ..DraftChange::default() };
    draft::change(&shop.tenant, id, words, shop.now).await.unwrap();
    let told = dry_run(&shop.tenant, id, shop.now).await.unwrap();
    assert_eq!(told.left_out, [(Reason::MissingVariable, 1)]);
    assert_eq!(told.lacking, [Lacking { name: "kota".into(), people: 1 }]);
}
