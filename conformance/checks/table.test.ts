import { expect, it } from 'vitest';
import { different, equal } from './row.js';
import { table } from './table.js';

it('shows each row with its first difference in one line', () => {
  const rows = [
    { name: 'text', version: '0.160.0', events: 31, result: equal() },
    { name: 'killed', version: '0.169.0', events: 7, result: equal('both refuse') },
    { name: 'mcp', version: '0.169.0', result: different('other bytes\nhere') },
  ];
  expect(table(rows).join('\n')).toBe(
    `scenario  version  events  result
--------  -------  ------  --------------------------------
text      0.160.0      31  equal
killed    0.169.0       7  equal: both refuse
mcp       0.169.0       -  DIFFERENT: other bytes\\u000ahere`,
  );
});
