/** Children of a node. */
const WIDTH = 32;
const BITS = 5;
const MASK = WIDTH - 1;

/** Whoever holds the token that a node was made with may change it in place. */
export type EditToken = object;

interface Node<T> {
  readonly token: EditToken;
  readonly slots: (Node<T> | T | undefined)[];
}

/**
 * A list whose versions share what they have in common: a new version costs one path of a wide tree, not
 * a copy. Changes made with the same token go in place, so that many of them cost as little as on an
 * array; a version is safe from them as soon as its owner takes a new token.
 */
export class PersistentVector<T> {
  readonly size: number;
  readonly #depth: number;
  readonly #root: Node<T>;

  private constructor(size: number, depth: number, root: Node<T>) {
    this.size = size;
    this.#depth = depth;
    this.#root = root;
  }

  static empty<T>(): PersistentVector<T> {
    return new PersistentVector<T>(0, 0, { token: {}, slots: [] });
  }

  get(index: number): T | undefined {
    if (index < 0 || index >= this.size) return undefined;
    let node = this.#root;
    for (let level = this.#depth; level > 0; level--) {
      node = node.slots[(index >> (level * BITS)) & MASK] as Node<T>;
    }
    return node.slots[index & MASK] as T;
  }

  /** The version with `value` at `index`; an index at the end appends. */
  with(index: number, value: T, token: EditToken): PersistentVector<T> {
    const grows = index === this.size && index === WIDTH ** (this.#depth + 1);
    const depth = grows ? this.#depth + 1 : this.#depth;
    const base: Node<T> = grows ? { token, slots: [this.#root] } : this.#root;
    const root = write(base, depth, index, value, token);
    const size = Math.max(this.size, index + 1);
    if (root === this.#root && size === this.size) return this;
    return new PersistentVector(size, depth, root);
  }

  toArray(): T[] {
    const all: T[] = [];
    collect(this.#root, this.#depth, all);
    // Whoever holds the token may have appended to a node since.
    all.length = Math.min(all.length, this.size);
    return all;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let index = 0; index < this.size; index++) yield this.get(index) as T;
  }
}

const collect = <T>(node: Node<T>, level: number, into: T[]): void => {
  if (level === 0) into.push(...(node.slots as T[]));
  else for (const child of node.slots) collect(child as Node<T>, level - 1, into);
};

const write = <T>(
  node: Node<T> | undefined,
  level: number,
  index: number,
  value: T,
  token: EditToken,
): Node<T> => {
  const own = node?.token === token ? node : { token, slots: node ? node.slots.slice() : [] };
  const slot = (index >> (level * BITS)) & MASK;
  own.slots[slot] =
    level === 0 ? value : write(own.slots[slot] as Node<T> | undefined, level - 1, index, value, token);
  return own;
};
