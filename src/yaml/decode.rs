//! From nodes to typed values: a serde deserializer over nodes, so that a wrong value is named with its place.

use serde::de::{self, DeserializeOwned, IntoDeserializer, Visitor};

use super::node::{Key, Node, NodeKind};
use crate::vocabulary::Place;

/// Why a node is not what was asked for, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct DecodeError {
    /// What is wrong and, for a misspelt word, what was probably meant.
    pub message: String,
    /// Where.
    pub at: Place,
}

/// Turns a node into a typed value.
///
/// # Errors
/// The first value that does not fit, with its place: an unknown key, a missing one, a wrong type.
pub fn decode<T: DeserializeOwned>(node: &Node) -> Result<T, DecodeError> {
    T::deserialize(NodeReader { node }).map_err(|error| error.placed(node.at).into_public())
}

#[derive(Debug)]
struct Fault {
    message: String,
    at: Option<Place>,
}

impl Fault {
    fn placed(mut self, at: Place) -> Self {
        self.at.get_or_insert(at);
        self
    }

    fn into_public(self) -> DecodeError {
        DecodeError { message: self.message, at: self.at.unwrap_or_default() }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), at: None }
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::custom(format!("unknown key `{field}`{}", nearest(field, expected)))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::custom(format!("unknown word `{variant}`{}", nearest(variant, expected)))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::custom(format!("the key `{field}` is missing"))
    }
}

fn nearest(word: &str, known: &[&str]) -> String {
    let best = known.iter().map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate)).min();
    match best {
        Some((distance, candidate)) if distance <= candidate.len().div_ceil(3).max(2) => format!("; did you mean `{candidate}`?"),
        _ => format!("; known are {}", known.join(", ")),
    }
}

#[derive(Clone, Copy)]
struct NodeReader<'node> {
    node: &'node Node,
}

impl<'node> NodeReader<'node> {
    fn wrong(&self, expected: &str) -> Fault {
        Fault { message: format!("expected {expected}, found {}", self.node.type_name()), at: Some(self.node.at) }
    }

    fn scalar(&self, expected: &str) -> Result<&'node str, Fault> {
        self.node.as_text().ok_or_else(|| self.wrong(expected))
    }

    fn number<T: std::str::FromStr>(&self) -> Result<T, Fault> {
        let text = self.scalar("a number")?;
        text.parse().map_err(|_| Fault { message: format!("expected a number, found `{text}`"), at: Some(self.node.at) })
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $type:ty),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            visitor.$visit(self.number::<$type>()?).map_err(|fault: Fault| fault.placed(self.node.at))
        }
    )*};
}

impl<'de> de::Deserializer<'de> for NodeReader<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.kind {
            NodeKind::Null => visitor.visit_unit(),
            NodeKind::Text(text) => visitor.visit_str(text),
            NodeKind::List(_) => self.deserialize_seq(visitor),
            NodeKind::Map(_) => self.deserialize_map(visitor),
        }
        .map_err(|fault: Fault| fault.placed(self.node.at))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.scalar("yes or no")?.to_lowercase().as_str() {
            "true" | "yes" => visitor.visit_bool(true),
            "false" | "no" => visitor.visit_bool(false),
            _ => Err(self.wrong("yes or no")),
        }
    }

    numbers!(deserialize_i8 visit_i8 i8, deserialize_i16 visit_i16 i16, deserialize_i32 visit_i32 i32,
        deserialize_i64 visit_i64 i64, deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16,
        deserialize_u32 visit_u32 u32, deserialize_u64 visit_u64 u64, deserialize_f32 visit_f32 f32,
        deserialize_f64 visit_f64 f64);

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let text = self.scalar("text")?;
        visitor.visit_str(text).map_err(|fault: Fault| fault.placed(self.node.at))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.kind {
            NodeKind::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let items = self.node.as_list().ok_or_else(|| self.wrong("a list"))?;
        let readers = items.iter().map(|node| NodeReader { node });
        visitor.visit_seq(de::value::SeqDeserializer::new(readers)).map_err(|fault: Fault| fault.placed(self.node.at))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let pairs = self.node.as_map().ok_or_else(|| self.wrong("a mapping"))?;
        visitor.visit_map(Pairs { pairs, value: None }).map_err(|fault: Fault| fault.placed(self.node.at))
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor)
    }

    /// A variant is a bare word, or a mapping with the word as its only key.
    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        match &self.node.kind {
            NodeKind::Text(word) => visitor.visit_enum(word.trim().into_deserializer()).map_err(|fault: Fault| fault.placed(self.node.at)),
            NodeKind::Map(pairs) if pairs.len() == 1 => {
                visitor.visit_enum(Variant { key: &pairs[0].0, value: &pairs[0].1 }).map_err(|fault| fault.placed(self.node.at))
            }
            _ => Err(self.wrong("one word, or a mapping with one key")),
        }
    }

    serde::forward_to_deserialize_any! { i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any }
}

