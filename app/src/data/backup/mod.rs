//! `wahana backup`, `wahana restore`, `wahana resume-sending`: a folder with a dump of Postgres and what is in it.
//!
//! Postgres is the truth, so a dump of it and the folder of files, if they are in one, are all there is to keep; Redis is
//! filled again from it. The key that seals secrets is not in it unless asked for.

mod dump;
mod files;
mod manifest;
mod postgres;
mod restore;
mod resume;

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

pub(crate) use dump::run as backup;
pub(crate) use restore::run as restore;
pub(crate) use resume::run as resume_sending;

/// A line that moves while something long runs; nothing where stderr is no terminal.
fn spinner(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new_spinner().with_message(what);
    let style = ProgressStyle::with_template("  {spinner} {msg}: {bytes} ({bytes_per_sec}, {elapsed})");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
