//! Files as people export them from spreadsheets, address books and shops; one test per case.

use std::collections::BTreeSet;
use std::path::Path;

use wahana_audience::{AudienceError, Event, Options, Reader};
use wahana_domain::Country;

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name)).unwrap_or_default()
}

fn open<'a>(input: &'a [u8], country: &str, required: &[&str]) -> Result<Reader<&'a [u8]>, AudienceError> {
    let required: BTreeSet<String> = required.iter().map(ToString::to_string).collect();
    let default_country: Country = country.parse().unwrap_or_default();
    Reader::open(input, Options { default_country, required, ..Options::default() })
}

/// `6281234567890 Budi` for a person, `3 bad_phone phone` for a refused line.
fn people(input: &[u8], country: &str, required: &[&str]) -> Vec<String> {
    let reader = open(input, country, required).unwrap_or_else(|error| panic!("{error}"));
    let one = |event: Result<Event, AudienceError>| match event {
        Ok(Event::Row(row)) => {
            format!("{} {}", row.phone.digits(), row.name.as_deref().unwrap_or("-")).trim().to_owned()
        }
        Err(error) => error.to_string(),
        Ok(Event::Rejected(refused)) => {
            format!("{} {} {}", refused.line, refused.code.as_str(), refused.column.as_deref().unwrap_or("-"))
        }
    };
    reader.map(one).collect()
}

fn indonesian(input: &[u8]) -> Vec<String> {
    people(input, "ID", &[])
}

fn variable(input: &[u8], name: &str) -> Vec<Option<String>> {
    let reader = open(input, "ID", &[]).unwrap_or_else(|error| panic!("{error}"));
    let rows = reader.filter_map(|event| match event {
        Ok(Event::Row(row)) => Some(row.variables.get(name).cloned()),
        _ => None,
    });
    rows.collect()
}

#[test]
fn b03_mexico_521() {
    assert_eq!(indonesian(&sample("B03-mexico-521.csv")), ["5215512345678 MX"]);
}

#[test]
fn b04_float_suffix() {
    assert_eq!(
        indonesian(&sample("B04-float-suffix.csv")),
        ["6281200001141 Ayu", "6281200001146 Float", "6281200001142 TwoDec"]
    );
    let rounded = b"phone\n6.28123E+12\n6.281200001141E+12\n81200001146.5\n";
    assert_eq!(indonesian(rounded), ["2 bad_phone phone", "6281200001141 -", "4 bad_phone phone"]);
}

#[test]
fn b05_two_numbers() {
    assert_eq!(indonesian(&sample("B05-two-numbers-semicolon.csv")), ["2 several_phones phone"]);
    let others = b"phone,name\n081200001155/081200001156,A\n\"081200001155\n081200001156\",B\n081200001155 or 081200001156,C\n";
    assert_eq!(
        indonesian(others),
        ["2 several_phones phone", "3 several_phones phone", "5 several_phones phone"]
    );
}

#[test]
fn b06_digits_of_every_script() {
    assert_eq!(
        indonesian(&sample("B06-fullwidth.csv")),
        ["6281211110034 A", "6281211110036 B", "6281211110035 Control"]
    );
}

#[test]
fn b07_whatsapp_then_mobile_then_phone() {
    assert_eq!(indonesian(&sample("B07-odoo.csv")), ["6281200001061 Siti", "6281200001062 Budi"]);
    let whatsapp = b"Name,Phone,Mobile,WhatsApp Number\nA,02150001061,081200001062,081200001063\nB,02150001061,,\nC,,081200001062,-\n";
    assert_eq!(indonesian(whatsapp), ["6281200001063 A", "622150001061 B", "6281200001062 C"]);
}

