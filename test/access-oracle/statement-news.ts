/** The newsroom: press sees what its agency wrote and what concerns operations that it takes part in; the public what is out, its embargo over. */
import type { Me, Says, Sentences } from './oracle.ts';

const press = (me: Me): boolean => me.is('press');
const concerned: Says = (me, { agency_id, operation_id }) =>
  press(me) && (agency_id === me.agency || me.partOf(operation_id));
const ofRelease =
  (column: string): Says =>
  (me, row) =>
    press(me) && me.sees('releases', row[column]);
const ownCuttings: Says = (me, { agency_id }) => press(me) && agency_id === me.agency;
const kept = (table: string): Sentences => {
  const says: Says = (me, { id }) => press(me) && me.sees(table, id);
  return { read: says, add: says };
};

export const publisher: Readonly<Record<string, Sentences>> = {
  imported_releases: { read: ownCuttings, add: ownCuttings, remove: ownCuttings },
  returns: {
    read: (me, { id, operation_id }) =>
      press(me) && me.partOf(operation_id) && me.find('return_signatures', id) !== undefined,
    columns: ['id', 'operation_id', 'version', 'stage', 'definitions', 'facts', 'figures', 'made_at'],
  },
  return_signatures: { read: (me, { operation_id }) => press(me) && me.partOf(operation_id) },
  releases: {
    read: concerned,
    change: concerned,
    add: (me, { agency_id, operation_id }) =>
      press(me) && agency_id === me.agency && (operation_id === null || me.partOf(operation_id)),
  },
  release_events: {
    read: ofRelease('release_id'),
    add: (me, row) => ofRelease('release_id')(me, row) && row.member_id === me.id && row.agency_id === me.agency,
  },
  name_checks: {
    read: ofRelease('release_id'),
    add: (me, row) => ofRelease('release_id')(me, row) && row.member_id === me.id && row.agency_id === me.agency,
  },
  releases_versions: kept('releases'),
  publications: { read: ofRelease('id'), add: ofRelease('id'), change: ofRelease('id') },
  publications_versions: kept('publications'),
  release_withdrawals: { read: ofRelease('id'), add: (me, row) => ofRelease('id')(me, row) && row.by === me.id },
};

const past = (me: Me, at: unknown): boolean => new Date(String(at)) <= me.now;

export const publicDoor: Readonly<Record<string, Sentences>> = {
  publications: {
    read: (me, { withdrawn_at, published_at, embargo_until }) =>
      withdrawn_at === null && past(me, published_at) && (embargo_until === null || past(me, embargo_until)),
    open: ['read'],
    columns: [
      ...[
        'id',
        'slug',
        'version',
        'area',
        'title',
        'description',
        'key_points',
        'body',
        'quotes',
        'sources',
        'figures',
      ],
      ...['issued_by', 'share_text', 'imported_from', 'cautions', 'dated', 'published_at', 'embargo_until'],
      ...['corrections', 'changed_at', 'words'],
    ],
  },
  release_withdrawals: {
    read: (_me, { had_been_public }) => had_been_public === true,
    open: ['read'],
    columns: ['id', 'slug', 'at'],
  },
};
