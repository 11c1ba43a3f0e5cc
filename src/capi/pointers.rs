//! Pointers from C: checked for NULL and alignment before anything else.

use crate::status::Status;

/// A reference to a caller's record.
///
/// # Safety
/// A pointer that is not NULL points to a valid `T` for the call.
pub(super) unsafe fn input<'a, T>(pointer: *const T) -> Result<&'a T, Status> {
    check(pointer)?;
    // SAFETY: not NULL and aligned; valid by the caller's promise.
    unsafe { pointer.as_ref() }.ok_or(Status::Null)
}

/// Checks where an output goes.
pub(super) fn check<T>(pointer: *const T) -> Result<(), Status> {
    if pointer.is_null() {
        return Err(Status::Null);
    }
    if pointer.is_aligned() { Ok(()) } else { Err(Status::Align) }
}

/// Checks an output that may be NULL when the caller does not want it.
pub(super) fn check_optional<T>(pointer: *const T) -> Result<(), Status> {
    if pointer.is_null() { Ok(()) } else { check(pointer) }
}

/// Writes an output.
///
/// # Safety
/// `pointer` passed [`check`] and points to room for a `T`.
pub(super) unsafe fn output<T>(pointer: *mut T, value: T) {
    // SAFETY: not NULL, aligned and writable by the caller's promise.
    unsafe { pointer.write(value) };
}

/// Writes an output unless it is NULL.
///
/// # Safety
/// `pointer` passed [`check_optional`] and points to room for a `T`, or is NULL.
pub(super) unsafe fn output_optional<T>(pointer: *mut T, value: T) {
    if !pointer.is_null() {
        // SAFETY: as above.
        unsafe { pointer.write(value) };
    }
}

/// A caller's array; NULL is allowed for an empty one.
///
/// # Safety
/// `pointer` points to `len` valid `T`s for the call, exclusively, or `len` is 0.
pub(super) unsafe fn array<'a, T>(pointer: *mut T, len: u32) -> Result<&'a mut [T], Status> {
    if len == 0 {
        return Ok(&mut []);
    }
    check(pointer)?;
    let bytes = crate::store::at(len).checked_mul(size_of::<T>());
    bytes.filter(|&bytes| isize::try_from(bytes).is_ok()).ok_or(Status::Range)?;
    // SAFETY: not NULL, aligned and valid for `len` by the caller's promise; the record types are
    // plain integers, for which any bytes are valid.
    Ok(unsafe { core::slice::from_raw_parts_mut(pointer, crate::store::at(len)) })
}

/// The code of a call.
pub(super) fn code(result: Result<Status, Status>) -> i32 {
    match result {
        Ok(status) | Err(status) => status.raw(),
    }
}
