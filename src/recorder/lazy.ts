/** A value, or a function that makes it. A handle that records nothing never calls the function. */
export type Lazy<T> = T | (() => T);

const isFunction = <T>(lazy: Lazy<T>): lazy is () => T => typeof lazy === 'function';

export const valueOf = <T>(lazy: Lazy<T>): T => (isFunction(lazy) ? lazy() : lazy);
