//! What an `oms_t *` points to: the beginning of the lent memory.

use core::ptr::{addr_of, addr_of_mut};

use super::pointers::{check, need};
use crate::engine::{Engine, KillSwitch};
use crate::status::Status;

/// An engine. It lies in the memory that was lent to `oms_init`, at its beginning; the memory must
/// stay where it is. There is nothing to free.
// The mark comes first, so that any memory may be asked for it; said so that the header's
// generator takes the type for opaque.
#[cfg_attr(all(), repr(C))]
pub struct Oms {
    /// Says that there is an engine. Apart from it, because another thread may touch it.
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
            addr_of_mut!((*this).kill).write(KillSwitch::blank());
            &*addr_of!((*this).kill)
        }
    }

    /// Puts the engine in place. Its kill switch, which it took back, makes the handle valid.
    ///
    /// # Safety
    /// `this` was prepared.
    #[inline(always)] // The engine is large: it is copied once.
    pub(super) unsafe fn finish(this: *mut Self, engine: Engine<'static>) {
        // SAFETY: in bounds of the memory lent; nobody else uses it yet.
        unsafe { addr_of_mut!((*this).engine).write(engine) };
    }

    fn verify(this: *const Self) -> Result<(), Status> {
        check(&[need(this)])?;
        // SAFETY: not NULL and aligned.
        let mark = unsafe { Self::mark(this) };
        if mark.is_mark() || mark.is_simulated() { Ok(()) } else { Err(Status::Handle) }
    }

    /// What tells whether there is an engine, and whether a kill is in force.
    ///
    /// # Safety
    /// The pointer is aligned and points to readable memory.
    #[inline]
    pub(super) unsafe fn mark<'a>(this: *const Self) -> &'a KillSwitch {
        // SAFETY: any memory may be asked for it; it is only ever shared.
        unsafe { &*addr_of!((*this).kill) }
    }

    /// The engine behind a good mark, to be read.
    ///
    /// # Safety
    /// The mark is good; as for [`Oms::engine`].
    #[inline]
    pub(super) unsafe fn marked<'a>(this: *const Self) -> &'a Engine<'static> {
        // SAFETY: the mark says that an engine was put there; shared for the call.
        unsafe { &*addr_of!((*this).engine) }
    }

    /// The engine behind a good mark, to be changed.
    ///
    /// # Safety
    /// The mark is good; as for [`Oms::engine_mut`].
    #[inline]
    pub(super) unsafe fn marked_mut<'a>(this: *mut Self) -> &'a mut Engine<'static> {
        // SAFETY: the mark says that an engine was put there; exclusive for the call. The kill
        // switch is not covered by this reference.
        unsafe { &mut *addr_of_mut!((*this).engine) }
    }

    /// The engine of a handle, to be read.
    ///
    /// # Safety
    /// A pointer that is not NULL points to readable memory; no other call is changing it.
    pub(super) unsafe fn engine<'a>(this: *const Self) -> Result<&'a Engine<'static>, Status> {
        Self::verify(this)?;
        // SAFETY: by the caller's promise.
        Ok(unsafe { Self::marked(this) })
    }

    /// The engine of a handle, to be changed.
    ///
    /// # Safety
    /// As for [`Oms::engine`], and no other call is using it.
    pub(super) unsafe fn engine_mut<'a>(
        this: *mut Self,
    ) -> Result<&'a mut Engine<'static>, Status> {
        Self::verify(this)?;
        // SAFETY: by the caller's promise.
        Ok(unsafe { Self::marked_mut(this) })
    }

    /// The kill switch of a handle.
    ///
    /// # Safety
    /// A pointer that is not NULL points to readable memory.
    pub(super) unsafe fn kill_switch<'a>(this: *const Self) -> Result<&'a KillSwitch, Status> {
        Self::verify(this)?;
        // SAFETY: not NULL and aligned.
        Ok(unsafe { Self::mark(this) })
    }
}
