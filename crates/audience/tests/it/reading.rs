//! A table of malformed files; the example list; the round trip of refused lines; arbitrary bytes.

use std::collections::BTreeSet;
use std::io::{self, Read};

use proptest::prelude::*;
use wahana_audience::{AudienceError, Event, Mapping, Options, Reader, RejectsWriter, write_csv_field};
use wahana_domain::recipients::RejectCode;

fn options() -> Options {
    Options::default()
}

fn read(input: &[u8]) -> Result<Vec<Event>, AudienceError> {
    Reader::open(input, options())?.collect()
}

/// `6281234567890 Budi city=Solo` for a row, `3 bad_phone phone` for a refused line.
fn brief(events: &[Event]) -> Vec<String> {
    let one = |event: &Event| match event {
        Event::Row(row) => {
            let variables = row.variables.iter().map(|(name, value)| format!(" {name}={value}"));
            let name = row.name.as_deref().map(|name| format!(" {name}")).unwrap_or_default();
            format!("{}{name}{}", row.phone.digits(), variables.collect::<String>())
        }
        Event::Rejected(refused) => {
            format!("{} {} {}", refused.line, refused.code.as_str(), refused.column.as_deref().unwrap_or("-"))
        }
    };
    events.iter().map(one).collect()
}

const BUDI: &str = "6281234567890 Budi";

