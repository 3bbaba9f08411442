//! The installation, as its operators see and steer it.

mod controls;
mod dead_letters;
mod jobs;
mod lanes;
mod nodes;
mod operators;
mod overview;
mod plans;
mod status;
mod stream;
