//! Import of people: from a CSV file, from a list, from the address book by tag.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use wahana_audience::AudienceError;
use wahana_domain::campaigns::CampaignState;
use wahana_domain::recipients::RejectCode;
use wahana_domain::{CampaignId, NamedPerson, Phone, Rule};
use wahana_service::campaigns::errors::ImportError;
use wahana_service::campaigns::import::{ImportLimits, ImportReport, RecipientImport};
use wahana_service::campaigns::launch;
use wahana_service::campaigns::sources::{Person, Source};
use wahana_service::checks::WrongField;
use wahana_service::contacts::lists::{ListError, NamedColumns, open};
use wahana_store::campaigns::recipient_imports::Imported;
use wahana_store::contacts::NewContact;

use crate::shop::{LIMITS, ON_TIME, Shop, person};

impl Shop {
    async fn import(&self, campaign: CampaignId) -> RecipientImport {
        RecipientImport::new(&self.tenant, campaign, None, self.now).await.unwrap()
    }

    /// Imports a CSV file as the API does, from memory.
    async fn upload(&self, campaign: CampaignId, csv: &str) -> Result<ImportReport, ImportError> {
        let import = self.import(campaign).await;
        let options = import.list_options(NamedColumns::default()).unwrap();
        let reader = open(Cursor::new(csv.to_owned()), options).await?;
        import.run(&self.tenant, Source::File(Box::new(reader)), LIMITS).await
    }
}

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[tokio::test]
async fn a_csv_file_is_taken_line_by_line() {
    let shop = Shop::open().await;
    let id = shop.record(shop.draft("Hi {{name|friend}} from {{city}}")).await;
    let csv = "name,phone,city\n\
               Sari,0812-3456-7890,Bogor\n\
               Budi,nobody,Solo\n\
               Ani,+6281234567891,\n\
               Sari,+6281234567890,Solo\n";
    let report = shop.upload(id, csv).await.unwrap();
    assert_eq!(report.total_lines, 4);
    assert_eq!(report.counts, Imported { accepted: 1, rejected: 3, duplicates: 1, suppressed: 0 });
    assert_eq!(
        report.by_code,
        BTreeMap::from([
            (RejectCode::BadPhone, 1),
            (RejectCode::Duplicate, 1),
            (RejectCode::MissingVariable, 1),
        ])
    );
    let refused = &report.rejects[0];
    assert_eq!((refused.line, refused.code), (3, RejectCode::BadPhone));
    assert_eq!((refused.column.as_deref(), refused.value.as_deref()), (Some("phone"), Some("nobody")));
    assert_eq!(refused.fields["city"], "Solo");
    assert_eq!(report.samples, ["Hi Sari from Bogor"]);
    assert_eq!((report.variables, report.required), (names(&["city", "name"]), names(&["city"])));
    let campaign = shop.tenant.campaigns().get(id).await.unwrap().unwrap();
    assert_eq!((campaign.total, campaign.rejected, campaign.duplicates), (1, 3, 1));
    let columns = shop.tenant.recipients().import_columns(id).await.unwrap().unwrap();
    assert_eq!(columns, ["phone", "name", "city"], "the number comes first");
}

#[tokio::test]
async fn f13_a_duplicate_keeps_the_whole_line() {
    let shop = Shop::open().await;
    let id = shop.record(shop.draft("Halo")).await;
    let csv = "No HP,Nama,Name,Kota Asal\n\
               0812-3456-7890,Sari,S,Solo\n\
               0812 3456 7890,Budi,B,Bogor\n";
    let report = shop.upload(id, csv).await.unwrap();
    let refused = &report.rejects[0];
    assert_eq!((refused.line, refused.code), (3, RejectCode::Duplicate));
    let kept: Vec<(&str, &str)> =
        refused.fields.iter().map(|(name, cell)| (name.as_str(), cell.as_str())).collect();
    assert_eq!(kept, [("Kota Asal", "Bogor"), ("Nama", "Budi"), ("Name", "B"), ("No HP", "0812 3456 7890")]);
}

