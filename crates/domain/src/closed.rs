//! How a closed list of names is declared: the enum, its names in SQL and JSON, and how it is read, all from one table.
//!
//! `closed_enum!` reads strictly: a name that is not in the table is an error. `stored_code!` makes the lenient reading
//! of codes that another version of a worker may have written: the row stays readable, the name is kept as it is.
//! `closed_union!` makes one list of several.

/// Declares an enum with the names it has in SQL, JSON, metrics and OpenAPI. Its type in SQL is `text`, unless another
/// one stands behind its name.
macro_rules! closed_enum {
    ($(#[$doc:meta])* $name:ident { $($table:tt)+ }) => {
        $crate::closed::closed_enum! { $(#[$doc])* $name ("text") { $($table)+ } }
    };
    // `tt`, not `literal`: derives see a literal of a macro as an expression and would miss the names.
    ($(#[$doc:meta])* $name:ident ($sql:tt) { $($(#[$vdoc:meta])* $variant:ident = $text:tt,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, serde::Serialize, serde::Deserialize,
            sqlx::Type, utoipa::ToSchema)]
        #[sqlx(type_name = $sql)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] #[sqlx(rename = $text)] $variant,)+ }

        impl $name {
            /// Every value, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in SQL, JSON and metrics.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::closed::UnknownName;

            fn from_str(text: &str) -> Result<Self, $crate::closed::UnknownName> {
                let found = Self::ALL.iter().copied().find(|value| value.as_str() == text);
                found.ok_or_else(|| $crate::closed::UnknownName { list: stringify!($name), name: text.to_owned() })
            }
        }
    };
}

/// Declares how names of a closed enum are read that a newer or older version may have written: those that this
/// version does not know stay as they are. The schema says the same: one of the list, or another text.
macro_rules! stored_code {
    ($(#[$doc:meta])* $name:ident of $known:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub enum $name {
            /// One of the table.
            Known($known),
            /// Written by a version that has more of them.
            Other(String),
        }

        impl $name {
            /// The name, as it is stored.
            pub fn as_str(&self) -> &str {
                match self { Self::Known(known) => known.as_str(), Self::Other(name) => name }
            }

            /// The one of the table; `None` for a name of another version.
            pub const fn known(&self) -> Option<$known> {
                match self { Self::Known(known) => Some(*known), Self::Other(_) => None }
            }

            /// Whether it is this one.
            pub fn is(&self, known: $known) -> bool {
                self.known() == Some(known)
            }
        }

        impl From<String> for $name {
            fn from(name: String) -> Self {
                name.parse().map_or_else(|_| Self::Other(name), Self::Known)
            }
        }

        impl From<$known> for $name {
            fn from(known: $known) -> Self {
                Self::Known(known)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }

        impl sqlx::Type<sqlx::Postgres> for $name {
            fn type_info() -> sqlx::postgres::PgTypeInfo {
                <String as sqlx::Type<sqlx::Postgres>>::type_info()
            }

            fn compatible(ty: &sqlx::postgres::PgTypeInfo) -> bool {
                <String as sqlx::Type<sqlx::Postgres>>::compatible(ty)
            }
        }

        impl<'r> sqlx::Decode<'r, sqlx::Postgres> for $name {
            fn decode(value: sqlx::postgres::PgValueRef<'r>) -> Result<Self, sqlx::error::BoxDynError> {
                <String as sqlx::Decode<'r, sqlx::Postgres>>::decode(value).map(Self::from)
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                use utoipa::openapi::schema::{AnyOfBuilder, ObjectBuilder, Ref, Schema, Type};
                let other = ObjectBuilder::new()
                    .schema_type(Type::String)
                    .description(Some("A name of another version, while an installation is being upgraded"));
                let known = Ref::from_schema_name(<$known as utoipa::ToSchema>::name());
                Schema::AnyOf(AnyOfBuilder::new().item(known).item(other).build()).into()
            }
        }

        impl utoipa::ToSchema for $name {
            fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
                let known = <$known as utoipa::PartialSchema>::schema();
                schemas.push((<$known as utoipa::ToSchema>::name().into_owned(), known));
                <$known as utoipa::ToSchema>::schemas(schemas);
            }
        }
    };
}

/// Declares a list that is made of closed lists: a value is a value of one of them. No name stands in two of them.
macro_rules! closed_union {
    (#[doc = $doc:literal] $name:ident { $($(#[$vdoc:meta])* $variant:ident($list:ident),)+ }) => {
        #[doc = $doc]
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub enum $name { $($(#[$vdoc])* $variant($list),)+ }

        impl $name {
            /// Every value, in the order of the lists.
            pub fn all() -> Vec<Self> {
                let mut all = Vec::new();
                $(all.extend($list::ALL.iter().copied().map(Self::$variant));)+
                all
            }

            /// The name in SQL and JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant(value) => value.as_str()),+ }
            }
        }

        $(impl From<$list> for $name {
            fn from(value: $list) -> Self {
                Self::$variant(value)
            }
        })+

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::closed::UnknownName;

            fn from_str(text: &str) -> Result<Self, $crate::closed::UnknownName> {
                let found = Self::all().into_iter().find(|value| value.as_str() == text);
                found.ok_or_else(|| $crate::closed::UnknownName { list: stringify!($name), name: text.to_owned() })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(|_| {
                    let values = Self::all().into_iter().map(|value| value.as_str().to_owned()).collect();
                    $crate::Rule::OneOf { values: $crate::Names(values) }.in_serde()
                })
            }
        }

        impl sqlx::Type<sqlx::Postgres> for $name {
            fn type_info() -> sqlx::postgres::PgTypeInfo {
                <String as sqlx::Type<sqlx::Postgres>>::type_info()
            }

            fn compatible(ty: &sqlx::postgres::PgTypeInfo) -> bool {
                <String as sqlx::Type<sqlx::Postgres>>::compatible(ty)
            }
        }

        impl<'r> sqlx::Decode<'r, sqlx::Postgres> for $name {
            fn decode(value: sqlx::postgres::PgValueRef<'r>) -> Result<Self, sqlx::error::BoxDynError> {
                Ok(<&str as sqlx::Decode<'r, sqlx::Postgres>>::decode(value)?.parse()?)
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                use utoipa::openapi::schema::{ObjectBuilder, Type};
                let names = Self::all().into_iter().map(Self::as_str);
                let schema = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names));
                schema.description(Some($doc.trim_start())).into()
            }
        }

        impl utoipa::ToSchema for $name {}
    };
}

pub(crate) use {closed_enum, closed_union, stored_code};

/// A name that is not in a closed list.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{name:?} is no {list}")]
pub struct UnknownName {
    /// The list, as it is called in Rust.
    pub list: &'static str,
    /// The name that was read.
    pub name: String,
}
