//! What a version of WAHA can (docs/waha.md). Pure functions; a version that does not read can nothing.

/// Whether WAHA sends a text under the id that we chose: since 2026.4.3 on NOWEB and GOWS (docs/waha.md 0.15). Files never
/// have a chosen id.
#[must_use]
pub fn keeps_client_id(version: Option<&str>, engine: Option<&str>) -> bool {
    let can = |engine: &str| engine.eq_ignore_ascii_case("NOWEB") || engine.eq_ignore_ascii_case("GOWS");
    engine.is_some_and(can) && version.and_then(numbers).is_some_and(|numbers| numbers >= [2026, 4, 3])
}

/// `2026.7.1` as numbers.
fn numbers(version: &str) -> Option<[u32; 3]> {
    let mut parts = version.trim().split('.').map(|part| part.parse().ok());
    Some([parts.next()??, parts.next()??, parts.next()??])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_kept_from_the_version_on_that_can() {
        for (version, engine, keeps) in [
            (Some("2026.4.3"), Some("NOWEB"), true),
            (Some("2026.7.1"), Some("GOWS"), true),
            (Some("2026.10.1"), Some("NOWEB"), true),
            (Some("2026.4.2"), Some("NOWEB"), false),
            (Some("2025.12.9"), Some("GOWS"), false),
            (Some("2026.7.1"), Some("WEBJS"), false),
            (Some("latest"), Some("NOWEB"), false),
            (None, Some("NOWEB"), false),
            (Some("2026.7.1"), None, false),
        ] {
            assert_eq!(keeps_client_id(version, engine), keeps, "{version:?} {engine:?}");
        }
    }
}
