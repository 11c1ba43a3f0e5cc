//! The README's tables are the ones that the code tables give.
#![expect(clippy::expect_used, clippy::panic, reason = "a test may stop")]

use std::{env, fmt::Write, fs};

use oms_core::status::{Check, Status};

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
const HEADER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/include/oms.h");

fn checks() -> String {
    let mut table = String::from("| bit | check | holds when |\n|---|---|---|\n");
    for check in Check::ALL {
        let text = match check.text().strip_prefix("reserved: ") {
            Some(text) => format!("*to come*: {text}"),
            None => check.text().to_owned(),
        };
        writeln!(table, "| {} | {} | {text} |", check.raw(), check.name()).expect("to a string");
    }
    table
}

fn statuses() -> String {
    let mut table = String::from("| code | name | meaning |\n|---|---|---|\n");
    for status in Status::ALL {
        writeln!(table, "| {} | OMS_{} | {} |", status.raw(), status.name(), status.text())
            .expect("to a string");
    }
    table
}

/// What a record of each kind takes, as the header says.
fn memory() -> String {
    let header = fs::read_to_string(HEADER).expect("include/oms.h is there");
    let bytes = |name: &str| -> u32 {
        let define = format!("#define OMS_{name}_BYTES ");
        let (_, rest) = header.split_once(&define).expect("the header says how large a record is");
        let digits = rest.split_once('u').map(|(digits, _)| digits);
        digits.and_then(|digits| digits.parse().ok()).expect("a number")
    };
    let mut table = String::from("| record | bytes at most |\n|---|---|\n");
    let kinds = [
        ("order", "ORDER"),
        ("position", "POSITION"),
        ("trigger of any kind", "TRIGGER"),
        ("symbol", "SYMBOL"),
        ("event", "EVENT"),
        ("execution", "EXECUTION"),
        ("time in the rate windows", "RATE"),
    ];
    for (words, kind) in kinds {
        writeln!(table, "| {words} | {} |", bytes(kind)).expect("to a string");
    }
    let rest = bytes("BASE").checked_add(bytes("SCOPE")).expect("a few thousand");
    writeln!(table, "| the rest | {rest} |").expect("to a string");
    table
}

/// The text with the table between its marks replaced.
fn with_table(text: &str, name: &str, table: &str) -> String {
    let begin = format!("<!-- table: {name} -->\n");
    let (before, rest) = text.split_once(&begin).expect("README.md has the mark of the table");
    let (_, after) = rest.split_once("<!-- end -->").expect("README.md ends the table");
    format!("{before}{begin}{table}<!-- end -->{after}")
}

#[test]
fn tables_are_current() {
    let kept = fs::read_to_string(README).expect("README.md is there");
    let fresh = with_table(&kept, "checks", &checks());
    let fresh = with_table(&fresh, "statuses", &statuses());
    let fresh = with_table(&fresh, "memory", &memory());
    if kept == fresh {
        return;
    }
    if env::var_os("OMS_BLESS").is_some() {
        fs::write(README, fresh).expect("README.md is writable");
        return;
    }
    panic!("README.md has a stale table: OMS_BLESS=1 cargo test --test readme");
}
