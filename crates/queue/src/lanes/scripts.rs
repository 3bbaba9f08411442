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

/// A call of `script` with its declared key.
pub(super) fn call<'a>(script: &'a Script, queue: &Queue) -> ScriptInvocation<'a> {
    script.key(queue.lanes_key())
}
