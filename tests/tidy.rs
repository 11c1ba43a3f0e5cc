//! The shape of the source tree: lengths, layers, banned words, dead files.
//!
//! A rule is a function from text to faults and has two tests: one holds the tree against it, one
//! (in `mod rules`) shows on small samples that it can fail. Rules read the code with comments
//! and literals blanked; what is compiled for tests alone is exempt where a rule says so.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may stop at a fault of its own"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const LINE_CHARS_MAX: usize = 100;
const FUNCTION_LINES_MAX: usize = 60;
const FILE_LINES_MAX: usize = 600;

/// A module uses only what stands to the left of it.
const LAYERS: [&str; 14] = [
    "num", "status", "store", "market", "order", "event", "position", "trigger", "risk", "sim",
    "exec", "engine", "snapshot", "capi",
];

const NUMBERS: [&str; 14] = [
    "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32",
    "f64",
];

/// What is made or fetched, not written: directories, and `.git` also as a file.
const MADE: [&str; 7] = [".git", "target", "dist", "out", "node_modules", "__pycache__", ".venv"];
/// Written by package managers, with their hosts in them.
const LOCKS: [&str; 3] = ["Cargo.lock", "package-lock.json", "go.sum"];

type Files = BTreeMap<String, String>;

/// What a rule found: line and words.
type Fault = (usize, String);

// ---- reading

/// Every text file of the project, by its path from the root.
fn project() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Files::new();
    let mut todo = vec![root.to_path_buf()];
    while let Some(dir) = todo.pop() {
        for entry in fs::read_dir(&dir).into_iter().flatten().flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            let name = name.to_string_lossy();
            if MADE.contains(&&*name) {
                continue;
            }
            if path.is_dir() && !path.is_symlink() {
                todo.push(path);
            } else if !LOCKS.contains(&&*name) {
                // What is not UTF-8 is data.
                if let (Ok(short), Ok(text)) = (path.strip_prefix(root), fs::read_to_string(&path))
                {
                    files.insert(short.to_string_lossy().replace('\\', "/"), text);
                }
            }
        }
    }
    files
}

/// The Rust files below `src`.
fn sources(files: &Files) -> impl Iterator<Item = (&str, &str)> {
    files
        .iter()
        .filter(|(path, _)| path.starts_with("src/") && path.ends_with(".rs"))
        .map(|(path, text)| (path.as_str(), text.as_str()))
}

