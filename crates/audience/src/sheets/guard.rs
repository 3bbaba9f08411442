//! Refuses workbooks that unpack to much more than any list of people: a ZIP file of a megabyte can hold gigabytes.
//! Sizes are counted while unpacking, because those that the file claims may be wrong.

use std::io::{Read, Seek};

use zip::ZipArchive;

use crate::AudienceError;
use crate::sheets::damaged;

/// Most bytes of all sheets together.
const MAX_SHEETS: u64 = 1024 * 1024 * 1024;
/// Most bytes of what a reader holds as a whole: texts that cells share, styles, names.
const MAX_WHOLE: u64 = 192 * 1024 * 1024;
/// Most bytes between two marks, which a reader of XML holds.
const MAX_RUN: u64 = 1024 * 1024;
/// Most files in the archive.
const MAX_FILES: usize = 10_000;

/// Reads everything once and counts. `streamed` tells which files are read piece by piece.
pub(crate) fn check<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    streamed: impl Fn(&str) -> bool,
) -> Result<(), AudienceError> {
    if archive.len() > MAX_FILES {
        return Err(damaged("it has too many parts"));
    }
    let (mut sheets, mut whole) = (0, 0);
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).map_err(damaged)?;
        let name = file.name().map_err(damaged)?.to_ascii_lowercase();
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            continue;
        }
        let (counted, most) =
            if streamed(&name) { (&mut sheets, MAX_SHEETS) } else { (&mut whole, MAX_WHOLE) };
        scan(&mut file, counted, most)?;
    }
    Ok(())
}

fn scan(file: &mut impl Read, counted: &mut u64, most: u64) -> Result<(), AudienceError> {
    let mut buffer = vec![0; 64 * 1024];
    let mut runs = Runs::default();
    loop {
        let read = file.read(&mut buffer).map_err(damaged)?;
        if read == 0 {
            return Ok(());
        }
        *counted += read as u64;
        if *counted > most {
            return Err(AudienceError::TooBig { mib: most / 1024 / 1024 });
        }
        if buffer[..read].iter().any(|byte| runs.next(*byte) > MAX_RUN) {
            return Err(damaged("a cell holds more than a million letters"));
        }
    }
}

/// Bytes since the last mark of XML. A comment or a section of letters ends with its own mark only.
#[derive(Default)]
struct Runs {
    run: u64,
    last: [u8; 2],
    special: bool,
}

impl Runs {
    fn next(&mut self, byte: u8) -> u64 {
        self.run += 1;
        match byte {
            b'<' if !self.special => self.run = 0,
            b'!' if self.last[1] == b'<' => self.special = true,
            b'>' if self.special && matches!(&self.last, b"]]" | b"--") => {
                self.special = false;
                self.run = 0;
            }
            _ => {}
        }
        self.last = [self.last[1], byte];
        self.run
    }
}
