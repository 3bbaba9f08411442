//! Conversions by programs that are found on this machine: ffmpeg for sound and films, vips or ffmpeg for pictures,
//! libheif's heif-dec for HEIC and AVIF.
//!
//! A program gets a file of ours in a folder of its own, never an argument of a tenant; it may read no address and no
//! other file by way of a format that names some, and has limits of time, memory and output.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use bytes::Bytes;
use tokio::io::AsyncReadExt;
use tokio::process::Command;
use wahana_domain::messages::{MAX_FILE_BYTES, MediaConversion, MediaKind};

use crate::{FileType, conversion};

/// How long one conversion may take.
const TIMEOUT: Duration = Duration::from_secs(150);
/// Seconds of CPU that a program may use.
const CPU_SECONDS: u64 = 140;
/// Address space of a program, in KiB.
const MEMORY_KIB: u64 = 3 * 1024 * 1024;
/// How much of what a program complains is kept.
const MAX_COMPLAINT: u64 = 4096;
/// Longer sides are made smaller, in pixels: WhatsApp shows no more.
const MAX_SIDE: &str = "4096";

/// Why a file was not converted.
#[derive(Debug, thiserror::Error)]
pub enum ConvertError {
    /// There is no program for it on this machine.
    #[error("no program on this machine converts it")]
    NoProgram,
    /// The program did not like the file.
    #[error("{program} cannot convert it: {complaint}")]
    Refused {
        /// Its name.
        program: String,
        /// The last line of what it says.
        complaint: String,
    },
    /// It took too long.
    #[error("the conversion took longer than {} s", TIMEOUT.as_secs())]
    TooLong,
    /// The folder or the program could not be used.
    #[error("the conversion could not be run: {0}")]
    Io(#[from] std::io::Error),
}

impl ConvertError {
    /// Whether the same may work later.
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::Io(_))
    }
}

/// The programs of this machine.
#[derive(Clone, Debug, Default)]
pub struct Converters {
    ffmpeg: Option<PathBuf>,
    vips: Option<PathBuf>,
    heif: Option<PathBuf>,
}

impl Converters {
    /// Looks for the programs on the `PATH`.
    pub fn find() -> Self {
        let heif = program("heif-dec").or_else(|| program("heif-convert"));
        Self { ffmpeg: program("ffmpeg"), vips: program("vips"), heif }
    }

    /// What they convert to.
    pub fn conversions(&self) -> Vec<MediaConversion> {
        let able = |conversion: &MediaConversion| match conversion {
            MediaConversion::Image => self.vips.is_some() || self.ffmpeg.is_some(),
            MediaConversion::Heic => self.heif.is_some(),
            MediaConversion::Video | MediaConversion::Voice => self.ffmpeg.is_some(),
        };
        MediaConversion::ALL.iter().copied().filter(able).collect()
    }

    /// Whether they convert such a file to this kind.
    pub fn can(&self, kind: MediaKind, file: &FileType) -> bool {
        conversion(kind, file).is_some_and(|wanted| self.conversions().contains(&wanted))
    }

    /// Where the programs are, by name, for people.
    pub fn found(&self) -> Vec<(&'static str, Option<&Path>)> {
        vec![
            ("ffmpeg", self.ffmpeg.as_deref()),
            ("vips", self.vips.as_deref()),
            ("heif-dec", self.heif.as_deref()),
        ]
    }

    /// Converts a file to what WhatsApp takes as this kind.
    ///
    /// # Errors
    /// See [`ConvertError`].
    pub async fn convert(
        &self,
        kind: MediaKind,
        file: &FileType,
        bytes: &[u8],
    ) -> Result<Bytes, ConvertError> {
        let wanted = conversion(kind, file).ok_or(ConvertError::NoProgram)?;
        let folder = tempfile::Builder::new().prefix("wahana-media-").tempdir()?;
        let (from, to) = (folder.path().join("in"), folder.path().join(output(wanted)));
        tokio::fs::write(&from, bytes).await?;
        let (program, arguments) =
            self.command(wanted, &file.mimetype, &from, &to).ok_or(ConvertError::NoProgram)?;
        run(program, &arguments, folder.path()).await?;
        let converted = tokio::fs::read(&to).await?;
        if converted.is_empty() {
            let program = name_of(program);
            return Err(ConvertError::Refused { program, complaint: "it made an empty file".into() });
        }
        Ok(converted.into())
    }

    fn command(
        &self,
        wanted: MediaConversion,
        mimetype: &str,
        from: &Path,
        to: &Path,
    ) -> Option<(&Path, Vec<OsString>)> {
        let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        match (wanted, &self.vips, &self.ffmpeg, &self.heif) {
            (MediaConversion::Heic, _, _, Some(heif)) => {
                let mut arguments = words(&["-q", "88"]);
                arguments.extend([from.into(), to.into()]);
                Some((heif, arguments))
            }
            (MediaConversion::Image, Some(vips), ..) => {
                let mut target = to.as_os_str().to_owned();
                target.push("[Q=88,strip,background=255]");
                let mut arguments = words(&["thumbnail"]);
                arguments.extend([from.into(), target]);
                arguments.extend(words(&[MAX_SIDE, "--height", MAX_SIDE, "--size", "down"]));
                Some((vips, arguments))
            }
            (MediaConversion::Heic, ..) => None,
            (_, _, Some(ffmpeg), _) => {
                let mut arguments = words(&[
                    "-nostdin",
                    "-hide_banner",
                    "-loglevel",
                    "error",
                    "-protocol_whitelist",
                    "file,pipe",
                ]);
                if let Some(demuxer) = demuxer(mimetype) {
                    // The format is the one that was seen, and what it contains may not open another.
                    arguments.extend(words(&["-format_whitelist", demuxer, "-f", demuxer]));
                }
                arguments.extend([OsString::from("-i"), from.into()]);
                arguments.extend(words(ffmpeg_output(wanted)));
                arguments.push(to.into());
                Some((ffmpeg, arguments))
            }
            _ => None,
        }
    }
}

