// Package oms is the order-management and pre-trade-risk core of oms-core, by its C library.
//
// Every decision is taken there; this package passes records and answers. include/oms.h is the
// manual: a function oms_order_submit is the method OrderSubmit, a field client_id is ClientID, a
// constant OMS_SIDE_BUY is SideBuy. Prices are Ticks, quantities Lots, amounts Money; the time of a
// request is given with the call.
//
// An engine lies in memory of the C heap, not of Go's: the library keeps pointers into it from call
// to call, which cgo does not allow for memory that Go's collector manages. Close gives it back.
// Records are Go's own; the library reads or writes them during a call and never keeps them.
//
// One engine is used by one goroutine at a time. Kill and KillFlatten alone may come from any, but
// not after Close.
package oms

// #cgo CFLAGS: -I${SRCDIR}/../../dist/include
// #cgo LDFLAGS: ${SRCDIR}/../../dist/liboms.a
// #include <stdlib.h>
// #include "oms.h"
import "C"

import (
	"runtime"
	"unsafe"
)

// ID is the number of an order, a position or a trigger where either may stand; 0 is none.
type ID = uint64

// OrderID is the number that the engine gave to an order.
type OrderID uint64

// PositionID is the number that the engine gave to a position.
type PositionID uint64

// TriggerID is the number that the engine gave to a stop or target.
type TriggerID uint64

// SymbolID is the number of a symbol, from 0.
type SymbolID uint32

// ScopeID is the number of a scope; 0 is the root.
type ScopeID uint32

// Name is a text of a record. One that is too long is left too long: the library refuses it.
func Name(text string) (name [NameBytes]uint8) {
	copy(name[:], text)
	return name
}

// Percent is a ratio of so many percent.
func Percent(n int64) Ratio { return Ratio(n * 10_000_000) }

// BasisPoints is a ratio of so many hundredths of a percent.
func BasisPoints(n int64) Ratio { return Ratio(n * 100_000) }

// Engine is an engine and the memory it lies in. New makes one.
type Engine struct {
	oms    *C.oms_t
	memory unsafe.Pointer
}

// DefaultConfig is the configuration with the defaults of the library.
func DefaultConfig() (config Config) {
	C.oms_config_init((*C.oms_config_t)(unsafe.Pointer(&config)), C.sizeof_oms_config_t)
	return config
}

// New makes an engine. An error of status EConfig names the field, its value and what holds for it.
func New(config *Config) (*Engine, error) {
	c := (*C.oms_config_t)(unsafe.Pointer(config))
	size := C.oms_size(c)
	if size == 0 {
		return nil, configFault(config)
	}
	memory := C.aligned_alloc(Align, size)
	if memory == nil {
		return nil, &Error{Call: "oms_init", Status: ESize, Limit: int64(size),
			Detail: "this many bytes are not to be had: lower the capacities"}
	}
	e := &Engine{memory: memory}
	// What C writes through is not Go's memory: a handle that lies there lies where Go looks.
	if status := Status(C.oms_init(memory, size, c, &e.oms)); status < 0 {
		C.free(memory)
		return nil, &Error{Call: "oms_init", Status: status}
	}
	runtime.SetFinalizer(e, (*Engine).Close)
	return e, nil
}

// Close gives the memory back; calls after it fail with ErrClosed. A second Close does nothing.
func (e *Engine) Close() {
	runtime.SetFinalizer(e, nil)
	C.free(e.memory)
	e.memory, e.oms = nil, nil
}

// LimitsOff is a record with every limit of a symbol off: set what is to be limited.
func LimitsOff() (limits LimitsSet) {
	C.oms_limits_off((*C.oms_limits_set_t)(unsafe.Pointer(&limits)))
	return limits
}

// ScopeLimitsOff is a record with every limit of a scope off: set what is to be limited.
func ScopeLimitsOff() (limits ScopeLimitsSet) {
	C.oms_scope_limits_off((*C.oms_scope_limits_set_t)(unsafe.Pointer(&limits)))
	return limits
}

// SimulationDefaults is the record of a simulated venue to begin with.
func SimulationDefaults() (simulation SimulationSet) {
	C.oms_simulation_init((*C.oms_simulation_set_t)(unsafe.Pointer(&simulation)))
	return simulation
}

// Poll fills two slices with what waits, oldest first, and says how much of each was taken. A
// command is handed out once and counts as sent.
func (e *Engine) Poll(now Nanos, commands []Command, events []Event) (Polled, error) {
	var polled Polled
	request := Poll{MaxCommands: uint32(len(commands)), MaxEvents: uint32(len(events))}
	request.Header = head(RequestPoll, unsafe.Sizeof(request), now)
	status := Status(C.oms_poll(e.oms, (*C.oms_poll_t)(unsafe.Pointer(&request)),
		(*C.oms_command_t)(first(commands)), (*C.oms_event_t)(first(events)),
		(*C.oms_polled_t)(unsafe.Pointer(&polled))))
	return polled, e.fault("oms_poll", status)
}

// QuoteBatch takes quotes of many symbols in one call, all at one time. Each has a status: one that
// is refused does not stop the others. taken is how many were not refused.
func (e *Engine) QuoteBatch(now Nanos, quotes []Quote) (taken int, statuses []Status, status Status,
	err error) {
	for i := range quotes {
		quotes[i].Header = head(RequestQuote, unsafe.Sizeof(quotes[i]), now)
	}
	var count C.size_t
	statuses = make([]Status, len(quotes))
	status = Status(C.oms_quote_batch(e.oms, (*C.oms_quote_t)(first(quotes)),
		C.size_t(len(quotes)), (*C.int32_t)(first(statuses)), &count))
	return int(count), statuses, status, e.fault("oms_quote_batch", status)
}

// ScopeByName finds a scope.
func (e *Engine) ScopeByName(name string) (scope ScopeID, err error) {
	text := Name(name)
	status := Status(C.oms_scope_by_name(e.oms, (*C.char)(unsafe.Pointer(&text)),
		(*C.uint32_t)(&scope)))
	return scope, e.fault("oms_scope_by_name", status)
}

// Version is that of the library, as "major.minor.patch".
func Version() string { return C.GoString(C.oms_version()) }

// head is the head of a request.
func head(kind RequestKind, size uintptr, now Nanos) RequestHeader {
	return RequestHeader{Kind: kind, Size: uint32(size), Now: now}
}

// first is the address of a slice's first element; nil of an empty one.
func first[T any](s []T) unsafe.Pointer {
	if len(s) == 0 {
		return nil
	}
	return unsafe.Pointer(&s[0])
}
