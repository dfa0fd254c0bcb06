/** Pure. The addresses of returns, their figures and their checks. */
import { staffPath } from './path.ts';

export const returnPaths = {
  list: staffPath('/returns'),
  ledger: staffPath('/published-numbers'),
  definitions: staffPath('/returns/definitions/:edition'),
  operation: staffPath('/returns/operations/:id'),
  count: staffPath('/returns/operations/:id/count'),
  counting: staffPath('/returns/counts/:id'),
  return: staffPath('/returns/:id'),
  figure: staffPath('/returns/:id/figures/:indicator'),
  qualify: staffPath('/returns/:id/figures/:indicator/qualify'),
  checks: staffPath('/returns/:id/checks'),
  check: staffPath('/returns/:id/checks/:number'),
  discard: staffPath('/returns/:id/discard'),
  sign: staffPath('/returns/:id/sign'),
  countersign: staffPath('/returns/:id/countersign'),
  export: staffPath('/returns/:id/export'),
  weeks: staffPath('/returns/weeks'),
  weeksExport: staffPath('/returns/weeks/export'),
  trend: staffPath('/returns/weeks/trends/:measure'),
} as const;

export const publishedWeekPaths = {
  list: staffPath('/returns/published'),
  import: staffPath('/returns/published/import'),
  save: staffPath('/returns/published/import/save'),
  template: staffPath('/returns/published/template'),
  week: staffPath('/returns/published/:id'),
  remove: staffPath('/returns/published/:id/remove'),
} as const;
