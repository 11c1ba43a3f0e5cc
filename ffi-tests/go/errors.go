package oms

// #include "oms.h"
import "C"

import (
	"errors"
	"fmt"
	"unsafe"
)

// ErrClosed is what a call to a closed engine fails with: errors.Is(err, ErrClosed).
var ErrClosed = errors.New("the engine was closed")

// Error says which call was refused and why. errors.Is compares with a Status: a refusal because a
// table is full is errors.Is(err, oms.ECapacity).
type Error struct {
	Call   string
	Status Status
	// Value and Limit: what was found and what may be, where the status alone does not tell.
	Value int64
	Limit int64
	// Detail is what holds for that value, or what to do.
	Detail string
	closed bool
}

// Error is the call, the name and number of the status, and what it means.
func (e *Error) Error() string {
	text := fmt.Sprintf("%s: %s (%d): %s", e.Call, e.Status.String(), int32(e.Status),
		e.Status.Text())
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	return text
}

// Is tells whether the error is of a status.
func (e *Error) Is(target error) bool {
	status, ok := target.(Status)
	return ok && status == e.Status || e.closed && target == ErrClosed
}

// Error makes a status something to compare errors with.
func (v Status) Error() string { return v.String() + ": " + v.Text() }

// Text is one line about a status.
func (v Status) Text() string { return C.GoString(C.oms_status_text(C.int32_t(v))) }

// Text is one line about a check: what holds when it passes.
func (v Check) Text() string { return C.GoString(C.oms_check_text(C.uint32_t(v))) }

// Denial is a verdict that denies, as an error: Check, Limit and Observed say why.
type Denial struct{ Verdict }

// Error is the check, what was observed and the limit, and what must hold.
func (d *Denial) Error() string {
	return fmt.Sprintf("denied by %s in scope %d: observed %d, limit %d (%s); it must hold that %s",
		d.First, d.Scope, d.Observed, d.Limit, d.Unit, d.First.Text())
}

// Err is nil for a verdict that accepts and a *Denial for one that denies. A denial is not an error
// of the call: the call answers OK.
func (v *Verdict) Err() error {
	if v.Denied == 0 {
		return nil
	}
	return &Denial{*v}
}

// fault is nil for a status that is no error.
func (e *Engine) fault(call string, status Status) error {
	if status >= 0 {
		return nil
	}
	made := &Error{Call: call, Status: status}
	if e.oms == nil {
		made.closed, made.Detail = true, ErrClosed.Error()
	}
	return made
}

// configFault says which field of a configuration is refused.
func configFault(config *Config) error {
	var field ConfigField
	status := Status(C.oms_config_check((*C.oms_config_t)(unsafe.Pointer(config)),
		(*C.uint32_t)(&field)))
	made := &Error{Call: "oms_init", Status: status}
	if status == EConfig {
		made.Detail = configRule(field)
		if value, ok := configValue(config, field); ok {
			made.Value = value
			made.Detail += fmt.Sprintf("; it is %d", value)
		}
	}
	return made
}
