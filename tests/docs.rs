//! Every name of the C surface that docs/*.md uses is in the header.
#![expect(clippy::expect_used, clippy::panic, reason = "a test may stop")]

use std::collections::BTreeSet;
use std::{fs, path::Path};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The words of a text that begin with `OMS_` or `oms_`.
fn names(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| word.starts_with("OMS_") || word.starts_with("oms_"))
        .filter(|word| !word.ends_with('_')) // OMS_REPORT_* stands for all of them
        .collect()
}

#[test]
fn names_exist() {
    let header = fs::read_to_string(Path::new(ROOT).join("include/oms.h")).expect("the header");
    let known = names(&header);
    let mut seen = 0;
    for entry in fs::read_dir(Path::new(ROOT).join("docs")).expect("docs/ is there") {
        let path = entry.expect("an entry of docs/").path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a readable page");
        for name in names(&text) {
            seen += 1;
            if !known.contains(name) {
                panic!("{}: {name} is not in include/oms.h", path.display());
            }
        }
    }
    assert!(seen > 50, "docs/ names hardly anything: is it read?");
}
