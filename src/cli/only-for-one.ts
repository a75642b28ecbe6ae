import { WrongUsage } from './failure.js';

/** Refuses options that make sense with a single bundle. */
export const onlyForOne = (
  bundles: readonly string[],
  options: Readonly<Record<string, string | true | undefined>>,
): void => {
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined)
      throw new WrongUsage(`${name} takes one bundle, and there are ${bundles.length}`);
  }
};
