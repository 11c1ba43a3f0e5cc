//! The committed header is the one that the sources give.
#![cfg(feature = "capi")]
#![expect(clippy::expect_used, clippy::panic, reason = "a test may stop")]

use std::{env, fs};

#[test]
fn committed_header_is_current() {
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/include/oms.h");
    let fresh = fs::read_to_string(concat!(env!("OUT_DIR"), "/oms.h")).expect("built");
    if fs::read_to_string(kept).is_ok_and(|text| text == fresh) {
        return;
    }
    if env::var_os("OMS_BLESS").is_some() {
        fs::write(kept, fresh).expect("include/ is writable");
        return;
    }
    panic!("include/oms.h is stale: run `make header`");
}

/// A type of the core that C needs not know goes into the list of exclusions in cbindgen.toml.
#[test]
fn header_names_no_type_of_the_core() {
    let text = fs::read_to_string(concat!(env!("OUT_DIR"), "/oms.h")).expect("built");
    let foreign: Vec<_> = text
        .lines()
        .filter(|line| line.starts_with("typedef struct ") && !line.contains("oms_"))
        .collect();
    assert!(foreign.is_empty(), "in cbindgen.toml's exclude: {foreign:?}");
}
