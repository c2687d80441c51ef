//! Excel workbooks, cell by cell: what a sheet claims of its size is not believed.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::FilledIn;
use super::sheet::Cells;

/// The hidden sheet of names and values.
pub(super) const META: &str = "_meta";

/// Reads every sheet.
///
/// # Errors
/// In words: what cannot be read.
pub(super) fn read(bytes: &[u8], heads: &[&str]) -> Result<FilledIn, String> {
    let damaged = |error: calamine::XlsxError| format!("the workbook cannot be read: {error}");
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut filled_in = FilledIn::default();
    for name in file.sheet_names() {
        let mut cells = Cells::new(&name);
        // A sheet that is a chart has no cells.
        let Ok(mut reader) = file.worksheet_cells_reader(&name) else { continue };
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            cells.add(row, column, &Data::from(cell.get_value().clone()))?;
        }
        drop(reader);
        if name == META {
            filled_in.meta = cells.pairs();
            continue;
        }
        let merged = file.merge_cells_by_sheet_name(&name).unwrap_or_default();
        if cells.spread(&merged, heads) {
            filled_in.remarks.push(format!("sheet {name}: what stands in merged cells was read for each of their rows"));
        }
        filled_in.take(cells.grid(), heads);
    }
    Ok(filled_in)
}
