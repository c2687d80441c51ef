//! Circumstances on which requirements depend, and tests of fields.

use schemars::JsonSchema;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::vocabulary::plain_value;

/// A circumstance that registers and records can show, such as "there are external suppliers".
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Circumstance {
    /// Id that a requirement's condition names.
    pub id: String,
    /// In words, to follow "only where".
    pub title: String,
    /// What shows it; it counts as looked for once one of these kinds is present.
    pub known_by: Vec<Known>,
    /// Kinds in which something new is entered. Where an entry of the last year says so and none of `known_by` shows the
    /// circumstance, it is asked and never ruled out.
    #[serde(default)]
    pub entered_in: Vec<String>,
    /// How it may be seen where nobody has said what documents are.
    #[serde(default)]
    pub seen_in: Option<SeenIn>,
}

/// A table whose column says what its rows are, in whatever document: it settles nothing, and somebody is asked.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeenIn {
    /// Names of the column in which the things stand.
    pub columns: Vec<String>,
    /// What is asked then, in place of whether the circumstance holds.
    pub question: String,
}

/// A kind whose records show a circumstance.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// Id of the kind of documented information.
    pub kind: String,
    /// Which of its records; all where nothing is said.
    #[serde(default, rename = "where")]
    pub filter: Tests,
}

/// Tests that must all hold. Written as one test or as a list of tests.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tests(pub Vec<FieldTest>);

impl JsonSchema for Tests {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Tests".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let one = generator.subschema_for::<FieldTest>();
        schemars::json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}

impl<'de> Deserialize<'de> for Tests {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;
        impl<'de> serde::de::Visitor<'de> for OneOrMany {
            type Value = Tests;
            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a test such as {field: status, is: [closed]}, or a list of tests")
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<Tests, A::Error> {
                let mut tests = Vec::new();
                while let Some(test) = items.next_element()? {
                    tests.push(test);
                }
                Ok(Tests(tests))
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Tests, A::Error> {
                FieldTest::deserialize(serde::de::value::MapAccessDeserializer::new(map)).map(|test| Tests(vec![test]))
            }
        }
        let tests = deserializer.deserialize_any(OneOrMany)?;
        let mut tests = tests;
        for test in &mut tests.0 {
            // Compared with every record: brought into the form for comparison once.
            for values in [&mut test.is, &mut test.is_not].into_iter().flatten() {
                values.iter_mut().for_each(|value| *value = plain_value(value));
            }
            let lists = [&test.is, &test.is_not, &test.begins, &test.mentions].iter().filter(|list| list.is_some()).count();
            if !test.or_in.is_empty() && test.mentions.is_none() {
                return Err(D::Error::custom(format!("the test of `{}` has or_in, which goes with mentions only", test.field)));
            }
            let others = [&test.after, &test.same_as].iter().filter(|other| other.is_some()).count();
            if lists + others + usize::from(test.present.is_some()) + usize::from(test.above.is_some()) != 1 {
                return Err(D::Error::custom(format!(
                    "the test of `{}` needs exactly one of is, is_not, present, above, begins, mentions, after, same_as",
                    test.field
                )));
            }
        }
        Ok(tests)
    }
}

/// A test of one field. Values are compared case and separators aside; an empty field is none of them.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct FieldTest {
    /// The field.
    pub field: String,
    /// Its value is one of these.
    #[serde(default)]
    pub is: Option<Vec<String>>,
    /// Its value is none of these.
    #[serde(default)]
    pub is_not: Option<Vec<String>>,
    /// It has a value, or has none.
    #[serde(default)]
    pub present: Option<bool>,
    /// It is a number above this one.
    #[serde(default)]
    pub above: Option<f64>,
    /// A value of it begins with one of these, word by word or number by number: `8.2` begins `8.2.1`.
    #[serde(default)]
    pub begins: Option<Vec<String>>,
    /// Its text holds one of these.
    #[serde(default)]
    pub mentions: Option<Vec<String>>,
    /// Or the text of one of these fields does.
    #[serde(default)]
    pub or_in: Vec<String>,
    /// It is a date after that of another field.
    #[serde(default)]
    pub after: Option<String>,
    /// It holds what another field holds.
    #[serde(default)]
    pub same_as: Option<String>,
}
