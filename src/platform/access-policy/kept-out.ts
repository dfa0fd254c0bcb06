/** The condition of row policies on visits and premises that leaves out immigration officers. */

/**
 * Not a visit, or premises, from which the plan keeps an immigration officer. Takes SQL for both ids; `null` for a visit where none is asked about.
 * Whether the reader is such an officer is asked first, once for a query: a list of thousands would wait for thousands of calls.
 */
export const notKeptOut = (visit: string, premises: string): string =>
  `not ((select ctx.of_immigration()) and ctx.immigration_kept_out(${visit}, ${premises}))`;
