package oms

import (
	"errors"
	"strings"
	"testing"
)

func TestRefusalChangesNothing(t *testing.T) {
	d := newDesk(t, smallConfig())
	before := d.digest()
	_, err := d.Quote(d.now, &Quote{Symbol: 9, Bid: 1, Ask: 2})
	same(t, "the text", err.Error(), "oms_quote: E_SYMBOL (-16): no such symbol")
	same(t, "is ESymbol", errors.Is(err, ESymbol), true)
	same(t, "is EPrice", errors.Is(err, EPrice), false)
	var e *Error
	same(t, "is an Error", errors.As(err, &e), true)
	same(t, "the call", e.Call, "oms_quote")
	same(t, "the digest", d.digest(), before)
}

func TestConfigurationErrorNamesTheField(t *testing.T) {
	config := smallConfig()
	config.Capacity.Orders = 0
	_, err := New(&config)
	same(t, "is EConfig", errors.Is(err, EConfig), true)
	if !strings.HasSuffix(err.Error(), "capacity.orders: 1 to 16777215; it is 0") {
		t.Fatal(err)
	}
	config = smallConfig()
	config.MoneyExp = 3
	_, err = New(&config)
	var e *Error
	same(t, "is an Error", errors.As(err, &e), true)
	same(t, "the value", e.Value, 3)
	_, err = New(&Config{})
	same(t, "an empty one", errors.Is(err, ESize), true)
}

func TestClosed(t *testing.T) {
	config := smallConfig()
	engine, err := New(&config)
	if err != nil {
		t.Fatal(err)
	}
	engine.Close()
	engine.Close()
	_, err = engine.AccountGet()
	same(t, "is ErrClosed", errors.Is(err, ErrClosed), true)
	same(t, "is ENull", errors.Is(err, ENull), true)
	_, err = engine.Poll(1, nil, nil)
	same(t, "is ErrClosed", errors.Is(err, ErrClosed), true)
}

func TestIdsOfOthers(t *testing.T) {
	one, two := smallConfig(), smallConfig()
	one.EngineTag, two.EngineTag = 1, 2
	a, b := newDesk(t, one), newDesk(t, two)
	_, order := a.submit(1, 1)
	_, err := b.OrderGet(order, 0)
	same(t, "is EForeign", errors.Is(err, EForeign), true)
	same(t, "is ErrClosed", errors.Is(err, ErrClosed), false)
	_, err = a.OrderGet(0, 77)
	same(t, "is EUnknown", errors.Is(err, EUnknown), true)
}

func TestNameThatIsTooLong(t *testing.T) {
	d := newDesk(t, smallConfig())
	one := Decimal{Mantissa: 1}
	_, _, err := d.SymbolDefine(d.now, &SymbolDefine{Name: Name(strings.Repeat("x", 40)),
		TickSize: one, LotSize: one, Multiplier: one, Conversion: one})
	var e *Error
	same(t, "is an Error", errors.As(err, &e), true)
}

func TestUnknownValuesHaveAName(t *testing.T) {
	same(t, "a side", Side(9).String(), "?")
	same(t, "a status", Status(-99).Text(), "?")
	same(t, "two percent", Percent(2), BasisPoints(200))
}
