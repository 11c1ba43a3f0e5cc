//! The panic handler of the C library. No panic path is linked; the gate proves it.

#[cfg(panic = "unwind")]
extern crate std;

#[cfg(all(panic = "abort", not(feature = "no-panic-link")))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {
        core::hint::spin_loop();
    }
}

/// With a symbol that nobody defines: a library with a panic path does not link.
#[cfg(all(panic = "abort", feature = "no-panic-link"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    unsafe extern "C" {
        fn oms_PANIC_PATH_LINKED() -> !;
    }
    // SAFETY: never reached; that it does not link is its purpose.
    unsafe { oms_PANIC_PATH_LINKED() }
}

// Precompiled parts of `core` are built for unwinding and name this symbol; it is never called.
#[cfg(all(panic = "abort", target_os = "linux"))]
core::arch::global_asm!(
    ".pushsection .text.rust_eh_personality,\"ax\",@progbits",
    ".weak rust_eh_personality",
    ".hidden rust_eh_personality",
    ".type rust_eh_personality,@function",
    "rust_eh_personality:",
    ".byte 0",
    ".size rust_eh_personality, 1",
    ".popsection",
);