#[test]
fn files_that_can_be_read() {
    let utf16 = |text: &str, mark: bool| {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
    };
    let cases: Vec<(&str, Vec<u8>, Vec<&str>)> = vec![
        ("plain", b"phone,name\n081234567890,Budi\n".into(), vec![BUDI]),
        ("no last newline", b"phone,name\n081234567890,Budi".into(), vec![BUDI]),
        ("windows lines", b"phone,name\r\n081234567890,Budi\r\n".into(), vec![BUDI]),
        ("old mac lines", b"phone,name\r081234567890,Budi\r".into(), vec![BUDI]),
        ("byte order mark", b"\xef\xbb\xbfphone,name\n081234567890,Budi".into(), vec![BUDI]),
        ("semicolons", b"nama;no hp;kota\nBudi;081234567890;Solo, Jawa\n".into(), vec!["6281234567890 Budi kota=Solo, Jawa nama=Budi no_hp=081234567890"]),
        ("tabs", b"Nama Lengkap\tNomor WA\nBudi\t081234567890\n".into(), vec!["6281234567890 Budi nama_lengkap=Budi nomor_wa=081234567890"]),
        ("pipes", b"name|whatsapp\nBudi|+62 812 3456 7890\n".into(), vec!["6281234567890 Budi whatsapp=+62 812 3456 7890"]),
        ("excel's sep=", b"sep=;\nphone;name\n081234567890;Budi\n".into(), vec![BUDI]),
        ("one column", b"phone\n081234567890\n".into(), vec!["6281234567890"]),
        ("blank and empty lines", b"\n\nphone,name\n\n081234567890,Budi\n,\n  \n".into(), vec![BUDI]),
        ("spaces and case", b" Phone , NAME \n 081234567890 , Budi \n".into(), vec![BUDI]),
        ("quotes", b"phone,name,Kode Voucher!\n081234567890,\"Bu\"\"di\nTan\",\"A,1\"\n".into(), vec!["6281234567890 Bu\"di\nTan kode_voucher=A,1"]),
        ("a quote inside is a letter", b"phone,name\n081234567890,Jim 5\" Pipe\n".into(), vec!["6281234567890 Jim 5\" Pipe"]),
        ("surplus empty fields", b"phone,name\n081234567890,Budi,,\n".into(), vec![BUDI]),
        ("unnamed column", b"phone,name,\n081234567890,Budi,x\n".into(), vec![BUDI]),
        ("row numbers are no phones", b"no,nama,hp\n1,Budi,081234567890\n".into(), vec!["6281234567890 Budi hp=081234567890 nama=Budi no=1"]),
        ("foreign", b"phone\n+14155552671\n00442079460958\n".into(), vec!["14155552671", "442079460958"]),
        ("windows-1252", b"phone,name\n081234567890,Ren\xe9e\n".into(), vec!["6281234567890 Renée"]),
        ("utf-16 with mark", utf16("phone,name\n081234567890,Zoë\n", true), vec!["6281234567890 Zoë"]),
        ("utf-16 without", utf16("phone,name\n081234567890,Zoë\n", false), vec!["6281234567890 Zoë"]),
        ("our own apostrophe", b"phone,name\n'+6281234567890,'=1+1\n".into(), vec!["6281234567890 =1+1"]),
        ("bad numbers", b"phone,name\n12,A\n,B\nx,C\n6.28123E+12,D\n".into(), vec!["2 bad_phone phone", "3 empty_phone phone", "4 bad_phone phone", "5 bad_phone phone"]),
        ("wrong number of fields", b"phone,name\n081234567890\n081234567890,Budi,Solo\n081234567890,Budi\n".into(), vec!["2 too_few_fields -", "3 too_many_fields -", BUDI]),
        ("bad bytes in a UTF-8 file", b"phone,name\n081234567891,Zo\xc3\xab\n081234567892,J\xc3\xbc\n081234567893,R\xe9e\n081234567890,Budi\n".into(), vec!["6281234567891 Zoë", "6281234567892 Jü", "4 bad_encoding name", BUDI]),
        ("lost letters", "phone,name\n081234567893,R\u{fffd}e\n".as_bytes().into(), vec!["2 bad_encoding name"]),
        ("a zero byte in a later chunk", [&b"phone,name\n081234567890,Budi\n"[..], &b"\n".repeat(70_000), b"081234567890,B\0di"].concat(), vec![BUDI, "70003 bad_encoding name"]),
        ("an unclosed quote costs one line", b"phone,name\n081234567891,\"Budi\n081234567890,Budi\n".into(), vec!["2 unclosed_quote -", BUDI]),
        ("unclosed quotes everywhere", b"phone,name\n081234567891,\"A\n081234567892,\"B\n081234567893,C\n".into(), vec!["2 unclosed_quote -", "3 unclosed_quote -", "6281234567893 C"]),
        ("an endless line costs itself", [&b"phone,name\n081234567891,"[..], &b"x".repeat(300_000), b"\n081234567890,Budi\n"].concat(), vec!["2 line_too_long -", BUDI]),
    ];
    for (what, input, expected) in cases {
        let events = read(&input).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(brief(&events), expected, "{what}");
        // The result does not depend on the size of the reads.
        let slow: Result<Vec<Event>, _> = Reader::open(Drip(&input), options()).unwrap().collect();
        assert_eq!(slow.unwrap(), events, "{what}, byte by byte");
    }
}

/// Gives one byte at a time.
struct Drip<'a>(&'a [u8]);

impl Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = buffer.len().min(1);
        self.0.read(&mut buffer[..length])
    }
}

/// The name of the error's variant.
fn variant(error: &AudienceError) -> String {
    format!("{error:?}").chars().take_while(char::is_ascii_alphabetic).collect()
}

#[test]
fn files_that_are_refused_say_why() {
    let many = (0..1025).map(|n| format!("c{n}")).collect::<Vec<_>>().join(",");
    let cases: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        ("empty", b"".into(), "Empty", "first line must name the columns"),
        ("blank", b"\n \n\r\n".into(), "Empty", ""),
        ("excel", b"PK\x03\x04rest".into(), "Binary", "Excel workbook"),
        ("pdf", b"%PDF-1.7".into(), "Binary", "a PDF"),
        ("binary", (0..=255).collect(), "Binary", "a binary file"),
        ("no header", b"081234567890,Budi\n".into(), "NoHeader", "081234567890"),
        ("no phone", b"name,city\nBudi,Solo\n".into(), "NoPhoneColumn", "name, city"),
        ("twice", b"phone,Kode,kode\n".into(), "DuplicateColumn", "kode"),
        ("wide", format!("phone,{many}\n").into_bytes(), "TooManyColumns", "1024"),
        ("one line of a gigabyte", b"x".repeat(1 << 20), "LineTooLong", "65536"),
        ("header quote", b"\"phone,name\n081234567890,Budi\n".into(), "BadHeader", "quotation"),
    ];
    for (what, input, kind, words) in cases {
        let error = read(&input).expect_err(what);
        assert_eq!(variant(&error), kind, "{what}");
        assert!(error.to_string().contains(words), "{what}: {error}");
    }
    let error = read(b"x,081234567890\n").unwrap_err();
    assert_eq!((error.line(), error.column()), (Some(1), Some(2)));
}

