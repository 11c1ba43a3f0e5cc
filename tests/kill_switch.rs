//! The kill switch under every interleaving of the threads that throw it with the one that looks:
//! the file of the engine itself, over words whose operations are tried out in every order.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod sync {
    pub(crate) use loom::sync::atomic::{AtomicUsize, Ordering};
}

#[path = "../src/engine/kill_switch.rs"]
#[expect(dead_code, unreachable_pub, reason = "it is a part of the library, not all of it tried")]
mod kill_switch;

use kill_switch::{CLEAR, KillSwitch};
use loom::sync::Arc;
use loom::thread;

fn switch() -> Arc<KillSwitch> {
    Arc::new(KillSwitch::over(sync::AtomicUsize::new(CLEAR)))
}

/// What an engine does of it: it notes a kill that is news; `flattens` once it was asked to.
#[derive(Default)]
struct Looker {
    killed: bool,
    flattens: bool,
}

impl Looker {
    fn look(&mut self, switch: &KillSwitch) {
        if switch.is_news() {
            self.killed = true;
            self.flattens |= switch.take_note();
        }
    }
}

/// One throws it, the engine takes note whenever it likes: it is never lost, and stays.
#[test]
fn a_kill_is_never_lost() {
    loom::model(|| {
        let switch = switch();
        let thrower = {
            let switch = Arc::clone(&switch);
            thread::spawn(move || {
                switch.throw();
                // From here on nobody is let through.
                assert!(switch.is_thrown());
            })
        };
        let mut engine = Looker::default();
        engine.look(&switch);
        engine.look(&switch);
        thrower.join().unwrap();
        assert!(switch.is_thrown());
        engine.look(&switch);
        assert!(engine.killed && !engine.flattens && switch.is_thrown() && !switch.is_news());
    });
}

/// Two throw it, one asks to close every position: the engine hears of that, whatever comes first.
#[test]
fn what_one_of_two_asks_for_is_never_lost() {
    loom::model(|| {
        let switch = switch();
        let throwers = [false, true].map(|flattens| {
            let switch = Arc::clone(&switch);
            thread::spawn(
                move || {
                    if flattens { switch.throw_and_flatten() } else { switch.throw() }
                },
            )
        });
        let mut engine = Looker::default();
        engine.look(&switch);
        engine.look(&switch);
        for thrower in throwers {
            thrower.join().unwrap();
        }
        engine.look(&switch);
        assert!(engine.killed && engine.flattens && switch.is_thrown() && !switch.is_news());
    });
}

/// A kill is taken back while another one is thrown: that one holds.
#[test]
fn a_kill_thrown_meanwhile_is_not_taken_back() {
    loom::model(|| {
        let switch = switch();
        switch.throw();
        assert!(!switch.take_note());
        let thrower = {
            let switch = Arc::clone(&switch);
            thread::spawn(move || switch.throw_and_flatten())
        };
        // The operator's word, as the engine takes it: what is news is noted first.
        let mut engine = Looker::default();
        engine.look(&switch);
        switch.take_back();
        let taken_back = engine.killed;
        thrower.join().unwrap();
        let mut after = Looker::default();
        after.look(&switch);
        // It was seen before it was taken back, or it holds now.
        assert_eq!(after.killed, !taken_back);
        assert!(engine.flattens || after.flattens);
        assert_eq!(switch.is_thrown(), after.killed);
    });
}
