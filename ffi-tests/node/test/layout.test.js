'use strict';
/** abi.js against what a C compiler makes of the header that lies beside the library. */

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const test = require('node:test');
const abi = require('../abi.js');
const { INTEGERS } = require('../records.js');

const INCLUDE = path.join(__dirname, '..', '..', '..', 'dist', 'include');

/** What a C program prints: a line for each fact of abi.js. */
function compiled() {
  const lines = [];
  for (const [record, { fields }] of Object.entries(abi.records)) {
    lines.push(`printf("${record} %zu\\n", sizeof(${record}));`);
    for (const [field] of fields) {
      lines.push(`printf("${record}.${field} %zu %zu\\n", offsetof(${record}, ${field}), `
        + `sizeof(((${record} *)0)->${field}));`);
    }
  }
  for (const name of Object.keys(abi.constants)) {
    lines.push(`printf("${name} %lld\\n", (long long)${name});`);
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oms-layout-'));
  try {
    const source = path.join(folder, 'layout.c');
    fs.writeFileSync(source, '#include <stdio.h>\n#include "oms.h"\n'
      + `int main(void) {\n${lines.join('\n')}\nreturn 0;\n}\n`);
    const program = path.join(folder, 'layout');
    execFileSync(process.env.CC || 'cc', [`-I${INCLUDE}`, source, '-o', program]);
    return execFileSync(program, { encoding: 'utf8' }).trim().split('\n');
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

test('records and constants are what the C compiler says', () => {
  const said = [];
  for (const [record, { size, fields }] of Object.entries(abi.records)) {
    said.push(`${record} ${size}`);
    for (const [field, type, offset, count] of fields) {
      const one = type in INTEGERS ? INTEGERS[type].bytes : abi.records[type].size;
      said.push(`${record}.${field} ${offset} ${one * (count || 1)}`);
    }
  }
  for (const [name, value] of Object.entries(abi.constants)) said.push(`${name} ${value}`);
  assert.ok(said.length > 1000, `only ${said.length} facts`);
  assert.deepEqual(said, compiled());
});

test('a record leaves no hole between its fields', () => {
  for (const [record, { size, fields }] of Object.entries(abi.records)) {
    let end = 0;
    for (const [field, type, offset, count] of fields) {
      assert.equal(offset, end, `${record}.${field}`);
      const one = type in INTEGERS ? INTEGERS[type].bytes : abi.records[type].size;
      end += one * (count || 1);
    }
    assert.equal(end, size, record);
  }
});