#[tokio::test]
async fn what_is_no_list_says_why_and_adds_nobody() {
    let shop = Shop::open().await;
    let id = shop.record(shop.draft("Halo")).await;
    let refused = shop.upload(id, "").await.unwrap_err();
    assert!(matches!(refused, ImportError::List(ListError::NoList(AudienceError::Empty))), "{refused:?}");
    let refused = shop.upload(id, "colour,size\nred,1\n").await.unwrap_err();
    assert!(
        matches!(refused, ImportError::List(ListError::NoList(AudienceError::NoPhoneColumn { .. }))),
        "{refused:?}"
    );
    let columns = NamedColumns { phone: None, name: Some("size".into()) };
    assert_eq!(
        shop.import(id).await.list_options(columns).unwrap_err(),
        WrongField::new("name_column", Rule::Needs { other: "phone_column".into() })
    );
    assert_eq!(shop.app.count("select count(*) from recipients").await, 0);
}

#[tokio::test]
async fn a_tag_brings_the_contacts_that_have_it() {
    let shop = Shop::open().await;
    let contact = |n: usize, tag: &str, city: Option<&str>| NewContact {
        person: NamedPerson::of_phone(Phone::parse(&person(n, &[]).phone, Default::default()).unwrap()),
        name: Some(format!("P{n}")),
        attributes: city.map(|city| ("City".to_owned(), city.to_owned())).into_iter().collect(),
        tags: vec![tag.to_owned()],
    };
    let contacts = [
        contact(1, "vip", Some("Solo")),
        contact(2, "vip", None),
        contact(3, "old", Some("Medan")),
        contact(4, "vip", Some("Bogor")),
    ];
    shop.tenant.contacts().save(&contacts).await.unwrap();
    let id = shop.record(shop.draft("Hi {{name}} from {{city}}")).await;
    let import = shop.import(id).await;
    let report = import.run(&shop.tenant, Source::<&[u8]>::Tags(vec!["vip".into()]), LIMITS).await.unwrap();
    assert_eq!(report.total_lines, 3);
    assert_eq!(report.counts, Imported { accepted: 2, rejected: 1, duplicates: 0, suppressed: 0 });
    assert_eq!(report.by_code, BTreeMap::from([(RejectCode::MissingVariable, 1)]));
    let refused = &report.rejects[0];
    assert_eq!(
        (refused.column.as_deref(), refused.fields["phone"].as_str()),
        (Some("city"), "+6281234500002")
    );
    assert_eq!(
        report.samples.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        ["Hi P1 from Solo", "Hi P4 from Bogor"].into()
    );
}

#[tokio::test]
async fn a_dry_run_and_a_list_that_is_too_long_leave_nothing() {
    let shop = Shop::open().await;
    let id = shop.record(shop.draft("Halo")).await;
    let people = || Source::<&[u8]>::People((0..3).map(|n| person(n, &[])).collect());
    let limits = ImportLimits { dry_run: true, ..LIMITS };
    let report = shop.import(id).await.run(&shop.tenant, people(), limits).await.unwrap();
    assert_eq!(report.counts.accepted, 3);
    let limits = ImportLimits { most: 2, ..LIMITS };
    let refused = shop.import(id).await.run(&shop.tenant, people(), limits).await.unwrap_err();
    assert_eq!(refused.to_string(), "a campaign has at most 2 recipients");
    assert_eq!(shop.app.count("select count(*) from recipients").await, 0);
}

#[tokio::test]
async fn only_a_draft_that_is_there_gets_people() {
    let shop = Shop::steady().await;
    let nowhere = RecipientImport::new(&shop.tenant, CampaignId(uuid::Uuid::nil()), None, shop.now).await;
    assert!(matches!(nowhere, Err(ImportError::NoCampaign)), "{nowhere:?}");
    let id = shop.campaign(1, None).await;
    launch::start(&shop.tenant, id, ON_TIME, shop.now).await.unwrap();
    let late = Source::<&[u8]>::People(vec![Person::default()]);
    let refused = shop.import(id).await.run(&shop.tenant, late, LIMITS).await.unwrap_err();
    assert!(matches!(refused, ImportError::WrongState(CampaignState::Running)), "{refused:?}");
}
