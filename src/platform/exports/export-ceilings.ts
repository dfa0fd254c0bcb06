/** What may leave the screen, as a file or on paper: a ceiling for everybody, and, as data, whose work needs more. */

import { listOf } from '../../vocabulary/languages/english.ts';
import { highestMarking, isWithinMarking, type Marking } from '../../vocabulary/marking.ts';
import type { Role, Side } from '../../vocabulary/people.ts';
import type { Actor } from '../access-policy/access.ts';

export const exportWays = ['export', 'print'] as const;
export type ExportWay = (typeof exportWays)[number];

/** What the partnership has set for everybody. */
export type Ceilings = Readonly<Record<ExportWay, Marking>>;

export type RaisedCeiling = {
  readonly way: ExportWay;
  readonly roles: readonly Role[];
  readonly side?: Side;
  readonly to: Marking;
  /** For these actions alone, and in words what they hand out. */
  readonly only?: { readonly actions: readonly string[]; readonly words: string };
  /** Why their work needs it: a sentence without its stop. */
  readonly reason: string;
};

/** Roles that may export above the ceiling. No role has a lower one. */
export const raisedCeilings: readonly RaisedCeiling[] = [
  {
    way: 'export',
    roles: ['data-protection lead'],
    to: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    only: {
      actions: [
        ...['request.change', 'help request.change', 'log.export', 'help log.export'],
        ...['agency export.make', 'help agency export.make'],
      ],
      words:
        'answers to subject access requests, lists of members who could read a record, or all records of their agency',
    },
    reason: 'A person who asks for their data receives the answer as a file',
  },
  ...(
    [
      { roles: ['triage'], side: 'enforcement', action: 'report file.export' },
      { roles: ['safeguarding lead', 'partner caseworker'], side: 'help', action: 'help report file.export' },
    ] as const
  ).map(({ roles, side, action }) => ({
    way: 'export' as const,
    roles,
    side,
    to: 'OFFICIAL-SENSITIVE: PERSONAL DATA' as const,
    only: {
      actions: [action],
      words: 'an original file that a custodian let them open, encrypted for one recipient',
    },
    reason: 'An examiner or a court needs the original file',
  })),
  {
    way: 'export',
    roles: ['safeguarding lead', 'partner caseworker'],
    side: 'help',
    to: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    only: { actions: ['person.export'], words: 'records of people whom the member’s own agency helps' },
    reason: 'The person can take the file to the next service, and need not answer the same questions again',
  },
  {
    way: 'export',
    roles: ['field', 'safeguarding lead', 'partner caseworker'],
    side: 'help',
    to: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    only: {
      actions: ['shared information.export'],
      words: 'information that a person agreed to share with one agency, encrypted for that agency',
    },
    reason: 'Some support agencies are not on Safelight',
  },
  {
    way: 'export',
    roles: ['field', 'safeguarding lead', 'partner caseworker'],
    side: 'help',
    to: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    only: {
      actions: ['nrm referral.export'],
      words:
        'draft referrals that the person agreed to, draft referrals that the law requires, and draft notifications without a name',
    },
    reason: 'Staff copy the draft into the Home Office’s online service, or attach it there',
  },
  {
    way: 'export',
    roles: ['field', 'safeguarding lead', 'partner caseworker'],
    side: 'help',
    to: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    only: { actions: ['paper.read'], words: 'draft referrals that a first responder received on paper' },
    reason: 'The first responder copies the draft into the form',
  },
  {
    way: 'export',
    roles: ['field', 'safeguarding lead', 'partner caseworker'],
    side: 'help',
    to: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    only: {
      actions: ['letter.read', 'handover paper.read'],
      words: 'letters with the information that one agency may have, and printed handovers of their own agency',
    },
    reason: 'Some support agencies are not on Safelight, and a shift may work without a screen',
  },
  ...(['export', 'print'] as const).map((way) => ({
    way,
    roles: ['field', 'enforcement', 'planner', 'commander'] as const,
    side: 'enforcement' as const,
    to: 'OFFICIAL-SENSITIVE: PERSONAL DATA' as const,
    only: {
      actions: ['officer referral.write'],
      words: 'NRM referrals that they write themselves, and draft notifications without a name',
    },
    reason: 'Officers copy the draft into the Home Office’s online service, or attach it there',
  })),
  {
    way: 'print',
    roles: ['data-protection lead'],
    to: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    reason: 'A person who asks for their data may want it on paper',
  },
  {
    way: 'print',
    roles: ['field', 'safeguarding lead', 'partner caseworker'],
    side: 'help',
    to: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    reason: 'Clinics and services keep a printed note in their paper files',
  },
];

export const getCeiling = (way: ExportWay, actor: Actor | undefined, ceilings: Ceilings, action?: string): Marking =>
  highestMarking([
    ceilings[way],
    ...raisedCeilings
      .filter((one) => one.way === way && actor && (!one.side || one.side === actor.side))
      .filter(({ roles }) => roles.some((role) => actor?.roles.includes(role)))
      .filter(({ only }) => !only || (action !== undefined && only.actions.includes(action)))
      .map(({ to }) => to),
  ]);

export const isWithinCeiling = (
  way: ExportWay,
  marking: Marking,
  actor: Actor | undefined,
  ceilings: Ceilings,
  action?: string,
): boolean => isWithinMarking(marking, getCeiling(way, actor, ceilings, action));

/** The refusal, then what to do. */
export const ceilingRefusals: Record<ExportWay, (marking: Marking) => string> = {
  export: (marking) =>
    `Your role cannot export records marked ${marking}. Read it here, or ask your data-protection lead to export it.`,
  print: (marking) =>
    `Your role cannot print records marked ${marking}. Read it on the screen, or ask your data-protection lead.`,
};

/** For the document of who can see what. */
export const formatRaisedCeiling = (
  { way, roles, side, to, only, reason }: RaisedCeiling,
  named: Record<Role, string>,
): string =>
  `${listOf(roles.map((role) => named[role]))}${side ? ` of ${side === 'help' ? 'a support' : 'an enforcement'} agency` : ''} can ${way} records marked up to ${to}.${only ? ` They can do this only for ${only.words}.` : ''} ${reason}.`;
