import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type AccessModel,
  findMemberPossibleAccess,
  mergeSpans,
  type ReadRule,
  type RecordState,
  type Span,
  subtractSpans,
  type Term,
} from './possible-access.ts';

const minutes = 24;
const ids = ['a', 'b', 'c'];
const minute = fc.integer({ min: 0, max: minutes });
const span: fc.Arbitrary<Span> = fc.tuple(minute, minute, fc.boolean(), fc.boolean()).map(([x, y, open, old]) => ({
  since: old ? -Infinity : Math.min(x, y),
  until: open ? Infinity : Math.max(x, y),
}));
const some = fc.constantFrom(...ids);
const roles = fc.subarray(['planner', 'field', 'commander'] as const, { minLength: 1 });

const term: fc.Arbitrary<Term> = fc
  .tuple(span, some, some, fc.constantFrom('enforcement', 'help'), roles)
  .map(([spanOf, memberId, agencyId, side, held]) => ({
    ...spanOf,
    memberId,
    agencyId,
    side,
    kind: 'police force',
    roles: held,
  }));
const grant = fc
  .tuple(span, fc.constantFrom('member', 'partner', 'team'), some, some, fc.boolean())
  .map(([spanOf, relation, subject, whom, member]) => ({
    ...spanOf,
    relation: relation as 'member' | 'partner' | 'team',
    subject,
    memberId: member ? whom : null,
    agencyId: member ? null : whom,
  }));
const relation = fc.constantFrom('any', 'own agency', 'partner', 'member', 'team', 'author', 'self', 'recipient', {
  sql: 'true',
}) as fc.Arbitrary<ReadRule['relation']>;
const shapes = {
  upper: { operation: 'o', team: 't', agency: 'g', author: 'h', self: 's', recipient: 'r' },
  lower: { parent: ['upper', 'up'], team: 't', author: 'h' },
} as const;
const rule: fc.Arbitrary<ReadRule> = fc
  .tuple(
    fc.constantFrom('upper', 'lower'),
    fc.oneof(roles, fc.constant('member' as const)),
    fc.option(fc.constantFrom('enforcement', 'help'), { nil: undefined }),
    relation,
    fc.constantFrom('staff', 'auditor'),
    fc.integer(),
  )
  .map(([table, held, side, of, under, name]) => ({
    name: String(name),
    table,
    shape: shapes[table as keyof typeof shapes],
    roles: held,
    ...(side && { side }),
    relation: of,
    under,
  })) as fc.Arbitrary<ReadRule>;
const said = fc.record({ o: some, t: some, g: some, h: some, s: some, r: some, up: fc.constant('above') });
/** One row's history: it says one thing until a minute, then another. */
const history = (keptIn: string): fc.Arbitrary<RecordState[]> =>
  fc.tuple(minute, said, said).map(([at, before, after]) => [
    { since: -Infinity, until: at, keptIn, said: before },
    { since: at, until: Infinity, keptIn, said: after },
  ]);
const world: fc.Arbitrary<AccessModel> = fc
  .tuple(
    fc.array(rule, { maxLength: 5 }),
    fc.array(term, { maxLength: 4 }),
    fc.array(grant, { maxLength: 5 }),
    history('upper'),
    history('lower'),
  )
  .map(([rules, terms, grants, above, below]) => ({
    rules,
    terms,
    grants,
    records: new Map([
      // A row of another table may have the same id, as a visit has its plan's. It is no parent of the visit's records.
      ['above', [...above, ...above.map((one) => ({ ...one, keptIn: 'namesake' }))]],
      ['below', below],
    ]),
  }));

const at = ({ since, until }: Span, minuteOf: number): boolean => since <= minuteOf && minuteOf < until;

