//! Which cells a spreadsheet runs as a formula: the writer guards them, the reader removes the guard. It must never
//! change a cell.

/// First characters that make a spreadsheet treat a cell as a formula.
pub(crate) const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
