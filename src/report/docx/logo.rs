//! The logo on the cover. Nothing is decoded: Word gets the picture as it is, and only its size is read.

use base64::Engine;
use docx_rs::Pic;

/// The id by which the document knows the picture.
const ID: &str = "rIdLogo";
/// The most that it takes of the cover: some eight centimetres in width and two in height, in pixels of 1/96 of an inch.
const MOST: (u32, u32) = (302, 76);
/// What it takes of the page with its distance to the title, in twentieths of a point.
pub(super) const HEIGHT: usize = 1_500;

/// A picture that Word can hold.
pub(super) struct Logo {
    bytes: Vec<u8>,
    size: (u32, u32),
    pub(super) is_jpeg: bool,
}

impl Logo {
    /// Reads a `data:` address of a PNG or JPEG picture; none where it is no such picture.
    pub(super) fn read(address: &str) -> Option<Self> {
        let (head, letters) = address.strip_prefix("data:image/")?.split_once(";base64,")?;
        let bytes = base64::engine::general_purpose::STANDARD.decode(letters).ok()?;
        let size = imagesize::blob_size(&bytes).ok()?;
        let size = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
        (size.0 > 0 && size.1 > 0).then_some(Self { bytes, size: fitted(size), is_jpeg: head == "jpeg" })
    }

    /// The picture as the document holds it. The crate counts its pictures through all documents of a run, and two runs
    /// are to make the same bytes.
    pub(super) fn picture(&self) -> Pic {
        let mut picture = Pic::new_with_dimensions(self.bytes.clone(), self.size.0, self.size.1);
        ID.clone_into(&mut picture.id);
        picture
    }
}

/// The size that fits into what a cover has for it, in the same proportions; a small picture stays small.
fn fitted((width, height): (u32, u32)) -> (u32, u32) {
    let scaled = |side: u32, most: u32, of: u32| u32::try_from(u64::from(side) * u64::from(most) / u64::from(of)).unwrap_or(most).max(1);
    let by_width = if width > MOST.0 { (MOST.0, scaled(height, MOST.0, width)) } else { (width, height) };
    if by_width.1 > MOST.1 { (scaled(by_width.0, MOST.1, by_width.1), MOST.1) } else { by_width }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_keeps_its_proportions_in_the_room_it_has() {
        assert_eq!(fitted((100, 50)), (100, 50));
        assert_eq!(fitted((604, 76)), (302, 38));
        assert_eq!(fitted((76, 760)), (7, 76));
        assert_eq!(fitted((u32::MAX, 1)), (302, 1));
    }
}