/// The sources that are not compiled for tests alone, tests within them blanked.
fn product(files: &Files) -> Vec<(&str, String)> {
    let reached = reach(files);
    sources(files)
        .filter(|(path, _)| reached.get(*path) != Some(&true))
        .map(|(path, text)| (path, without_tests(&mask(text))))
        .collect()
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// The same text with comments and the insides of literals blanked; lines stay where they are.
fn mask(text: &str) -> String {
    let b = text.as_bytes();
    let mut out: Vec<u8> = b.to_vec();
    let mut i = 0;
    while i < b.len() {
        let end = match b[i] {
            b'/' if b[i..].starts_with(b"//") => find(b, i, b"\n"),
            b'/' if b[i..].starts_with(b"/*") => block_comment_end(b, i),
            b'"' => string_end(b, i + 1),
            b'r' if !after_word(b, i) => raw_string_end(b, i),
            b'\'' => char_end(b, i),
            _ => i,
        };
        for byte in &mut out[i..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        i = end.max(i + 1);
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether the byte at `i` goes on a word; the `b` and `c` of `br""` and `cr""` are no word.
fn after_word(b: &[u8], i: usize) -> bool {
    let prefixed = i > 0 && matches!(b[i - 1], b'b' | b'c') && !(i > 1 && is_word(b[i - 2]));
    i > 0 && is_word(b[i - 1]) && !prefixed
}

fn find(b: &[u8], from: usize, what: &[u8]) -> usize {
    b[from..].windows(what.len()).position(|w| w == what).map_or(b.len(), |n| from + n)
}

fn block_comment_end(b: &[u8], start: usize) -> usize {
    let (mut i, mut depth) = (start, 0);
    while i < b.len() {
        if b[i..].starts_with(b"/*") {
            depth += 1;
            i += 2;
        } else if b[i..].starts_with(b"*/") {
            depth -= 1;
            i += 2;
            if depth == 0 {
                break;
            }
        } else {
            i += 1;
        }
    }
    i.min(b.len())
}

fn string_end(b: &[u8], from: usize) -> usize {
    let mut i = from;
    while i < b.len() && b[i] != b'"' {
        i += if b[i] == b'\\' { 2 } else { 1 };
    }
    (i + 1).min(b.len())
}

/// The end of `r"..."` or `r#"..."#`; `start` itself when this is no raw string.
fn raw_string_end(b: &[u8], start: usize) -> usize {
    let hashes = b[start + 1..].iter().take_while(|c| **c == b'#').count();
    let open = start + 1 + hashes;
    if b.get(open) != Some(&b'"') {
        return start;
    }
    let close = [vec![b'"'], vec![b'#'; hashes]].concat();
    (find(b, open + 1, &close) + close.len()).min(b.len())
}

/// The end of a character literal; `start` itself when the quote begins a lifetime.
fn char_end(b: &[u8], start: usize) -> usize {
    match b.get(start + 1) {
        Some(b'\\') => (find(b, start + 3, b"'") + 1).min(b.len()),
        Some(c) if *c < 0x80 && b.get(start + 2) == Some(&b'\'') => start + 3,
        Some(c) if *c >= 0x80 => (find(b, start + 1, b"'") + 1).min(b.len()),
        _ => start,
    }
}

#[derive(Clone, Copy)]
struct Token<'a> {
    text: &'a str,
    at: usize,
}

/// Words, `::` and single signs of masked code.
fn tokens(code: &str) -> Vec<Token<'_>> {
    let b = code.as_bytes();
    let (mut found, mut i) = (Vec::new(), 0);
    while i < b.len() {
        let mut end = i + 1;
        if is_word(b[i]) {
            while end < b.len() && is_word(b[end]) {
                end += 1;
            }
        } else if b[i..].starts_with(b"::") {
            end = i + 2;
        }
        if !b[i].is_ascii_whitespace() && b[i].is_ascii() {
            found.push(Token { text: &code[i..end], at: i });
        }
        i = end;
        while i < b.len() && !code.is_char_boundary(i) {
            i += 1;
        }
    }
    found
}

/// Whether the tokens from `i` on are these.
fn follows(tokens: &[Token<'_>], i: usize, what: &[&str]) -> bool {
    what.iter().enumerate().all(|(n, text)| tokens.get(i + n).is_some_and(|t| t.text == *text))
}

/// The index of the token that closes the bracket at `open`.
fn close_of(tokens: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0_usize;
    for (i, t) in tokens.iter().enumerate().skip(open) {
        match t.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return i;
                }
            }
            _ => {}
        }
    }
    tokens.len().saturating_sub(1)
}