#[test]
fn b08_columns_under_their_own_names() {
    for (file, required) in [
        ("B08-nama.csv", &["nama", "no_hp", "kota", "name", "phone"][..]),
        ("B08-whatomate144.csv", &["customer_name", "voucher_code", "phone_number"]),
    ] {
        let read = people(&sample(file), "ID", required);
        assert!(read[0].ends_with(" Siti"), "{read:?}");
    }
    let error = open(b"No HP,Nama\n081200020041,Siti\n", "ID", &["voucher"]).err().unwrap().to_string();
    assert!(error.contains("found: No HP, Nama") && !error.contains("|"), "{error}");
}

#[test]
fn b09_headers_of_tools_and_languages() {
    assert_eq!(
        indonesian(&sample("B09-google-contacts-new.csv")),
        ["6281200001001 Siti Rahma", "3 several_phones Phone 1 - Value", "6281200001005 Ayu"]
    );
    assert_eq!(
        indonesian(&sample("B09-google-contacts-old.csv")),
        ["6281200001011 Siti Rahma", "3 several_phones Phone 1 - Value"]
    );
    for (file, phone) in [
        ("B09-header-es.csv", "6281200001093"),
        ("B09-header-id-no-hp-wa.csv", "6281200001097"),
        ("B09-header-id-nomor-handphone.csv", "6281200001095"),
        ("B09-header-pt-celular.csv", "6281200001091"),
        ("B09-header-pt-telefone.csv", "6281200001092"),
    ] {
        assert_eq!(indonesian(&sample(file)), [format!("{phone} Siti")], "{file}");
    }
}

#[test]
fn b09_headers_of_more_languages() {
    for header in [
        "First Name,Last Name,Email,Phone Number",
        "First Name,Last Name,Mobile Phone Number,WhatsApp Phone Number",
        "Vorname,Name,Handynummer",
        "Vorname,Nachname,Mobiltelefon",
        "Prénom,Nom,Téléphone portable",
        "Prénom,Nom,N° de téléphone",
        "Nombre,Apellidos,Número de móvil",
        "Nome,Sobrenome,Celular (com DDD)",
        "Nome,Cognome,Cellulare",
        "Voornaam,Achternaam,Mobiel nummer",
        "Ad,Soyad,Cep Telefonu",
        "firstName,lastName,phoneNumber",
        "Given Name,Family Name,Phone (with country code)",
        "Nama Depan,Nama Belakang,Nomor Telepon/WA",
        "ชื่อ,นามสกุล,เบอร์โทรศัพท์มือถือ",
        "Name,Surname,Mobile",
        "Nama,Nama Belakang,HP",
    ] {
        let columns = header.split(',').count();
        let cells = ["Siti", "Rahma", "081200001093", "081200001093"];
        let row = if header.contains("Email") {
            "Siti,Rahma,s@example.com,081200001093".into()
        } else {
            cells[..columns].join(",")
        };
        let read = indonesian(format!("{header}\n{row}\n").as_bytes());
        assert_eq!(read, ["6281200001093 Siti Rahma"], "{header}");
    }
    for header in [
        "Nama,No. Telp",
        "Nama Siswa,No HP Orang Tua",
        "Nama,Nombor Telefon Bimbit",
        "Họ và tên,Số điện thoại",
        "Họ tên,SĐT",
        "الاسم,رقم الهاتف",
        "الاسم,رقم الجوال",
        "नाम,मोबाइल नंबर",
        "ชื่อ-นามสกุล,เบอร์โทร",
        "İsim,Telefon Numarası",
        "Naam,Telefoonnummer",
        "Full Name,Contact Number",
        "Customer Name,Default Address Phone",
        "Display Name,iPhone",
        "姓名,手机号码",
        "ФИО,Телефон",
    ] {
        let read = indonesian(format!("{header}\nSiti,081200001093\n").as_bytes());
        assert_eq!(read, ["6281200001093 Siti"], "{header}");
    }
}

