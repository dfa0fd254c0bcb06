/** Access to a source identity: a reader of the line asks, a custodian of the agency decides with reasons, and only the reader who asked may see it, for a time. The custodian sees the request, and nothing of the report or the person. */
import type { AreaPolicy, RecordClass } from '../../platform/access-policy/access.ts';
import { help, marking, type OfLine, police } from '../line-policies.ts';

const named = (line: OfLine, action: string): string => (line === help ? `help ${action}` : action);

const contact = ({ readers, purpose, store }: OfLine, action: string): RecordClass => ({
  means: 'Who told a report, where that was said, and how they can be reached safely',
  marking,
  looks: 'each',
  asksWhy: [action],
  ...store,
  tables: { report_contacts: { owner: { column: 'agency_id' } } },
  rules: [
    {
      ...readers,
      relation: {
        sql: 'id = any ((select ctx.contact_opened())::uuid[])',
        words: 'a custodian has opened it to them, for at most 24 hours',
      },
      purpose,
      verbs: ['read'],
    },
  ],
  actions: { [action]: ['read', purpose] },
});

const opening = (line: OfLine): RecordClass => ({
  means: 'That somebody asked a custodian who told a report, or for a file as it came, for what, why, and until when',
  marking,
  looks: { none: 'told to all who answer for it; each act is a row' },
  ...line.store,
  tables: { contact_openings: { agency: 'agency_id', author: 'asked_by', owner: { column: 'agency_id' } } },
  rules: [
    { ...line.readers, relation: 'author', purpose: line.purpose, verbs: ['read'] },
    {
      ...line.readers,
      relation: {
        sql: 'asked_by = (select ctx.member()) and agency_id = (select ctx.agency())',
        words: 'they ask in their own name, at their own agency',
      },
      purpose: line.purpose,
      verbs: ['add'],
    },
    {
      roles: ['custodian', 'data-protection lead'],
      side: line.readers.side,
      relation: 'own agency',
      purpose: line.purpose,
      verbs: ['read'],
    },
  ],
  actions: {
    [named(line, 'contact opening.read')]: ['read', line.purpose],
    [named(line, 'contact opening.ask')]: ['add', line.purpose],
  },
});

const decision = (line: OfLine): RecordClass => ({
  means: 'What a custodian decided on such a request, and why',
  marking,
  looks: { none: 'told to all who answer for it; each act is a row' },
  ...line.store,
  tables: { contact_decisions: { parent: ['contact_openings', 'id'], author: 'decided_by' } },
  rules: [
    {
      roles: [...line.readers.roles, 'custodian', 'data-protection lead'],
      side: line.readers.side,
      relation: 'any',
      purpose: line.purpose,
      verbs: ['read'],
    },
    {
      roles: ['custodian'],
      side: line.readers.side,
      relation: 'author',
      purpose: line.purpose,
      verbs: ['add'],
    },
  ],
  actions: { [named(line, 'contact opening.decide')]: ['add', line.purpose] },
});

export const contactPolicy: AreaPolicy = {
  'reporter contact': contact(police, 'reporter contact.read'),
  'contact opening': opening(police),
  'decision on a contact': decision(police),
  'help reporter contact': contact(help, 'help reporter contact.read'),
  'help contact opening': opening(help),
  'help decision on a contact': decision(help),
};
