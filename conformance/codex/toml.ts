/** What a setting may be; an object is written in one line. */
export type TomlValue = string | number | boolean | readonly TomlValue[] | TomlTable;
export interface TomlTable {
  readonly [key: string]: TomlValue;
}

/** Settings as TOML: what is no table first, then each table under its name. */
export const printToml = (settings: TomlTable): string => {
  const entries = Object.entries(settings);
  const plain = entries.filter(([, value]) => !isTable(value));
  const tables = entries.flatMap(([key, value]) => (isTable(value) ? [{ key, value }] : []));
  const members = (table: TomlTable): string =>
    Object.entries(table)
      .map(([key, value]) => `${quote(key)} = ${inline(value)}\n`)
      .join('');
  return [
    members(Object.fromEntries(plain)),
    ...tables.map(({ key, value }) => `[${quote(key)}]\n${members(value)}`),
  ].join('\n');
};

const isTable = (value: TomlValue): value is TomlTable => typeof value === 'object' && !Array.isArray(value);

/** JSON spells strings and numbers as TOML does. */
const inline = (value: TomlValue): string => {
  if (!isTable(value)) {
    return typeof value === 'object' ? `[${value.map(inline).join(', ')}]` : JSON.stringify(value);
  }
  const members = Object.entries(value).map(([key, member]) => `${quote(key)} = ${inline(member)}`);
  return `{ ${members.join(', ')} }`;
};

const quote = (key: string): string => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key));
