/** Conditions of row policies that call a function for a row. Each first asks, once for a query, whether any row needs the call: a list of thousands would wait for thousands of calls. */

/** Not a visit, or premises, from which the plan keeps an immigration officer. Takes SQL for both ids; `null` for a visit where none is asked about. */
export const notKeptOut = (visit: string, premises: string): string =>
  `not ((select ctx.of_immigration()) and ctx.immigration_kept_out(${visit}, ${premises}))`;

/** Of the operation to which the reader has emergency access. Without such access it is false, not unknown: after an unknown, PostgreSQL evaluates what follows. */
export const underGlass = '(select ctx.glass()) is not null and operation_id = (select ctx.glass())';
