/** Lists all rows of one person, so that keeping, stopping and erasing a record use the same list. */

const london = (moment: string): string => `(${moment} at time zone 'Europe/London')::date`;
/** Of the record itself, rows of any author; of the meeting, rows of the record's agency. */
const of = (table: string, agency: string): string =>
  `${table}.person_id in (p.id, p.origin_id) and (${table}.person_id = p.id or ${table}.${agency} = p.agency_id)`;
const notes = 'select n.id from notes n where n.encounter_id = p.origin_id and n.agency_id = p.agency_id';
const versions = (table: string, id: string): string => `(select count(*) from ${table} v where v.id = ${id})`;

/** Each act of help with its day, the number of its rows, and the end of help that continues. */
const acts: readonly string[] = [
  `select n.day, true as met, false as goes, null::date as ended, 1 + ${versions('notes_versions', 'n.id')} as many
     from notes n where n.encounter_id = p.origin_id and n.agency_id = p.agency_id`,
  `select r.day, false, true, ${london(`coalesce(r.ended_at, case when r.state = 'declined' then r.decided_at end)`)},
          1 + ${versions('referrals_versions', 'r.id')}
     from referrals r where r.id in (select a.id from referrals a where a.person_id = p.id
       union select b.id from referrals b where b.note_id in (${notes}))`,
  `select ${london('r.decided_at')}, false, false, null, 0 from referrals r where r.state = 'accepted'
      and r.id in (select a.id from referrals a where a.person_id = p.id
       union select b.id from referrals b where b.note_id in (${notes}))`,
  `select ${london('m.written_at')}, false, false, null, 1 from referral_messages m
    where m.referral_id in (select a.id from referrals a where a.person_id = p.id
       union select b.id from referrals b where b.note_id in (${notes}))`,
  `select ${london('c.given_at')}, false, false, null, 1 + (c.withdrawn_at is not null)::integer
     from consents c where ${of('c', 'agency_id')}`,
  `select ${london('d.approved_at')}, false, false, null, 1 from disclosures d where ${of('d', 'agency_id')}`,
  `select ${london('g.made_at')}, false, g.act = 'share', ${london('least(g.ended_at, g.until)')}, 1 + (g.ended_at is not null)::integer
     from person_grants g where ${of('g', 'from_agency')}`,
  `select ${london('a.at')}, false, false, null, 1 from person_acts a where a.person_id = p.id`,
  `select ${london('t.added_at')}, false, true, ${london('t.done_at')}, 1 + num_nonnulls(t.taken_at, t.done_at)
     from tasks t where t.person_id = p.id`,
  `select ${london('x.given_at')}, false, false, null, 1 from protective_notices x where x.person_id = p.id`,
  `select ${london('x.taken_back_at')}, false, false, null, 1 from protective_notices x
    where x.person_id = p.id and x.taken_back_at is not null`,
  `select ${london('i.decided_at')}, false, false, null, 1 from information_decisions i where i.person_id = p.id`,
  `select ${london('w.came_at')}, false, true, ${london('coalesce(w.left_at, e.closes_at)')}, 1 + (w.left_at is not null)::integer
     from wristband_people l join wristbands w on w.id = l.wristband_id join receptions e on e.id = w.reception_id
    where l.person_id = p.id`,
  `select ${london('q.added_at')}, false, false, null, 1 from person_papers q where q.person_id = p.id`,
];

export const actsOfHelp: string = acts.join('\n union all ');

/** Days on which a concern was raised or changed. */
export const concernDays = `
  select ${london('w.raised_at')} as day, w.revision as many from concerns w where w.person_id = p.id
  union all select ${london('v.replaced_at')}, 0 from concerns w join concerns_versions v on v.id = w.id where w.person_id = p.id`;

const earlier = (table: string, ids: string): string =>
  `select decode(substring(v.record ->> 'wrapped_key' from 3), 'hex') from ${table} v where ${ids}`;

/** Keys of all the person's sealed rows and earlier versions: in halves, or whole in rows from before keys had halves. */
export const keysOfHers: string = [
  'select p.wrapped_key from persons p where p.id = person',
  earlier('persons_versions', 'v.id = person'),
  'select n.wrapped_key from notes n where n.id = any (her_notes)',
  earlier('notes_versions', 'v.id = any (her_notes)'),
  'select r.wrapped_key from referrals r where r.id = any (her_referrals)',
  earlier('referrals_versions', 'v.id = any (her_referrals)'),
  'select m.wrapped_key from referral_messages m where m.referral_id = any (her_referrals)',
  'select c.wrapped_key from consents c where c.id = any (her_consents)',
  'select d.wrapped_key from disclosures d where d.id = any (her_disclosures)',
  'select g.wrapped_key from person_grants g where g.id = any (her_grants)',
  'select x.wrapped_key from protective_notices x where x.person_id = person',
  'select i.wrapped_key from information_decisions i where i.person_id = person',
  'select q.wrapped_key from person_papers q where q.person_id = person',
].join('\n union all ');

const goWithHer = ['person_acts', 'tasks', 'concerns', 'protective_notices', 'information_decisions', 'person_papers'];

/** Rows that the database deletes with the record. */
export const goingAlong: string = goWithHer
  .map((table) => `(select count(*) from ${table} x where x.person_id = person)`)
  .join(' + ');
