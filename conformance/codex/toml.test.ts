import { expect, it } from 'vitest';
import { printToml } from './toml.js';

it('writes plain settings before tables, and tables in tables in one line', () => {
  const settings = {
    features: { code_mode: true },
    model: 'a "b"',
    servers: { 'a.b': { args: ['x', 1], enabled: false } },
  };
  expect(printToml(settings)).toBe(`model = "a \\"b\\""

[features]
code_mode = true

[servers]
"a.b" = { args = ["x", 1], enabled = false }
`);
});
