import { useEffect, useState } from 'react';

/** Milliseconds that a value must stay to count. */
const SETTLED_MS = 120;

/** A value once it stays: what costs much is not asked for at each step of a slider. */
export const useSettled = <T>(value: T): T => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
};