/** The same question for one minute, computed without spans. */
function sees(
  { rules, grants, records }: AccessModel,
  id: string,
  one: Term,
  now: number,
  under: string,
  suppose: boolean,
  keptIn?: string,
): boolean {
  const row = (records.get(id) ?? []).find((standing) => at(standing, now) && (!keptIn || standing.keptIn === keptIn));
  if (!row || !at(one, now)) return false;
  return rules.some((asked) => {
    if (asked.table !== row.keptIn || asked.under !== under) return false;
    if (asked.side && asked.side !== one.side) return false;
    if (asked.roles !== 'member' && !(asked.roles as string[]).some((role) => one.roles.includes(role))) return false;
    const shape = asked.shape as Record<string, string | undefined>;
    const parent = asked.shape.parent;
    if (
      parent &&
      !sees({ rules, terms: [], grants, records }, String(row.said[parent[1]]), one, now, under, suppose, parent[0])
    )
      return false;
    const given = (of: string, subject: unknown) =>
      grants.some(
        (granted) =>
          at(granted, now) &&
          granted.relation === of &&
          granted.subject === subject &&
          (granted.memberId === one.memberId || granted.agencyId === one.agencyId),
      );
    switch (asked.relation) {
      case 'any':
        return true;
      case 'own agency':
        return !shape.agency || row.said[shape.agency] === one.agencyId;
      case 'recipient':
        return !shape.recipient || row.said[shape.recipient] === one.agencyId;
      case 'author':
        return !shape.author || row.said[shape.author] === one.memberId;
      case 'self':
        return !shape.self || row.said[shape.self] === one.memberId;
      case 'team':
        return !shape.team || given('team', row.said[shape.team]);
      case 'member':
      case 'partner':
        return !shape.operation || given(asked.relation, row.said[shape.operation]);
      default:
        return suppose;
    }
  });
}

test('who could have seen a record is what asking minute by minute finds', () => {
  fc.assert(
    fc.property(world, fc.constantFrom('above', 'below'), (of, id) => {
      const found = findMemberPossibleAccess(of, id);
      for (let now = 0; now <= minutes; now += 1)
        for (const memberId of ids) {
          const terms = of.terms.filter((one) => one.memberId === memberId);
          const asked = (suppose: boolean) =>
            terms.some((one) => ['staff', 'auditor'].some((under) => sees(of, id, one, now, under, suppose)));
          const said = found.filter((one) => one.memberId === memberId && at(one, now));
          assert.equal(
            said.some(({ sure }) => sure),
            asked(false),
            `sure, ${memberId} at ${now}`,
          );
          assert.equal(said.length > 0, asked(true), `perhaps, ${memberId} at ${now}`);
        }
    }),
    { numRuns: 3_000 },
  );
});

test('spans are merged and cut so that every minute is said once', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 6 }), span, (spans, whole) => {
      const merged = mergeSpans(spans);
      const left = subtractSpans(whole, spans);
      for (let now = -1; now <= minutes; now += 1) {
        assert.equal(merged.filter((one) => at(one, now)).length, spans.some((one) => at(one, now)) ? 1 : 0);
        const wanted = at(whole, now) && !spans.some((one) => at(one, now));
        assert.equal(left.filter((one) => at(one, now)).length, wanted ? 1 : 0);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('names no immigration officer while the plan keeps them out, unless they attended', () => {
  const visits = { since: -Infinity, until: Infinity, keptIn: 'visits' };
  const world: AccessModel = {
    rules: [
      {
        name: 'visit',
        table: 'visits',
        shape: { team: 'team_id', immigration: ['premises_id', 'attendees'] },
        roles: ['field'],
        relation: { of: 'team', sql: 'true', words: 'it belongs to their own team', leavesOut: 'immigration' },
        under: 'staff',
      },
    ],
    terms: (
      [
        ['police', 'police force'],
        ['border', 'immigration'],
        ['called', 'immigration'],
      ] as const
    ).map(([memberId, kind]) => ({
      ...{ since: 0, until: Infinity, memberId, agencyId: kind, side: 'enforcement', kind, roles: ['field'] },
    })),
    grants: ['police', 'border', 'called'].map((memberId) => ({
      ...{ since: 0, until: Infinity, relation: 'team', subject: 'team', memberId, agencyId: null },
    })),
    records: new Map([
      ['visit', [{ ...visits, said: { team_id: 'team', premises_id: 'place', attendees: ['called'] } }]],
      ['unknown', [{ ...visits, said: { team_id: 'team', premises_id: 'nowhere', attendees: [] } }]],
      [
        'place',
        [
          { since: -Infinity, until: 5, keptIn: 'premises', said: { immigration_entry: 'with the team' } },
          { since: 5, until: Infinity, keptIn: 'premises', said: { immigration_entry: 'not present' } },
        ],
      ],
    ]),
  };
  const named = (id: string) =>
    findMemberPossibleAccess(world, id).map(({ memberId, since, until, sure }) => [memberId, since, until, sure]);
  assert.deepEqual(named('visit'), [
    ['police', 0, Infinity, true],
    ['border', 0, 5, true],
    ['called', 0, Infinity, true],
  ]);
  assert.deepEqual(named('unknown'), [['police', 0, Infinity, true]]);
});
