package oms

import (
	"errors"
	"runtime"
	"strings"
	"testing"
)

const second = Nanos(1_000_000_000)

// desk is an engine with a symbol, its limits and a quote, and a clock.
type desk struct {
	*Engine
	t      *testing.T
	symbol SymbolID
	now    Nanos
}

func smallConfig() Config {
	config := DefaultConfig()
	config.Capacity = Capacity{Orders: 64, Symbols: 2, Positions: 8, Triggers: 8, Events: 256,
		Executions: 64, Rate: 16, Scopes: 1, SymbolRate: 32, Recent: 128}
	config.StartingBalance = 100_000_000_000
	config.Breaker.DailyLossMoney = 2_000_000_000
	config.Breaker.OrdersPerHour = -1
	config.Breaker.Flags = BreakerFlagManualReset
	return config
}

func newDesk(t *testing.T, config Config) *desk {
	t.Helper()
	engine, err := New(&config)
	d := &desk{Engine: engine, t: t}
	d.ok(err)
	t.Cleanup(engine.Close)
	d.symbol = d.define("BTC/USD")
	limits := LimitsOff()
	limits.Symbol, limits.QtyMax = d.symbol, 500
	_, err = d.LimitsSet(0, &limits)
	d.ok(err)
	firm := ScopeLimitsOff()
	_, err = d.ScopeLimitsSet(0, &firm)
	d.ok(err)
	d.quote(5_000_000, 5_000_100)
	return d
}

func (d *desk) ok(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// same fails the test unless both are equal.
func same[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Fatalf("%s is %v, not %v", what, got, want)
	}
}

func (d *desk) tick() Nanos {
	d.now += second
	return d.now
}

func (d *desk) define(name string) SymbolID {
	d.t.Helper()
	one := Decimal{Mantissa: 1}
	symbol, _, err := d.SymbolDefine(d.now, &SymbolDefine{Name: Name(name), Multiplier: one,
		TickSize: Decimal{Mantissa: 1, Exponent: -2}, LotSize: Decimal{Mantissa: 1, Exponent: -3},
		Conversion: one})
	d.ok(err)
	return symbol
}

func (d *desk) quote(bid, ask Ticks) {
	d.t.Helper()
	_, err := d.Quote(d.tick(), &Quote{Symbol: d.symbol, Bid: bid, Ask: ask})
	d.ok(err)
}

func (d *desk) buy(clientID uint64, qty Lots) *OrderSubmit {
	return &OrderSubmit{ClientID: clientID, Symbol: d.symbol, Side: SideBuy, OrderType: TypeLimit,
		TimeInForce: TifGtc, Qty: qty, Price: 5_000_100}
}

func (d *desk) submit(clientID uint64, qty Lots) (Verdict, OrderID) {
	d.t.Helper()
	verdict, order, status, err := d.OrderSubmit(d.tick(), d.buy(clientID, qty))
	d.ok(err)
	same(d.t, "the status", status, OK)
	return verdict, order
}

func (d *desk) report(r VenueReport) {
	d.t.Helper()
	_, err := d.VenueReport(d.tick(), &r)
	d.ok(err)
}

// command is the one command that waits.
func (d *desk) command() Command {
	d.t.Helper()
	var commands [4]Command
	polled, err := d.Poll(d.now, commands[:], nil)
	d.ok(err)
	same(d.t, "the number of commands", polled.Commands, 1)
	return commands[0]
}

func (d *desk) bought(clientID uint64, qty Lots) OrderID {
	d.t.Helper()
	_, order := d.submit(clientID, qty)
	d.command()
	d.report(VenueReport{Order: order, Report: ReportAck})
	d.report(VenueReport{Order: order, Report: ReportFill, ExecID: clientID, Qty: qty,
		Price: 5_000_100})
	return order
}

func (d *desk) digest() uint64 {
	d.t.Helper()
	digest, err := d.Digest()
	d.ok(err)
	return digest
}

func (d *desk) sound() {
	d.t.Helper()
	_, err := d.Audit()
	d.ok(err)
}

func TestOrder(t *testing.T) {
	d := newDesk(t, smallConfig())
	before := d.digest()
	verdict, _, err := d.OrderCheck(d.tick(), d.buy(1, 100))
	d.ok(err)
	same(t, "denied", verdict.Denied, 0)
	same(t, "the digest after a check", d.digest(), before)
	verdict, order := d.submit(1, 100)
	same(t, "the first check", verdict.First, CheckNone)
	d.ok(verdict.Err())
	command := d.command()
	same(t, "the command", command.Kind, CommandNew)
	same(t, "its order", command.Order, order)
	d.report(VenueReport{Order: order, Report: ReportAck})
	_, _, _, err = d.OrderReplace(d.tick(), &OrderReplace{Order: order, RequestID: 2, Qty: 120,
		Price: 5_000_000})
	d.ok(err)
	same(t, "the command", d.command().Kind, CommandReplace)
	d.report(VenueReport{Order: order, Report: ReportReplaceAck, RequestID: 2, Qty: 120,
		Price: 5_000_000})
	_, err = d.OrderCancel(d.tick(), &OrderCancel{Order: order, RequestID: 3})
	d.ok(err)
	same(t, "the command", d.command().Kind, CommandCancel)
	d.report(VenueReport{Order: order, Report: ReportCancelAck, RequestID: 3})
	ended, err := d.OrderGet(0, 1)
	d.ok(err)
	same(t, "the order by its client id", ended.Order, order)
	same(t, "its quantity", ended.OrderQty, 120)
	same(t, "its status", ended.Status, StatusCancelled)
	same(t, "the status's name", ended.Status.String(), "CANCELLED")
	d.sound()
}

