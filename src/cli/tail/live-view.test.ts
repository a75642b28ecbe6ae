import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { held } from '../../../test/helpers/garbage.js';
import { since, thread, timeAt, turn, watchedSession } from '../../../test/helpers/watched.js';
import { liveView } from './live-view.js';

beforeEach(() => void vi.useFakeTimers({ now: timeAt(100) }));
afterEach(() => void vi.useRealTimers());

const terminalOf = () => {
  const written: string[] = [];
  const listeners = new Set<() => void>();
  return {
    columns: 100,
    rows: 20,
    written,
    listeners,
    write: (text: string): unknown => written.push(text),
    on: (_: 'resize', listener: () => void): unknown => listeners.add(listener),
    off: (_: 'resize', listener: () => void): unknown => listeners.delete(listener),
  };
};

describe('the live view', () => {
  it('draws at most ten pictures a second, and the last state in any case', async () => {
    const terminal = terminalOf();
    const view = liveView(terminal, { given: '/traces', all: false });
    const session = watchedSession();
    for (let index = 0; index < 200; index++) {
      view.take(session([thread(`t${index}`, since(index))]));
      await vi.advanceTimersByTimeAsync(5);
    }
    expect(terminal.written.length).toBeGreaterThan(5);
    expect(terminal.written.length).toBeLessThanOrEqual(11);
    view.take(session([]));
    await view.end();
    expect(terminal.written.join('')).toContain('200 events');
  });

  it('writes nothing while nothing changes, and a time each second while an agent works', async () => {
    const terminal = terminalOf();
    const view = liveView(terminal, { given: '/traces', all: false });
    const session = watchedSession();
    view.take(
      session([
        thread('t', since(1, 2)),
        { type: 'set_header', fields: { status: 'completed', ended_at_unix_ms: 9000 } },
      ]),
    );
    await vi.advanceTimersByTimeAsync(5000);
    expect(terminal.written).toHaveLength(1);
    view.take(session([thread('x', since(100)), turn('u', 'x', since(100))]));
    await vi.advanceTimersByTimeAsync(5500);
    expect(terminal.written).toHaveLength(7);
    await view.end();
  });

  it('says what it waits for', async () => {
    const terminal = terminalOf();
    const view = liveView(terminal, { given: '/tra\u001bces', all: false });
    await vi.advanceTimersByTimeAsync(2000);
    await view.end();
    expect(terminal.written[0]).toContain(String.raw`waiting for a bundle: /tra\u001bces`);
  });

  it('shows the latest session, or all', async () => {
    const shown = async (all: boolean): Promise<string> => {
      const terminal = terminalOf();
      const view = liveView(terminal, { given: '/traces', all });
      for (const name of ['a', 'b']) view.take(watchedSession(1, `/traces/${name}`)([]));
      await view.end();
      return terminal.written.join('');
    };
    expect(await shown(false)).not.toContain('a: session');
    expect(await shown(false)).toContain('b: session');
    expect(await shown(true)).toMatch(/a: session[^]*b: session/);
  });

  it('keeps no more sessions that have ended than it can show, and counts them all', async () => {
    vi.useRealTimers();
    const terminal = terminalOf();
    const view = liveView(terminal, { given: '/traces', all: true });
    const traces = Array.from({ length: 100 }, (_, index) => {
      const snapshot = watchedSession(1, `/traces/${index}`)([]);
      view.take(snapshot);
      view.release(snapshot.directory);
      return new WeakRef(snapshot.trace);
    });
    await view.end();
    expect(terminal.written.join('')).toMatch(/98: session[^]*99: session[^]*… and 96 other sessions/);
    expect(await held(traces)).toBeLessThan(30);
    expect(traces.at(-1)?.deref()).toBeDefined();
  });

  it('is drawn again when the terminal changes its size, and leaves no timer behind', async () => {
    const terminal = terminalOf();
    const view = liveView(terminal, { given: '/traces', all: false });
    view.take(watchedSession()([]));
    await vi.advanceTimersByTimeAsync(500);
    const before = terminal.written.length;
    terminal.columns = 50;
    for (const listener of terminal.listeners) listener();
    await vi.advanceTimersByTimeAsync(100);
    expect(terminal.written).toHaveLength(before + 1);
    await view.end();
    expect([vi.getTimerCount(), terminal.listeners.size]).toEqual([0, 0]);
  });
});
