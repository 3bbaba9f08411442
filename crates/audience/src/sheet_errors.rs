//! Cells in which a spreadsheet left an error instead of a value, in the languages that spreadsheets are used in.

/// Texts of errors, in upper case.
const ERRORS: [&str; 63] = [
    "#N/A",
    "#N/A!",
    "#REF!",
    "#NAME?",
    "#VALUE!",
    "#DIV/0!",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#BUSY!",
    "#EXTERNAL!",
    "#PYTHON!",
    "#TIMEOUT!",
    "#GETTING_DATA",
    "#ERROR!",
    "#ERROR",
    "#LOADING...",
    "#N/D",
    "#N/D!",
    "#NV",
    "#N/B",
    "#I/T",
    "#YOK",
    "#BRAK",
    "#¡REF!",
    "#¿NOMBRE?",
    "#NOMBRE?",
    "#¡VALOR!",
    "#VALOR!",
    "#¡DIV/0!",
    "#¡NULO!",
    "#NULO!",
    "#¡NUM!",
    "#NÚM!",
    "#¡NÚM!",
    "#NOME?",
    "#BEZUG!",
    "#WERT!",
    "#ZAHL!",
    "#NOM?",
    "#VALEUR!",
    "#NOMBRE!",
    "#NUL!",
    "#RIF!",
    "#VALORE!",
    "#VERW!",
    "#WAARDE!",
    "#NAAM?",
    "#GETAL!",
    "#DEEL/0!",
    "#LEEG!",
    "#BAŞV!",
    "#DEĞER!",
    "#AD?",
    "#SAYI/0!",
    "#BOŞ!",
    "#SAYI!",
    "#ÜBERLAUF!",
];

/// Whether the cell holds the error of a spreadsheet.
pub(crate) fn is_sheet_error(cell: &str) -> bool {
    if cell.starts_with('#') {
        let upper = cell.to_uppercase();
        return ERRORS.contains(&upper.as_str());
    }
    // LibreOffice numbers its errors.
    let number = cell.get(..4).filter(|start| start.eq_ignore_ascii_case("err:")).map(|_| &cell[4..]);
    number.is_some_and(|number| number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit()))
}
