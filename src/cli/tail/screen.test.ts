import { describe, expect, it } from 'vitest';
import { roomOn, screen } from './screen.js';

const ESCAPE = '\u001b';
const UP = new RegExp(`^${ESCAPE}\\[(\\d+)A$`);
const TOKEN = new RegExp(`${ESCAPE}\\[\\??\\d*[A-Za-z]|[\\r\\n]|[^${ESCAPE}\\r\\n]+`, 'g');

/** A terminal that understands what a screen writes, and remembers it. */
const terminalOf = (columns: number, rows = 10) => {
  const lines: string[] = ['earlier', ''];
  let row = 1;
  const written: string[] = [];
  const put = (text: string): void => {
    lines[row] = text;
  };
  const obey = (token: string): void => {
    const up = UP.exec(token)?.[1];
    if (up !== undefined) row -= Number(up);
    else if (token === '\u001b[J') lines.splice(row, Infinity, '');
    else if (token === '\n') {
      row += 1;
      lines[row] ??= '';
    } else if (!token.startsWith('\u001b') && token !== '\r') put(token);
  };
  return {
    columns,
    rows,
    lines,
    written,
    write(text: string) {
      written.push(text);
      for (const [token] of text.matchAll(TOKEN)) obey(token);
    },
  };
};

describe('pictures on a terminal', () => {
  it('replace each other in place, and leave alone what was there before', () => {
    const terminal = terminalOf(80);
    const drawing = screen(terminal);
    drawing.draw(['a', 'b', 'c']);
    drawing.draw(['a', 'x', 'c']);
    expect(terminal.lines).toEqual(['earlier', 'a', 'x', 'c', '']);
    drawing.draw(['a']);
    expect(terminal.lines).toEqual(['earlier', 'a', '']);
    drawing.draw(['a', 'd']);
    expect(terminal.lines).toEqual(['earlier', 'a', 'd', '']);
  });

  it('write each line that differs, in one go, and nothing where none does', () => {
    const terminal = terminalOf(80);
    const drawing = screen(terminal);
    drawing.draw(['same', 'one']);
    drawing.draw(['same', 'two']);
    drawing.draw(['same', 'two']);
    expect(terminal.written).toHaveLength(2);
    expect(terminal.written[1]).not.toContain('same');
  });

  it('hide the cursor, and give it back', () => {
    const terminal = terminalOf(80);
    const drawing = screen(terminal);
    drawing.close();
    expect(terminal.written).toEqual([]);
    drawing.draw(['a']);
    drawing.draw(['b']);
    drawing.close();
    drawing.close();
    const text = terminal.written.join('');
    expect(text.split('\u001b[?25l')).toHaveLength(2);
    expect(text.endsWith('\u001b[?25h')).toBe(true);
    expect(text.split('\u001b[?25h')).toHaveLength(2);
  });

  it('go over what a narrower terminal has wrapped', () => {
    const terminal = terminalOf(20);
    const drawing = screen(terminal);
    drawing.draw(['x'.repeat(18), 'y']);
    terminal.columns = 10;
    drawing.draw(['z']);
    expect(terminal.written[1]?.startsWith(`\r${ESCAPE}[3A${ESCAPE}[J`)).toBe(true);
  });
});

it('leaves room for the cursor, also on a terminal that does not know its size', () => {
  expect(roomOn({ columns: 100, rows: 30, write: () => true })).toEqual({ width: 99, height: 29 });
  expect(roomOn({ columns: 0, rows: 0, write: () => true })).toEqual({ width: 79, height: 23 });
});
