/** Who may see and do what, written by hand from the promises and roles of the design and never from a policy: by process and table. A new table is closed to all until it has a sentence here. */
import type { Says, Sentences, Statement } from './oracle.ts';
import { exchanged, sentByProgram, taskedStaff, taskedStatistics } from './statement-exchange.ts';
import { safeguarding, safeguardingCounted } from './statement-help.ts';
import { openingsStaff } from './statement-identity-requests.ts';
import { deconflictionLeader, intelligenceStaff } from './statement-intelligence.ts';
import { mailsNews, publicDoor, publisher } from './statement-news.ts';
import {
  auditorApart,
  auditorMain,
  knownWitnesses,
  opensIt,
  oversightStaff,
  seals,
  sealsLog,
  staffs,
  underGlass,
  witnessed,
  writesLog,
} from './statement-oversight.ts';
import { peopleStaff } from './statement-people.ts';
import { toldOutside } from './statement-reception.ts';
import { reportsHelp, reportsStaff } from './statement-reports.ts';
import { sidesHelp, sidesStaff } from './statement-sides.ts';
import { keptOut, ownTeamsVisit, visitsCounted, visitsStaff } from './statement-visits.ts';

const everyone: Says = () => true;
/** All processes except the public one write the log and the outbox; members read neither by them. */
export const writesDown: Readonly<Record<string, Sentences>> = {
  access_log: writesLog,
  outbox: { add: everyone, open: ['add'] },
};
const heard: Sentences = { read: everyone, add: everyone, change: everyone, open: ['read', 'add', 'change'] };

const anyMember: Readonly<Record<string, Sentences>> = { agencies: { read: everyone }, members: { read: everyone } };

const takesPart: Says = (me, { id }) => opensIt(me, { operation_id: id }) || (staffs(me) && me.partOf(id));
const leads = (me: Parameters<Says>[0], operation: unknown): boolean =>
  me.is('planner') && me.find('operations', operation)?.agency_id === me.agency;
const leadsIt: Says = (me, { operation_id }) => leads(me, operation_id);
/** Members with access, the planner in charge and members with emergency access see which agencies take part. */
const cast: Sentences = {
  read: (me, row) => opensIt(me, row) || leadsIt(me, row) || underGlass()(me, row),
  add: leadsIt,
  change: leadsIt,
  remove: leadsIt,
};
const ownPart: Says = (me, { agency_id }) => staffs(me) && agency_id === me.agency;
/** By hand a member or a partner is let in; what a team sees follows from its briefing time. */
const letsIn: Says = (me, row) => ['member', 'partner'].includes(String(row.relation)) && leadsIt(me, row);
const plansWeeks: Says = (me, { agency_id }) => me.is('planner', 'coordinator') && agency_id === me.agency;
const plansOwn: Says = (me, { agency_id }) => me.is('planner') && agency_id === me.agency;

const plansInside: Says = (me, { operation_id }) => me.is('planner') && me.inside(operation_id);
const directsInside: Says = (me, { operation_id }) => me.is('planner', 'commander') && me.inside(operation_id);
const does = (me: Parameters<Says>[0]): boolean => me.is('field', 'enforcement');
const ownTeams: Says = (me, { team_id }) => does(me) && me.onTeam(team_id);
/** Who sends people, or leads the help of an agency, answers for it. */
const answersFor = (me: Parameters<Says>[0]): boolean => me.is('planner', 'commander', 'safeguarding lead');
const answersIt: Says = (me, { agency_id }) => answersFor(me) && agency_id === me.agency;
const isInvited: Says = (me, { id }) =>
  answersFor(me) &&
  me.rows('partner_invitations').some((one) => one.operation_id === id && one.agency_id === me.agency);
const either =
  (...sentences: readonly Says[]): Says =>
  (me, row) =>
    sentences.some((says) => says(me, row));
/** Earlier versions go with their record, are added when it is changed, and are never changed themselves. */
const earlier = (table: string, reads: Says, adds: Says = reads): Sentences => ({
  read: (me, row) => me.sees(table, row.id) && reads(me, row),
  add: (me, row) => me.sees(table, row.id) && adds(me, row),
});
const plans: Says = (me) => me.is('planner');
const directs: Says = (me) => me.is('planner', 'commander');
const ownTeamGoesThere: Says = (me, { id }) =>
  does(me) && me.rows('planned_visits').some((visit) => visit.premises_id === id && ownTeamsVisit(me, visit));
