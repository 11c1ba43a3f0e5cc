// Command story tells the story of examples/story, step by step as its README has it;
// examples/story/story.c does so in C.
package main

import (
	"fmt"
	"io"
	"os"

	"oms"
)

const (
	second = oms.Nanos(1_000_000_000)
	money  = oms.Money(1_000_000) // money has six decimals
)

type story struct {
	out      io.Writer
	engine   *oms.Engine
	symbol   oms.SymbolID
	order    oms.OrderID
	position oms.PositionID
	now      oms.Nanos // the story's clock: a second from step to step
}

// must ends the program when a call is refused.
func must(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func (s *story) print(format string, values ...any) {
	fmt.Fprintf(s.out, format, values...)
}

// start makes an engine of the smallest kind: one symbol, a loss of 2000 a day stops it until
// someone has looked.
func (s *story) start() {
	config := oms.DefaultConfig()
	config.Capacity.Orders = 64
	config.Capacity.Symbols = 1
	config.Capacity.Positions = 8
	config.Capacity.Triggers = 8
	config.Capacity.Events = 256
	config.Capacity.Executions = 64
	config.Capacity.Rate = 16
	config.Capacity.Scopes = 1
	config.Capacity.Books = 0
	config.StartingBalance = 100_000 * money
	config.Breaker.DailyLossMoney = 2000 * money
	config.Breaker.OrdersPerHour = -1
	config.Breaker.Flags = oms.BreakerFlagManualReset | oms.BreakerFlagRealisedOnly
	engine, err := oms.New(&config)
	must(err)
	s.engine = engine
	s.print("start: balance %d\n", config.StartingBalance)
}

// defineSymbol: BTC/USD, a tick of 0.01, a lot of 0.001: one tick of one lot is 10 units of money.
func (s *story) defineSymbol() {
	const name = "BTC/USD"
	symbol, _, err := s.engine.SymbolDefine(s.now, &oms.SymbolDefine{
		Name:       oms.Name(name),
		TickSize:   oms.Decimal{Mantissa: 1, Exponent: -2},
		LotSize:    oms.Decimal{Mantissa: 1, Exponent: -3},
		Multiplier: oms.Decimal{Mantissa: 1},
		Conversion: oms.Decimal{Mantissa: 1},
	})
	must(err)
	s.symbol = symbol
	s.print("symbol: %s\n", name)
}

func (s *story) setLimits() {
	limits := oms.LimitsOff()
	limits.Symbol = s.symbol
	limits.QtyMax = 5000
	limits.LongMax = 5000
	limits.ShortMax = 0
	limits.CollarRatio = oms.Percent(3)
	_, err := s.engine.LimitsSet(s.now, &limits)
	must(err)
	firm := oms.ScopeLimitsOff()
	_, err = s.engine.ScopeLimitsSet(s.now, &firm)
	must(err)
	s.print("limits: qty %d, long %d, short %d, collar %d\n",
		limits.QtyMax, limits.LongMax, limits.ShortMax, limits.CollarRatio)
}

// poll hands out what waits: commands for the venue, then events.
func (s *story) poll() {
	var commands [8]oms.Command
	var events [32]oms.Event
	polled, err := s.engine.Poll(s.now, commands[:], events[:])
	must(err)
	for _, c := range commands[:polled.Commands] {
		s.print("  command %s: %s %s, qty %d, price %d\n",
			c.Kind, c.Side, c.OrderType, c.Qty, c.Price)
		s.order = c.Order
	}
	for _, e := range events[:polled.Events] {
		s.print("  event %s: code %d, qty %d, price %d, value %d\n",
			e.Kind, e.Code, e.Qty, e.Price, e.Value)
	}
}

func (s *story) quote(bid, ask oms.Ticks) {
	s.now += second
	_, err := s.engine.Quote(s.now, &oms.Quote{Symbol: s.symbol, Bid: bid, Ask: ask})
	must(err)
	s.print("quote: %d %d\n", bid, ask)
}

// submit gives a limit order that buys.
func (s *story) submit(clientID uint64, qty oms.Lots, price oms.Ticks) {
	s.now += second
	verdict, order, _, err := s.engine.OrderSubmit(s.now, &oms.OrderSubmit{
		ClientID:    clientID,
		Symbol:      s.symbol,
		Side:        oms.SideBuy,
		OrderType:   oms.TypeLimit,
		TimeInForce: oms.TifGtc,
		Qty:         qty,
		Price:       price,
	})
	must(err)
	if verdict.Denied != 0 {
		s.print("submit %d: denied by %s, limit %d, observed %d\n",
			clientID, verdict.First, verdict.Limit, verdict.Observed)
	} else {
		s.print("submit %d: accepted\n", clientID)
	}
	s.order = order
}

// report is what the venue says of the order, and what the order is then.
func (s *story) report(r oms.VenueReport) {
	s.now += second
	r.Order = s.order
	_, err := s.engine.VenueReport(s.now, &r)
	must(err)
	order, err := s.engine.OrderGet(s.order, 0)
	must(err)
	s.print("report %s: order %s, filled %d of %d\n",
		r.Report, order.Status, order.CumQty, order.OrderQty)
}

func (s *story) ack() { s.report(oms.VenueReport{Report: oms.ReportAck}) }

func (s *story) fill(execID uint64, qty oms.Lots, price oms.Ticks, commission oms.Money) {
	s.report(oms.VenueReport{Report: oms.ReportFill, ExecID: execID, Qty: qty, Price: price,
		Commission: commission})
}

// showPosition prints the money of a position, and how it ended.
func (s *story) showPosition(p oms.Position) {
	s.print("position: %s, qty %d, entry %d, realised %d, unrealised %d, commission %d, exit %s\n",
		p.Side, p.Qty, p.EntryPrice, p.Realised, p.Unrealised, p.Commission, p.Exit)
}

func (s *story) showBreaker() {
	b, err := s.engine.RiskGet(0)
	must(err)
	s.print("breaker: %s, cause %s, equity %d, session %d\n",
		b.State, b.Cause, b.Equity, b.SessionPnl)
}

// openPosition buys two coins; the venue executes them in two parts.
func (s *story) openPosition() {
	s.quote(5_000_000, 5_000_100)
	s.submit(1, 2000, 5_000_100)
	s.poll()
	s.ack()
	s.fill(101, 1200, 5_000_100, 30*money)
	s.fill(102, 800, 5_000_000, 20*money)
	s.poll()
	position, err := s.engine.PositionNet(s.symbol)
	must(err)
	s.showPosition(position)
	s.position = position.Position
}

func (s *story) arm(kind oms.TriggerKind, level oms.Ticks) {
	s.now += second
	id, _, err := s.engine.TriggerArm(s.now, &oms.TriggerArm{
		Position: s.position, Kind: kind, Action: oms.ActionClose, Level: level})
	must(err)
	armed, err := s.engine.TriggerGet(id)
	must(err)
	s.print("arm %s: %s at %d\n", armed.Kind, armed.State, armed.Level)
}

// protect sets a stop below and a target above: each closes the whole position when it fires.
func (s *story) protect() {
	s.arm(oms.TriggerStopLoss, 4_900_000)
	s.arm(oms.TriggerTakeProfit, 5_200_000)
}

func (s *story) look() {
	position, err := s.engine.PositionGet(s.position)
	must(err)
	s.showPosition(position)
}

// trip: the market rises, then falls through the stop; the closing order is filled below it.
func (s *story) trip() {
	s.quote(5_100_000, 5_100_100)
	s.look()
	s.quote(4_899_900, 4_900_000)
	s.poll()
	s.ack()
	s.fill(103, 2000, 4_899_000, 49*money)
	s.poll()
	s.look()
	s.showBreaker()
	s.submit(2, 100, 4_900_000)
	s.poll()
}

// reset: someone has looked; the breaker is closed by hand, and an order passes.
func (s *story) reset() {
	s.now += second
	_, err := s.engine.Control(s.now, &oms.Control{Action: oms.ControlBreakerReset})
	must(err)
	s.showBreaker()
	s.submit(3, 100, 4_900_000)
	s.poll()
	s.ack()
	s.poll()
}

// finalReport is what is left at the end: the account, the trades, the trip.
func (s *story) finalReport() {
	a, err := s.engine.AccountGet()
	must(err)
	n, err := s.engine.StatisticsGet(0)
	must(err)
	t, err := s.engine.TripGet(0, 0)
	must(err)
	s.print("account: equity %d, realised %d, commission %d, open %d, live orders %d\n",
		a.Equity, a.Realised, a.Commission, a.Open, a.LiveOrders)
	s.print("orders: accepted %d, denied %d, executions %d\n",
		n.Accepted, n.Denied, n.Executions)
	s.print("trades: closed %d, wins %d, losses %d, total %d, largest loss %d\n",
		n.Closed, n.Wins, n.Losses, n.Total, n.LargestLoss)
	s.print("trip: %s, limit %d, observed %d, by hand %d\n",
		t.Cause, t.Limit, t.Observed, t.ByHand)
}

// tell tells the story from its start to its end.
func tell(out io.Writer) {
	s := story{out: out}
	s.start()
	s.defineSymbol()
	s.setLimits()
	s.openPosition()
	s.protect()
	s.trip()
	s.reset()
	s.finalReport()
	s.engine.Close()
}

func main() { tell(os.Stdout) }
