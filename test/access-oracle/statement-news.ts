/** The newsroom: press sees what its agency wrote, what concerns operations that it takes part in, and releases made of imported ones; the public what is out, its embargo over. */
import type { Me, Says, Sentences } from './oracle.ts';

const past = (me: Me, at: unknown): boolean => new Date(String(at)) <= me.now;
const press = (me: Me): boolean => me.is('press');
const concerned: Says = (me, { agency_id, operation_id, imported_release_id }) =>
  press(me) && (agency_id === me.agency || me.partOf(operation_id) || imported_release_id !== null);
const ofRelease =
  (column: string): Says =>
  (me, row) =>
    press(me) && me.sees('releases', row[column]);
const ownCuttings: Says = (me, { agency_id }) => press(me) && agency_id === me.agency;
const ownList: Says = (me, { agency_id }) => press(me) && agency_id === me.agency;
const lead = (me: Me): boolean => me.is('safeguarding lead');
/** Leads read a text from its submission until its release is withdrawn, where their agency is concerned; releases of others are open to all of them. */
const readsText: Says = (me, { agency_id, operation_id }) =>
  lead(me) && (agency_id === me.agency || operation_id === null || me.partOf(operation_id));
/** What hangs on it leans on the text. */
const readsTextOf = (me: Me, id: unknown): boolean =>
  lead(me) && [true, false].some((scheduled) => me.sees('submitted_releases', textKey(id, scheduled)));
/** A text that waits can stand beside the published one. */
const textKey = (id: unknown, scheduled: unknown): string => `${id}/${scheduled}`;
const kept = (table: string): Sentences => {
  const says: Says = (me, { id }) => press(me) && me.sees(table, id);
  return { read: says, add: says };
};

export const publisher: Readonly<Record<string, Sentences>> = {
  imported_releases: { read: ownCuttings, add: ownCuttings, remove: ownCuttings },
  returns: {
    read: (me, { id, operation_id }) =>
      press(me) && me.partOf(operation_id) && me.find('return_signatures', id) !== undefined,
    columns: ['id', 'operation_id', 'version', 'stage', 'definitions', 'facts', 'figures', 'protection', 'made_at'],
  },
  return_signatures: { read: (me, { operation_id }) => press(me) && me.partOf(operation_id) },
  return_certificates: { read: (me, { operation_id }) => press(me) && me.partOf(operation_id) },
  published_numbers: {
    read: (me, { agency_id, source }) =>
      agency_id === me.agency && (me.is('analyst') || (me.is('press') && source === 'release')),
  },
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
  submitted_releases: {
    read: (me, row) => ofRelease('id')(me, row) || readsText(me, row),
    add: ofRelease('id'),
    change: ofRelease('id'),
    remove: ofRelease('id'),
  },
  release_stops: {
    read: (me, row) => ofRelease('release_id')(me, row) || readsTextOf(me, row.release_id),
    add: (me, { release_id, revision, withdraws, member_id, agency_id }) =>
      lead(me) &&
      me.sees('submitted_releases', textKey(release_id, withdraws)) &&
      me.find('submitted_releases', textKey(release_id, withdraws))?.revision === revision &&
      member_id === me.id &&
      agency_id === me.agency,
  },
  release_pictures: {
    read: (me, row) => ofRelease('release_id')(me, row) || readsTextOf(me, row.release_id),
    add: ofRelease('release_id'),
    remove: ofRelease('release_id'),
  },
  press_contacts: { read: ownList, add: ownList, remove: ownList },
  press_rounds: { read: ofRelease('release_id'), add: ofRelease('release_id') },
  press_notices: { read: ownList, remove: ownList },
  releases_versions: kept('releases'),
  publications: { read: ofRelease('id'), add: ofRelease('id'), change: ofRelease('id') },
  publications_versions: kept('publications'),
  release_withdrawals: { read: ofRelease('id'), add: (me, row) => ofRelease('id')(me, row) && row.by === me.id },
};

const everyone = () => true;

const isOut: Says = (me, { withdrawn_at, published_at, embargo_until }) =>
  withdrawn_at === null && past(me, published_at) && (embargo_until === null || past(me, embargo_until));

export const publicDoor: Readonly<Record<string, Sentences>> = {
  release_pictures: {
    read: (me, { id, release_id }) => {
      const publication = me.find('publications', release_id);
      const shown = publication?.picture as { readonly id: unknown } | null | undefined;
      return me.sees('publications', release_id) && shown?.id === id;
    },
    open: ['read'],
    columns: ['id', 'content'],
  },
  publications: {
    read: isOut,
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
        'picture',
        'sources',
        'figures',
      ],
      ...['issued_by', 'share_text', 'imported_from', 'cautions', 'dated', 'published_at', 'embargo_until'],
      ...['corrections', 'changed_at', 'words'],
    ],
  },
  publication_certificates: {
    read: (me, { publication_id }) => me.sees('publications', publication_id),
    open: ['read'],
  },
  release_withdrawals: {
    read: (_me, { had_been_public }) => had_been_public === true,
    open: ['read'],
    columns: ['id', 'slug', 'at'],
  },
};

/** The background work mails what everybody can read. */
export const mailsNews: Readonly<Record<string, Sentences>> = {
  publications: publicDoor.publications ?? {},
  release_withdrawals: publicDoor.release_withdrawals ?? {},
  publication_certificates: { read: everyone, add: everyone, open: ['read', 'add'] },
  releases: { read: everyone, columns: ['id', 'return_id'], open: ['read'] },
  press_contacts: { read: everyone, open: ['read'] },
  press_rounds: { read: everyone, change: everyone, open: ['read', 'change'] },
  press_notices: {
    read: everyone,
    add: everyone,
    change: everyone,
    remove: everyone,
    open: ['read', 'add', 'change', 'remove'],
  },
};