/** Emergency access opens no place to immigration officers where the plan says that they are not present. */
const premisesUnderGlass: Says = (me, row) => underGlass()(me, row) && !keptOut(me, undefined, row.id);
const visitUnderGlass: Says = (me, row) => underGlass()(me, row) && !keptOut(me, row.id, row.premises_id);
const ofSeenPremises =
  (who: Says): Says =>
  (me, row) =>
    who(me, row) && me.sees('premises', row.premises_id);
/** A file of premises goes with a visit there by the member's team; of the whole operation, only who directs it reads files. */
const ownTeamGoesToItsPlace: Says = (me, { premises_id }) =>
  premises_id !== null && ownTeamGoesThere(me, { id: premises_id });
const fileUnderGlass: Says = (me, row) =>
  row.premises_id !== null && underGlass()(me, row) && !keptOut(me, undefined, row.premises_id);
const ofSeenBriefing =
  (who: Says): Says =>
  (me, row) =>
    who(me, row) && me.sees('briefings', row.briefing_id);
const self: Says = (me, { member_id }) => member_id === me.id;
/** Papers are for enforcement: of a visit for members who see its plan, of an operation for those who direct it. */
const directsForForceInside: Says = (me, row) => me.side === 'enforcement' && directsInside(me, row);
const ofSeenVisit: Says = (me, { visit_id }) =>
  me.side === 'enforcement' &&
  (does(me) || directs(me, {})) &&
  visit_id !== null &&
  me.sees('planned_visits', visit_id);

const staff: Readonly<Record<string, Sentences>> = {
  ...toldOutside,
  ...writesDown,
  ...peopleStaff,
  ...intelligenceStaff,
  ...witnessed,
  ...knownWitnesses,
  exchange_documents: sentByProgram,
  ...taskedStaff,
  ...oversightStaff,
  grants: { read: (me, row) => me.inside(row.operation_id) || leadsIt(me, row), add: letsIn, change: letsIn },
  // The access rules contain no record: a member who writes something may know who can read it.
  policy_versions: { read: everyone },
  weeks: { read: everyone, add: plansWeeks, change: plansWeeks },
  operations: { read: either(takesPart, plansOwn, isInvited, underGlass('id')), add: plansOwn, change: plansOwn },
  partners: { ...cast, read: either(cast.read as Says, ownPart) },
  // When, and in whose name, is a trigger's rule. The tests of invitations try it.
  partner_invitations: {
    read: either(opensIt, leadsIt, answersIt, underGlass()),
    add: leadsIt,
    change: either(answersIt, leadsIt),
  },
  partner_defaults: { read: plansOwn, add: plansOwn, change: plansOwn, remove: plansOwn },
  operation_members: cast,
  teams: cast,
  team_members: cast,
  policy_log: { read: directsInside, add: directsInside },
  premises: {
    read: either(directsInside, ownTeamGoesThere, premisesUnderGlass),
    add: plansInside,
    change: plansInside,
  },
  premises_versions: earlier('premises', directs, plans),
  powers: {
    read: ofSeenPremises(either(directsInside, ownTeamGoesToItsPlace, underGlass())),
    add: ofSeenPremises(plansInside),
    change: ofSeenPremises(plansInside),
  },
  powers_versions: earlier('powers', directs, plans),
  planned_visits: {
    read: either(directsInside, ownTeamsVisit, visitUnderGlass),
    add: plansInside,
    change: plansInside,
  },
  planned_visits_versions: earlier('planned_visits', either(directs, does), plans),
  plan_files: {
    read: either(directsInside, ownTeamGoesToItsPlace, fileUnderGlass),
    add: plansInside,
    remove: plansInside,
  },
  briefings: { read: either(directsInside, ownTeams, underGlass()), add: plansInside },
  briefing_readings: { read: ofSeenBriefing(either(directs, self)), add: ofSeenBriefing(self) },
  made_papers: { read: either(directsForForceInside, ofSeenVisit), add: either(directsForForceInside, ofSeenVisit) },
  ...visitsStaff,
  ...openingsStaff,
  ...reportsStaff,
  ...sidesStaff,
};

const analyses: Says = (me, { operation_id }) => me.is('analyst') && me.partOf(operation_id);
const counts: Says = (me, { operation_id }) => me.is('analyst', 'commander') && me.partOf(operation_id);
const counters = (me: Parameters<Says>[0]): boolean => me.is('analyst', 'commander', 'coordinator');
/** A plan is nothing to count until its first day has come: a number of targets would tell of them. */
const countsBegun: Says = (me, row) =>
  counts(me, row) && String(me.find('operations', row.operation_id)?.starts_on) <= me.now.toISOString().slice(0, 10);
