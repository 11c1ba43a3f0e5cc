//! Pointers from C: checked for NULL and alignment before anything else.

use crate::status::Status;

/// What is checked of a pointer before it is used.
#[derive(Clone, Copy)]
pub(super) struct Pointer {
    is_null: bool,
    is_aligned: bool,
}

/// A pointer that must not be NULL.
pub(super) fn need<T>(pointer: *const T) -> Pointer {
    Pointer { is_null: pointer.is_null(), is_aligned: pointer.is_aligned() }
}

/// A pointer that may be NULL: the caller does not want this output.
pub(super) fn may<T>(pointer: *const T) -> Pointer {
    Pointer { is_null: false, is_aligned: pointer.is_null() || pointer.is_aligned() }
}

/// An address of a record that must be there, for [`are_good`].
#[inline]
pub(super) fn past_null<R>(pointer: *const R) -> usize {
    // NULL is in the upper half of all addresses then, and what is odd remains so.
    pointer.addr().wrapping_sub(const { align_of::<R>() })
}

/// Whether none of the pointers that were joined by OR is NULL, see [`past_null`], and all are
/// aligned as records, in one test. An address in the upper half of all is not good enough either:
/// `false` says nothing, [`check`] tells.
#[inline]
pub(super) fn are_good<R>(addresses: usize) -> bool {
    const UPPER: usize = !(usize::MAX >> 1);
    addresses & const { align_of::<R>().wrapping_sub(1) | UPPER } == 0
}

/// All pointers of a call: NULL goes before alignment, whatever their order is.
pub(super) fn check(pointers: &[Pointer]) -> Result<(), Status> {
    if pointers.iter().any(|pointer| pointer.is_null) {
        return Err(Status::Null);
    }
    if pointers.iter().all(|pointer| pointer.is_aligned) { Ok(()) } else { Err(Status::Align) }
}

/// A reference to a caller's record.
///
/// # Safety
/// A pointer that is not NULL points to a valid `T` for the call.
pub(super) unsafe fn input<'a, T>(pointer: *const T) -> Result<&'a T, Status> {
    check(&[need(pointer)])?;
    // SAFETY: not NULL and aligned; valid by the caller's promise.
    unsafe { pointer.as_ref() }.ok_or(Status::Null)
}

/// Writes an output.
///
/// # Safety
/// `pointer` passed [`check`] as needed and points to room for a `T`.
pub(super) unsafe fn output<T>(pointer: *mut T, value: T) {
    // SAFETY: not NULL, aligned and writable by the caller's promise.
    unsafe { pointer.write(value) };
}

/// Writes an output unless it is NULL.
///
/// # Safety
/// `pointer` passed [`check`] and points to room for a `T`, or is NULL.
pub(super) unsafe fn output_optional<T>(pointer: *mut T, value: T) {
    if !pointer.is_null() {
        // SAFETY: as above.
        unsafe { pointer.write(value) };
    }
}

/// Whether an array of so many `T`s fits the memory.
#[inline]
pub(super) fn fits<T>(len: usize) -> Result<(), Status> {
    let bytes = len.checked_mul(size_of::<T>());
    bytes.filter(|&bytes| isize::try_from(bytes).is_ok()).map(|_| ()).ok_or(Status::Range)
}

/// A caller's array that is written; NULL is allowed for an empty one.
///
/// # Safety
/// `pointer` points to `len` valid `T`s for the call, exclusively, or `len` is 0.
pub(super) unsafe fn array<'a, T>(pointer: *mut T, len: usize) -> Result<&'a mut [T], Status> {
    if len == 0 {
        return Ok(&mut []);
    }
    check(&[need(pointer)])?;
    fits::<T>(len)?;
    // SAFETY: not NULL, aligned and valid for `len` by the caller's promise; the record types are
    // plain integers, for which any bytes are valid.
    Ok(unsafe { core::slice::from_raw_parts_mut(pointer, len) })
}

/// A caller's array that is read; NULL is allowed for an empty one.
///
/// # Safety
/// `pointer` points to `len` valid `T`s for the call, or `len` is 0.
pub(super) unsafe fn inputs<'a, T>(pointer: *const T, len: usize) -> Result<&'a [T], Status> {
    if len == 0 {
        return Ok(&[]);
    }
    check(&[need(pointer)])?;
    fits::<T>(len)?;
    // SAFETY: as above.
    Ok(unsafe { core::slice::from_raw_parts(pointer, len) })
}

/// The code of a call.
pub(super) fn code(result: Result<Status, Status>) -> i32 {
    match result {
        Ok(status) | Err(status) => status.raw(),
    }
}
