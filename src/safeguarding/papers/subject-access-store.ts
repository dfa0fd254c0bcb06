/** Versions of printed papers about a person, for their subject access request: the data-protection lead of the agency that made them reads them while the request is open. */
import { sql } from 'kysely';
import type { AreaRecordsHeld } from '../../platform/area.ts';
import { formatMoments } from '../../platform/forms/correction.ts';
import { createLines, type Part, type ShownColumn } from '../../vocabulary/records-held.ts';
import type { SafeguardingPaper } from './store.ts';

const versionLabels: readonly ShownColumn[] = [
  ['version', 'Number of the version'],
  ['madeAt', 'Made in the hour after'],
];

type Row = Pick<SafeguardingPaper, 'id' | 'version' | 'madeAt'> & { readonly isLetter: boolean };

const toPart = (title: string, rows: readonly Row[]): Part[] =>
  rows.length === 0
    ? []
    : [
        {
          title,
          lines: rows.flatMap((row) => createLines(`safeguarding_papers/${row.id}`, formatMoments(row), versionLabels)),
        },
      ];

export const readHeldPapers: AreaRecordsHeld = async (db, _keys, about) => {
  const ids = sql.val([...about]);
  const { rows } = await sql<Row>`
    select s.id, s.version, s.made_at, s.grant_id is not null as is_letter from safeguarding_papers s
     where s.grant_id in (select g.id from person_grants g where g.person_id = any (${ids}::uuid[]))
        or s.actions && array(select t.id from person_actions t join persons p on p.id = t.person_id
             where p.id = any (${ids}::uuid[]) or p.origin_id = any (${ids}::uuid[]))
     order by s.made_at, s.id`.execute(db);
  return [
    ...toPart(
      'Letters to another agency about you',
      rows.filter(({ isLetter }) => isLetter),
    ),
    ...toPart(
      'Printed handovers that say what was to be done for you',
      rows.filter(({ isLetter }) => !isLetter),
    ),
  ];
};
