/** Who of an operation can read safeguarding notes, as far as their roles tell. Says nothing of any record. Pure. */
import { listOf } from '../../vocabulary/languages/english.ts';
import { type AgencyKind, sideOf } from '../../vocabulary/people.ts';
import type { Participant } from './operation.ts';

type Person = Pick<Participant, 'duty' | 'roles' | 'title' | 'name' | 'agencyId' | 'agencyName'>;
type AgencyOfKind = { readonly agencyId: string; readonly kind: AgencyKind };

/** A safeguarding lead who takes part, unless their agency enforces the law: the role opens nothing there. */
const mayReadNotes = ({ roles, agencyId }: Pick<Person, 'roles' | 'agencyId'>, partners: readonly AgencyOfKind[]) =>
  roles.includes('safeguarding lead') &&
  !partners.some((partner) => partner.agencyId === agencyId && sideOf[partner.kind] === 'enforcement');

export const listNoteReaders = <One extends Pick<Person, 'roles' | 'agencyId'>>(
  people: readonly One[],
  partners: readonly AgencyOfKind[],
): One[] => people.filter((person) => mayReadNotes(person, partners));

/** "Safeguarding leads of Harbour Advisers read the notes about this operation." */
export function describeNoteReaders(people: readonly Person[], partners: readonly AgencyOfKind[]): string {
  const agencies = [...new Set(listNoteReaders(people, partners).map(({ agencyName }) => agencyName))];
  return agencies.length > 0
    ? `Safeguarding leads of ${listOf(agencies)} read the notes about this operation.`
    : 'No member of this operation can read a safeguarding note.';
}

/** Names of those who have the duty to arrange help, but whose roles open no safeguarding note. */
export const listHelpersWithoutNotes = (people: readonly Person[], partners: readonly AgencyOfKind[]): string[] =>
  people
    .filter((person) => person.duty === 'arranges help' && !mayReadNotes(person, partners))
    .map(({ title, name }) => `${title} ${name}`.trim());

/** Beside the choice of a duty. */
export const helpDutyHint = 'The duty “Arranges help” opens no safeguarding note. The role of safeguarding lead does.';
