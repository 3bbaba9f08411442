//! Numbers as people, spreadsheets and WhatsApp write them.

use super::*;

fn parse(text: &str) -> Result<String, InvalidPhone> {
    Phone::parse(text, Country::INDONESIA).map(|p| p.to_string())
}

#[test]
fn numbers_as_people_write_them() {
    for text in [
        "081234567890",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "6281234567890",
        "62 812-3456-7890",
        " 0812.3456.7890 ",
        "006281234567890",
        "81234567890",
    ] {
        assert_eq!(parse(text).as_deref(), Ok("+6281234567890"), "{text}");
    }
    assert_eq!(parse("+1 213-213-2131").as_deref(), Ok("+12132132131"));
    assert_eq!(parse("12132132131").as_deref(), Ok("+12132132131"), "plus forgotten");
}

#[test]
fn what_is_not_a_number() {
    assert_eq!(parse("  "), Err(InvalidPhone::Empty));
    assert_eq!(parse("call me"), Err(InvalidPhone::NotANumber));
    assert_eq!(parse("12"), Err(InvalidPhone::NotInUse));
    assert_eq!(parse("+62 1"), Err(InvalidPhone::NotANumber));
    assert_eq!(parse("08123"), Err(InvalidPhone::NotInUse));
    assert!(parse("081234567890x5").is_err());
    assert!(parse("=cmd|' /C calc'!A0").is_err());
}

#[test]
fn countries() {
    assert_eq!("GB".parse::<Country>().map(|c| c.to_string()), Ok("GB".into()));
    for unknown in ["Indonesia", "XX", ""] {
        assert_eq!(unknown.parse::<Country>(), Err(InvalidPhone::UnknownCountry), "{unknown}");
    }
    let uk = Phone::parse("020 7946 0018", "GB".parse().unwrap()).unwrap();
    assert_eq!(uk.digits(), "442079460018");
}

fn digits(text: &str, country: &str) -> Result<String, InvalidPhone> {
    Phone::parse(text, country.parse().unwrap()).map(|phone| phone.0)
}

#[test]
fn fractions_and_scientific_notation() {
    for text in [
        "6281200001141.0",
        "81200001141.0",
        "81200001141,00",
        "81200001141.0000",
        "081200001141.0",
        "+6281200001141.0",
        "6,281,200,001,141.00",
        "6.281.200.001.141,00",
        "6,281,200,001,141",
        "6.281200001141E+12",
        "6,281200001141e12",
        "6.28120000114100E+12",
        "=\"081200001141\"",
        "p:+6281200001141",
        "\u{202a}+62 812\u{a0}0000\u{2011}1141\u{202c}",
    ] {
        assert_eq!(digits(text, "ID").as_deref(), Ok("6281200001141"), "{text}");
    }
    assert_eq!(digits("6.28123E+12", "ID"), Err(InvalidPhone::Rounded));
    assert_eq!(digits("6,28123E+12", "ID"), Err(InvalidPhone::Rounded));
    assert_eq!(digits("6E+12", "ID"), Err(InvalidPhone::Rounded));
    for text in ["81200001141.5", "81200001141.10", "6.2812000011415E+12", "081200001141#5", "081200001141*1"]
    {
        assert_eq!(digits(text, "ID"), Err(InvalidPhone::NotANumber), "{text}");
    }
}

#[test]
fn several_numbers_in_one_cell() {
    for text in [
        "081200001155;081200001156",
        "081200001155 / 081200001156",
        "081200001155/56",
        "081200001155, 081200001156",
        "081200001155 or 081200001156",
        "081200001155 atau 081200001156",
        "081200001155\n081200001156",
        "081200001155 & 081200001156",
        "+6281200001155+6281200001156",
        "081200001155 081200001156",
        "081200001155 - 081200001156",
        "0812-0000-1002 ::: +62 812-0000-1003",
        "021-5000106, 081200001156",
        "081200001155;081200001156;081200001157",
        "81200001155.0;81200001156.0",
        "０８１２００００１１５５；０８１２００００１１５６",
    ] {
        assert_eq!(digits(text, "ID"), Err(InvalidPhone::Several), "{text}");
    }
    for text in ["081200001155;", "081200001155 / +62 812-0000-1155", "0812/0000/1155", "0812,0000,1155"] {
        assert_eq!(digits(text, "ID").as_deref(), Ok("6281200001155"), "{text}");
    }
    assert_eq!(digits("030/12345678", "DE").as_deref(), Ok("493012345678"));
}

#[test]
fn digits_of_every_script() {
    for text in [
        "０８１２－１１１１－００３４",
        "＋６２　８１２　１１１１　００３４",
        "٠٨١٢١١١١٠٠٣٤",
        "०८१२११११००३४",
        "(+62) 812–1111–0034",
    ] {
        assert_eq!(digits(text, "ID").as_deref(), Ok("6281211110034"), "{text}");
    }
}

#[test]
fn spellings_that_whatsapp_keeps() {
    for (text, country, saved) in [
        ("+52 1 55 1234 5678", "ID", "5215512345678"),
        ("5215512345678", "ID", "5215512345678"),
        ("1 55 1234 5680", "MX", "5215512345680"),
        ("55 1234 5680", "MX", "525512345680"),
        ("+52 55 1234 5678", "ID", "525512345678"),
        ("+54 9 11 2345-6789", "ID", "5491123456789"),
        ("541123456789", "ID", "541123456789"),
        ("011 15-2345-6789", "AR", "5491123456789"),
        ("+55 84 91234-5678", "ID", "5584912345678"),
        ("558412345678", "ID", "558412345678"),
        ("(84) 1234-5678", "BR", "558412345678"),
        ("12132132131", "ID", "12132132131"),
    ] {
        assert_eq!(digits(text, country).as_deref(), Ok(saved), "{text} {country}");
    }
    let phone = |text: &str| Phone::from_whatsapp(text).unwrap();
    for (one, other) in [
        ("5215512345678", "525512345678"),
        ("5491123456789", "541123456789"),
        ("558412345678", "5584912345678"),
        ("551187654321", "5511987654321"),
        ("22541234567", "2250141234567"),
        ("22547234567", "2250747234567"),
        ("22905234567", "2290105234567"),
        ("22997123456", "2290197123456"),
    ] {
        assert_eq!(phone(one).today(), phone(other).today(), "{one}");
        assert_eq!(phone(one).country(), phone(other).country(), "{one}");
        assert_eq!(phone(other).forms(), [phone(other), phone(one)], "{other}");
        assert_eq!(phone(one).forms()[0], phone(one), "the form that was given is asked for first");
        assert!(phone(one).forms().contains(&phone(other)), "{one}");
    }
    assert_ne!(phone("5215512345678").today(), phone("525512345679").today());
    for landline in ["551134567890", "22520304050", "6281234567890", "12132132131"] {
        assert_eq!(phone(landline).forms(), [phone(landline)], "{landline} has one form");
    }
}
