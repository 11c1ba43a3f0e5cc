'use strict';
/** Objects to bytes and back. */

const assert = require('node:assert/strict');
const test = require('node:test');
const { decode, encode } = require('../records.js');

test('64-bit fields are BigInt, to the last unit', () => {
  for (const value of [0n, -1n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)]) {
    const bytes = encode('oms_quote_t', { bid: value });
    assert.equal(decode('oms_quote_t', bytes).bid, value);
  }
  const most = 2n ** 64n - 1n;
  assert.equal(decode('oms_quote_t', encode('oms_quote_t', { now: most })).now, most);
});

test('numbers do where they are exact', () => {
  assert.equal(decode('oms_quote_t', encode('oms_quote_t', { bid: -7 })).bid, -7n);
  assert.throws(() => encode('oms_quote_t', { bid: 2 ** 53 }), /give a BigInt/);
  assert.throws(() => encode('oms_quote_t', { bid: 0.5 }), /oms_quote_t\.bid is 0\.5/);
  assert.throws(() => encode('oms_quote_t', { bid: '1' }), RangeError);
});

test('a value that does not fit names field, value and limits', () => {
  assert.throws(() => encode('oms_quote_t', { symbol: 2 ** 32 }),
    /oms_quote_t\.symbol is 4294967296: uint32_t takes 0 to 4294967295/);
  assert.throws(() => encode('oms_quote_t', { bid: 2n ** 63n }), /int64_t takes/);
  assert.throws(() => encode('oms_quote_t', { now: -1 }), /uint64_t takes 0 to/);
});

test('a field that is not there is refused, with those that are', () => {
  assert.throws(() => encode('oms_quote_t', { bit: 1 }), /oms_quote_t\.bit: .* bid, ask/);
  assert.throws(() => encode('oms_quote_t', { reserved: [1] }), TypeError);
  assert.throws(() => encode('oms_quote_t', null), TypeError);
});

test('texts, records and arrays within records', () => {
  const symbol = { name: 'BTC/USD', tick_size: { mantissa: 1, exponent: -2 } };
  const read = decode('oms_symbol_define_t', encode('oms_symbol_define_t', symbol));
  assert.equal(read.name, 'BTC/USD');
  assert.deepEqual(read.tick_size, { mantissa: 1n, exponent: -2 });
  assert.throws(() => encode('oms_symbol_define_t', { name: 'x'.repeat(40) }), /room for 31/);
  const fees = decode('oms_fees_t', encode('oms_fees_t', { tiers: [{ volume: 1 }, { taker: 2 }] }));
  assert.equal(fees.tiers.length, 8);
  assert.equal(fees.tiers[1].taker, 2n);
  assert.throws(() => encode('oms_fees_t', { tiers: Array(9).fill({}) }), /at most 8/);
  assert.throws(() => encode('oms_fees_t', { tiers: [{ taker: 0.1 }] }), /tiers\[0\]\.taker/);
});
