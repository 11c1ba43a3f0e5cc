//! What the workloads cost, through the Rust API. Figures depend on the machine:
//! `cargo bench --bench workloads`, one of them with `-- quote`, and with `-- --test` every one is
//! run once. `make bench` compares with hand-written C++, `make instructions` counts.
#![expect(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a bench may stop")]

mod arm;
mod check;
mod desk;
mod fire;
mod quote;
mod round;
mod submit;
mod trailing;

use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};

criterion_group! {
    name = workloads;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(400));
    targets = check::bench, submit::bench, quote::bench, trailing::bench, round::bench,
        fire::bench, arm::bench
}
criterion_main!(workloads);
