/** Who works here: roles, the two sides of a partnership, and the purposes for which anything is looked at. */

export const roles = [
  'triage',
  'planner',
  'field',
  'enforcement',
  'safeguarding lead',
  'partner caseworker',
  'volunteer',
  'custodian',
  'analyst',
  'press',
  'commander',
  'data-protection lead',
  'coordinator',
  'auditor',
  'administrator',
] as const;
export type Role = (typeof roles)[number];

/** Roles whose work is about operations that they are let into. Volunteers and administrators open none. */
export const operationRoles: readonly Role[] = roles.filter((role) => role !== 'volunteer' && role !== 'administrator');

/** Of an agency that takes part, without being let in: who must know that it does, and when, to send people and to answer for them. */
export const operationStaffRoles = ['planner', 'commander', 'field', 'enforcement', 'safeguarding lead'] as const;

/** Who answers when an agency is invited to an operation: those who send its people, or lead its help. */
export const invitationRoles = ['planner', 'commander', 'safeguarding lead'] as const;

/** Who may use emergency access on an operation of their agency. */
export const breakGlassRoles = operationStaffRoles;

/** Who at the agency that owns an operation reviews emergency access to it. */
export const breakGlassReviewRoles = ['commander', 'data-protection lead'] as const;

/** Each agency is on one side: it enforces, or it helps. A council, which does both, helps here. */
export const sides = ['enforcement', 'help'] as const;
export type Side = (typeof sides)[number];

export const purposes = [
  'safeguarding',
  'investigation',
  'operation',
  'statistics',
  'publication',
  'audit',
  'administration',
  'information',
  'upkeep',
] as const;
export type Purpose = (typeof purposes)[number];

export const agencyKinds = [
  'police force',
  'regional crime unit',
  'health',
  'sexual violence advisers',
  'immigration',
  'council',
  'voluntary',
  'coordinator',
] as const;
export type AgencyKind = (typeof agencyKinds)[number];

/** Police, wherever a rule speaks of police: a regional unit is made up of police officers of several forces. */
export const policeKinds = ['police force', 'regional crime unit'] as const satisfies readonly AgencyKind[];

export const isPolice = (kind: AgencyKind | undefined): boolean => policeKinds.some((police) => police === kind);

export const sideOf: Record<AgencyKind, Side> = {
  'police force': 'enforcement',
  'regional crime unit': 'enforcement',
  immigration: 'enforcement',
  health: 'help',
  'sexual violence advisers': 'help',
  council: 'help',
  voluntary: 'help',
  coordinator: 'help',
};
