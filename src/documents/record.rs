//! Records: named values with their places, whatever they were written in.

use crate::vocabulary::{Place, key_of};
use crate::yaml::{Key, Node};

/// One record, register entry, table row or document head.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The whole of it.
    pub at: Place,
    /// Its fields, in the order of the text.
    pub fields: Vec<RecordField>,
}

/// A field of a record.
#[derive(Clone, Debug)]
pub struct RecordField {
    /// The name in one form: lower case, words joined by underscores.
    pub key: String,
    /// The name as written.
    pub name: Key,
    /// The value.
    pub value: Node,
}

impl Record {
    /// From the pairs of a mapping.
    pub fn from_pairs(pairs: Vec<(Key, Node)>, at: Place) -> Self {
        let fields = pairs.into_iter().map(|(name, value)| RecordField { key: key_of(&name.value), name, value }).collect();
        Self { at, fields }
    }

    /// The field under a key in its one form; one that is filled wins over an empty one.
    pub fn field(&self, key: &str) -> Option<&RecordField> {
        let mut named = self.fields.iter().filter(|field| field.key == key);
        let first = named.next();
        match first {
            Some(field) if field.value.is_empty() => named.find(|field| !field.value.is_empty()).or(first),
            _ => first,
        }
    }
}
