//! The whole product against the simulator: in one process (`signals`), and as processes that die (`chaos`).

mod chaos;
mod signals;
