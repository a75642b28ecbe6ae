import type { Recording } from './recording.js';
import { messageOf } from './warnings.js';

/**
 * A handle that never throws, whatever a host gives its methods. A call that cannot be made sense of is left out, and
 * answered by the handle that records nothing.
 */
export const guarded = <Handle extends object>(
  recording: Recording,
  handle: Handle,
  disabled: Handle,
): Handle =>
  new Proxy(handle, {
    get(target, name): unknown {
      // Of the handle itself: a proxy has no private fields.
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function' || !Object.hasOwn(disabled, name)) return method;
      return (...args: readonly unknown[]): unknown => {
        try {
          return Reflect.apply(method, target, args);
        } catch (error) {
          recording.leftOut(`${String(name)} is left out: ${messageOf(error)}`, error);
          const instead: unknown = Reflect.get(disabled, name);
          return typeof instead === 'function' ? Reflect.apply(instead, disabled, args) : undefined;
        }
      };
    },
  });