const countsCast: Sentences = { read: (me, { operation_id }) => counters(me) && me.partOf(operation_id) };
const signed = (me: Parameters<Says>[0], id: unknown): boolean => me.find('return_signatures', id) !== undefined;
const coordinatesSigned: Says = (me, { id, operation_id }) =>
  me.is('coordinator') && me.partOf(operation_id) && signed(me, id);
/** In their own name, for the agency that leads, after somebody else signed. */
const signsSecond: Says = (me, { id, operation_id, decided_by }) =>
  me.is('analyst', 'commander') &&
  decided_by === me.id &&
  me.find('operations', operation_id)?.agency_id === me.agency &&
  me.find('return_first_signatures', id)?.signed_by !== me.id;
const works: Says = (me, { return_id }) => me.is('analyst') && me.sees('returns', return_id);
const seesWorkings: Says = (me, { return_id }) => me.is('analyst', 'commander') && me.sees('returns', return_id);

const ofOwn: Says = (me, { agency_id }) => agency_id === me.agency;
const imports: Says = (me, row) => me.is('analyst', 'coordinator') && ofOwn(me, row);

const statistics: Readonly<Record<string, Sentences>> = {
  ...writesDown,
  ...anyMember,
  weeks: { read: everyone },
  operations: { read: (me, { id }) => counters(me) && me.partOf(id) },
  partners: countsCast,
  operation_members: countsCast,
  premises: { read: countsBegun, columns: ['id', 'operation_id', 'business', 'town'] },
  powers: {
    read: ofSeenPremises((me) => me.is('analyst', 'commander')),
    columns: ['id', 'operation_id', 'premises_id', 'basis', 'state'],
  },
  planned_visits: {
    read: countsBegun,
    columns: ['id', 'operation_id', 'premises_id', 'team_id', 'power_id', 'day', 'state', 'joint_reference'],
  },
  ...visitsCounted,
  returns: { read: either(counts, coordinatesSigned), add: analyses, change: analyses },
  return_workings: { read: seesWorkings, add: works, change: works, remove: works },
  return_records: { read: seesWorkings, add: works, change: works, remove: works },
  return_signatures: {
    read: (me, { operation_id }) => me.is('analyst', 'commander', 'coordinator') && me.partOf(operation_id),
    add: analyses,
  },
  count_requests: { read: analyses, add: analyses, change: analyses, remove: analyses },
  return_certificates: {
    read: (me, { operation_id }) => me.is('analyst', 'commander', 'coordinator') && me.partOf(operation_id),
  },
  return_first_signatures: {
    read: counts,
    add: (me, row) => analyses(me, row) && row.signed_by === me.id,
  },
  return_second_signatures: { read: counts, add: signsSecond },
  return_changes: { read: counts },
  ...exchanged,
  ...taskedStatistics,
  published_weeks: { read: (me, row) => counters(me) && ofOwn(me, row), add: imports, remove: imports },
};

/** Works for nobody: it hears news, and notes what changed after it was counted. */
const leader: Readonly<Record<string, Sentences>> = {
  ...mailsNews,
  ...deconflictionLeader,
  access_log: sealsLog,
  outbox: heard,
  ...seals,
  return_changes: { read: everyone, add: everyone, open: ['read', 'add'] },
  return_certificates: { read: everyone, add: everyone, open: ['read', 'add'] },
  returns: { read: everyone, columns: ['id', 'operation_id', 'version', 'protection'], open: ['read'] },
  return_signatures: { read: everyone, columns: ['return_id', 'digest'], open: ['read'] },
  notices: { read: everyone, add: everyone, change: everyone, open: ['read', 'add', 'change'] },
  notice_readings: { read: everyone, open: ['read'] },
  notification_channels: {
    read: everyone,
    change: everyone,
    remove: everyone,
    open: ['read', 'change', 'remove'],
  },
  notification_messages: {
    read: everyone,
    add: everyone,
    change: everyone,
    remove: everyone,
    open: ['read', 'add', 'change', 'remove'],
  },
};

export const statement: Statement = {
  'main/public': publicDoor,
  'main/staff': staff,
  'main/field': {},
  'main/statistics': statistics,
  'main/publisher': { ...writesDown, ...anyMember, ...publisher },
  'main/auditor': { ...writesDown, ...anyMember, ...auditorMain },
  'main/leader': leader,
  'safeguarding/safeguarding': { ...writesDown, ...witnessed, ...safeguarding, ...reportsHelp, ...sidesHelp },
  'safeguarding/statistics': { ...writesDown, ...safeguardingCounted },
  'safeguarding/auditor': { ...writesDown, ...auditorApart },
  // It may add a sealed report, by functions, and read nothing.
  'safeguarding/public': {},
  'safeguarding/leader': { access_log: sealsLog, outbox: heard, ...seals },
};
