//! Beginnings of files, and what they are taken for.

use super::*;

fn of(bytes: &[u8]) -> (String, Group) {
    let found = FileType::of(bytes);
    (found.mimetype.into_owned(), found.group)
}

/// A box of an MP4.
fn boxed(name: &[u8; 4], inside: &[u8]) -> Vec<u8> {
    let mut bytes = ((inside.len() + 8) as u32).to_be_bytes().to_vec();
    bytes.extend(name);
    bytes.extend(inside);
    bytes
}

fn mp4_with(codec: &[u8; 4], handler: &[u8]) -> Vec<u8> {
    let mut file = boxed(b"ftyp", b"isom\0\0\x02\0isomiso2avc1mp41");
    file.extend(boxed(b"mdat", &[0; 100]));
    let mut index = boxed(b"hdlr", handler);
    index.extend(boxed(b"stsd", &boxed(codec, &[0; 16])));
    file.extend(boxed(b"moov", &boxed(b"trak", &index)));
    file
}

#[test]
fn b16_the_bytes_say_what_it_is() {
    assert_eq!(of(b"\xff\xd8\xff\xe0\0\x10JFIF\0"), ("image/jpeg".into(), Group::Image));
    assert_eq!(of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), ("image/png".into(), Group::Image));
    assert_eq!(of(b"RIFF\x24\0\0\0WEBPVP8 "), ("image/webp".into(), Group::Image));
    assert_eq!(of(b"%PDF-1.7\n").0, "application/pdf");
    assert_eq!(of(b"\0\x01\x02\x03").1, Group::Unknown);
    assert_eq!(of(b"").1, Group::Unknown);
    let heic = boxed(b"ftyp", b"heic\0\0\0\0mif1heic");
    let found = FileType::of(&heic);
    assert_eq!((found.name.as_ref(), found.group), ("HEIC", Group::Image));
    let avif = FileType::of(&boxed(b"ftyp", b"avif\0\0\0\0avifmif1"));
    assert_eq!((avif.mimetype.as_ref(), avif.group), ("image/avif", Group::Image));
}

#[test]
fn b17_web_pages_are_recognised_behind_blanks_comments_and_prologs() {
    for page in [
        "<!DOCTYPE html><html>",
        "\u{feff}\r\n <HTML lang=en>",
        "<!-- x --><html>",
        "<head><title>Sign in</title>",
        "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\">",
        "<script>location='/login'</script>",
        "<h1>404</h1>",
    ] {
        assert_eq!(of(page.as_bytes()).1, Group::Html, "{page}");
    }
    for other in
        ["<svg xmlns='http://www.w3.org/2000/svg'>", "<?xml version='1.0'?><rss>", "<paper>", "halo <html>"]
    {
        assert_ne!(of(other.as_bytes()).1, Group::Html, "{other}");
    }
}

#[test]
fn codecs_of_mp4_are_read_wherever_its_index_stands() {
    let name = |file: Vec<u8>| FileType::of(&file).name.into_owned();
    assert_eq!(name(mp4_with(b"avc1", b"vide")), "MP4");
    assert_eq!(name(mp4_with(b"hvc1", b"vide")), "MP4 (H.265)");
    assert_eq!(name(mp4_with(b"mp4a", b"soun")), "M4A");
    // A size that lies, and one that overflows.
    let mut lying = boxed(b"ftyp", b"isom\0\0\x02\0isom");
    lying.extend(b"\xff\xff\xff\xffmdat");
    assert_eq!(name(lying.clone()), "MP4");
    lying.truncate(20);
    lying.extend(b"\0\0\0\x01mdat\xff\xff\xff\xff\xff\xff\xff\xff");
    let _ = name(lying);
}

#[test]
fn what_the_sender_says_counts_where_the_bytes_say_nothing() {
    let csv = FileType::of(b"name,phone\nana,62812\n");
    assert_eq!((csv.group, csv.mimetype_or("text/csv")), (Group::Text, "text/csv"));
    assert_eq!(csv.mimetype_or("application/octet-stream"), "text/plain");
    assert_eq!(FileType::of(b"%PDF-1.4").mimetype_or("image/png"), "application/pdf");
    assert_eq!(FileType::of(b"{\"error\": 1}").name, "JSON");
}
