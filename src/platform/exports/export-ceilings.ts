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
  /** Why their work needs it: ends the sentence “since …”. */
  readonly since: string;
};

/** Roles that may export above the ceiling. No role has a lower one. */
export const raisedCeilings: readonly RaisedCeiling[] = [
  {
    way: 'export',
    roles: ['data-protection lead'],
    to: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    only: {
      actions: ['request.change', 'help request.change', 'log.export', 'help log.export'],
      words: 'the answer to a person who asks, and lists of who looked or could have',
    },
    since: 'whoever asks what is held on them, and who saw it, is given it as a file',
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
      words: 'a file as its reporter sent it, which a custodian has opened to them, sealed to the key of one recipient',
    },
    since: 'an examiner or a court needs it as it came',
  })),
  {
    way: 'export',
    roles: ['safeguarding lead', 'partner caseworker'],
    side: 'help',
    to: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    only: { actions: ['person.export'], words: 'the record of a person whom their own agency helps' },
    since: 'the person may take it along, and the next service need not ask all of it again',
  },
  {
    way: 'export',
    roles: ['field', 'safeguarding lead', 'partner caseworker'],
    side: 'help',
    to: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    only: {
      actions: ['shared information.export'],
      words: 'what a person agreed that one agency is told, sealed to that agency’s key',
    },
    since: 'some who help are not on Safelight',
  },
  {
    way: 'export',
    roles: ['field', 'safeguarding lead', 'partner caseworker'],
    side: 'help',
    to: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    only: {
      actions: ['nrm referral.export'],
      words:
        'the draft of a referral that the person agreed to or the law asks for, or of a notification that names nobody',
    },
    since: 'it is typed from or attached in the service of the Home Office',
  },
  {
    way: 'export',
    roles: ['field', 'safeguarding lead', 'partner caseworker'],
    side: 'help',
    to: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    only: { actions: ['paper.read'], words: 'the draft of a referral that was handed to a first responder as a paper' },
    since: 'they type from it',
  },
  {
    way: 'print',
    roles: ['data-protection lead'],
    to: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    since: 'whoever asks what is held on them may ask for paper',
  },
  {
    way: 'print',
    roles: ['field', 'safeguarding lead', 'partner caseworker'],
    side: 'help',
    to: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    since: 'a note goes on paper into the file of a clinic or a service',
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

/** One sentence, with what to do. */
export const ceilingRefusals: Record<ExportWay, (marking: Marking) => string> = {
  export: (marking) =>
    `Your partnership lets nobody in your role take along as a file what is marked ${marking}: read it here, or ask your data-protection lead to give it out.`,
  print: (marking) =>
    `Your partnership lets nobody in your role print what is marked ${marking}: read it on the screen, or ask your data-protection lead.`,
};

/** For the document of who can see what. */
export const formatRaisedCeiling = (
  { roles, side, to, only, since }: RaisedCeiling,
  named: Record<Role, string>,
): string =>
  `${listOf(roles.map((role) => named[role]))}${side ? ` of an agency that ${side === 'help' ? 'helps' : 'enforces'}` : ''}: up to ${to}${only ? `, for ${only.words}, and nothing else` : ''}, since ${since}.`;
