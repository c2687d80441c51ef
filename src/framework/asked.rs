//! What a requirement looks for, and the names that its faults have there.

use std::fmt;
use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::de::value::EnumAccessDeserializer;
use serde::de::{DeserializeSeed, EnumAccess, Error, IntoDeserializer, MapAccess, VariantAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::expectation::Expectation;

/// One thing that is looked for, and the rules that name its faults where those of the general checks would say too
/// little. Written as the expectation, with `as: RULE` beside it.
#[derive(Clone, Debug, JsonSchema, PartialEq)]
pub struct Asked {
    /// What is looked for.
    #[schemars(flatten)]
    pub expectation: Expectation,
    /// Rules that are special cases of a check.
    #[schemars(rename = "as", with = "Option<Names>")]
    pub special: Vec<String>,
}

impl Asked {
    /// Whether a rule stands behind it: as the relation that is looked for, or as the name of a fault.
    pub fn names(&self, rule: &str) -> bool {
        self.special.iter().any(|name| name == rule) || matches!(&self.expectation, Expectation::Rule(asked) if asked == rule)
    }
}

/// One name or several.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum Names {
    One(String),
    Several(Vec<String>),
}

impl<'de> Deserialize<'de> for Asked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AskedVisitor)
    }
}

struct AskedVisitor;

impl<'de> Visitor<'de> for AskedVisitor {
    type Value = Asked;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an expectation such as `exists: scope-statement`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Asked, A::Error> {
        let mut expectation = None;
        let mut special = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == "as" {
                special = match map.next_value::<Names>()? {
                    Names::One(name) => vec![name],
                    Names::Several(names) => names,
                };
            } else if expectation.is_none() {
                expectation = Some(Expectation::deserialize(EnumAccessDeserializer::new(Entry { key, map: &mut map, of: PhantomData }))?);
            } else {
                return Err(A::Error::custom(format!("`{key}` stands beside another expectation; each is an item of its own")));
            }
        }
        let expectation = expectation.ok_or_else(|| A::Error::custom("`as` stands without an expectation"))?;
        Ok(Asked { expectation, special })
    }
}

/// One entry of a mapping, read as a variant: its key is the variant's name. Nothing is copied, so that errors keep
/// their lines.
struct Entry<'map, 'de, A> {
    key: String,
    map: &'map mut A,
    of: PhantomData<&'de ()>,
}

impl<'de, A: MapAccess<'de>> EnumAccess<'de> for Entry<'_, 'de, A> {
    type Error = A::Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), A::Error> {
        let variant = seed.deserialize(self.key.as_str().into_deserializer())?;
        Ok((variant, self))
    }
}

impl<'de, A: MapAccess<'de>> VariantAccess<'de> for Entry<'_, 'de, A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        Err(A::Error::custom(format!("`{}` needs a value", self.key)))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, A::Error> {
        self.map.next_value_seed(seed)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, A::Error> {
        Err(A::Error::custom(format!("`{}` takes no list", self.key)))
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(Fields { fields, visitor })
    }
}

/// The fields of a variant.
struct Fields<V> {
    fields: &'static [&'static str],
    visitor: V,
}

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Fields<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_struct("expectation", self.fields, self.visitor)
    }
}