/// The index of the last token of the item that begins at `start`: its `;` or closing brace.
fn item_end(tokens: &[Token<'_>], start: usize) -> usize {
    let mut i = start;
    while let Some(t) = tokens.get(i) {
        match t.text {
            ";" => return i,
            "{" => {
                let end = close_of(tokens, i);
                return if follows(tokens, end + 1, &[";"]) { end + 1 } else { end };
            }
            "(" | "[" => i = close_of(tokens, i) + 1,
            _ => i += 1,
        }
    }
    tokens.len().saturating_sub(1)
}

/// Masked code with every `#[cfg(test)]` item blanked.
fn without_tests(code: &str) -> String {
    let list = tokens(code);
    let mut out = code.as_bytes().to_vec();
    for (i, t) in list.iter().enumerate() {
        if !follows(&list, i, &["#", "[", "cfg", "(", "test", ")", "]"]) {
            continue;
        }
        let mut start = i + 7;
        while follows(&list, start, &["#", "["]) {
            start = close_of(&list, start + 1) + 1;
        }
        let end = list.get(item_end(&list, start)).map_or(out.len(), |t| t.at + t.text.len());
        out[t.at..end].iter_mut().filter(|b| **b != b'\n').for_each(|b| *b = b' ');
    }
    String::from_utf8_lossy(&out).into_owned()
}

// ---- the module tree

/// The files below `src` that belong to the crate; the value says "for tests alone".
fn reach(files: &Files) -> BTreeMap<String, bool> {
    let mut found = BTreeMap::new();
    let mut todo = vec![("src/lib.rs".to_string(), false)];
    while let Some((path, test)) = todo.pop() {
        let Some(text) = files.get(&path) else { continue };
        // What is reached by both ways is no test.
        if found.get(&path).is_some_and(|before| !before || test) {
            continue;
        }
        found.insert(path.clone(), test);
        let all = children(&path, text, &mask(text));
        let kept = children(&path, text, &without_tests(&mask(text)));
        for child in all {
            let child_test = test || !kept.contains(&child);
            todo.extend(child.into_iter().map(|c| (c, child_test)));
        }
    }
    found
}

/// For every `mod x;` and `include!("x")` of a file: the paths that it may mean.
fn children(path: &str, text: &str, code: &str) -> Vec<Vec<String>> {
    let (dir, file) = path.rsplit_once('/').unwrap_or(("", path));
    let home = match file {
        "lib.rs" | "mod.rs" => dir.to_string(),
        _ => path.trim_end_matches(".rs").to_string(),
    };
    let list = tokens(code);
    let mut found = Vec::new();
    for (i, t) in list.iter().enumerate() {
        if t.text == "mod" && follows(&list, i + 2, &[";"]) {
            let name = list[i + 1].text;
            found.push(match path_attribute(text, t.at) {
                Some(other) => vec![format!("{dir}/{other}")],
                None => vec![format!("{home}/{name}.rs"), format!("{home}/{name}/mod.rs")],
            });
        } else if t.text == "include" && follows(&list, i + 1, &["!", "("]) {
            let rest = text[list[i + 2].at + 1..].trim_start();
            if let Some(name) = rest.strip_prefix('"').and_then(|r| r.split('"').next()) {
                found.push(vec![format!("{dir}/{name}")]);
            }
        }
    }
    found
}

/// The value of `#[path = "..."]` in the lines just before a `mod`.
fn path_attribute(text: &str, at: usize) -> Option<&str> {
    let before = &text[..at];
    let from = before.rfind([';', '}']).map_or(0, |n| n + 1);
    let value = before[from..].split_once("#[path = \"")?.1;
    value.split('"').next()
}

// ---- the rules

fn long_lines(text: &str) -> Vec<Fault> {
    let long = |(i, line): (usize, &str)| {
        let n = line.chars().count();
        (n > LINE_CHARS_MAX).then(|| (i + 1, format!("{n} characters, {LINE_CHARS_MAX} at most")))
    };
    text.lines().enumerate().filter_map(long).collect()
}

fn long_functions(code: &str) -> Vec<Fault> {
    let list = tokens(code);
    let mut faults = Vec::new();
    for (i, t) in list.iter().enumerate() {
        if t.text != "fn" || follows(&list, i + 1, &["("]) {
            continue;
        }
        let (first, end) = (line_of(code, t.at), item_end(&list, i));
        let n = line_of(code, list[end].at) - first + 1;
        if n > FUNCTION_LINES_MAX {
            let name = list.get(i + 1).map_or("", |t| t.text);
            let what = format!("`{name}` has {n} lines, {FUNCTION_LINES_MAX} at most");
            faults.push((first, what));
        }
    }
    faults
}

fn long_file(text: &str) -> Vec<Fault> {
    let n = text.lines().count();
    if n > FILE_LINES_MAX {
        return vec![(n, format!("{n} lines, {FILE_LINES_MAX} at most"))];
    }
    Vec::new()
}

/// The names under `module::path::` of a file: `src/order/record.rs` is `["order", "record"]`.
fn module_path(path: &str) -> Vec<&str> {
    let inner = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    if inner == "lib" { Vec::new() } else { inner.split('/').collect() }
}

fn layer_order(path: &str, code: &str) -> Vec<Fault> {
    let own = module_path(path);
    let Some(top) = own.first() else { return Vec::new() };
    let Some(rank) = LAYERS.iter().position(|l| l == top) else {
        return vec![(1, format!("module `{top}` stands in no layer"))];
    };
    let mut faults = Vec::new();
    for (line, used) in uses_of_root(code, own.len()) {
        match LAYERS.iter().position(|l| *l == used) {
            Some(other) if other <= rank => {}
            Some(_) => faults.push((line, format!("`{top}` uses `{used}`, which stands above it"))),
            None => faults.push((line, format!("`crate::{used}` is no module of a layer"))),
        }
    }
    faults
}

/// (line, name) of everything taken from the root of the crate, also by a chain of `super::`.
fn uses_of_root(code: &str, depth: usize) -> Vec<(usize, &str)> {
    let list = tokens(code);
    let mut found = Vec::new();
    for (i, t) in list.iter().enumerate() {
        let supers = (0..).take_while(|n| follows(&list, i + 2 * n, &["super", "::"])).count();
        let begins = i == 0 || list[i - 1].text != "::" || follows(&list, i.max(2) - 2, &["self"]);
        let after = if follows(&list, i, &["crate", "::"]) {
            i + 2
        } else if begins && supers > 0 && supers == depth {
            i + 2 * supers
        } else {
            continue;
        };
        found.extend(names_at(&list, after).into_iter().map(|n| (line_of(code, t.at), n)));
    }
    found
}

/// The first names of a path or of a `{group}` of paths; macros of the root belong to no layer.
fn names_at<'a>(list: &[Token<'a>], at: usize) -> Vec<&'a str> {
    let starts = if follows(list, at, &["{"]) {
        let end = close_of(list, at);
        let mut depth = 0;
        let mut starts = vec![at + 1];
        for (i, t) in list.iter().enumerate().take(end).skip(at) {
            match t.text {
                "{" => depth += 1,
                "}" => depth -= 1,
                "," if depth == 1 && i + 1 < end => starts.push(i + 1),
                _ => {}
            }
        }
        starts
    } else {
        vec![at]
    };
    let named = |i: &usize| !follows(list, i + 1, &["!"]) && !follows(list, *i, &["self"]);
    starts.iter().filter(|i| named(i)).filter_map(|i| list.get(*i)).map(|t| t.text).collect()
}

