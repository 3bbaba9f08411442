//! How people want to see things. The names are those of SQL and JSON.

use serde::{Deserialize, Serialize};

/// A language that the dashboard speaks: its ISO 639-1 code.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Indonesian.
    Id,
}

/// The looks of the dashboard.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub enum Theme {
    /// As the device has it.
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// Whether a text is a colour as `#rrggbb`, in lower case.
pub fn is_color(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit))
}

#[cfg(test)]
mod tests {
    use super::is_color;

    #[test]
    fn colours() {
        assert!(is_color("#0a7cff"));
        for bad in ["", "#", "0a7cff", "#0a7cf", "#0a7cfff", "#0A7CFF", "#0a7cfg", "red", "#äöü"] {
            assert!(!is_color(bad), "{bad}");
        }
    }
}
