//! Numbers of clauses ("8.6.1") and ids of requirements ("8.6.1-s3").

use std::cmp::Ordering;
use std::fmt;

/// The number of a clause or sub-clause of the standard, such as `8.6.1`.
///
/// Ordered by its parts as numbers, so that 8.2 comes before 8.10.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClauseNumber(Vec<u16>);

impl ClauseNumber {
    /// Reads a number written in ASCII digits with dots; anything else, full-width digits included, is none.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Option<Vec<u16>> = text
            .split('.')
            .map(|part| {
                let digits = (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
                digits.then(|| part.parse().ok()).flatten()
            })
            .collect();
        parts.filter(|parts| parts.len() <= 6).map(Self)
    }

    /// Whether `other` is this clause or lies below it: 8.6 contains 8.6.1.
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    /// The first part: 8 of 8.6.1.
    pub fn top(&self) -> u16 {
        self.0.first().copied().unwrap_or(0)
    }
}

impl fmt::Display for ClauseNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.0.iter().enumerate() {
            if index > 0 {
                formatter.write_str(".")?;
            }
            write!(formatter, "{part}")?;
        }
        Ok(())
    }
}

/// The id of one requirement of the map: a clause number and the standard's own list letter (`8.6.1-c`,
/// `6.1.2-a1`) or the map's count of an unlettered sentence (`8.6.1-s3`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RequirementId {
    clause: ClauseNumber,
    item: String,
}

impl RequirementId {
    /// Reads an id; none unless it is a clause number, a hyphen, lower-case letters and at most digits after them.
    pub fn parse(text: &str) -> Option<Self> {
        let (clause, item) = text.split_once('-')?;
        let letters = item.trim_end_matches(|character: char| character.is_ascii_digit());
        let well_formed = letters.len() == 1 && letters.bytes().all(|byte| byte.is_ascii_lowercase());
        let clause = ClauseNumber::parse(clause)?;
        well_formed.then(|| Self { clause, item: item.to_owned() })
    }

    /// The sub-clause that the requirement belongs to.
    pub fn clause(&self) -> &ClauseNumber {
        &self.clause
    }
}

impl fmt::Display for RequirementId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}", self.clause, self.item)
    }
}

impl Ord for RequirementId {
    fn cmp(&self, other: &Self) -> Ordering {
        let split = |item: &str| {
            let letters = item.trim_end_matches(|character: char| character.is_ascii_digit());
            let number: u32 = item[letters.len()..].parse().unwrap_or(0);
            (letters.to_owned(), number)
        };
        self.clause.cmp(&other.clause).then_with(|| split(&self.item).cmp(&split(&other.item)))
    }
}

impl PartialOrd for RequirementId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_ordered_by_value_and_contain_what_lies_below() {
        let number = |text| ClauseNumber::parse(text).expect(text);
        assert!(number("8.2") < number("8.10"));
        assert!(number("8.6").contains(&number("8.6.1")));
        assert!(!number("8.6").contains(&number("8.61")));
        for wrong in ["", "8.", "８.1", "8.1 ", "8.a", "1.2.3.4.5.6.7", "8.1234"] {
            assert_eq!(ClauseNumber::parse(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn requirements_sort_with_their_numbers() {
        let id = |text| RequirementId::parse(text).expect(text);
        assert!(id("8.6.1-s2") < id("8.6.1-s10"));
        assert!(id("6.1.2-a1") < id("6.1.2-a2"));
        assert_eq!(id("8.6.1-s3").to_string(), "8.6.1-s3");
        assert_eq!(RequirementId::parse("8.6.1"), None);
        assert_eq!(RequirementId::parse("8.6.1-S3"), None);
    }
}
