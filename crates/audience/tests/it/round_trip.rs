//! B14: what we write is read again without loss, as CSV and as a workbook. B09, B11, B12: tags, time zones, warnings.

use std::io::Cursor;

use proptest::prelude::*;
use wahana_audience::{
    CONTACT_COLUMNS, Event, Options, Reader, Row, WorkbookWriter, own_header, write_csv_line,
};
use wahana_domain::recipients::{ColumnRole, ListOrigin, ListWarning};

fn rows(file: Vec<u8>) -> Vec<Row> {
    let options = Options { default_country: "ID".parse().unwrap(), ..Options::default() };
    let reader = Reader::open_any(Cursor::new(file), options).unwrap_or_else(|error| panic!("{error}"));
    reader.filter_map(|event| if let Ok(Event::Row(row)) = event { Some(row) } else { None }).collect()
}

/// The same list as CSV and as a workbook.
fn written(lines: &[Vec<String>]) -> [Vec<u8>; 2] {
    let mut csv = wahana_audience::BOM.to_vec();
    let mut book = WorkbookWriter::new(&lines[0]).unwrap();
    for (at, line) in lines.iter().enumerate() {
        write_csv_line(&mut csv, line.iter().map(String::as_str)).unwrap();
        if at > 0 {
            book.row(line.iter().map(String::as_str)).unwrap();
        }
    }
    let mut file = Vec::new();
    book.finish(&mut file).unwrap();
    [csv, file]
}

fn list(attributes: &[(&str, &str)]) -> Vec<Vec<String>> {
    let own = CONTACT_COLUMNS.map(str::to_owned);
    let header = own.into_iter().chain(attributes.iter().map(|(name, _)| own_header(name, &CONTACT_COLUMNS)));
    let cells = ["+14155552671", "Siti, \"Ayu\"", "pelanggan;vip", "con_1", "2026-12-01", "2026-12-01"];
    let line =
        cells.map(str::to_owned).into_iter().chain(attributes.iter().map(|(_, value)| (*value).to_owned()));
    vec![header.collect(), line.collect()]
}

#[test]
fn b14_a_list_of_contacts_comes_back() {
    let attributes = [
        ("No HP", "0812"),
        ("whatsapp", "+6281200001141"),
        ("phone", "other"),
        ("tags", "mine"),
        ("Kota Asal", "=Solo"),
        ("kota_asal", "'+x"),
        ("variable phone", "''-y"),
        ("time_zone", "Asia/Makassar"),
        ("consent", "2026-01-01 web"),
        ("ชื่อ", "baris\nkedua"),
    ];
    for file in written(&list(&attributes)) {
        let rows = rows(file);
        assert_eq!(rows.len(), 1);
        let row = &rows[0];
        assert_eq!((row.phone.digits(), row.name.as_deref()), ("14155552671", Some("Siti, \"Ayu\"")));
        assert_eq!(row.tags, ["pelanggan", "vip"]);
        let read: Vec<(&str, &str)> =
            row.variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let mut expected = attributes.to_vec();
        expected.sort_unstable();
        assert_eq!(read, expected);
    }
}

#[test]
fn b14_numbers_are_shown_whole_by_a_spreadsheet() {
    let [csv, _] = written(&list(&[]));
    let text = String::from_utf8(csv).unwrap();
    assert!(text.starts_with('\u{feff}') && text.contains("\r\n'+14155552671,"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn b14_any_value_comes_back(value in "['=+@\\-a1,;\"\n é#ไ-]{1,12}") {
        let value = value.trim();
        prop_assume!(!value.is_empty() && !value.starts_with('#'));
        for file in written(&list(&[("note", value)])) {
            let rows = rows(file);
            prop_assert_eq!(rows[0].variables.get("note").map(String::as_str), Some(value));
        }
    }
}

#[test]
fn b09_groups_become_tags() {
    for (header, cell, expected) in [
        ("Labels", "* myContacts ::: Team ::: * VIP", &["Team", "VIP"][..]),
        ("Group Membership", "* myContacts", &[]),
        ("Categories", "Pelanggan;Grosir", &["Pelanggan", "Grosir"]),
        ("TAGS", "\"\"\"promo\"\",\"\"lama\"\"\"", &["promo", "lama"]),
        ("Etiquetas", "\"uno, dos\"", &["uno", "dos"]),
    ] {
        let file = format!("phone,{header}\n081200001141,{cell}\n");
        assert_eq!(rows(file.into_bytes())[0].tags, expected, "{header}");
    }
}

#[test]
fn b11_b12_what_is_taken_with_a_reservation_is_told() {
    let file = "phone,Zona Waktu,kode\n081200001141,WITA,A\n081200001142,Mars,B\n081200001143,,#N/A\n";
    let rows = rows(file.as_bytes().to_vec());
    let told: Vec<&[ListWarning]> = rows.iter().map(|row| &row.warnings[..]).collect();
    assert_eq!(told, [&[][..], &[ListWarning::BadTimeZone], &[ListWarning::SheetError]]);
    assert_eq!(rows[0].variables.get("time_zone").map(String::as_str), Some("WITA"));
}

#[test]
fn origins_and_roles_are_told() {
    let open = |header: &str| {
        let file = format!("{header}\n{}\n", vec!["081200001141"; header.split(',').count()].join(","));
        Reader::open(
            Cursor::new(file),
            Options { default_country: "ID".parse().unwrap(), ..Options::default() },
        )
    };
    for (header, origin) in [
        ("First Name,Labels,Phone 1 - Label,Phone 1 - Value", ListOrigin::Google),
        ("Name,Group Membership,Phone 1 - Type,Phone 1 - Value", ListOrigin::Google),
        ("First Name,Mobile Phone,E-mail Address", ListOrigin::Outlook),
        ("Record ID,First Name,Phone Number", ListOrigin::Hubspot),
        ("id,name,phone,mobile,country_id/id", ListOrigin::Odoo),
        ("First Name,Phone,Accepts Email Marketing,Tags", ListOrigin::Shopify),
        ("Email Address,First Name,Phone Number,MEMBER_RATING,TAGS", ListOrigin::Mailchimp),
        ("nama,hp", ListOrigin::Other),
    ] {
        assert_eq!(open(header).unwrap().origin(), origin, "{header}");
    }
    let roles: Vec<ColumnRole> = open("Nama,HP,Grup,Zona Waktu,Opt-in,Kota,")
        .unwrap()
        .list_columns()
        .iter()
        .map(|column| column.role)
        .collect();
    let expected = [
        ColumnRole::Name,
        ColumnRole::Phone,
        ColumnRole::Tags,
        ColumnRole::TimeZone,
        ColumnRole::Consent,
        ColumnRole::Variable,
        ColumnRole::Ignored,
    ];
    assert_eq!(roles, expected);
}