#[test]
fn a_mapping_wins_over_guessing() {
    let input = b"Kontak,Siapa,Kota,Catatan\n081234567890,Budi,Solo,x\n";
    let mapping = Mapping {
        phone: "kontak".into(),
        name: Some("Siapa".into()),
        variables: Some([("city".to_owned(), "Kota".to_owned())].into()),
        ..Mapping::default()
    };
    let options = Options { mapping: Some(mapping.clone()), ..options() };
    let reader = Reader::open(&input[..], options.clone()).unwrap();
    assert_eq!((reader.phone_column(), reader.name_column()), ("Kontak", Some("Siapa")));
    assert_eq!(brief(&reader.collect::<Result<Vec<_>, _>>().unwrap()), ["6281234567890 Budi city=Solo"]);

    let wrong = Options { mapping: Some(Mapping { phone: "Telepon".into(), ..mapping }), ..options };
    let error = Reader::open(&input[..], wrong).err().unwrap();
    assert_eq!(variant(&error), "UnknownColumn");
    assert!(error.to_string().contains("`Telepon`"), "{error}");
}

#[test]
fn required_variables() {
    let required = |names: &[&str]| Options {
        required: names.iter().map(ToString::to_string).collect::<BTreeSet<_>>(),
        ..options()
    };
    let input = b"phone,name,city\n081234567890,Budi,Solo\n081234567891,Ani,\n081234567892,,Solo\n";
    let events: Vec<Event> =
        Reader::open(&input[..], required(&["city", "name"])).unwrap().collect::<Result<_, _>>().unwrap();
    assert_eq!(
        brief(&events),
        ["6281234567890 Budi city=Solo", "3 missing_variable city", "4 missing_variable name"]
    );
    let error = Reader::open(&input[..], required(&["voucher"])).err().unwrap();
    assert!(
        error.to_string().contains("{{voucher}}") && error.to_string().contains("phone, name, city"),
        "{error}"
    );
}

#[test]
fn the_limit_of_lines_holds() {
    let mut options = options();
    options.limits.lines = 2;
    let result: Result<Vec<_>, _> =
        Reader::open(&b"phone\n081234567890\n081234567891\n"[..], options).unwrap().collect();
    assert_eq!(variant(&result.unwrap_err()), "TooManyLines");
}

#[test]
fn refused_lines_come_back_repaired() {
    let input = b"phone,name,city\n12,\"Bu,di\",=cmd()\n081234567891,Ani,Jl. 1,Solo\n081234567890\n";
    let mut reader = Reader::open(&input[..], options()).unwrap();
    let mut out = RejectsWriter::new(Vec::new(), reader.columns()).unwrap();
    for event in reader.by_ref() {
        let Event::Rejected(refused) = event.unwrap() else { panic!("all are bad") };
        out.write(&refused).unwrap();
    }
    let text = String::from_utf8(out.into_inner()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "phone,name,city,rejected_line,rejected_column,rejected_reason");
    assert!(lines[1].starts_with("12,\"Bu,di\",'=cmd(),2,phone,"), "{text}");
    assert!(lines[2].starts_with("081234567891,Ani,\"Jl. 1,Solo\",3,,"), "{text}");
    assert!(lines[3].starts_with("081234567890,,,4,,"), "{text}");

    let repaired = text.replace("12,\"Bu", "081234567899,\"Bu");
    let events = read(repaired.as_bytes()).unwrap();
    assert_eq!(
        brief(&events),
        ["6281234567899 Bu,di city==cmd()", "6281234567891 Ani city=Jl. 1,Solo", "6281234567890",]
    );
}

