//! From bytes to text, or the reason why not.

use std::cell::LazyCell;

use super::defect::{Cause, Defect};
use crate::vocabulary::{LineIndex, Place, is_hidden};

/// The text of a file and how many lines a byte order mark and the like do not count for.
pub(super) fn text_of(bytes: Vec<u8>) -> Result<String, Defect> {
    let whole = |message: &str| Defect::new(Cause::NotRead, Place::default(), message);
    if bytes.starts_with(b"version https://git-lfs.github.com/spec/") {
        let pointer = String::from_utf8_lossy(&bytes).into_owned();
        let value = |key: &str| pointer.lines().find_map(|line| line.strip_prefix(key)).unwrap_or("unknown").trim().to_owned();
        let (oid, size) = (value("oid "), value("size "));
        return Err(whole(&format!("a Git LFS pointer, the content is not here ({oid}, {size} bytes); run `git lfs pull`")));
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(whole("UTF-16; save it as UTF-8 (for example `iconv -f UTF-16 -t UTF-8`)"));
    }
    if bytes.iter().take(8_192).any(|byte| *byte == 0) {
        return Err(whole("not text: it holds NUL bytes; exclude it, or save it as text"));
    }
    let bytes = match bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
        let line = LineIndex::new(&before).line(before.len());
        let byte = error.as_bytes().get(valid).copied().unwrap_or(0);
        let message = format!("not UTF-8: byte \\x{byte:02X}; save it as UTF-8 (for example `iconv -f LATIN1 -t UTF-8`)");
        Defect::new(Cause::NotRead, Place::line(line), message)
    })
}

/// The first hidden character of each line that has one, at most ten.
pub(super) fn hidden_characters(text: &str) -> Vec<Defect> {
    let lines = LazyCell::new(|| LineIndex::new(text));
    let mut found: Vec<Defect> = Vec::new();
    // All of them begin with one of four bytes, and hardly anything else does.
    for (offset, _) in text.bytes().enumerate().filter(|(_, byte)| matches!(byte, 0xD8 | 0xE2 | 0xEF | 0xF3)) {
        let Some(character) = text[offset..].chars().next() else { continue };
        if !is_hidden(character) || matches!(character as u32, 0x200B..=0x200D | 0x2060 | 0xFEFF) {
            continue;
        }
        let at = lines.place(offset..offset + character.len_utf8());
        if found.last().is_some_and(|last| last.at.line == at.line) {
            continue;
        }
        found.push(Defect::new(Cause::HiddenCharacters, at, format!("the character U+{:04X} changes how this line looks; remove it", character as u32)));
        if found.len() == 10 {
            break;
        }
    }
    found
}
