//! Random sequences: the engine agrees with the model after every call.

use std::collections::BTreeMap;
use std::env;

use oms_core::engine::{Config, Engine};
use oms_core::num::Nanos;
use oms_core::snapshot::digest;
use oms_core::status::Cause;

use crate::breaker::HOUR;
use crate::calls::{About, Call, Rng, sequence};
use crate::compare::Pair;
use crate::rig::{SCOPES, Store, config};
use crate::special::UNTOLD;
use crate::tally::{self, Tallied};
use crate::tree::random_breaker;

const LENGTH: usize = 70;

fn number(name: &str, default: u64) -> u64 {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Breaker limits from off to tight, and work of a few units.
fn random_config(rng: &mut Rng) -> Config {
    let mut c = config();
    c.breaker = random_breaker(rng, 1);
    c.breaker.session_offset = Nanos(if rng.chance(50) { 0 } else { HOUR });
    c.flags = u32::from(rng.chance(4));
    c.work_per_call = if rng.chance(70) { 64 } else { rng.range(1, 3) as u32 };
    c
}

/// The first call after which they differ, and how.
fn differs(config: &Config, calls: &[Call], reached: &mut Tallied) -> Option<(usize, String)> {
    let mut storage = Box::new(Store::new());
    let (memory, kill) = storage.lend();
    let mut engine = Engine::new(memory, kill, config).unwrap();
    let mut pair = Pair::new(&mut engine, kill);
    for (n, call) in calls.iter().enumerate() {
        match pair.step(call) {
            Err(what) if what == UNTOLD => break,
            Err(what) => return Some((n, what)),
            Ok(()) => {}
        }
    }
    for (what, count) in pair.model.tally {
        *reached.entry(what).or_default() += count;
    }
    None
}

/// What remains of a difference's text when numbers are left out: shrinking keeps to one kind.
fn kind_of(what: &str) -> String {
    what.lines().next().unwrap_or("").chars().filter(|c| !c.is_ascii_digit()).collect()
}

fn shrink(config: &Config, calls: &[Call]) -> Vec<Call> {
    let mut none = Tallied::new();
    let (end, what) = differs(config, calls, &mut none).unwrap();
    let kind = kind_of(&what);
    let mut best = calls[..=end].to_vec();
    let mut size = best.len().div_ceil(2);
    loop {
        let mut start = 0;
        while start < best.len() {
            let mut fewer = best.clone();
            fewer.drain(start..(start + size).min(best.len()));
            match differs(config, &fewer, &mut none) {
                Some((end, what)) if kind_of(&what) == kind => {
                    fewer.truncate(end + 1);
                    best = fewer;
                }
                _ => start += size,
            }
        }
        if size == 1 {
            return best;
        }
        size = size.div_ceil(2);
    }
}

#[test]
fn agrees_with_the_engine() {
    agrees(About::All, number("OMS_STEPS", 1_500_000));
}

#[test]
fn agrees_about_executions() {
    agrees(About::Executions, number("OMS_STEPS", 1_500_000) / 3);
}

#[test]
fn agrees_about_kills() {
    agrees(About::Kills, number("OMS_STEPS", 1_500_000) / 3);
}

fn agrees(about: About, steps: u64) {
    let seed = number("OMS_SEED", 1);
    if env::var("OMS_CASE").is_ok() {
        show(seed, number("OMS_CASE", 0), about);
        return;
    }
    // More than one difference is shown when a survey is asked for, each kind once.
    let most = number("OMS_SURVEY", 1) as usize;
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut reached = Tallied::new();
    let mut done = 0;
    let mut case = 0;
    while done < steps && found.len() < most {
        let mut rng = Rng(seed.wrapping_mul(0x1_0000_0001).wrapping_add(case));
        let config = random_config(&mut rng);
        let calls = sequence(&mut rng, LENGTH, about);
        done += calls.len() as u64;
        if let Some((_, what)) = differs(&config, &calls, &mut reached) {
            let told = || explain(&config, &calls, seed, case);
            found.entry(kind_of(&what)).or_insert_with(told);
        }
        case += 1;
    }
    let told: Vec<_> = found.into_values().collect();
    assert!(told.is_empty(), "{}", told.join("\n\n"));
    if env::var("OMS_TALLY").is_ok() {
        tally::print(&reached);
    }
    if about == About::All && steps >= 1_000_000 {
        tally::must_reach_all(&reached);
    }
    if about == About::Kills && steps >= 300_000 {
        tally::must_reach_kills(&reached);
    }
}

/// One case, shrunk, with every event.
fn show(seed: u64, case: u64, about: About) {
    let mut rng = Rng(seed.wrapping_mul(0x1_0000_0001).wrapping_add(case));
    let config = random_config(&mut rng);
    let mut calls = sequence(&mut rng, LENGTH, about);
    if differs(&config, &calls, &mut Tallied::new()).is_some() {
        calls = shrink(&config, &calls);
    }
    let mut storage = Box::new(Store::new());
    let (memory, kill) = storage.lend();
    let mut engine = Engine::new(memory, kill, &config).unwrap();
    let mut pair = Pair::new(&mut engine, kill);
    pair.loud = true;
    for call in &calls {
        println!("{call:?}");
        if let Err(what) = pair.step(call) {
            println!("{what}");
            // What the engine did besides.
            let _ = pair.drain_events();
            return;
        }
    }
}

fn explain(config: &Config, calls: &[Call], seed: u64, case: u64) -> String {
    let small = shrink(config, calls);
    let (_, what) = differs(config, &small, &mut Tallied::new()).unwrap();
    let text: Vec<_> = small.iter().map(|call| format!("  {call:?},")).collect();
    let (work, breaker) = (config.work_per_call, config.breaker);
    let calls = text.join("\n");
    format!("OMS_SEED={seed} case {case}: {what}\n{calls}\n  {breaker:?}\n  work {work}")
}

#[test]
fn same_calls_same_digest() {
    for case in 0..20 {
        let mut digests = Vec::new();
        for _ in 0..2 {
            let mut rng = Rng(case);
            let config = random_config(&mut rng);
            let calls = sequence(&mut rng, LENGTH, About::All);
            let mut storage = Box::new(Store::new());
            let (memory, kill) = storage.lend();
            let mut engine = Engine::new(memory, kill, &config).unwrap();
            let mut pair = Pair::new(&mut engine, kill);
            let mut all = Vec::new();
            for call in &calls {
                if pair.step(call).is_err() {
                    break;
                }
                all.push(digest(pair.engine));
            }
            digests.push(all);
        }
        assert_eq!(digests[0], digests[1]);
    }
}

/// The sequences meet every difference and every reason to trip.
#[test]
fn random_rounds_find_everything() {
    let (mut seen, mut trips) = ([0_u32; 20], [0_u32; 7]);
    for case in 0..1500 {
        let mut rng = Rng(case);
        let config = random_config(&mut rng);
        let calls = sequence(&mut rng, LENGTH, About::All);
        let mut storage = Box::new(Store::new());
        let (memory, kill) = storage.lend();
        let mut engine = Engine::new(memory, kill, &config).unwrap();
        let mut pair = Pair::new(&mut engine, kill);
        let mut tripped = false;
        for call in &calls {
            match pair.step(call) {
                Err(what) if what == UNTOLD => break,
                done => done.unwrap(),
            }
            let report = pair.engine.reconcile_get();
            for (seen, count) in seen.iter_mut().zip(report.counts) {
                *seen += count;
            }
            if report.tripped == 1 && !tripped {
                let mut last = (0..SCOPES as u32).filter_map(|n| pair.engine.trip_get(n, 0).ok());
                let trip = last.find(|trip| trip.cause == Cause::Reconcile.raw()).unwrap();
                trips[trip.unit as usize] += 1;
            }
            tripped = report.tripped == 1;
        }
    }
    // The end of a round is no difference, and there are no more kinds.
    let missed: Vec<_> = (1..19).filter(|&code| seen[code] == 0).collect();
    assert!(missed.is_empty(), "{missed:?} of {seen:?}");
    // In lots, in orders and in money.
    assert!(trips[1] > 0 && trips[2] > 0 && trips[4] > 0, "{trips:?}");
}
