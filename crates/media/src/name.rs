//! The name under which a file is sent: plain, short, with the ending of what it is.

use percent_encoding::percent_decode_str;
use url::Url;

use crate::FileType;

/// Longest name, in bytes.
const MAX_BYTES: usize = 255;
/// Longest ending that is kept when a name is shortened.
const MAX_ENDING: usize = 10;
/// Endings that say how a file was served or stored, not what it is.
const SERVED: &[&str] = &[
    "php",
    "asp",
    "aspx",
    "ashx",
    "jsp",
    "do",
    "cgi",
    "pl",
    "py",
    "action",
    "axd",
    "bin",
    "tmp",
    "temp",
    "dat",
    "data",
    "download",
    "file",
    "unknown",
    "html",
    "htm",
    "octet-stream",
    "vndopenx",
];
/// Endings of formats that several programs write under other names.
const ENDINGS: &[(&str, &str)] = &[
    ("application/json", "json"),
    ("application/msword", "doc"),
    ("application/pdf", "pdf"),
    ("application/rtf", "rtf"),
    ("application/vnd.android.package-archive", "apk"),
    ("application/vnd.ms-excel", "xls"),
    ("application/vnd.ms-powerpoint", "ppt"),
    ("application/vnd.oasis.opendocument.presentation", "odp"),
    ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ("application/vnd.oasis.opendocument.text", "odt"),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ("application/xml", "xml"),
    ("application/zip", "zip"),
    ("audio/mpeg", "mp3"),
    ("image/jpeg", "jpg"),
    ("image/svg+xml", "svg"),
    ("image/tiff", "tiff"),
    ("text/calendar", "ics"),
    ("text/csv", "csv"),
    ("text/html", "html"),
    ("text/plain", "txt"),
    ("text/vcard", "vcf"),
    ("text/xml", "xml"),
    ("video/mp4", "mp4"),
];

/// A plain file name: no folders, no control characters, nothing that turns the direction of writing, not too long.
pub fn clean(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .filter(|letter| !letter.is_control() && !is_invisible(*letter))
        .map(|letter| if matches!(letter, ':' | '*' | '?' | '"' | '<' | '>' | '|') { '_' } else { letter })
        .collect();
    let plain = plain.trim().trim_start_matches('.').trim_end_matches(['.', ' ']).trim();
    (!plain.is_empty()).then(|| shorten(plain))
}

/// Marks that change how a name is shown without being seen: `exe.fdp` must not read as `pdf.exe`.
const fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{61c}' | '\u{feff}'
        | '\u{2028}' | '\u{2029}' | '\u{ad}')
}

fn shorten(name: &str) -> String {
    if name.len() <= MAX_BYTES {
        return name.to_owned();
    }
    let (stem, ending) = split(name);
    let ending = ending.filter(|ending| ending.len() <= MAX_ENDING);
    let room = MAX_BYTES - ending.map_or(0, |ending| ending.len() + 1);
    let stem = if ending.is_some() { stem } else { name };
    let end = (0..=room).rev().find(|at| stem.is_char_boundary(*at)).unwrap_or(0);
    let stem = stem[..end].trim_end();
    ending.map_or_else(|| stem.to_owned(), |ending| format!("{stem}.{ending}"))
}

/// The last part of an address, if it is a name.
pub fn of_address(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let last = url.path_segments()?.next_back()?;
    clean(&percent_decode_str(last).decode_utf8_lossy())
}

/// The name of a file: the first of `names` that is one, with the right ending for what it is.
pub fn name<'a>(names: impl IntoIterator<Item = Option<&'a str>>, file: &FileType, told: &str) -> String {
    let found = names.into_iter().flatten().find_map(clean);
    let mimetype = file.mimetype_or(told);
    let ending = if file.is_certain() { Some(file.ending.as_ref()) } else { ending_of(mimetype) };
    let name = found.unwrap_or_else(|| "file".to_owned());
    with_ending(&name, mimetype, ending)
}

fn with_ending(name: &str, mimetype: &str, ending: Option<&str>) -> String {
    let Some(ending) = ending.filter(|ending| !ending.is_empty()) else { return name.to_owned() };
    let (stem, has) = split(name);
    let Some(has) = has else { return shorten(&format!("{name}.{ending}")) };
    let has = has.to_ascii_lowercase();
    let essence = mimetype.split(';').next().unwrap_or_default().trim();
    let same = has == ending
        || mime_guess::from_ext(&has).iter().any(|known| known.essence_str() == essence)
        || same_family(&has, ending);
    if same {
        return name.to_owned();
    }
    let served = SERVED.contains(&has.as_str());
    let other_format = mime_guess::from_ext(&has).first().is_some();
    let replaced = served || other_format;
    shorten(&if replaced { format!("{stem}.{ending}") } else { format!("{name}.{ending}") })
}

/// Endings of one format, or of one that cannot be told from it by its bytes.
fn same_family(one: &str, other: &str) -> bool {
    const FAMILIES: &[&[&str]] = &[
        &["jpg", "jpeg", "jpe", "jfif"],
        &["tif", "tiff"],
        &["ogg", "oga", "opus"],
        &["mp4", "m4v"],
        &["doc", "dot"],
        &["docx", "docm", "dotx"],
        &["xlsx", "xlsm", "xltx"],
        &["pptx", "pptm", "ppsx"],
        &["txt", "text", "log", "md", "csv", "tsv", "vcf", "ics", "json", "xml", "srt", "ini", "yaml", "yml"],
        &[
            "zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "apk", "jar", "epub", "kmz", "pages",
            "numbers", "key",
        ],
        &["cfb", "bin", "doc", "xls", "ppt", "msg", "vsd", "mpp", "pub"],
    ];
    FAMILIES.iter().any(|family| family.contains(&one) && family.contains(&other))
}

/// The usual ending of a media type.
fn ending_of(mimetype: &str) -> Option<&'static str> {
    let essence = mimetype.split(';').next().unwrap_or_default().trim();
    if essence == "application/octet-stream" || essence == "application/x-ole-storage" {
        return None;
    }
    let known = ENDINGS.iter().find(|(name, _)| *name == essence).map(|(_, ending)| *ending);
    known.or_else(|| mime_guess::get_mime_extensions_str(essence).and_then(|all| all.first().copied()))
}

/// The stem and the ending, if it looks like one.
fn split(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once('.') {
        Some((stem, ending))
            if !stem.is_empty()
                && !ending.is_empty()
                && ending.len() <= 12
                && ending.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
                && ending.chars().any(|letter| letter.is_ascii_alphabetic()) =>
        {
            (stem, Some(ending))
        }
        // "7z" and "001": a number is no ending, but archives have some.
        Some((stem, ending)) if matches!(ending, "7z") => (stem, Some(ending)),
        _ => (name, None),
    }
}

#[cfg(test)]
mod tests;
