//! Which cells a spreadsheet runs as a formula: the writer guards them by an apostrophe, the reader removes the guard. A
//! cell that has the apostrophe of its own gets another one, so that every cell comes back unchanged.

/// First characters that make a spreadsheet treat a cell as a formula.
const STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
const GUARD: char = '\'';

/// Whether the cell needs a guard in a text file.
pub(crate) fn needs_guard(cell: &str) -> bool {
    cell.trim_start_matches(GUARD).starts_with(STARTS)
}

/// Whether the reader would take an apostrophe from this cell that is its own.
pub(crate) fn looks_guarded(cell: &str) -> bool {
    cell.starts_with(GUARD) && needs_guard(cell)
}

/// The cell without the guard.
pub(crate) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix(GUARD).filter(|rest| needs_guard(rest)).unwrap_or(cell)
}
