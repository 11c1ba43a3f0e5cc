// Not run: test/types.test.js has the compiler look at it.
import * as oms from '../oms';

const { constants: c } = oms;
const engine = new oms.Engine({ capacity: { orders: 64 }, starting_balance: 1n });
const { symbol } = engine.symbolDefine({ name: 'BTC/USD', tick_size: { mantissa: 1, exponent: -2 } });
engine.limitsSet(oms.limitsOff({ symbol, qty_max: 500, collar_ratio: oms.percent(2) }));
engine.feesSet({ symbol, fees: { tiers: [{ volume: 1n, maker: 2 }] } });
const { verdict, order, status } = engine.orderSubmit({ side: c.OMS_SIDE_BUY, qty: 1, price: 2n });
const limit: bigint = verdict.limit;
const id: bigint = order;
const code: number = status;
const filled: bigint = engine.orderGet(id, 0).cum_qty;
const side: string = oms.names.sideName(engine.poll({ now: 1 }).commands[0].side);
const equity: bigint = engine.accountGet().equity;
console.log(limit, code, filled, side, equity, engine.digest() + 1n);

// @ts-expect-error a field that is not there
engine.quote({ bit: 1 });
// @ts-expect-error ids are bigint
const wrong: number = engine.orderGet(id, 0).order;
// @ts-expect-error a name is a text
engine.symbolDefine({ name: 7 });
// @ts-expect-error an argument is missing
engine.orderGet(id);
// @ts-expect-error no such method
engine.orderSend({});
// @ts-expect-error a read answers the record, not a status
engine.accountGet().status;
console.log(wrong);
