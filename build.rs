//! Generates the C header into OUT_DIR: constants from the code tables, layouts from the layout
//! tables, types and functions from `src/capi` by cbindgen. A test holds `include/oms.h` to it.
#![expect(
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    reason = "a build that cannot go on stops"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

struct Table {
    doc: &'static str,
    number: &'static str,
    prefix: &'static str,
    c_type: &'static str,
    rows: &'static [(i64, &'static str, &'static str)],
}

macro_rules! code_tables {
    ($list:ident $( $doc:literal $name:ident : $repr:ident $prefix:literal $c_type:literal {
        $( $variant:ident = $number:literal $c_name:literal $text:literal; )*
    } )*) => {
        const $list: &[Table] = &[$( Table {
            doc: $doc,
            number: stringify!($repr),
            prefix: $prefix,
            c_type: $c_type,
            rows: &[$( ($number, $c_name, $text) ),*],
        } ),*];
    };
}
include!("src/status/tables.rs");
include!("src/status/limit_fields.rs");
include!("src/status/differences.rs");
include!("src/status/audit_items.rs");
include!("src/status/simulation.rs");

type Layout = (&'static str, &'static [(&'static str, usize, usize)]);

macro_rules! layouts {
    ($list:ident $(
        $record:ident $c_name:literal { $( $field:ident $offset:literal $bytes:literal )* }
    )*) => {
        const $list: &[Layout] =
            &[$( ($c_name, &[$( (stringify!($field), $offset, $bytes) ),*]) ),*];
    };
}
include!("src/capi/layout_requests.rs");
include!("src/capi/layout_views.rs");

fn main() {
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rerun-if-changed=cbindgen.toml");
    if env::var_os("CARGO_FEATURE_CAPI").is_none() {
        return;
    }
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let mut config = cbindgen::Config::from_file(root.join("cbindgen.toml")).expect("valid");
    let prelude = config.after_includes.unwrap_or_default();
    config.after_includes = Some(format!("{prelude}\n{}{}", sizes(&root), codes()));
    config.trailer = Some(layouts());
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("set by cargo")).join("oms.h");
    cbindgen::Builder::new()
        .with_config(config)
        .with_src(root.join("src/lib.rs"))
        .generate()
        .expect("src/capi is understood")
        .write_to_file(&out);
    let text = fs::read_to_string(&out).expect("just written");
    fs::write(&out, tidied(&text)).expect("OUT_DIR is writable");
}

/// The constants of the code tables.
fn codes() -> String {
    let mut text = String::new();
    let more = [LIMIT_FIELDS, DIFFERENCES, AUDIT_ITEMS, SIMULATION].into_iter().flatten();
    for table in TABLES.iter().chain(more) {
        let c_type = match table.number {
            "i32" => "int32_t",
            "u8" => "uint8_t",
            "u16" => "uint16_t",
            _ => "uint32_t",
        };
        writeln!(text, "\n/** {} */", table.doc).expect("to a string");
        writeln!(text, "typedef {c_type} {};", table.c_type).expect("to a string");
        for (number, name, line) in table.rows {
            writeln!(text, "/** {line} */").expect("to a string");
            let name = format!("{}{name}", table.prefix);
            let suffix = if table.number == "u32" { "u" } else { "" };
            writeln!(text, "#define {name} (({}){number}{suffix})", table.c_type)
                .expect("to a string");
        }
    }
    text
}

/// The plain constants of `src/capi`, with their documentation.
fn sizes(root: &Path) -> String {
    let mut text = String::new();
    for file in ["init.rs", "names.rs"] {
        let source = fs::read_to_string(root.join("src/capi").join(file)).expect("readable");
        let mut doc = String::new();
        for line in source.lines() {
            if let Some(line) = line.strip_prefix("/// ") {
                doc.push_str(line);
                doc.push(' ');
                continue;
            }
            if let Some(constant) = line.strip_prefix("pub const OMS_") {
                let (name, rest) = constant.split_once(": ").expect("typed");
                let value = rest
                    .split_once(" = ")
                    .expect("a value")
                    .1
                    .trim_end_matches(';')
                    .replace('_', "");
                writeln!(text, "/** {} */\n#define OMS_{name} {value}u", doc.trim())
                    .expect("to a string");
            }
            doc.clear();
        }
    }
    text
}

/// Assertions that the compiler of the C side lays records out as this library does.
fn layouts() -> String {
    let mut text = String::from("\n/* Records have no padding, on every platform. */\n");
    for (record, fields) in REQUESTS.iter().chain(VIEWS) {
        let size: usize = fields.iter().map(|(_, _, bytes)| bytes).sum();
        writeln!(text, "OMS_STATIC_ASSERT(sizeof({record}) == {size}, \"{record}\");")
            .expect("to a string");
        for (field, offset, _) in *fields {
            writeln!(
                text,
                "OMS_STATIC_ASSERT(offsetof({record}, {field}) == {offset}, \"{record}.{field}\");"
            )
            .expect("to a string");
        }
    }
    text
}

/// One blank line between declarations, and none at the end.
fn tidied(text: &str) -> String {
    let mut tidy = String::new();
    let mut blank = 0;
    // Tables are fenced for rustdoc.
    for line in text.lines().filter(|line| !line.trim_start().starts_with("* ```")) {
        blank = if line.trim().is_empty() { blank + 1 } else { 0 };
        if blank < 2 {
            tidy.push_str(line.trim_end());
            tidy.push('\n');
        }
    }
    format!("{}\n", tidy.trim_end())
}