func TestDenial(t *testing.T) {
	d := newDesk(t, smallConfig())
	verdict, order := d.submit(1, 501)
	same(t, "the order", order, 0)
	var denial *Denial
	if err := verdict.Err(); !errors.As(err, &denial) {
		t.Fatalf("no denial: %v", err)
	}
	same(t, "the check", denial.First, CheckQty)
	same(t, "the limit", denial.Limit, 500)
	same(t, "the value", denial.Observed, 501)
	if text := denial.Error(); !strings.HasPrefix(text,
		"denied by QTY in scope 0: observed 501, limit 500 (LOTS); it must hold that ") {
		t.Fatal(text)
	}
	denials, err := d.DenialsGet(0)
	d.ok(err)
	same(t, "the count", denials.DeniedBy[CheckQty], 1)
}

func TestTriggerClosesPosition(t *testing.T) {
	d := newDesk(t, smallConfig())
	d.bought(1, 100)
	position, err := d.PositionNet(d.symbol)
	d.ok(err)
	same(t, "the quantity", position.Qty, 100)
	_, err = d.Trade(d.tick(), &Trade{Symbol: d.symbol, Source: TradeLast, Price: 5_000_050, Qty: 1})
	d.ok(err)
	trigger, _, err := d.TriggerArm(d.tick(), &TriggerArm{Position: position.Position,
		Kind: TriggerStopLoss, Action: ActionClose, Level: 4_900_000})
	d.ok(err)
	_, err = d.TriggerMove(d.tick(), &TriggerMove{Trigger: trigger, Level: 4_950_000})
	d.ok(err)
	armed, err := d.TriggerGet(trigger)
	d.ok(err)
	same(t, "the level", armed.Level, 4_950_000)
	d.quote(4_949_999, 4_950_100)
	command := d.command()
	same(t, "the side", command.Side, SideSell)
	d.report(VenueReport{Order: command.Order, Report: ReportAck})
	d.report(VenueReport{Order: command.Order, Report: ReportFill, ExecID: 9, Qty: 100,
		Price: 4_949_000})
	_, err = d.PositionNet(d.symbol)
	same(t, "no position", errors.Is(err, EUnknown), true)
	statistics, err := d.StatisticsGet(0)
	d.ok(err)
	same(t, "losses", statistics.Losses, 1)
	account, err := d.AccountGet()
	d.ok(err)
	same(t, "realised", account.Realised, -100*51_100*10)
	d.sound()
}

func TestBreaker(t *testing.T) {
	d := newDesk(t, smallConfig())
	d.bought(1, 500)
	d.quote(4_500_000, 4_500_100)
	risk, err := d.RiskGet(0)
	d.ok(err)
	same(t, "the breaker", risk.State, BreakerOpen)
	trip, err := d.TripGet(0, 0)
	d.ok(err)
	same(t, "the limit", trip.Limit, 2_000_000_000)
	verdict, _ := d.submit(2, 1)
	same(t, "the check", verdict.First, CheckBreaker)
	_, err = d.Control(d.tick(), &Control{Action: ControlBreakerReset})
	d.ok(err)
	risk, err = d.RiskGet(0)
	d.ok(err)
	same(t, "the breaker", risk.State, BreakerClosed)
}

func TestKillFromAnotherGoroutine(t *testing.T) {
	d := newDesk(t, smallConfig())
	done := make(chan error)
	go func() {
		_, err := d.Kill()
		done <- err
	}()
	d.ok(<-done)
	verdict, _ := d.submit(1, 1)
	same(t, "the check", verdict.First, CheckTradingState)
}

func TestQuoteBatch(t *testing.T) {
	d := newDesk(t, smallConfig())
	other := d.define("ETH/USD")
	taken, statuses, status, err := d.QuoteBatch(d.tick(), []Quote{
		{Symbol: d.symbol, Bid: 1, Ask: 2}, {Symbol: 7, Bid: 1, Ask: 2},
		{Symbol: other, Bid: 3, Ask: 4}})
	d.ok(err)
	same(t, "the status", status, OK)
	same(t, "taken", taken, 2)
	same(t, "the second", statuses[1], ESymbol)
	same(t, "the third", statuses[2], OK)
	taken, _, _, err = d.QuoteBatch(d.tick(), nil)
	d.ok(err)
	same(t, "taken of none", taken, 0)
}

func TestScopeByName(t *testing.T) {
	config := smallConfig()
	config.Capacity.Scopes, config.Capacity.Books = 2, 2
	d := newDesk(t, config)
	scope, _, err := d.ScopeDefine(d.tick(), &ScopeDefine{Name: Name("alpha")})
	d.ok(err)
	found, err := d.ScopeByName("alpha")
	d.ok(err)
	same(t, "the scope", found, scope)
	_, err = d.ScopeByName("beta")
	same(t, "no scope", errors.Is(err, EUnknown), true)
}

func TestEqualCallsEqualDigests(t *testing.T) {
	a, b := newDesk(t, smallConfig()), newDesk(t, smallConfig())
	a.bought(1, 100)
	b.bought(1, 100)
	same(t, "the digest", a.digest(), b.digest())
	a.submit(2, 1)
	same(t, "a difference", a.digest() != b.digest(), true)
}

// The memory is not Go's: collections and a growing stack leave an engine alone.
func TestCollections(t *testing.T) {
	desks := make([]*desk, 20)
	for i := range desks {
		desks[i] = newDesk(t, smallConfig())
	}
	for round := uint64(1); round <= 20; round++ {
		for _, d := range desks {
			d.submit(round, 1)
		}
		config := smallConfig()
		if _, err := New(&config); err != nil { // never closed: the collector closes it
			t.Fatal(err)
		}
		runtime.GC()
	}
	for _, d := range desks {
		same(t, "the digest", d.digest(), desks[0].digest())
		d.sound()
	}
}