fn banned_calls(code: &str) -> Vec<Fault> {
    let list = tokens(code);
    let mut faults = Vec::new();
    for (i, t) in list.iter().enumerate() {
        let method = ["unwrap", "expect"].iter().any(|m| follows(&list, i, &[".", m, "("]));
        let name = if method { list[i + 1].text } else { t.text };
        let stops = ["panic", "unreachable", "todo", "unimplemented"].contains(&t.text);
        if method || (stops && follows(&list, i + 1, &["!"])) {
            faults.push((line_of(code, t.at), format!("`{name}` may panic")));
        }
    }
    faults
}

/// `as` between numbers, unless a reason is given within the six lines above.
fn conversions(text: &str, code: &str) -> Vec<Fault> {
    let list = tokens(code);
    let lines: Vec<&str> = text.lines().collect();
    let mut faults = Vec::new();
    for (i, t) in list.iter().enumerate() {
        let to = list.get(i + 1).map_or("", |t| t.text);
        if t.text != "as" || !NUMBERS.contains(&to) {
            continue;
        }
        let line = line_of(code, t.at);
        let above = &lines[line.saturating_sub(7)..line];
        if !above.iter().any(|l| l.contains("clippy::as_conversions")) {
            faults.push((line, format!("`as {to}` without #[expect(clippy::as_conversions, ..)]")));
        }
    }
    faults
}