impl<'de> IntoDeserializer<'de, Fault> for NodeReader<'de> {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

struct Pairs<'node> {
    pairs: &'node [(Key, Node)],
    value: Option<&'node Node>,
}

impl<'de> de::MapAccess<'de> for Pairs<'de> {
    type Error = Fault;

    fn next_key_seed<K: de::DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Some(((key, value), rest)) = self.pairs.split_first() else { return Ok(None) };
        self.pairs = rest;
        self.value = Some(value);
        let reader: de::value::StrDeserializer<'_, Fault> = key.value.as_str().into_deserializer();
        seed.deserialize(reader).map(Some).map_err(|fault| fault.placed(key.at))
    }

    fn next_value_seed<V: de::DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let node = self.value.take().ok_or_else(|| de::Error::custom("a value without its key"))?;
        seed.deserialize(NodeReader { node }).map_err(|fault| fault.placed(node.at))
    }
}

struct Variant<'node> {
    key: &'node Key,
    value: &'node Node,
}

impl<'de> de::EnumAccess<'de> for Variant<'de> {
    type Error = Fault;
    type Variant = NodeReader<'de>;

    fn variant_seed<V: de::DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self::Variant), Fault> {
        let reader: de::value::StrDeserializer<'_, Fault> = self.key.value.as_str().into_deserializer();
        let name = seed.deserialize(reader).map_err(|fault| fault.placed(self.key.at))?;
        Ok((name, NodeReader { node: self.value }))
    }
}

impl<'de> de::VariantAccess<'de> for NodeReader<'de> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        if self.node.is_empty() { Ok(()) } else { Err(self.wrong("nothing after this word")) }
    }

    fn newtype_variant_seed<T: de::DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        de::Deserializer::deserialize_seq(self, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        de::Deserializer::deserialize_map(self, visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::super::read::{Limits, read_all};
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        version: String,
        count: u32,
        #[serde(default)]
        rule: Option<Word>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "kebab-case")]
    enum Word {
        Plain,
        Exists(String),
    }

    fn read(text: &str) -> Result<Sample, DecodeError> {
        decode(&read_all(text, Limits::FRONT_MATTER).expect("YAML")[0])
    }

    #[test]
    fn typed_values_keep_their_text() {
        let sample = read("version: 1.10\ncount: 3\nrule: {exists: sla}\n").expect("fits");
        assert_eq!(sample, Sample { version: "1.10".into(), count: 3, rule: Some(Word::Exists("sla".into())) });
        assert_eq!(read("version: a\ncount: 3\nrule: plain").expect("fits").rule, Some(Word::Plain));
    }

    #[test]
    fn faults_name_the_place_and_what_was_meant() {
        let fault = read("version: a\ncuont: 3\n").expect_err("misspelt");
        assert_eq!((fault.message.as_str(), fault.at.line), ("unknown key `cuont`; did you mean `count`?", 2));
        let fault = read("version: [a]\ncount: 3\n").expect_err("wrong type");
        assert_eq!((fault.message.as_str(), fault.at.line), ("expected text, found a list", 1));
        let fault = read("version: a\ncount: 3\nrule: {exist: x}\n").expect_err("variant");
        assert_eq!((fault.message.as_str(), fault.at.line), ("unknown word `exist`; did you mean `exists`?", 3));
        assert!(read("version: a\n").expect_err("missing").message.contains("`count` is missing"));
    }
}
