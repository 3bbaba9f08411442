//! The name of a file in a `Content-Disposition` header (RFC 6266, RFC 5987), also as servers really write it: raw UTF-8,
//! percent signs or encoded words (RFC 2047) in the plain parameter.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;

/// The name, as the server says it; `filename*` goes before `filename`.
pub fn filename(header: &[u8]) -> Option<String> {
    let header = match std::str::from_utf8(header) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(header).0.into_owned(),
    };
    let (mut plain, mut extended, mut parts) = (None, None, Vec::new());
    for (name, value) in parameters(&header) {
        match name.as_str() {
            "filename" => plain = plain.or_else(|| decode_plain(&value)),
            "filename*" => extended = extended.or_else(|| decode_extended(&value)),
            // RFC 2231: a long name in pieces, `filename*0*=`, `filename*1*=`.
            _ => {
                if let Some(piece) = name.strip_prefix("filename*") {
                    let encoded = piece.ends_with('*');
                    if let Ok(at) = piece.trim_end_matches('*').parse::<u16>() {
                        parts.push((at, encoded, value));
                    }
                }
            }
        }
    }
    extended.or_else(|| join(parts)).or(plain).filter(|name| !name.trim().is_empty())
}

/// The parameters behind the type: names in lower case, values without quotes.
fn parameters(header: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = header.split_once(';').map_or("", |(_, rest)| rest);
    while let Some((name, after)) = rest.split_once('=') {
        let name = name.trim().trim_start_matches(';').trim().to_ascii_lowercase();
        let after = after.trim_start();
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => unquote(quoted),
            None => {
                let end = after.find(';').unwrap_or(after.len());
                (after[..end].trim().to_owned(), &after[end..])
            }
        };
        found.push((name, value));
        rest = next.trim_start().trim_start_matches(';');
    }
    found
}

/// The text up to the closing quote, and what follows.
fn unquote(quoted: &str) -> (String, &str) {
    let (mut text, mut escaped) = (String::new(), false);
    for (at, letter) in quoted.char_indices() {
        match letter {
            _ if escaped => {
                // `C:\files\a.pdf` was meant as it stands: only quotes and backslashes are escaped.
                if !matches!(letter, '"' | '\\') {
                    text.push('\\');
                }
                text.push(letter);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => return (text, &quoted[at + 1..]),
            _ => text.push(letter),
        }
    }
    (text, "")
}

/// `charset'language'percent-encoded`.
fn decode_extended(value: &str) -> Option<String> {
    let mut parts = value.splitn(3, '\'');
    let (charset, _language, encoded) = (parts.next()?, parts.next()?, parts.next()?);
    decode(charset, &percent_decode_str(encoded).collect::<Vec<u8>>())
}

fn join(mut parts: Vec<(u16, bool, String)>) -> Option<String> {
    parts.sort_by_key(|(at, ..)| *at);
    let (first, rest) = parts.split_first()?;
    let (charset, start) = match (first.1, first.2.splitn(3, '\'').collect::<Vec<_>>().as_slice()) {
        (true, [charset, _, start]) => ((*charset).to_owned(), (*start).to_owned()),
        _ => ("utf-8".to_owned(), first.2.clone()),
    };
    let piece = |encoded: bool, text: &str| -> Vec<u8> {
        if encoded { percent_decode_str(text).collect() } else { text.as_bytes().to_vec() }
    };
    let mut bytes = piece(first.1, &start);
    rest.iter().for_each(|(_, encoded, text)| bytes.extend(piece(*encoded, text)));
    decode(&charset, &bytes)
}

fn decode(charset: &str, bytes: &[u8]) -> Option<String> {
    let encoding = encoding_rs::Encoding::for_label(charset.as_bytes())?;
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    (!broken).then(|| text.into_owned())
}

fn decode_plain(value: &str) -> Option<String> {
    if let Some(words) = encoded_words(value) {
        return Some(words);
    }
    if value.contains('%')
        && let Ok(decoded) = percent_decode_str(value).decode_utf8()
    {
        return Some(decoded.into_owned());
    }
    Some(value.to_owned())
}

/// `=?UTF-8?B?...?= =?UTF-8?Q?...?=`
fn encoded_words(value: &str) -> Option<String> {
    let words = value.trim().strip_prefix("=?")?.strip_suffix("?=")?;
    let mut text = String::new();
    for word in words.split("?= =?").flat_map(|word| word.split("?==?")) {
        let mut parts = word.splitn(3, '?');
        let (charset, encoding, encoded) = (parts.next()?, parts.next()?, parts.next()?);
        let bytes = match encoding {
            "B" | "b" => STANDARD.decode(encoded).ok()?,
            "Q" | "q" => {
                let percent = encoded.replace('%', "%25").replace('_', " ").replace('=', "%");
                percent_decode_str(&percent).collect()
            }
            _ => return None,
        };
        text.push_str(&decode(charset, &bytes)?);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b18_names_as_servers_write_them() {
        for (header, name) in [
            ("attachment; filename=menu.pdf", "menu.pdf"),
            ("attachment; filename=\"daftar harga.pdf\"; size=3", "daftar harga.pdf"),
            ("attachment; filename=daftar harga.pdf", "daftar harga.pdf"),
            ("inline; FILENAME=\"a\\\"b.pdf\"", "a\"b.pdf"),
            ("attachment; filename=\"C:\\files\\a.pdf\"", "C:\\files\\a.pdf"),
            ("attachment; filename=\"x.pdf\"; filename*=UTF-8''t%C3%BCr%E2%82%AC.pdf", "tür€.pdf"),
            ("attachment; filename*=utf-8'en'%E2%82%AC%20rates.xlsx; filename=rates.xlsx", "€ rates.xlsx"),
            ("attachment; filename*=ISO-8859-1''caf%E9.pdf", "café.pdf"),
            ("attachment; filename*=nonsense''a.pdf; filename=b.pdf", "b.pdf"),
            (
                "attachment; filename*0*=UTF-8''lap%C3%B6; filename*1=ran; filename*2*=%20a.pdf",
                "lapöran a.pdf",
            ),
            ("attachment; filename=\"katalog%20baru.pdf\"", "katalog baru.pdf"),
            ("attachment; filename=\"100%.pdf\"", "100%.pdf"),
            ("attachment; filename=\"=?UTF-8?B?dMO8ci5wZGY=?=\"", "tür.pdf"),
            ("attachment; filename=\"=?utf-8?Q?t=C3=BCr_1.pdf?=\"", "tür 1.pdf"),
            ("attachment; filename=\"laporan.pdf", "laporan.pdf"),
        ] {
            assert_eq!(filename(header.as_bytes()).as_deref(), Some(name), "{header}");
        }
        assert_eq!(filename("attachment; filename=\"tür.pdf\"".as_bytes()).as_deref(), Some("tür.pdf"));
        assert_eq!(filename(b"attachment; filename=\"t\xfcr.pdf\"").as_deref(), Some("tür.pdf"));
        for none in [
            "attachment",
            "attachment; filename=\"\"",
            "attachment; filename=",
            "",
            "; x=y",
            "form-data; name=a",
        ] {
            assert_eq!(filename(none.as_bytes()), None, "{none}");
        }
    }
}
