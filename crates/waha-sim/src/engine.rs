//! The engines of WAHA. It must never know how the simulator is configured.

/// The simulated engine; determines the shape of a send's answer and how error 463 looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Raw proto answers without an `id`.
    Noweb,
    /// `{id, _data}` answers.
    Gows,
    /// whatsapp-web.js answers with `id._serialized`.
    Webjs,
    /// `WAMessage` answers.
    Wpp,
}

impl Engine {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Noweb => "NOWEB",
            Self::Gows => "GOWS",
            Self::Webjs => "WEBJS",
            Self::Wpp => "WPP",
        }
    }
}
