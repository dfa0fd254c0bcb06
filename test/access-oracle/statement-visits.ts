/** Of visits: what an onlooker could see is the team's; signs, arrests, seizures, searches and names are enforcement's, and no helper has a path to them. */
import type { Me, Says, Sentences } from './oracle.ts';
import { openTo } from './statement-identity-requests.ts';

const does = (me: Me): boolean => me.is('field', 'enforcement');
const directsForForce = (me: Me): boolean => me.is('planner', 'commander') && me.side === 'enforcement';
/** Immigration officers whom the plan keeps from premises reach only a visit there that they attended. */
export const keptOut = (me: Me, visit: unknown, premises: unknown): boolean => {
  if (me.find('agencies', me.agency)?.kind !== 'immigration') return false;
  const decided = me.find('premises', premises);
  const present = decided !== undefined && decided.immigration_entry !== 'not present';
  const attendees = (me.find('visits', visit)?.attendees ?? []) as readonly unknown[];
  return !present && !attendees.includes(me.id);
};
export const ownTeamsVisit: Says = (me, { id, team_id, premises_id }) =>
  does(me) && me.onTeam(team_id) && !keptOut(me, id, premises_id);

/** Of a visible record: members who do the work read and write it, members who direct it read it. */
const of = (
  parent: string,
  column: string,
  doing: (me: Me) => boolean,
  written: 'change' | 'remove' = 'change',
): Sentences => {
  const seen: Says = (me, row) => me.sees(parent, row[column]);
  const writes: Says = (me, row) => doing(me) && seen(me, row);
  return { read: (me, row) => (doing(me) || directsForForce(me)) && seen(me, row), add: writes, [written]: writes };
};
const earlier = (table: string, doing: (me: Me) => boolean): Sentences => {
  const { read, add } = of(table, 'id', doing);
  return { read, add } as Sentences;
};
const enforces = (me: Me): boolean => does(me) && me.side === 'enforcement';
const enforced = (table: string, parent: string, column: string): Readonly<Record<string, Sentences>> => ({
  [table]: of(parent, column, enforces),
  [`${table}_versions`]: earlier(table, enforces),
});

/** The team that was there reads a name; a planner or commander does while a custodian has opened it to them. */
const named: Sentences = {
  ...of('encounters', 'id', enforces),
  read: (me, row) => me.sees('encounters', row.id) && (enforces(me) || (directsForForce(me) && openTo(me, row.id))),
};

/** Who took a photo removes it, or who leads the team or commands for the same agency, until the visit is finished. */
const photos: Sentences = {
  ...of('visits', 'visit_id', does, 'remove'),
  remove: (me, { visit_id, recorded_by }) => {
    const visit = me.find('visits', visit_id);
    if (visit === undefined || !me.sees('visits', visit_id) || visit.finished_at !== null) return false;
    const ofOwnAgency = me.find('members', recorded_by)?.agency_id === me.agency;
    if (me.side === 'enforcement' && me.is('commander') && ofOwnAgency) return true;
    const leads = me.find('teams', visit.team_id)?.lead_id === me.id;
    return does(me) && (recorded_by === me.id || (leads && ofOwnAgency));
  },
};

/** Of an officer's referral the agency knows that there is one. Its author alone reads and writes it until a colleague takes it over, and who directs the visit for that agency reads it. */
const ownReferral: Says = (me, { agency_id, visit_id }) => agency_id === me.agency && me.sees('visits', visit_id);
const worksOrDirects = (me: Me): boolean => enforces(me) || directsForForce(me);
const beginsReferral: Says = (me, row) => enforces(me) && row.recorded_by === me.id && ownReferral(me, row);
const writesReferral: Says = (me, row) =>
  worksOrDirects(me) && (row.taken_over_by ?? row.recorded_by) === me.id && ownReferral(me, row);
const beginsContent: Says = (me, row) => enforces(me) && row.recorded_by === me.id && me.sees('nrm_referrals', row.id);
const writesContent: Says = (me, row) =>
  worksOrDirects(me) && row.recorded_by === me.id && me.sees('nrm_referrals', row.id);
const referrals: Readonly<Record<string, Sentences>> = {
  nrm_referrals: {
    read: (me, row) => (enforces(me) || directsForForce(me)) && ownReferral(me, row),
    add: beginsReferral,
    change: writesReferral,
  },
  nrm_referrals_versions: earlier('nrm_referrals', worksOrDirects),
  nrm_referral_contents: {
    read: (me, row) => writesContent(me, row) || (directsForForce(me) && me.sees('nrm_referrals', row.id)),
    add: beginsContent,
    change: writesContent,
  },
  nrm_referral_contents_versions: earlier('nrm_referral_contents', worksOrDirects),
};

export const visitsStaff: Readonly<Record<string, Sentences>> = {
  visits: {
    read: (me, row) => ownTeamsVisit(me, row) || (directsForForce(me) && me.inside(row.operation_id)),
    add: ownTeamsVisit,
    change: ownTeamsVisit,
  },
  visits_versions: earlier('visits', does),
  visit_attendees: of('visits', 'visit_id', does, 'remove'),
  encounters: of('visits', 'visit_id', does),
  encounters_versions: earlier('encounters', does),
  visit_photos: photos,
  ...enforced('encounter_names', 'encounters', 'id'),
  encounter_names: named,
  ...enforced('observations', 'visits', 'visit_id'),
  ...enforced('searches', 'visits', 'id'),
  ...enforced('arrests', 'visits', 'visit_id'),
  ...enforced('screenings', 'arrests', 'id'),
  ...enforced('child_notifications', 'arrests', 'id'),
  ...enforced('seizures', 'visits', 'visit_id'),
  ...referrals,
};

const analyst: Says = (me) => me.is('analyst', 'commander');
const countedOf = (parent: string, column: string, columns: readonly string[]): Sentences => ({
  read: (me, row) => analyst(me, row) && me.sees(parent, row[column]),
  columns,
});

export const visitsCounted: Readonly<Record<string, Sentences>> = {
  visits: {
    read: (me, row) => analyst(me, row) && me.partOf(row.operation_id),
    columns: [
      ...['id', 'operation_id', 'premises_id', 'team_id', 'power_id'],
      ...['arrived_at', 'left_at', 'finished_at', 'basis', 'answer', 'present', 'others'],
    ],
  },
  visits_versions: countedOf('visits', 'id', ['id', 'replaced_at']),
  visit_attendees: countedOf('visits', 'visit_id', ['visit_id', 'member_id']),
  encounters: countedOf('visits', 'visit_id', ['id', 'visit_id', 'number', 'spoken_to', 'interpreter']),
  observations: countedOf('visits', 'visit_id', ['id', 'visit_id', 'of_control']),
  searches: countedOf('visits', 'id', [
    ...['id', 'searched', 'forced', 'damaged'],
    ...['people_checked', 'vehicles_checked', 'documents_checked', 'suspects'],
  ]),
  arrests: countedOf('visits', 'visit_id', [
    ...['id', 'visit_id', 'kind', 'matter', 'sex', 'age', 'residence', 'status', 'closed_at'],
  ]),
  screenings: countedOf('arrests', 'id', ['id', 'outcome']),
  seizures: countedOf('visits', 'visit_id', ['id', 'visit_id', 'kind', 'pence', 'currency']),
  nrm_referrals: countedOf('visits', 'visit_id', [
    ...['id', 'visit_id', 'outcome', 'agency_id', 'person', 'referred_as'],
  ]),
};
