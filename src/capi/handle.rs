//! What an `oms_t *` points to: the beginning of the lent memory.

use core::ptr::{addr_of, addr_of_mut};

use super::pointers::{check, need};
use crate::engine::{Engine, KillSwitch};
use crate::status::Status;

/// Marks memory that holds an engine: the bits of "oms" and of the version of the ABI turned over,
/// so that the upper half is ones: machines compare that in one instruction.
const MAGIC: u64 = !0x6f6d_7301;

/// An engine. It lies in the memory that was lent to `oms_init`, at its beginning; the memory must
/// stay where it is. There is nothing to free.
// The magic comes first, so that any memory may be asked for it; said so that the header's
// generator takes the type for opaque.
#[cfg_attr(all(), repr(C))]
pub struct Oms {
    magic: u64,
    /// Apart from the engine, because another thread may touch it.
    kill: KillSwitch,
    engine: Engine<'static>,
}

impl Oms {
    /// The kill switch of a handle that is being made.
    ///
    /// # Safety
    /// `this` is valid for writes.
    pub(super) unsafe fn prepare(this: *mut Self) -> &'static KillSwitch {
        // SAFETY: in bounds of the memory lent; nobody else uses it yet.
        unsafe {
            addr_of_mut!((*this).magic).write(0);
            addr_of_mut!((*this).kill).write(KillSwitch::new());
            &*addr_of!((*this).kill)
        }
    }

    /// Puts the engine in place and makes the handle valid.
    ///
    /// # Safety
    /// `this` was prepared.
    #[inline(always)] // The engine is large: it is copied once.
    pub(super) unsafe fn finish(this: *mut Self, engine: Engine<'static>) {
        // SAFETY: in bounds of the memory lent; nobody else uses it yet.
        unsafe {
            addr_of_mut!((*this).engine).write(engine);
            addr_of_mut!((*this).magic).write(MAGIC);
        }
    }

    fn verify(this: *const Self) -> Result<(), Status> {
        check(&[need(this)])?;
        // SAFETY: not NULL and aligned; the caller promises readable memory.
        let magic = unsafe { addr_of!((*this).magic).read() };
        if magic == MAGIC { Ok(()) } else { Err(Status::Handle) }
    }

    /// The engine of a handle, to be read.
    ///
    /// # Safety
    /// A pointer that is not NULL points to readable memory; no other call is changing it.
    pub(super) unsafe fn engine<'a>(this: *const Self) -> Result<&'a Engine<'static>, Status> {
        Self::verify(this)?;
        // SAFETY: the magic says that an engine was put there; shared for the call.
        Ok(unsafe { &*addr_of!((*this).engine) })
    }

    /// The engine of a handle, to be changed.
    ///
    /// # Safety
    /// As for [`Oms::engine`], and no other call is using it.
    pub(super) unsafe fn engine_mut<'a>(
        this: *mut Self,
    ) -> Result<&'a mut Engine<'static>, Status> {
        Self::verify(this)?;
        // SAFETY: the magic says that an engine was put there; exclusive for the call. The kill
        // switch is not covered by this reference.
        Ok(unsafe { &mut *addr_of_mut!((*this).engine) })
    }

    /// The kill switch of a handle.
    ///
    /// # Safety
    /// A pointer that is not NULL points to readable memory.
    pub(super) unsafe fn kill_switch<'a>(this: *const Self) -> Result<&'a KillSwitch, Status> {
        Self::verify(this)?;
        // SAFETY: the magic says that it was put there; it is only ever shared.
        Ok(unsafe { &*addr_of!((*this).kill) })
    }
}
