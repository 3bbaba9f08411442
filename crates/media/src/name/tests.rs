//! Names as addresses, servers and senders give them, and what becomes of them.

use super::*;

const PDF: &[u8] = b"%PDF-1.7\n";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

fn named(names: &[Option<&str>], bytes: &[u8], told: &str) -> String {
    name(names.iter().copied(), &FileType::of(bytes), told)
}

#[test]
fn b18_the_address_names_the_file() {
    assert_eq!(of_address("https://a.test/sp/faktur-001.pdf").as_deref(), Some("faktur-001.pdf"));
    assert_eq!(of_address("https://a.test/sp/daftar%20harga.pdf?x=1#y").as_deref(), Some("daftar harga.pdf"));
    assert_eq!(of_address("https://a.test/%E4%BB%B7%E6%A0%BC.pdf").as_deref(), Some("价格.pdf"));
    assert_eq!(of_address("https://a.test/a%2Fb%2F..%2Fc.pdf").as_deref(), Some("c.pdf"));
    for none in ["https://a.test/", "https://a.test", "https://a.test/x/", "https://a.test/%2e%2e"] {
        assert_eq!(of_address(none), None, "{none}");
    }
}

#[test]
fn b18_the_ending_is_that_of_the_file() {
    assert_eq!(named(&[Some("faktur-001.pdf")], PDF, ""), "faktur-001.pdf");
    assert_eq!(named(&[Some("faktur.001")], PDF, ""), "faktur.001.pdf");
    assert_eq!(named(&[Some("faktur")], PDF, ""), "faktur.pdf");
    assert_eq!(named(&[Some("download.php")], PDF, ""), "download.pdf");
    assert_eq!(named(&[Some("laporan v2.1 final")], PDF, ""), "laporan v2.1 final.pdf");
    assert_eq!(named(&[Some("file.vndopenx")], b"PK\x03\x04", XLSX), "file.xlsx");
    assert_eq!(named(&[None], b"PK\x03\x04", XLSX), "file.xlsx");
    assert_eq!(named(&[Some("harga.xlsx")], b"PK\x03\x04", "application/octet-stream"), "harga.xlsx");
    assert_eq!(named(&[Some("gambar.HEIC")], b"\xff\xd8\xff\xe0\0\x10JFIF\0", ""), "gambar.jpg");
    assert_eq!(named(&[Some("gambar.jpeg")], b"\xff\xd8\xff\xe0\0\x10JFIF\0", ""), "gambar.jpeg");
    assert_eq!(named(&[Some("kontak.csv")], b"a,b\n", "text/csv"), "kontak.csv");
    assert_eq!(named(&[Some("kontak")], b"a,b\n", "text/csv"), "kontak.csv");
    assert_eq!(named(&[Some("catatan.md")], b"# a\n", ""), "catatan.md");
    assert_eq!(named(&[Some("rahasia.xyz")], &[0, 1, 2], "application/octet-stream"), "rahasia.xyz");
    assert_eq!(named(&[], &[0, 1, 2], "application/octet-stream"), "file");
    assert_eq!(named(&[None, Some(" "), Some("b.pdf")], PDF, ""), "b.pdf", "the first that is a name");
}

#[test]
fn b18_names_are_plain() {
    assert_eq!(clean("../../etc/passwd").as_deref(), Some("passwd"));
    assert_eq!(clean("C:\\fakepath\\menu.pdf").as_deref(), Some("menu.pdf"));
    assert_eq!(clean("a\u{202e}fdp.exe\0\n").as_deref(), Some("afdp.exe"));
    assert_eq!(clean("\u{2066}x\u{2069}\u{feff}.pdf").as_deref(), Some("x.pdf"));
    assert_eq!(clean("a:b*c?.pdf").as_deref(), Some("a_b_c_.pdf"));
    assert_eq!(clean(".htaccess").as_deref(), Some("htaccess"));
    for none in ["", " ", "..", "/", "\u{200b}", "...\u{202e}"] {
        assert_eq!(clean(none), None, "{none:?}");
    }
    let long = clean(&format!("{}.pdf", "é".repeat(300))).unwrap();
    assert!(long.len() <= 255 && long.ends_with("é.pdf"), "{long}");
    assert!(clean(&"x".repeat(1000)).unwrap().len() <= 255);
}
