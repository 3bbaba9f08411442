//! vCards of telephones, address books and WhatsApp itself.

use std::io::Cursor;

use wahana_audience::{Event, Options, Reader, Row};
use wahana_domain::recipients::{ListFormat, ListOrigin};

fn rows(cards: &[u8]) -> Vec<Row> {
    let options = Options { default_country: "ID".parse().unwrap(), ..Options::default() };
    let reader =
        Reader::open_any(Cursor::new(cards.to_vec()), options).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((reader.file().format, reader.origin()), (ListFormat::Vcard, ListOrigin::AddressBook));
    let row = |event| match event {
        Ok(Event::Row(row)) => row,
        other => panic!("{other:?}"),
    };
    reader.map(row).collect()
}

fn brief(cards: &str) -> Vec<String> {
    let brief = |row: Row| format!("{} {}", row.phone.digits(), row.name.unwrap_or_default());
    rows(cards.as_bytes()).into_iter().map(brief).collect()
}

#[test]
fn b37_a_card_of_an_iphone() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples/B37-iphone-vcard.vcf");
    let rows = rows(&std::fs::read(path).unwrap());
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].line, rows[0].phone.digits()), (1, "6281200001195"));
    assert_eq!(rows[0].name.as_deref(), Some("Siti Rahma"));
}

#[test]
fn b37_versions_and_line_ends() {
    let old = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;=53=69=74=69=\r\n=20=C3=9C;;;\r\nTEL;CELL;PREF:0812-0000-1195\r\nTEL;HOME;VOICE:021 5000 1004\r\nEND:VCARD\r\n";
    assert_eq!(brief(old), ["6281200001195 Siti Ü"]);
    let new = "BEGIN:VCARD\nVERSION:4.0\nFN:Siti\\, Ibu\nTEL;VALUE=uri;TYPE=\"voice,home\":tel:+62-21-5000-1004\nTEL;VALUE=uri;PREF=1;TYPE=\"voice,cell\":tel:+62-812-0000-1195;ext=1\nCATEGORIES:pelanggan,VIP\\, lama\nEND:VCARD";
    let row = &rows(new.as_bytes())[0];
    assert_eq!((row.phone.digits(), row.name.as_deref()), ("6281200001195", Some("Siti, Ibu")));
    assert_eq!(row.tags, ["pelanggan", "VIP", "lama"]);
    let latin = b"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1:Fern\xe1ndez;Jos\xe9\nTEL;CELL:+34612345601\nEND:VCARD\n";
    assert_eq!(rows(latin)[0].name.as_deref(), Some("José Fernández"));
    let japanese = "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=8ER=93c;=91=BE=98Y\nTEL;CELL:+819012345678\nEND:VCARD\n";
    assert_eq!(rows(japanese.as_bytes())[0].name.as_deref(), Some("太郎 山田"));
}

#[test]
fn b37_the_number_for_whatsapp_then_mobiles_then_others() {
    let card = |numbers: &str| format!("BEGIN:VCARD\nVERSION:3.0\nFN:A\n{numbers}\nEND:VCARD\n");
    for (numbers, expected) in [
        ("TEL;TYPE=HOME:02150001004\nTEL;TYPE=CELL:081200001141", "6281200001141"),
        ("TEL;TYPE=CELL:081200001141\nitem1.TEL:081200001142\nitem1.X-ABLabel:WhatsApp", "6281200001142"),
        ("TEL;TYPE=CELL:081200001141\nTEL;type=CELL;waid=6281200001143:+62 812-0000-1143", "6281200001143"),
        ("TEL;TYPE=CELL:081200001141\nTEL;TYPE=CELL,PREF:081200001144", "6281200001144"),
        ("TEL;TYPE=WORK,FAX:02150001005\nTEL;TYPE=WORK:02150001004", "622150001004"),
        (
            "item2.TEL;type=pref:081200001145\nitem2.X-ABLabel:_$!<Mobile>!$_\nTEL:02150001004",
            "6281200001145",
        ),
        ("TEL;TYPE=HOME:02150001004\nX-SOCIALPROFILE;type=whatsapp:x-apple:+6281200001146", "6281200001146"),
    ] {
        assert_eq!(brief(&card(numbers)), [format!("{expected} A")], "{numbers}");
    }
}

#[test]
fn b37_cards_that_are_odd() {
    let photo = format!("PHOTO;ENCODING=b;TYPE=JPEG:{}\n {}\n", "QUJD".repeat(20), "QUJD\n ".repeat(50_000));
    let cards = format!(
        "\nBEGIN:VCARD\nVERSION:3.0\nFN:Si\n ti\n{photo}TEL:081200001141\nEND:VCARD\n\nBEGIN:VCARD\nN:Rahma;Ayu;;;\nTEL:081200001142\nBEGIN:VCARD\nORG:Toko;Pusat\nTEL:081200001143\nAGENT:\nBEGIN:VCARD\nFN:Other\nTEL:081200001149\nEND:VCARD\nEND:VCARD\n"
    );
    assert_eq!(brief(&cards), ["6281200001141 Siti", "6281200001142 Ayu Rahma", "6281200001143 Toko, Pusat"]);
    let options = Options { default_country: "ID".parse().unwrap(), ..Options::default() };
    let none = Cursor::new(b"BEGIN:VCARD\nFN:Nobody\nEND:VCARD\n");
    let events: Vec<_> = Reader::open_any(none, options).unwrap().collect();
    assert!(
        matches!(&events[..], [Ok(Event::Rejected(refused))] if refused.code.as_str() == "empty_phone" && refused.fields[0] == "Nobody")
    );
}
