import type { Random } from '../random.js';
import { type CellDialect, type CellReport, cellState } from './dialect.js';

/** A cell is what the tool `exec` does: the tool call starts before the cell and ends with its first response. */
export function cells(random: Random): CellDialect {
  const contentItems = ({ text }: CellReport) => [{ type: 'input_text', text: text() }];
  const response = (report: CellReport) => {
    const { cellId, yields } = report;
    const items = contentItems(report);
    const duration = { secs: 0, nanos: random.integer(1_000_000, 900_000_000) };
    const head = { cell_id: cellId, content_items: items };
    const timing = { code_mode_host_duration: duration };
    return {
      response: yields
        ? { Yielded: { ...head, ...timing } }
        : { Result: { ...head, error_text: null, ...timing } },
    };
  };
  return {
    tool: (callId, source) => ({
      id: callId,
      name: 'exec',
      kind: { type: 'other', name: 'exec' },
      args: source,
      custom: true,
    }),
    response,
    result: response,
    shown: (report) => {
      const head = `${cellState(report)}\nWall time 0.3 seconds\nOutput:\n`;
      return [{ type: 'input_text', text: head }, ...contentItems(report)];
    },
  };
}