const fn output(wanted: MediaConversion) -> &'static str {
    match wanted {
        MediaConversion::Image | MediaConversion::Heic => "out.jpg",
        MediaConversion::Video => "out.mp4",
        MediaConversion::Voice => "out.ogg",
    }
}

const fn ffmpeg_output(wanted: MediaConversion) -> &'static [&'static str] {
    match wanted {
        MediaConversion::Image | MediaConversion::Heic => &[
            "-map_metadata",
            "-1",
            "-frames:v",
            "1",
            "-q:v",
            "3",
            "-threads",
            "1",
            "-f",
            "image2",
            "-update",
            "1",
        ],
        MediaConversion::Video => &[
            "-map",
            "0:v:0",
            "-map",
            "0:a:0?",
            "-map_metadata",
            "-1",
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-crf",
            "27",
            "-pix_fmt",
            "yuv420p",
            "-vf",
            "scale=trunc(min(1280\\,iw)/2)*2:-2",
            "-c:a",
            "aac",
            "-b:a",
            "96k",
            "-ac",
            "2",
            "-movflags",
            "+faststart",
            "-threads",
            "1",
            "-f",
            "mp4",
        ],
        MediaConversion::Voice => &[
            "-map",
            "0:a:0",
            "-vn",
            "-map_metadata",
            "-1",
            "-ac",
            "1",
            "-ar",
            "48000",
            "-c:a",
            "libopus",
            "-b:a",
            "32k",
            "-application",
            "voip",
            "-threads",
            "1",
            "-f",
            "ogg",
        ],
    }
}

/// ffmpeg's reader for a format; `None` lets it look itself.
fn demuxer(mimetype: &str) -> Option<&'static str> {
    Some(match mimetype.split(';').next().unwrap_or_default() {
        "video/mp4" | "video/quicktime" | "video/x-m4v" | "video/3gpp" | "video/3gpp2" | "audio/mp4"
        | "audio/x-m4a" | "audio/m4a" | "video/x-f4v" => "mov",
        "video/matroska" | "video/x-matroska" | "video/webm" | "audio/webm" | "audio/matroska"
        | "audio/x-matroska" => "matroska",
        "video/avi" | "video/x-msvideo" | "video/vnd.avi" => "avi",
        "video/x-flv" => "flv",
        "video/x-ms-wmv" | "video/x-ms-asf" | "audio/x-ms-wma" | "application/vnd.ms-asf" => "asf",
        "audio/mpeg" => "mp3",
        "audio/wav" | "audio/vnd.wave" | "audio/x-wav" => "wav",
        "audio/flac" => "flac",
        "audio/aac" => "aac",
        "audio/amr" => "amr",
        "audio/aiff" | "audio/x-aiff" => "aiff",
        "audio/ogg" | "audio/vorbis" | "audio/speex" | "video/ogg" => "ogg",
        "image/gif" => "gif",
        _ => return None,
    })
}

/// A program of this name on the `PATH`.
fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| is_executable(file))
}

#[cfg(unix)]
fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(file).is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(file: &Path) -> bool {
    file.is_file()
}

fn name_of(program: &Path) -> String {
    program.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Runs a program within its limits. The shell sets them and becomes the program.
async fn run(program: &Path, arguments: &[OsString], folder: &Path) -> Result<(), ConvertError> {
    const WITH_LIMITS: &str = "ulimit -v \"$1\"; ulimit -t \"$2\"; ulimit -f \"$3\"; shift 3; exec \"$@\"";
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", WITH_LIMITS, "sh"])
        .args([MEMORY_KIB.to_string(), CPU_SECONDS.to_string(), (MAX_FILE_BYTES / 512).to_string()])
        .arg(program)
        .args(arguments)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("HOME", folder)
        .env("TMPDIR", folder)
        .env("VIPS_CONCURRENCY", "1")
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    let mut child = command.spawn()?;
    let mut complaint = Vec::new();
    let stderr = child.stderr.take();
    let running = async {
        if let Some(mut stderr) = stderr {
            (&mut stderr).take(MAX_COMPLAINT).read_to_end(&mut complaint).await?;
            // What it says beyond that must not stop it.
            tokio::io::copy(&mut stderr, &mut tokio::io::sink()).await?;
        }
        child.wait().await
    };
    let status = tokio::time::timeout(TIMEOUT, running).await.map_err(|_| ConvertError::TooLong)??;
    if status.success() {
        return Ok(());
    }
    let complaint = String::from_utf8_lossy(&complaint);
    // Names of our folder help nobody.
    let last = complaint.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it says nothing");
    let last = last.replace(&*folder.to_string_lossy(), "").chars().take(300).collect();
    Err(ConvertError::Refused { program: name_of(program), complaint: last })
}

#[cfg(test)]
mod tests;
