//! Text files as office programs save them.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of a file, and a remark where its encoding had to be guessed.
///
/// # Errors
/// In words, if no encoding fits.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Option<String>), String> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return sure(encoding, &bytes[length..]).map(|text| (text, None));
    }
    let nought = |start: usize| bytes.iter().skip(start).step_by(2).take(200).filter(|byte| **byte == 0).count();
    // Letters of the West in UTF-16 have a nought in every other place.
    let half = bytes.len().min(400) / 4;
    if half > 0 && nought(1) > half {
        return sure(UTF_16LE, bytes).map(|text| (text, None));
    }
    if half > 0 && nought(0) > half {
        return sure(UTF_16BE, bytes).map(|text| (text, None));
    }
    if bytes.contains(&0) {
        return Err("it is no text, and no workbook that is known; save it as .xlsx, or as CSV in UTF-8".to_owned());
    }
    if let Ok(text) = sure(UTF_8, bytes) {
        return Ok((text, None));
    }
    // Five places of Windows-1252 stand for nothing; the decoder fills them with control characters.
    if bytes.iter().any(|byte| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D)) {
        return Err("its letters are in an encoding that is not known; save it as CSV in UTF-8".to_owned());
    }
    let text = sure(WINDOWS_1252, bytes)?;
    Ok((text, Some("the file is not in UTF-8 and was read as Windows-1252; look at the letters with accents".to_owned())))
}

fn sure(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, String> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken { Err(format!("it should be {}, and is broken; save it as CSV in UTF-8", encoding.name())) } else { Ok(text.into_owned()) }
}
