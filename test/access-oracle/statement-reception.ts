/** Reception centres: a member of a support agency with access sees all of one; a volunteer on shift sees only numbers and needs; planners get numbers. */
import type { Me, Says, Sentences } from './oracle.ts';

const helps = (me: Me): boolean => me.is('field', 'safeguarding lead', 'partner caseworker') && me.side === 'help';
const leads = (me: Me): boolean => me.is('safeguarding lead') && me.side === 'help';
const volunteers = (me: Me): boolean => me.is('volunteer') && me.side === 'help';
const past = (me: Me, at: unknown, hours = 0): boolean =>
  new Date(String(at)).getTime() <= me.now.getTime() + hours * 3_600_000;

const leadsInside: Says = (me, { operation_id }) => leads(me) && me.inside(operation_id);
const seesReception = (me: Me, id: unknown): boolean => me.sees('reception_centres', id);
const onShift = (me: Me, reception: unknown): boolean =>
  volunteers(me) &&
  me
    .rows('reception_rota')
    .some(
      (row) =>
        row.reception_id === reception &&
        row.member_id === me.id &&
        row.ended_at === null &&
        past(me, row.starts_at) &&
        !past(me, row.ends_at),
    );
/** The member's own shift, now, at an open centre where their agency takes part. */
const startsShift: Says = (me, row) =>
  volunteers(me) &&
  row.member_id === me.id &&
  row.author_id === me.id &&
  row.agency_id === me.agency &&
  row.work === 'looks after people' &&
  past(me, row.starts_at) &&
  me
    .rows('reception_centres')
    .some(
      (one) =>
        one.id === row.reception_id &&
        one.operation_id === row.operation_id &&
        one.stood_down_at === null &&
        past(me, one.opens_at, 1) &&
        !past(me, one.closes_at) &&
        seesReception(me, one.id),
    );

const atBand: Says = (me, { reception_id }) =>
  seesReception(me, reception_id) && (helps(me) || onShift(me, reception_id));
const ofSeenBand =
  (who: (me: Me) => boolean): Says =>
  (me, { wristband_id }) =>
    who(me) && me.sees('wristbands', wristband_id);
const thereAtAll = ofSeenBand((me) => helps(me) || volunteers(me));
const helpsThere = ofSeenBand(helps);
const knows: Says = (me, row) => helpsThere(me, row) && me.sees('persons', row.person_id);
const inHerName =
  (says: Says): Says =>
  (me, row) =>
    says(me, row) && row.member_id === me.id;

export const received: Readonly<Record<string, Sentences>> = {
  reception_centres: {
    read: (me, { operation_id }) =>
      (helps(me) && me.inside(operation_id)) || (volunteers(me) && me.partOf(operation_id)),
    add: (me, row) => leadsInside(me, row) && row.author_id === me.id && row.agency_id === me.agency,
    change: leadsInside,
  },
  reception_rota: {
    read: (me, row) => (helps(me) && me.inside(row.operation_id)) || (volunteers(me) && row.member_id === me.id),
    add: (me, row) =>
      (leadsInside(me, row) && row.author_id === me.id && row.member_id === null) || startsShift(me, row),
    change: leadsInside,
  },
  wristbands: {
    read: atBand,
    add: atBand,
    change: (me, { reception_id }) => helps(me) && seesReception(me, reception_id),
  },
  wristband_needs: { read: thereAtAll, add: thereAtAll, change: thereAtAll },
  wristband_people: { read: knows, add: inHerName(knows) },
  first_nights: { read: helpsThere, remove: helpsThere, add: inHerName(helpsThere) },
  reception_debriefs: {
    read: (me, row) =>
      seesReception(me, row.reception_id) && (leads(me) || ((helps(me) || volunteers(me)) && row.author_id === me.id)),
    add: (me, row) =>
      seesReception(me, row.reception_id) &&
      (helps(me) || volunteers(me)) &&
      row.author_id === me.id &&
      row.agency_id === me.agency,
  },
};

export const toldOutside: Readonly<Record<string, Sentences>> = {
  capacity_reports: {
    read: (me, { operation_id }) =>
      me.is('planner', 'commander', 'field', 'safeguarding lead', 'partner caseworker') && me.inside(operation_id),
    add: (me, row) => leadsInside(me, row) && row.member_id === me.id && row.agency_id === me.agency,
  },
};
