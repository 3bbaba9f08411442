//! Workbooks of Excel and LibreOffice.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use wahana_audience::{AudienceError, Event, HeaderRow, Options, Reader};
use wahana_domain::recipients::{ListFormat, ListWarning};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn options() -> Options {
    Options { default_country: "ID".parse().unwrap(), ..Options::default() }
}

fn open(file: Vec<u8>, options: Options) -> Result<Reader<Cursor<Vec<u8>>>, AudienceError> {
    Reader::open_any(Cursor::new(file), options)
}

/// `2 6281234567890 Budi city=Solo` for a person, `3 bad_phone phone` for a refused line.
fn brief(file: Vec<u8>) -> Vec<String> {
    let one = |event: Result<Event, AudienceError>| match event {
        Ok(Event::Row(row)) => {
            let variables = row.variables.iter().map(|(name, value)| format!(" {name}={value}"));
            let name = row.name.unwrap_or_default();
            format!("{} {} {name}{}", row.line, row.phone.digits(), variables.collect::<String>())
        }
        Ok(Event::Rejected(refused)) => format!("{} {}", refused.line, refused.code.as_str()),
        Err(error) => error.to_string(),
    };
    open(file, options()).unwrap_or_else(|error| panic!("{error}")).map(one).collect()
}

#[test]
fn excel_numbers_dates_and_errors_are_text() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in ["phone", "name", "total", "due", "member", "code"].into_iter().enumerate() {
        sheet.write(0, column as u16, name).unwrap();
    }
    let date = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write(1, 0, 6_281_200_001_141.0).unwrap();
    sheet.write(1, 1, "Siti").unwrap();
    sheet.write(1, 2, 15000).unwrap();
    sheet.write_datetime_with_format(1, 3, ExcelDateTime::from_ymd(2026, 12, 1).unwrap(), &date).unwrap();
    sheet.write(1, 4, true).unwrap();
    sheet.write_formula(1, 5, Formula::new("=NA()").set_result("#N/A")).unwrap();
    sheet.write(3, 0, 81_200_001_142.0).unwrap();
    sheet.write(3, 2, 0.5).unwrap();
    let file = book.save_to_buffer().unwrap();
    let expected =
        ["2 6281200001141 Siti due=2026-12-01 member=TRUE total=15000", "4 6281200001142  total=0.5"];
    assert_eq!(brief(file.clone()), expected);
    let first = open(file, options()).unwrap().next();
    let Some(Ok(Event::Row(row))) = first else { panic!("{first:?}") };
    assert_eq!(row.warnings, [ListWarning::SheetError]);
}

#[test]
fn titles_and_empty_lines_stand_above_the_header() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 3, "Daftar Pelanggan 2026", &Format::new()).unwrap();
    for (column, name) in ["No", "Nama", "No HP"].into_iter().enumerate() {
        sheet.write(3, column as u16 + 1, name).unwrap();
    }
    sheet.write(4, 1, 1).unwrap();
    sheet.write(4, 2, "Siti").unwrap();
    sheet.write(4, 3, "0812-0000-1141").unwrap();
    let file = book.save_to_buffer().unwrap();
    assert_eq!(brief(file.clone()), ["5 6281200001141 Siti nama=Siti no=1 no_hp=0812-0000-1141"]);
    assert_eq!(open(file, options()).unwrap().header_line(), Some(4));
    let word = b"Siapa,Ke mana\nSiti,telepon\nBudi,081200001142\nAyu,081200001143\n".to_vec();
    assert_eq!(brief(word)[0], "2 bad_phone", "a word below the header is no header");
    let csv = b"Laporan,,\nper 1 Desember,,\nNama,No HP,Kota\nSiti,081200001141,Solo\n".to_vec();
    assert_eq!(brief(csv), ["4 6281200001141 Siti kota=Solo nama=Siti no_hp=081200001141"]);
}

#[test]
fn a_sheet_is_chosen_by_name() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Empty").unwrap();
    for (name, phone) in [("Januari", "081200001141"), ("Februari", "081200001142")] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        sheet.write(0, 0, "phone").unwrap();
        sheet.write(1, 0, phone).unwrap();
    }
    let file = book.save_to_buffer().unwrap();
    let reader = open(file.clone(), options()).unwrap();
    assert_eq!(reader.file().format, ListFormat::Xlsx);
    assert_eq!(reader.file().sheets, ["Empty", "Januari", "Februari"]);
    assert_eq!(reader.file().sheet.as_deref(), Some("Januari"));
    let second = Options { sheet: Some("Februari".into()), ..options() };
    let row = open(file.clone(), second).unwrap().next();
    assert!(matches!(row, Some(Ok(Event::Row(row))) if row.phone.digits() == "6281200001142"));
    let none = Options { sheet: Some("Maret".into()), ..options() };
    let error = open(file, none).err().unwrap().to_string();
    assert!(error.contains("Maret") && error.contains("Januari"), "{error}");
}

