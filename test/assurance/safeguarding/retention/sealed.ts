/** Sealed values of people in a dump, and whether they open: by the unit's key and what is left in the folder of halves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPointer, unseal } from '../../../../src/platform/crypto/crypto.ts';
import { pointerBytes } from '../../../../src/platform/crypto/key-halves.ts';
import { testKeys } from '../../../harness/keys.ts';
import type { Dumped } from './lying.ts';
import type { World } from './world.ts';

type About<Whose> = {
  readonly about: Whose;
  readonly context: string;
  readonly id: string;
  readonly sealed: Buffer;
  readonly wrapped: Buffer;
};
type Sealed = About<'gone' | 'kept'>;

const bytesOf = (text: unknown): Buffer | undefined =>
  typeof text === 'string' && text.startsWith('\\x') ? Buffer.from(text.slice(2), 'hex') : undefined;

/** Every sealed value of the people, found by the id of the person, encounter, note or request. */
function sealedIn(dumped: readonly Dumped[], { gone, kept, meetings }: World): Sealed[] {
  const about = new Map<string, 'gone' | 'kept'>();
  for (const [which, all] of [
    ['gone', gone],
    ['kept', kept],
  ] as const)
    for (const { person } of all) for (const id of [person.id, String(person.originId)]) about.set(id, which);
  for (const which of ['gone', 'kept'] as const)
    for (const { encounterId } of meetings[which]) about.set(encounterId, which);
  return sealedBy(dumped, about);
}

/** Whose a sealed value is, by ids of which it is known. */
export function sealedBy<Whose>(dumped: readonly Dumped[], about: Map<string, Whose>): About<Whose>[] {
  const rows = dumped
    .filter(({ store }) => store === 'safeguarding')
    .map(({ table, text }) => ({ table, row: JSON.parse(text) as Record<string, unknown> }))
    .map(({ table, row }) =>
      table.endsWith('_versions')
        ? { table: table.replace('_versions', ''), row: row.record as Record<string, unknown> }
        : { table, row },
    );
  const links = ['id', 'person_id', 'encounter_id', 'note_id', 'referral_id'];
  for (let round = 0; round < 3; round += 1)
    for (const { row } of rows) {
      const which = links.map((link) => about.get(String(row[link]))).find((one) => one !== undefined);
      if (which && typeof row.id === 'string') about.set(row.id, which);
    }
  return rows.flatMap(({ table, row }) => {
    const [id, wrapped] = [String(row.id), bytesOf(row.wrapped_key)];
    const whose = about.get(id);
    if (!wrapped || whose === undefined) return [];
    return Object.entries(row).flatMap(([column, value]) => {
      const sealed = column.startsWith('sealed_') ? bytesOf(value) : undefined;
      return sealed ? [{ about: whose, context: `${table}/${column}/${id}`, id, sealed, wrapped }] : [];
    });
  });
}

type Opens = (one: Omit<Sealed, 'about'>) => Buffer;
/** Opens with the unit’s key and the remaining halves, like a process that has just started, so that nothing is cached. */
export const keysLeft = ({ application }: Pick<World, 'application'>): Opens => {
  const keys = testKeys.withHalvesIn(application.config.keyHalvesFolder);
  return ({ wrapped, id, context, sealed }) => unseal(keys.unwrap(wrapped, id), context, sealed);
};

export const opens = (open: () => unknown): boolean => {
  try {
    open();
    return true;
  } catch {
    return false;
  }
};

export function openAll(dumped: readonly Dumped[], world: World, open: Opens): { gone: number; kept: number } {
  const tally = { gone: 0, kept: 0 };
  for (const one of sealedIn(dumped, world)) if (opens(() => open(one))) tally[one.about] += 1;
  return tally;
}

const mostHalves = 300;

/** The erased person's values, tried with every remaining half: with all other keys. */
export function wrongHalves(dumped: readonly Dumped[], world: World): number {
  const keys = keysLeft(world);
  const all = sealedIn(dumped, world);
  const others = [
    ...new Set(all.filter(({ about }) => about === 'kept').map(({ wrapped }) => findPointer(wrapped)?.toString('hex'))),
  ].slice(0, mostHalves);
  let opened = 0;
  for (const one of all.filter(({ about }) => about === 'gone').filter((_, at) => at % 8 === 0))
    for (const pointer of others) {
      const wrapped = Buffer.concat([
        Buffer.of(0),
        Buffer.from(pointer ?? '', 'hex'),
        one.wrapped.subarray(1 + pointerBytes),
      ]);
      if (opens(() => keys({ ...one, wrapped }))) opened += 1;
    }
  return opened;
}

export function halvesOf(dumped: readonly Dumped[], world: World): string[] {
  const { halves } = world.application.keys;
  return sealedIn(dumped, world)
    .filter(({ about }) => about === 'gone')
    .map(({ wrapped }) => halves?.read(findPointer(wrapped) as Buffer).toString('hex') ?? '');
}

/** All that lies in the folder, place by place. */
export function halvesLeft({ application }: World): Set<string> {
  const folder = application.config.keyHalvesFolder;
  const all = Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
  return new Set(Array.from({ length: all.length / 32 }, (_, at) => all.toString('hex', at * 32, at * 32 + 32)));
}
