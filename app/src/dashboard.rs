//! The files of the built dashboard, inside of the binary. None, where Node did not build them before cargo.

use std::borrow::Cow;

use rust_embed::Embed;

#[derive(Embed)]
#[folder = "../dashboard/dist"]
#[allow_missing = true]
struct Dist;

/// The file at this path below `dashboard/dist`.
pub(crate) fn file(path: &str) -> Option<Cow<'static, [u8]>> {
    Dist::get(path).map(|file| file.data)
}
