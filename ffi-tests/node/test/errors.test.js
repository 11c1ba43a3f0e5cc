'use strict';
/** What is refused says what was wrong, and changes nothing. */

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const path = require('node:path');
const test = require('node:test');
const oms = require('../oms.js');
const { CAPACITY, Desk } = require('./desk.js');

const { constants: c } = oms;

test('a refused call throws status, name and text, and leaves the engine as it was', () => {
  const d = new Desk();
  const before = d.engine.digest();
  const request = { now: d.now, symbol: 9, bid: 1, ask: 2 };
  assert.throws(() => d.engine.quote(request), (e) => {
    assert.ok(e instanceof oms.OmsError);
    assert.equal(e.status, c.OMS_E_SYMBOL);
    assert.equal(e.code, 'OMS_E_SYMBOL');
    assert.equal(e.call, 'oms_quote');
    assert.equal(e.message, 'oms_quote: OMS_E_SYMBOL (-16): no such symbol');
    assert.equal(e.request, request);
    return true;
  });
  assert.equal(d.engine.digest(), before);
});

test('a configuration error names field, value and rule', () => {
  const wrong = (config) => () => new oms.Engine(config);
  assert.throws(wrong({ capacity: { ...CAPACITY, orders: 0 } }), (e) => {
    assert.equal(e.status, c.OMS_E_CONFIG);
    assert.equal(e.value, 0);
    assert.match(e.message, /capacity\.orders: 1 to 16777215; it is 0$/);
    return true;
  });
  assert.throws(wrong({ money_exp: 3 }), /money_exp: -12 to 0; it is 3/);
  assert.throws(wrong({ capacity: { order: 1 } }), /has no such field; it has orders/);
});

test('arguments that are missing, too many or of no integer', () => {
  const { engine } = new Desk();
  assert.throws(() => engine.orderGet(1n), /orderGet: client_id is missing/);
  assert.throws(() => engine.accountGet(1), /accountGet: 1 arguments too many/);
  assert.throws(() => engine.riskGet('x'), /riskGet: scope is x/);
  assert.throws(() => engine.quote(), TypeError);
  assert.throws(() => oms.names.sideName(256), /uint8_t takes 0 to 255/);
  assert.equal(oms.names.sideName(9), '?');
});

test('a name that fills its room is the library\'s to refuse', () => {
  const d = new Desk();
  assert.throws(() => d.define('x'.repeat(32)), oms.OmsError);
  assert.throws(() => d.define('BTC/USD'), oms.OmsError);
});

test('an engine that was closed', () => {
  const { engine } = new Desk();
  assert.equal(engine.closed, false);
  engine.close();
  engine.close();
  assert.equal(engine.closed, true);
  assert.throws(() => engine.digest(), /OMS_E_NULL .*the engine was closed: make another one/);
  assert.throws(() => engine.poll({ now: 1 }), { status: c.OMS_E_NULL });
});

test('an id of another engine is foreign, one that is gone is unknown or stale', () => {
  const a = new Desk({ engine_tag: 1 });
  const b = new Desk({ engine_tag: 2 });
  const { order } = a.submit(1, 1);
  assert.throws(() => b.engine.orderGet(order, 0), { code: 'OMS_E_FOREIGN' });
  assert.throws(() => a.engine.orderGet(0, 77), { code: 'OMS_E_UNKNOWN' });
});

test('the memory stays where it is while V8 collects', () => {
  const script = `
    const { Desk } = require(${JSON.stringify(path.join(__dirname, 'desk.js'))});
    const desks = Array.from({ length: 20 }, () => new Desk());
    for (let round = 0; round < 30; round += 1) {
      desks.forEach((d) => d.submit(round + 1, 1));
      new Desk();
      global.gc();
    }
    const digests = new Set(desks.map((d) => d.engine.digest()));
    if (desks.some((d) => d.engine.audit().item !== 0)) throw new Error('audit');
    process.stdout.write(String(digests.size));`;
  const said = execFileSync(process.execPath, ['--expose-gc', '-e', script], { encoding: 'utf8' });
  assert.equal(said, '1');
});