fn words(code: &str, banned: &[&str]) -> Vec<Fault> {
    let hit = |t: &Token<'_>| banned.contains(&t.text);
    let fault = |t: Token<'_>| (line_of(code, t.at), format!("`{}` has no place here", t.text));
    tokens(code).into_iter().filter(hit).map(fault).collect()
}

fn floats(path: &str, code: &str) -> Vec<Fault> {
    if module_path(path).first() == Some(&"sim") {
        return Vec::new();
    }
    words(code, &["f32", "f64"])
}

fn unsafe_code(path: &str, code: &str) -> Vec<Fault> {
    if module_path(path).first() == Some(&"capi") {
        return Vec::new();
    }
    words(code, &["unsafe"])
}

/// The root cannot forbid what `capi` needs, and included files have no attributes of their own.
fn forbids_unsafe(path: &str, code: &str) -> Vec<Fault> {
    let exempt = path == "src/lib.rs"
        || path.starts_with("src/capi")
        || path.ends_with("/tests.rs")
        || path.ends_with("/tables.rs")
        || path.ends_with("/limit_fields.rs")
        || path.ends_with("/differences.rs")
        || path.ends_with("/audit_items.rs")
        || path == "src/status/simulation.rs";
    let said = ["#", "!", "[", "forbid", "(", "unsafe_code", ")", "]"];
    let list = tokens(code);
    if exempt || (0..list.len()).any(|i| follows(&list, i, &said)) {
        return Vec::new();
    }
    vec![(1, "lacks #![forbid(unsafe_code)]".into())]
}

fn dead_files(files: &Files) -> Vec<String> {
    let reached = reach(files);
    sources(files)
        .filter(|(path, _)| !reached.contains_key(*path))
        .map(|(path, _)| format!("{path}:1: no module of the crate"))
        .collect()
}

/// Words that say "not finished"; each stands alone.
fn leftovers(text: &str) -> Vec<Fault> {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
    let mut faults = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let word = line.split(|c: char| !c.is_alphanumeric() && c != '_');
        faults.extend(word.filter(|w| marks.contains(w)).map(|w| (i + 1, w.to_string())));
    }
    faults
}

/// Places that mean nothing to a reader elsewhere.
fn foreign_places(text: &str) -> Vec<Fault> {
    let places = [
        concat!("/wo", "rk/"),
        concat!("crates", ".io"),
        concat!("pypi", ".org"),
        concat!("registry", ".npmjs"),
        concat!("proxy", ".golang"),
    ];
    let mut faults = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let hit = places.iter().filter(|p| line.contains(**p));
        faults.extend(hit.map(|p| (i + 1, format!("names {p}"))));
    }
    faults
}

// ---- the tree held against the rules

fn told(path: &str, faults: Vec<Fault>) -> Vec<String> {
    faults.into_iter().map(|(line, what)| format!("{path}:{line}: {what}")).collect()
}

