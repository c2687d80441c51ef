//! CSV: exports of ticket systems and the like, one record a row.

use super::defect::{Cause, Defect};
use super::document::{Document, Format};
use super::record::Record;
use super::text_file::hidden_characters;
use crate::repository::RepoPath;
use crate::vocabulary::{DateReading, LineIndex, Place, Spanned, read_date, read_numeric_date};
use crate::yaml::Node;

/// Reads a CSV file whose first row names the columns.
pub(super) fn read(path: RepoPath, text: &str) -> Document {
    let mut document = Document::new(path, Format::Csv);
    document.defects.extend(hidden_characters(text));
    let (delimiter, skipped) = csv_delimiter(text);
    let whole = text;
    let text = &whole[skipped..];
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(str::to_owned).collect(),
        Err(error) => {
            document.defects.push(Defect::new(Cause::NotRead, Place::line(1), format!("the header row cannot be read: {error}")));
            return document;
        }
    };
    // The reader counts other line ends than everybody else does; its byte offsets are exact.
    let lines = LineIndex::new(whole);
    let line_at = |offset: u64| {
        let start = (usize::try_from(offset).unwrap_or(0) + skipped).min(whole.len());
        let ends = whole.as_bytes()[start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        lines.line(start + ends)
    };
    let mut records = Vec::new();
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let line = error.position().map_or(0, |position| line_at(position.byte()));
                document.defects.push(Defect::new(Cause::NotUnderstood, Place::line(line), format!("row cannot be read: {error}")));
                continue;
            }
        };
        let at = Place::line(row.position().map_or(0, |position| line_at(position.byte())));
        if row.len() > header.len() {
            let message = format!("{} cells under {} columns; put quotes around cells that hold the separator", row.len(), header.len());
            document.defects.push(Defect::new(Cause::NotUnderstood, at, message));
            // Whatever stands in such a row stands under the wrong column.
            continue;
        }
        document.words += row.len();
        let pairs = header.iter().zip(row.iter()).map(|(name, cell)| (Spanned::new(name.clone(), at), Node::text(cell, at))).collect();
        records.push(Record::from_pairs(pairs, at));
    }
    settle_dates(&mut records, header.len());
    document.lists.push((String::new(), records));
    document
}

/// The separator of a CSV text, and how many bytes at its start only announce it.
pub fn csv_delimiter(text: &str) -> (u8, usize) {
    let (announced, skipped) = announced_delimiter(text);
    (announced.unwrap_or_else(|| delimiter_of(text[skipped..].lines().next().unwrap_or_default())), skipped)
}

/// The separator that the header row uses most, what stands in quotes aside.
fn delimiter_of(header: &str) -> u8 {
    let count = |delimiter: u8| {
        let mut quoted = false;
        header
            .bytes()
            .filter(|byte| {
                quoted ^= *byte == b'"';
                !quoted && *byte == delimiter
            })
            .count()
    };
    [b',', b';', b'\t', b'|'].into_iter().max_by_key(|delimiter| (count(*delimiter), *delimiter == b',')).unwrap_or(b',')
}

/// Spreadsheet programs announce the separator in a line of its own: `sep=;`. Gives it and the bytes of that line.
fn announced_delimiter(text: &str) -> (Option<u8>, usize) {
    let line = text.split_inclusive('\n').next().unwrap_or_default();
    match line.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        Some([delimiter]) if delimiter.is_ascii() => (Some(*delimiter), line.len()),
        _ => (None, 0),
    }
}

/// An export writes all dates of a column in one form. Where one row shows which (25/03/2026), the others are read by it;
/// where none does, they stay ambiguous.
fn settle_dates(records: &mut [Record], columns: usize) {
    for column in 0..columns {
        let text = |record: &Record| record.fields.get(column).and_then(|field| field.value.as_text()).unwrap_or_default().to_owned();
        let mut forms = (false, false);
        for record in records.iter() {
            let text = text(record);
            let (day_first, month_first) = (read_numeric_date(&text, true).is_some(), read_numeric_date(&text, false).is_some());
            forms.0 |= day_first && !month_first;
            forms.1 |= month_first && !day_first;
        }
        let day_first = match forms {
            (true, false) => true,
            (false, true) => false,
            _ => continue,
        };
        for record in records.iter_mut() {
            if read_date(&text(record)) == DateReading::Ambiguous
                && let Some(day) = read_numeric_date(&text(record), day_first)
                && let Some(field) = record.fields.get_mut(column)
            {
                field.value = Node::text(day.to_string(), field.value.at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let document = read(RepoPath::new("a.csv"), text);
        document.lists[0].1.iter().map(|record| record.fields.iter().map(|field| field.value.as_text().unwrap_or_default().to_owned()).collect()).collect()
    }

    #[test]
    fn separators_are_told_from_the_header() {
        for text in ["a,b\n1,2\n", "a;b\n1;2\n", "a\tb\n1\t2\n", "a|b\n1|2\n", "sep=;\na;b\n1;2\n", "\"a, or c, or d\";b\n1;2\n"] {
            assert_eq!(rows(text), [["1", "2"]], "{text:?}");
        }
    }

    #[test]
    fn one_row_tells_the_form_of_the_column() {
        assert_eq!(rows("id,opened\n1,03/04/2026 10:00\n2,25/04/2026 11:00\n"), [["1", "2026-04-03"], ["2", "25/04/2026 11:00"]]);
        assert_eq!(rows("id,opened\n1,03/04/2026\n2,04/25/2026\n")[0][1], "2026-03-04");
        assert_eq!(rows("id,opened\n1,03/04/2026\n2,05/06/2026\n")[0][1], "03/04/2026");
        assert_eq!(rows("id,opened\n1,03/04/2026\n2,25/04/2026\n3,04/25/2026\n")[0][1], "03/04/2026");
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let document = read(RepoPath::new("a.csv"), "sep=;\nid;text\n1;\"two\nlines\"\n2;x\n");
        assert_eq!(document.lists[0].1.iter().map(|record| record.at.line).collect::<Vec<_>>(), [3, 5]);
    }
}