#[test]
fn lists_without_a_header_are_guessed() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, (name, phone)) in [("Siti", "081200001141"), ("Budi", "081200001142")].into_iter().enumerate() {
        sheet.write(row as u32, 0, name).unwrap();
        sheet.write(row as u32, 1, phone).unwrap();
    }
    let file = book.save_to_buffer().unwrap();
    assert!(matches!(open(file.clone(), options()), Err(AudienceError::NoHeader { .. })));
    let reader = open(file, Options { header: HeaderRow::Guessed, ..options() }).unwrap();
    assert_eq!(reader.warnings(), [ListWarning::GuessedColumn, ListWarning::NoHeader]);
    assert_eq!((reader.phone_column(), reader.name_column()), ("Column 2", Some("Column 1")));
    assert_eq!(reader.filter(|event| matches!(event, Ok(Event::Row(_)))).count(), 2);
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="Empty"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table><table:table table:name="Data">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    let mimetype = b"application/vnd.oasis.opendocument.spreadsheet";
    archive(&[("mimetype", mimetype), ("content.xml", content.as_bytes())])
}

#[test]
fn workbooks_of_libreoffice() {
    let file = ods(
        r#"<table:table-row><table:table-cell><text:p>No HP</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>Nama</text:p></table:table-cell><table:table-cell><text:p>Tanggal</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row><table:table-cell office:value-type="float" office:value="81200001141"><text:p>8,12E+10</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation><text:p>Siti &amp; <text:span>Ayu</text:span></text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2026-12-01"><text:p>01/12/26</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16379"/></table:table-row>
        <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#,
    );
    let reader = open(file.clone(), options()).unwrap();
    assert_eq!((reader.file().format, reader.file().sheet.as_deref()), (ListFormat::Ods, Some("Data")));
    assert_eq!(
        brief(file),
        ["4 6281200001141 Siti & Ayu nama=Siti & Ayu no_hp=81200001141 tanggal=2026-12-01"]
    );
}

#[test]
fn workbooks_that_unpack_to_too_much_are_refused() {
    let wide = ods(
        r#"<table:table-row><table:table-cell table:number-columns-repeated="9000000"><text:p>x</text:p></table:table-cell></table:table-row>"#,
    );
    assert!(matches!(open(wide, options()), Err(AudienceError::TooManyColumns { .. })));
    let long = ods(&format!("<table:table-row><table:table-cell><text:p>{}", "x".repeat(3 << 20)));
    assert!(matches!(open(long, options()), Err(AudienceError::Damaged { .. })));
    let hidden = ods(&format!("<![CDATA[{}]]>", "<x>".repeat(1 << 20)));
    assert!(matches!(open(hidden, options()), Err(AudienceError::Damaged { .. })));
    let bomb = archive(&[
        ("[Content_Types].xml", b"<x/>"),
        ("xl/workbook.xml", b"<x/>"),
        ("xl/sharedStrings.xml", "<si><t>0</t></si>".repeat(12 << 20).as_bytes()),
    ]);
    assert!(bomb.len() < 2 << 20, "{}", bomb.len());
    assert!(matches!(open(bomb, options()), Err(AudienceError::TooBig { .. })));
}

#[test]
fn other_archives_say_what_they_are() {
    for (files, words) in [
        (vec![("a.csv", &b"phone\n"[..])], "a ZIP archive"),
        (vec![("xl/workbook.bin", &b"x"[..])], "XLSB"),
        (vec![("Index/Document.iwa", &b"x"[..])], "Apple Numbers"),
        (vec![("xl/workbook.xml", &b"<workbook"[..])], "cannot be read"),
    ] {
        let error = open(archive(&files), options()).err().unwrap().to_string();
        assert!(error.contains(words), "{error}");
    }
    let cut = archive(&[("content.xml", b"x"), ("mimetype", b"y")]);
    assert!(open(cut[..cut.len() / 2].to_vec(), options()).is_err());
}

#[test]
fn a_row_of_great_length_costs_itself() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in ["phone", "a", "b", "c"].into_iter().enumerate() {
        sheet.write(0, column as u16, name).unwrap();
        sheet.write(1, column as u16, "x".repeat(30_000)).unwrap();
    }
    sheet.write(2, 0, "081200001141").unwrap();
    assert_eq!(brief(book.save_to_buffer().unwrap()), ["2 line_too_long", "3 6281200001141 "]);
}
