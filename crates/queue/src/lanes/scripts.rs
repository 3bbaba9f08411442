//! The Lua scripts of the lanes: each is `lua/lib.lua` followed by its own file.

use std::sync::LazyLock;

use redis::{Script, ScriptInvocation};

use crate::Queue;

macro_rules! scripts {
    ($($name:ident = $file:literal),+ $(,)?) => {
        $(pub(super) static $name: LazyLock<Script> =
            LazyLock::new(|| Script::new(concat!(include_str!("lua/lib.lua"), include_str!($file))));)+
    };
}

scripts! {
    PUSH = "lua/push.lua",
    PACE = "lua/pace.lua",
    PARK = "lua/park.lua",
    REMOVE = "lua/remove.lua",
    VIEW = "lua/view.lua",
    CLAIM = "lua/claim.lua",
    SETTLE = "lua/settle.lua",
    RENEW = "lua/renew.lua",
}

/// `{prefix:lanes3}`, the root of every key of the lanes. The number is the version of their layout: a binary
/// with a new version starts with no keys, and the relay releases everything again from Postgres.
pub(crate) fn base(queue: &Queue) -> String {
    queue.tag("lanes3")
}

/// A call of `script` with its declared key.
pub(super) fn call<'a>(script: &'a Script, queue: &Queue) -> ScriptInvocation<'a> {
    script.key(base(queue))
}
