//! Formats of lists, told by the first bytes of a file, never by its name.

use std::io::{self, Read, Seek, SeekFrom};

use wahana_domain::recipients::ListFormat;
use zip::ZipArchive;

use crate::AudienceError;

/// What ZIP files begin with.
const ZIP: [u8; 4] = *b"PK\x03\x04";

/// The spreadsheet that a file is; `None` when it is no ZIP file. Leaves the file at its beginning.
pub(crate) fn spreadsheet<R: Read + Seek>(input: &mut R) -> Result<Option<ListFormat>, AudienceError> {
    let mut head = [0; 4];
    let begun = read_start(input, &mut head)?;
    input.seek(SeekFrom::Start(0))?;
    if !begun || head != ZIP {
        return Ok(None);
    }
    let archive = ZipArchive::new(&mut *input);
    let archive = archive.map_err(|_| AudienceError::Binary { what: "a damaged ZIP archive" })?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    let format = if has("xl/workbook.xml") || (has("[Content_Types].xml") && !has("xl/workbook.bin")) {
        Ok(Some(ListFormat::Xlsx))
    } else if has("content.xml") && has("mimetype") {
        Ok(Some(ListFormat::Ods))
    } else if has("xl/workbook.bin") {
        Err(AudienceError::Binary { what: "an Excel workbook in binary form (XLSB)" })
    } else if has("Index/Document.iwa") || has("Index.zip") {
        Err(AudienceError::Binary { what: "a document of Apple Numbers" })
    } else {
        Err(AudienceError::Binary { what: "a ZIP archive" })
    };
    drop(archive);
    input.seek(SeekFrom::Start(0))?;
    format
}

/// Whether the file is at least as long as the buffer, which is filled then.
fn read_start(input: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match input.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether a file with this first line is an address book.
pub(crate) fn is_address_book(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
    line.eq_ignore_ascii_case(b"BEGIN:VCARD")
}
