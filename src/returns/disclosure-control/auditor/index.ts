/** The auditor of tables that are about to be published. */
export { type AuditInput, audit, auditWith, type Finding, type Problem, threshold } from './audit.ts';
export { type Case, type KnownNumber, readShown } from './knowledge.ts';