#[test]
fn b09_columns_by_content() {
    let by_content = b"Who,Where to,Size\nSiti,081200001093,7\nBudi,081200001094,8\nAyu,,9\n";
    assert_eq!(indonesian(by_content), ["6281200001093 -", "6281200001094 -", "4 empty_phone Where to"]);
    let row_numbers = b"Nomor,Nama,Kontak\n1,Siti,081200001093\n2,Budi,081200001094\n";
    assert_eq!(indonesian(row_numbers), ["6281200001093 Siti", "6281200001094 Budi"]);
    let car = b"Nama,Mobil,No Telepon\nSiti,Avanza,081200001093\n";
    assert_eq!(indonesian(car), ["6281200001093 Siti"]);
    let error = open(b"Who,Size\nSiti,7\n", "ID", &[]).err().unwrap();
    assert!(matches!(error, AudienceError::NoPhoneColumn { .. }), "{error}");
}

#[test]
fn b10_unused_columns_do_not_count() {
    assert_eq!(indonesian(&sample("B10-outlook-92-columns.csv")), ["6281200101021 Siti"]);
}

#[test]
fn b11_time_zones_never_refuse_a_person() {
    let input = sample("B11-time-zone-wib.csv");
    assert_eq!(indonesian(&input), ["6281200004001 -", "6281200004002 -", "6281200004003 -"]);
    assert_eq!(indonesian(b"phone,time_zone\n081200004001,Mars/Olympus\n"), ["6281200004001 -"]);
}

#[test]
fn b12_errors_of_spreadsheets_are_missing_values() {
    let input = sample("B12-sheet-error-na.csv");
    assert_eq!(variable(&input, "kode"), [None]);
    assert_eq!(people(&input, "ID", &["kode"]), ["2 missing_variable kode"]);
    let others = "phone,kode\n081200004001,#REF!\n081200004001,#¿NOMBRE?\n081200004001,Err:502\n081200004001,#1\n#N/A,x\n";
    assert_eq!(variable(others.as_bytes(), "kode"), [None, None, None, Some("#1".to_owned())]);
    assert_eq!(indonesian(others.as_bytes())[4], "6 empty_phone phone");
}

#[test]
fn b15_excel_in_spanish() {
    assert_eq!(
        indonesian(&sample("B15-excel-spanish-windows1252.csv")),
        ["34612345601 José", "34612345602 Ana"]
    );
}

#[test]
fn b27_a_header_in_thai() {
    assert_eq!(variable(&sample("B27-thai-header.csv"), "ชื่อ"), [Some("สม".to_owned())]);
    assert_eq!(people(&sample("B27-thai-header.csv"), "ID", &["ชื่อ"]), ["66812345678 สม"]);
}

#[test]
fn what_is_saved_has_the_digits_of_the_cell() {
    let cells = [
        ("0812-0000-1155 (081200001156)", "several_phones"),
        ("0812 0000 1155 , 0812 0000 1156", "several_phones"),
        ("+62 812 0000 1155\n+62 812 0000 1156", "several_phones"),
        ("081200001155 ext 5", "bad_phone"),
        ("081200001155#5", "bad_phone"),
        ("8.12E+10", "bad_phone"),
        ("81200001155.000", "6281200001155"),
        ("(0812) 0000-1155", "6281200001155"),
        ("62-0812-0000-1155", "6281200001155"),
        ("٠٨١٢ ٠٠٠٠ ١١٥٥", "6281200001155"),
        ("tel:+62-812-0000-1155", "6281200001155"),
        ("5491123456789", "5491123456789"),
        ("+55 84 1234-0001", "558412340001"),
    ];
    for (cell, expected) in cells {
        let read = indonesian(format!("phone\n\"{cell}\"\n").as_bytes());
        assert!(read[0].contains(expected), "{cell}: {read:?}");
    }
}

#[test]
fn b39_the_named_country_decides() {
    let read = people(&sample("B39-mexico-leading-1.csv"), "MX", &[]);
    assert_eq!(read, ["5215512345680 -"]);
}
