import { compareUtf8 } from '../json/order.js';
import { tableNames, type RolloutTrace, type Table, type TableName } from '../model/rollout-trace.js';
import type { Link } from './links.js';
import { isSameObject, rowsOf, type Look, type ObjectRef } from './objects.js';
import { readLinks } from './read-links.js';

/** What the rows of one trace say, by both ends. An end may be missing from the trace. */
export interface LinkIndex {
  /** Reads the rows that are others than in the trace before. */
  moveTo(trace: RolloutTrace): void;
  /** In the order of the rows that say it. */
  linksTo(object: ObjectRef): readonly Link[];
  linksFrom(object: ObjectRef): readonly Link[];
}

/** An object that says something, is spoken of, or is looked at by others before they speak. */
interface Node extends ObjectRef {
  said: readonly Said[];
  to: Said[];
  from: Said[];
  /** Those that say something else where this row is another one. Some may have done so only before. */
  readonly watchers: Set<Node>;
}

interface Said extends Link {
  readonly by: Node;
  /** Among all that its row says. */
  readonly place: number;
}

/** Payloads say nothing. */
const speaking = tableNames.filter((table) => table !== 'raw_payloads');
const places: ReadonlyMap<TableName, number> = new Map(tableNames.map((table, place) => [table, place]));

export const linkIndex = (): LinkIndex => {
  const nodes = new Map<TableName, Map<string, Node>>(tableNames.map((table) => [table, new Map()]));
  let shown: RolloutTrace | undefined;

  const known = ({ table, id }: ObjectRef): Node | undefined => nodes.get(table)?.get(id);
  const nodeOf = (table: TableName, id: string): Node => {
    const found = nodes.get(table)?.get(id);
    if (found) return found;
    const node: Node = { table, id, said: [], to: [], from: [], watchers: new Set() };
    nodes.get(table)?.set(id, node);
    return node;
  };
  const read = (trace: RolloutTrace, node: Node): void => {
    const look: Look = (table, id) => {
      if (table !== node.table || id !== node.id) nodeOf(table, id).watchers.add(node);
      return rowsOf(trace, table).get(id);
    };
    const said: Said[] = [];
    readLinks(look, node.table, node.id, (relation, from, to) => {
      said.push({ relation, from, to, by: node, place: said.length });
    });
    if (said.length === node.said.length && said.every((each, place) => isSame(each, node.said[place])))
      return;
    // Each end once, however often the row spoke of it: the row itself is an end of nearly all.
    const ends = new Set(
      node.said.flatMap(({ from, to }) => [nodeOf(from.table, from.id), nodeOf(to.table, to.id)]),
    );
    for (const end of ends) {
      end.from = end.from.filter(({ by }) => by !== node);
      end.to = end.to.filter(({ by }) => by !== node);
    }
    for (const each of said) {
      nodeOf(each.from.table, each.from.id).from.push(each);
      nodeOf(each.to.table, each.to.id).to.push(each);
    }
    node.said = said;
  };

  return {
    moveTo(trace) {
      if (trace === shown) return;
      const changed = new Set<Node>();
      for (const table of speaking) {
        for (const id of changedIds(shown?.[table], trace[table])) {
          const node = nodeOf(table, id);
          changed.add(node);
          for (const watcher of node.watchers) changed.add(watcher);
        }
      }
      for (const node of changed) read(trace, node);
      shown = trace;
    },
    linksTo: (object) => inOrder(known(object)?.to ?? []),
    linksFrom: (object) => inOrder(known(object)?.from ?? []),
  };
};

const changedIds = (before: Table<unknown> | undefined, after: Table<unknown>): readonly string[] => {
  if (before === after) return [];
  if (!before) return after.keys();
  return [
    ...after.keys().filter((id) => before.get(id) !== after.get(id)),
    ...before.keys().filter((id) => !after.has(id)),
  ];
};

const isSame = (a: Said, b: Said | undefined): boolean =>
  a.relation === b?.relation && isSameObject(a.from, b.from) && isSameObject(a.to, b.to);

const inOrder = (said: readonly Said[]): readonly Link[] => said.toSorted(inTrace).map(linkOf);

const inTrace = (a: Said, b: Said): number => {
  if (a.by === b.by) return a.place - b.place;
  const byTable = (places.get(a.by.table) ?? 0) - (places.get(b.by.table) ?? 0);
  return byTable === 0 ? compareUtf8(a.by.id, b.by.id) : byTable;
};

const linkOf = ({ relation, from, to }: Said): Link => ({ relation, from, to });
