//! The binary holds the built dashboard, so it is built again after that was. The folder is always there (`.keep`):
//! cargo would take a missing one for changed, every time.
#![allow(clippy::print_stdout, reason = "this is how a build script talks to cargo")]

fn main() {
    println!("cargo::rerun-if-changed=../dashboard/dist");
}
