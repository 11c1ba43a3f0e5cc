//! The README's tables are the ones that the code tables give.
#![expect(clippy::expect_used, clippy::panic, reason = "a test may stop")]

use std::{env, fmt::Write, fs};

use oms_core::status::{Check, Status};

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

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
    if kept == fresh {
        return;
    }
    if env::var_os("OMS_BLESS").is_some() {
        fs::write(README, fresh).expect("README.md is writable");
        return;
    }
    panic!("README.md has a stale table: OMS_BLESS=1 cargo test --test readme");
}
