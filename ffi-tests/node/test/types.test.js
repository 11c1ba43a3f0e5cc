'use strict';
/** The types: test/types.ts compiles, and each mistake in it is one; every method is declared. */

const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const test = require('node:test');
const oms = require('../oms.js');

test('types.ts compiles', () => {
  const tsc = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  const args = [tsc, '--noEmit', '--strict', '--target', 'es2022', '--module', 'commonjs',
    '--lib', 'es2022,dom', path.join(__dirname, 'types.ts')];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(stdout, '');
  assert.equal(status, 0);
});

test('every method and every export is declared', () => {
  const declared = ['oms.d.ts', 'abi.d.ts'].map(
    (name) => fs.readFileSync(path.join(__dirname, '..', name), 'utf8')).join('\n');
  const methods = Object.getOwnPropertyNames(oms.Engine.prototype)
    .filter((name) => !['constructor', 'door'].includes(name));
  for (const name of methods) assert.match(declared, new RegExp(`^ .*\\b${name}[(:]`, 'm'), name);
  for (const name of Object.keys(oms)) {
    assert.match(declared, new RegExp(`^export .*\\b${name}\\b`, 'm'), name);
  }
  for (const name of Object.keys(oms.names)) assert.match(declared, new RegExp(`^  ${name}\\(`, 'm'));
});
