//! How a table of states is declared: the enum, its names in SQL and JSON, and its edges, all from one list.

/// Declares a state enum with its edges. The names are the same in SQL, JSON and `Display` (snake case).
macro_rules! states {
    ($(#[$doc:meta])* $name:ident ($sql:literal) { $($(#[$vdoc:meta])* $variant:ident = $text:literal => [$($next:ident),* $(,)?],)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, serde::Serialize, serde::Deserialize,
            sqlx::Type, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        #[sqlx(type_name = $sql, rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// Every state, in the order of a happy life.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in SQL and JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The states that may follow this one.
            pub const fn next(self) -> &'static [Self] {
                match self { $(Self::$variant => &[$(Self::$next),*]),+ }
            }

            /// Whether the table has this edge.
            pub fn can_become(self, next: Self) -> bool {
                self.next().contains(&next)
            }

            /// The states from which `self` may be reached.
            pub fn predecessors(self) -> Vec<Self> {
                Self::ALL.iter().copied().filter(|from| from.can_become(self)).collect()
            }

            /// Whether nothing happens to it any more by itself.
            pub const fn is_final(self) -> bool {
                self.next().is_empty()
            }

            /// The table as a Mermaid state diagram, for docs/states.
            pub fn mermaid() -> String {
                let mut text = String::from("stateDiagram-v2\n");
                for from in Self::ALL {
                    for to in from.next() {
                        text.push_str(&format!("    {} --> {}\n", from.as_str(), to.as_str()));
                    }
                    if from.is_final() {
                        text.push_str(&format!("    {} --> [*]\n", from.as_str()));
                    }
                }
                text
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                Self::ALL.iter().copied().find(|s| s.as_str() == text).ok_or_else(|| {
                    let names: Vec<_> = Self::ALL.iter().map(|s| s.as_str()).collect();
                    format!("expected one of {}", names.join(", "))
                })
            }
        }
    };
}

pub(crate) use states;