#[test]
fn formulas_are_defused() {
    let cell = |text: &str| {
        let mut out = Vec::new();
        write_csv_field(&mut out, text).unwrap();
        String::from_utf8(out).unwrap()
    };
    for text in ["=1", "+1", "-1", "@x", "\tx", "\rx"] {
        assert!(cell(text).trim_start_matches('"').starts_with('\''), "{text:?} -> {}", cell(text));
    }
    assert_eq!(cell("a=1"), "a=1");
    assert_eq!(cell("=A,\"B\""), "\"'=A,\"\"B\"\"\"");
}

#[test]
fn the_example_list() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/contacts.csv");
    let required = ["name", "voucher"].map(String::from).into();
    let reader = Reader::open(std::fs::File::open(path).unwrap(), Options { required, ..options() }).unwrap();
    let events: Vec<Event> = reader.collect::<Result<_, _>>().unwrap();
    assert_eq!(events.len(), 1000);
    let count = |code: RejectCode| {
        events
            .iter()
            .filter(|event| matches!(event, Event::Rejected(refused) if refused.code == code))
            .count()
    };
    let refused = [
        (RejectCode::BadPhone, 8),
        (RejectCode::EmptyPhone, 1),
        (RejectCode::TooManyFields, 4),
        (RejectCode::TooFewFields, 2),
        (RejectCode::BadEncoding, 4),
        (RejectCode::MissingVariable, 5),
    ];
    for (code, expected) in refused {
        assert_eq!(count(code), expected, "{code:?}");
    }
    let phones: Vec<&str> = events
        .iter()
        .filter_map(|event| if let Event::Row(row) = event { Some(row.phone.digits()) } else { None })
        .collect();
    assert_eq!(phones.len(), 976);
    assert_eq!(phones.iter().collect::<BTreeSet<_>>().len(), 969, "7 duplicates");
}

/// 200,000 people, generated while they are read.
struct Endless {
    line: u32,
    left: Vec<u8>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.is_empty() && self.line < 200_000 {
            self.left = format!("0812{:08},Zoë {}\n", self.line, self.line).into_bytes();
            self.line += 1;
        }
        let length = buffer.len().min(self.left.len());
        buffer[..length].copy_from_slice(&self.left[..length]);
        self.left.drain(..length);
        Ok(length)
    }
}

#[test]
fn a_long_list_is_a_stream() {
    let source = Endless { line: 0, left: b"phone,name\n".to_vec() };
    let reader = Reader::open(source, options()).unwrap();
    let rows = reader.filter(|event| matches!(event, Ok(Event::Row(_)))).count();
    assert_eq!(rows, 200_000);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_survived(input in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read(&input);
    }

    #[test]
    fn any_csv_like_text_is_survived_and_no_line_is_lost(
        lines in proptest::collection::vec("[0-9a-z\",;' \u{e9}=+]{0,30}", 0..40)
    ) {
        let input = format!("phone,name\n{}\n", lines.join("\n"));
        let events = read(input.as_bytes()).unwrap();
        let quoted = input.contains('"');
        let blank = |line: &&String| line.trim_matches([' ', ',', ';']).is_empty();
        if !quoted && !input.contains(';') {
            prop_assert_eq!(events.len(), lines.iter().filter(|line| !blank(line)).count());
        }
    }

    #[test]
    fn what_is_written_is_read_again(name in "[^\r\0\u{fffd}]{1,40}") {
        let mut out = b"phone,name\n081234567890,".to_vec();
        let name = name.trim();
        write_csv_field(&mut out, name).unwrap();
        let events = read(&out).unwrap();
        let Event::Row(row) = &events[0] else { panic!("{events:?}") };
        let lost = name.starts_with('#') || name.to_lowercase().starts_with("err:");
        prop_assert!(lost || row.name.as_deref().unwrap_or("") == name, "{:?}", row.name);
    }
}
