//! Colours and formats: calm tones, readable contrast, and always a word beside a colour.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::super::house::HouseStyle;

/// Heads of a house that has no colour of its own.
const HOUSE: u32 = 0x1F_3A5F;
/// Lines between rows.
const LINE: u32 = 0xD5_DBE3;
/// Where somebody is to write.
const BLANK: u32 = 0xFF_FAE6;

/// Words, and the tones of ground and text that go with them.
pub(super) const GRADES: [(&str, u32, u32); 4] =
    [("major", 0xF6_D5D5, 0x7A_1C25), ("minor", 0xFB_E5CF, 0x73_3D00), ("observation", 0xFB_F3CC, 0x5C_4B00), ("opportunity", 0xDC_E9F5, 0x1F_4E79)];

/// The same for verdicts.
pub(super) const VERDICTS: [(&str, u32, u32); 8] = [
    ("supported", 0xDF_EFDD, 0x25_5527),
    ("partly-supported", 0xFB_F3CC, 0x5C_4B00),
    ("no-evidence", 0xFB_E5CF, 0x73_3D00),
    ("contradicted", 0xF6_D5D5, 0x7A_1C25),
    ("needs-auditor", 0xDC_E9F5, 0x1F_4E79),
    ("not-triggered", 0xE9_EBEE, 0x40_474F),
    ("external", 0xE8_E2F2, 0x46_3366),
    ("not-assessed", 0xE9_EBEE, 0x40_474F),
];

/// What an auditor may choose, beside the grades.
pub(super) const RESULTS: [(&str, u32, u32); 3] =
    [("conform", 0xDF_EFDD, 0x25_5527), ("not audited", 0xE9_EBEE, 0x40_474F), ("not triggered", 0xE9_EBEE, 0x40_474F)];

/// Colours of the series of a chart, after the house's own.
const SERIES: [u32; 4] = [0xC8_7B2E, 0x5B_8C5A, 0x8C_6BA8, 0x7A_8794];

/// The formats of a workbook.
pub(super) struct Styles {
    house: u32,
    /// Size of the letters, in points.
    pub(super) size: f64,
    pub(super) head: Format,
    pub(super) head_of_numbers: Format,
    pub(super) text: Format,
    pub(super) word: Format,
    pub(super) number: Format,
    pub(super) date: Format,
    pub(super) blank: Format,
    pub(super) choice: Format,
    pub(super) blank_date: Format,
}

impl Styles {
    /// The formats in a house's colour, in letters of a size.
    pub(super) fn new(house: &HouseStyle, size: f64) -> Self {
        let colour = house.colour.as_deref().filter(|text| HouseStyle::is_colour(text));
        let house = colour.and_then(|text| u32::from_str_radix(&text[1..], 16).ok()).unwrap_or(HOUSE);
        let base = plain().set_font_size(size).set_align(FormatAlign::Top);
        let ruled = base.clone().set_border_bottom(FormatBorder::Thin).set_border_bottom_color(Color::RGB(LINE));
        let open = ruled.clone().set_background_color(Color::RGB(BLANK)).set_border(FormatBorder::Thin).set_border_color(Color::RGB(LINE));
        let head = base
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(Color::RGB(house))
            .set_font_color(Color::RGB(on(house)))
            .set_border_right(FormatBorder::Thin)
            .set_border_right_color(Color::RGB(on(house)));
        Self {
            house,
            size,
            head_of_numbers: head.clone().set_align(FormatAlign::Right),
            head,
            // A count among texts would stand at the right and touch the next column.
            text: ruled.clone().set_text_wrap().set_align(FormatAlign::Left),
            number: ruled.clone().set_align(FormatAlign::Right),
            date: ruled.clone().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            word: ruled.set_align(FormatAlign::Left),
            blank: open.clone().set_text_wrap(),
            choice: open.clone().set_text_wrap(),
            blank_date: open.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
        }
    }

    /// Colour of a series of a chart, by its place.
    pub(super) fn series(&self, index: usize) -> Color {
        Color::RGB(index.checked_sub(1).and_then(|index| SERIES.get(index % SERIES.len())).copied().unwrap_or(self.house))
    }
}

/// The font of the workbook: one that office programs everywhere have, or have the measures of.
pub(super) fn plain() -> Format {
    Format::new().set_font_name("Arial").set_font_size(10)
}

/// Black or white, whichever is easier to read on a colour: the greater contrast as the accessibility guidelines
/// reckon it.
fn on(colour: u32) -> u32 {
    let light = luminance(colour);
    let (white, black) = (1.05 / (light + 0.05), (light + 0.05) / 0.05);
    if white >= black { 0xFF_FFFF } else { 0x00_0000 }
}

fn luminance(colour: u32) -> f64 {
    let part = |shift: u32| {
        let share = f64::from((colour >> shift) & 0xFF) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tone_is_readable_on_its_ground() {
        for (word, ground, text) in GRADES.iter().chain(&VERDICTS).chain(&RESULTS) {
            let (light, dark) = (luminance(*ground), luminance(*text));
            assert!((light + 0.05) / (dark + 0.05) >= 4.5, "{word}");
        }
        assert_eq!(on(HOUSE), 0xFF_FFFF);
        assert_eq!(on(0xFF_E100), 0);
    }
}
