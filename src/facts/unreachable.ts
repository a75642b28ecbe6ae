/** What stands behind the last case of a step: it compiles only where the step has a case for all that its stage reads. */
export const unreachable = (fact: never): never => fact;