#[track_caller]
fn none(faults: impl IntoIterator<Item = String>) {
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn lines_are_short() {
    let ours = |path: &str| {
        let end = path.rsplit('.').next().unwrap_or("");
        ["rs", "c", "h", "cpp", "hpp"].contains(&end) && path != "include/oms.h"
    };
    let files = project();
    none(files.iter().filter(|(p, _)| ours(p)).flat_map(|(p, text)| told(p, long_lines(text))));
}

#[test]
fn functions_are_short() {
    none(product(&project()).iter().flat_map(|(p, code)| told(p, long_functions(code))));
}

#[test]
fn source_files_are_short() {
    none(sources(&project()).flat_map(|(p, text)| told(p, long_file(text))));
}

#[test]
fn layers_are_kept() {
    none(product(&project()).iter().flat_map(|(p, code)| told(p, layer_order(p, code))));
}

#[test]
fn nothing_may_panic() {
    none(product(&project()).iter().flat_map(|(p, code)| told(p, banned_calls(code))));
}

#[test]
fn conversions_have_reasons() {
    let files = project();
    none(product(&files).iter().flat_map(|(p, code)| told(p, conversions(&files[*p], code))));
}

#[test]
fn floats_stay_in_sim() {
    none(product(&project()).iter().flat_map(|(p, code)| told(p, floats(p, code))));
}

#[test]
fn unsafe_stays_in_capi() {
    none(sources(&project()).flat_map(|(p, text)| told(p, unsafe_code(p, &mask(text)))));
}

#[test]
fn unsafe_is_forbidden_elsewhere() {
    none(product(&project()).iter().flat_map(|(p, code)| told(p, forbids_unsafe(p, code))));
}

#[test]
fn every_file_is_a_module() {
    none(dead_files(&project()));
}

#[test]
fn nothing_is_left_over() {
    none(project().iter().flat_map(|(p, text)| told(p, leftovers(text))));
}

#[test]
fn no_foreign_places() {
    none(project().iter().flat_map(|(p, text)| told(p, foreign_places(text))));
}

/// The rules on samples.
mod rules {
    use super::*;

    fn lines(faults: &[Fault]) -> Vec<usize> {
        faults.iter().map(|f| f.0).collect()
    }

    fn tree(files: &[(&str, &str)]) -> Files {
        files.iter().map(|(p, t)| ((*p).to_string(), (*t).to_string())).collect()
    }

    #[test]
    fn mask_blanks_comments_and_literals() {
        let text = "a /* b /* c */ d */ e // f\n\"g\\\"h\" 'i' '\\'' r#\"j\"k\"# br\"l\" &'m n '{'";
        let masked = mask(text);
        assert_eq!(masked.split_whitespace().collect::<Vec<_>>(), ["a", "e", "b", "&'m", "n"]);
        assert_eq!(masked.len(), text.len());
        assert_eq!(mask("let x = 'é'; // é\nfn").lines().count(), 2);
    }

    #[test]
    fn tests_are_blanked() {
        let code = "fn a() {}\n#[cfg(test)]\n#[x(y)]\nmod t { fn b() {} }\n#[cfg(test)]\n\
                    use q::{r, s};\n#[cfg(test)] mod tests;\nfn c() {}";
        let kept: Vec<String> =
            tokens(&without_tests(code)).iter().map(|t| t.text.to_string()).collect();
        assert_eq!(kept.concat(), "fna(){}fnc(){}");
    }

    #[test]
    fn long_lines_are_seen() {
        let text = format!("{}\n{}\n", "é".repeat(100), "x".repeat(101));
        assert_eq!(lines(&long_lines(&text)), [2]);
    }

    #[test]
    fn long_functions_are_seen() {
        let body = |n: usize| format!("\nfn f(g: fn(u8), a: [u8; 2]) {{{}}}\n", "\n".repeat(n));
        assert!(long_functions(&body(59)).is_empty());
        assert_eq!(lines(&long_functions(&body(60))), [2]);
        assert!(long_functions("trait T { fn f(&self); }").is_empty());
    }

    #[test]
    fn long_files_are_seen() {
        assert!(long_file(&"\n".repeat(600)).is_empty());
        assert_eq!(lines(&long_file(&"\n".repeat(601))), [601]);
    }

    #[test]
    fn layer_order_is_seen() {
        let faults = |path, code| lines(&layer_order(path, code));
        assert!(faults("src/order/mod.rs", "use crate::{num::X, market, order::Y};").is_empty());
        assert!(faults("src/order/a.rs", "use super::b; crate::some_macro!();").is_empty());
        assert!(faults("src/lib.rs", "use crate::engine::E;").is_empty());
        assert_eq!(faults("src/market/mod.rs", "use crate::order::Y;"), [1]);
        assert_eq!(faults("src/num/a.rs", "\nuse crate::{num::A,\n store::{B, C}};"), [2]);
        assert_eq!(faults("src/num/a.rs", "fn f(x: crate::engine::Engine) {}"), [1]);
        assert_eq!(faults("src/num/a.rs", "use super::super::risk::R;"), [1]);
        assert_eq!(faults("src/num.rs", "use self::super::risk::R;"), [1]);
        assert_eq!(faults("src/risk/mod.rs", "use crate::Hidden;"), [1]);
        assert_eq!(faults("src/misc/mod.rs", ""), [1]);
    }

    #[test]
    fn banned_calls_are_seen() {
        let code = "a.unwrap();\nb\n.expect(c);\npanic!();\nd.unwrap_or(e); #[expect(f)]\ntodo!()";
        assert_eq!(lines(&banned_calls(code)), [1, 3, 4, 6]);
        assert_eq!(lines(&banned_calls("unreachable!(); unimplemented!()")), [1, 1]);
    }

    #[test]
    fn conversions_are_seen() {
        let far = format!("#[expect(clippy::as_conversions)]{}x as u8", "\n".repeat(7));
        let near = format!("#[expect(clippy::as_conversions)]{}x as u8", "\n".repeat(6));
        assert_eq!(lines(&conversions(&far, &far)), [8]);
        assert!(conversions(&near, &near).is_empty());
        assert!(conversions("use a as b; x as T", "use a as b; x as T").is_empty());
        assert_eq!(lines(&conversions("x as f64", "x as f64")), [1]);
    }

    #[test]
    fn floats_and_unsafe_are_seen() {
        assert_eq!(lines(&floats("src/risk/a.rs", "\nlet x: f64;")), [2]);
        assert!(floats("src/sim/a.rs", "f32").is_empty());
        assert_eq!(lines(&unsafe_code("src/store/a.rs", "unsafe { }")), [1]);
        assert!(unsafe_code("src/store/a.rs", "#![forbid(unsafe_code)]").is_empty());
        assert!(unsafe_code("src/capi/a.rs", "unsafe { }").is_empty());
        assert_eq!(lines(&forbids_unsafe("src/store/a.rs", "fn f() {}")), [1]);
        assert!(forbids_unsafe("src/store/a.rs", "#![forbid(unsafe_code)]").is_empty());
        assert!(forbids_unsafe("src/capi/a.rs", "").is_empty());
    }

    #[test]
    fn dead_files_are_seen() {
        let files = tree(&[
            ("src/lib.rs", "pub mod a;\nmod b { }\n// mod c;\n#[path = \"odd.rs\"]\nmod d;"),
            ("src/a/mod.rs", "mod x;\n#[cfg(test)]\nmod tests;\ninclude!(\"tables.rs\");"),
            ("src/a/x.rs", "mod y;"),
            ("src/a/x/y.rs", ""),
            ("src/a/tests.rs", "mod more;"),
            ("src/a/tests/more.rs", ""),
            ("src/a/tables.rs", ""),
            ("src/odd.rs", ""),
            ("src/c.rs", ""),
            ("src/d.rs", ""),
        ]);
        let dead = dead_files(&files);
        assert_eq!(
            dead,
            ["src/c.rs:1: no module of the crate", "src/d.rs:1: no module of the crate"]
        );
        let reached = reach(&files);
        assert_eq!(reached.get("src/a/tests/more.rs"), Some(&true));
        assert_eq!(reached.get("src/a/x/y.rs"), Some(&false));
    }

    #[test]
    fn leftovers_are_seen() {
        let text = format!("// {}: x\n{}S\n", concat!("TO", "DO"), concat!("TO", "DO"));
        assert_eq!(lines(&leftovers(&text)), [1]);
        assert_eq!(lines(&leftovers(concat!("\n(FIX", "ME)"))), [2]);
    }

    #[test]
    fn foreign_places_are_seen() {
        assert_eq!(lines(&foreign_places(concat!("a\nhttps://index.crates", ".io/x"))), [2]);
        assert_eq!(lines(&foreign_places(concat!("see /wo", "rk/notes"))), [1]);
        assert!(foreign_places("../shared/data, framework, works").is_empty());
    }
}
