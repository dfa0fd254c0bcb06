/**
 * Disclosure control, usable on its own: declare tables, give it the cases, and get tables that were rounded and attacked.
 * It imports nothing of Safelight.
 */
export {
  type AuditInput,
  audit,
  type Case,
  type Finding,
  type KnownNumber,
  type Problem,
  readShown,
} from './auditor/index.ts';
export { countFacts } from './counts.ts';
export {
  type CellCodes,
  type Declaration,
  DeclarationError,
  type Dimension,
  getCellKey,
  getDeclarationDigest,
  layOut,
  type Table,
} from './declaration.ts';
export { type ProtectInput, type Protection, protect } from './protector/protect.ts';
export { suppress } from './protector/suppression.ts';
export { base, fewer, type PublishedTables, type Shown, tools, withheld } from './published.ts';
