/** Volunteers see numbers and needs while on shift, and nothing else. Enforcement has no access; the safeguarding lead sends planners numbers only. */
import type { AreaPolicy, Rule } from '../../platform/access-policy/access.ts';
import { helpActions, helperRoles, helpRule, inOwnName, ownName, safeguardingRecord } from '../shared-policy.ts';

const helpers: Rule = helpRule(helperRoles, 'member', 'read');
const leads: Rule = { ...helpers, roles: ['safeguarding lead'] };
const volunteers: Rule = { ...helpers, roles: ['volunteer'] };
/** Support roles, and volunteers as far as their shift allows. */
const everybodyThere: Rule = { ...helpers, roles: [...helperRoles, 'volunteer'], relation: 'any' };

const ledInOwnName = {
  sql: `${ownName}
    and operation_id = any ((select ctx.operations())::uuid[])`,
  words: 'they write this record in their own name, for their own agency, in an operation that they were added to',
} as const;
const enteredBySelf = {
  sql: 'author_id = (select ctx.member()) and member_id is null and operation_id = any ((select ctx.operations())::uuid[])',
  words: 'they were added to the operation and write this record in their own name. It names an agency but no member',
} as const;
/** Pages take the hours from the temporary access; the database limits a shift to the volunteer’s own name and a reception of today with their agency. */
const ownShift = {
  sql: `member_id = (select ctx.member()) and author_id = (select ctx.member()) and agency_id = (select ctx.agency())
    and work = 'looks after people' and starts_at <= (select ctx.now()) and exists (select 1 from reception_centres x
      where x.id = reception_id and x.operation_id = reception_rota.operation_id and x.stood_down_at is null
        and x.opens_at <= (select ctx.now()) + interval '1 hour' and x.closes_at > (select ctx.now()))`,
  words: 'it records the shift that they are on now, at an open reception centre that they have access to',
} as const;
const onShift = (reception: string) => `exists (select 1 from reception_rota r where r.reception_id = ${reception}
    and r.member_id = (select ctx.member()) and r.ended_at is null
    and r.starts_at <= (select ctx.now()) and r.ends_at > (select ctx.now()))`;
const whileOnShift = {
  sql: onShift('wristbands.reception_id'),
  words: 'they are on shift at this reception centre now',
} as const;
const knownPerson = {
  sql: 'exists (select 1 from persons p where p.id = person_id)',
  words: 'they can see the record of the person',
} as const;
const linkedBySelf = {
  sql: `${knownPerson.sql} and member_id = (select ctx.member())`,
  words: 'they write this record in their own name about a person whose record they can see',
} as const;
const givenBySelf = {
  sql: 'member_id = (select ctx.member())',
  words: 'they give the information in their own name',
} as const;

export const receptionPolicy: AreaPolicy = {
  reception: {
    means: 'Reception centres: opening hours and places',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'hours and numbers of places, no person' },
    store: 'safeguarding',
    tables: { reception_centres: { operation: 'operation_id', owner: { column: 'agency_id' } } },
    rules: [
      helpers,
      { ...volunteers, relation: 'partner' },
      { ...leads, relation: ledInOwnName, verbs: ['add'] },
      { ...leads, verbs: ['change'] },
    ],
    actions: helpActions({ 'reception.read': 'read', 'reception.plan': 'add', 'reception.change': 'change' }),
  },
  'reception rota': {
    means: 'Rota of a reception centre: partners, interpreters, beds for the first night, volunteers',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'who of the partnership works where, as a colleague knows' },
    store: 'safeguarding',
    tables: { reception_rota: { operation: 'operation_id', self: 'member_id' } },
    rules: [
      helpers,
      { ...volunteers, relation: 'self' },
      { ...leads, relation: enteredBySelf, verbs: ['add'] },
      { ...leads, verbs: ['change'] },
      { ...volunteers, relation: ownShift, verbs: ['add'] },
    ],
    actions: helpActions({ 'shift.start': 'add', 'rota.end': 'change' }),
  },
  wristband: {
    ...safeguardingRecord,
    means: 'People at a reception centre, by wristband number',
    tables: { wristbands: { parent: ['reception_centres', 'reception_id'], owner: 'parent' } },
    rules: [
      { ...helpers, relation: 'any', verbs: ['read', 'add', 'change'] },
      { ...volunteers, relation: whileOnShift, verbs: ['read', 'add'] },
    ],
    actions: helpActions({ 'wristband.read': 'read', 'wristband.give': 'add', 'wristband.leave': 'change' }),
  },
  'need at reception': {
    ...safeguardingRecord,
    means: 'Needs of people at reception, chosen from lists: food, clothes, an interpreter',
    tables: { wristband_needs: { parent: ['wristbands', 'wristband_id'], owner: 'parent' } },
    rules: [{ ...everybodyThere, verbs: ['read', 'add', 'change'] }],
    actions: helpActions({ 'need.add': 'add', 'need.meet': 'change' }),
  },
  'whose wristband': {
    ...safeguardingRecord,
    means: 'Links between wristbands and records of people',
    tables: { wristband_people: { parent: ['wristbands', 'wristband_id'] } },
    rules: [
      { ...helpers, relation: knownPerson },
      { ...helpers, relation: linkedBySelf, verbs: ['add'] },
    ],
    actions: helpActions({ 'wristband.link': 'add' }),
  },
  'first night': {
    ...safeguardingRecord,
    means: 'The partner that shelters a person for the first night; the address is not stored',
    tables: { first_nights: { parent: ['wristbands', 'wristband_id'] } },
    rules: [
      { ...helpers, relation: 'any', verbs: ['read', 'remove'] },
      { ...helpers, relation: givenBySelf, verbs: ['add'] },
    ],
    actions: helpActions({ 'night.read': 'read', 'night.give': 'add' }),
  },
  debrief: {
    ...safeguardingRecord,
    means: 'Debriefs of workers after a shift at a reception centre',
    tables: {
      reception_debriefs: {
        parent: ['reception_centres', 'reception_id'],
        author: 'author_id',
        owner: { column: 'agency_id' },
      },
    },
    rules: [
      { ...leads, relation: 'any' },
      { ...everybodyThere, roles: ['field', 'partner caseworker', 'volunteer'], relation: 'author' },
      { ...everybodyThere, relation: inOwnName, verbs: ['add'] },
    ],
    actions: helpActions({ 'debrief.read': 'read', 'debrief.write': 'add' }),
  },
};
