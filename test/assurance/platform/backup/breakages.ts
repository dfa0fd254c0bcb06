/** Ways in which a backup breaks: cut, changed, missing, exchanged, or opened with the wrong key. */

import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../../../src/platform/backup/manifest.ts';
import { copyToDamage, type Installation } from '../../../fixtures/backup.ts';

/** What a person then has: a backup, an identity file, a copy of the keys. */
export type Case = { readonly backup: string; readonly identityFile: string; readonly keyCopy: string };

export type Scene = {
  readonly home: Installation;
  readonly taken: { readonly path: string; readonly manifest: Manifest };
  readonly other: { readonly path: string };
  readonly keyCopy: string;
  readonly otherIdentityFile: string;
  readonly random: () => number;
  /** A folder for damaged copies, used again and again. */
  readonly folder: string;
};

export type Breakage = { readonly name: string; readonly make: (scene: Scene) => Case };

const chunk = 1_048_592;
const parts = ['main.tar', 'main.manifest', 'files.tar', 'settings.tar'];
const anyOf = <One>(all: readonly One[], random: () => number): One => all[Math.floor(random() * all.length)] as One;

const damaged =
  (pickName: (scene: Scene) => string, damage: (path: string, scene: Scene) => void) =>
  (scene: Scene): Case => {
    const backup = join(scene.folder, 'damaged');
    damage(copyToDamage(scene.taken.path, backup, pickName(scene)), scene);
    return { backup, identityFile: scene.home.identityFile, keyCopy: scene.keyCopy };
  };

const anyPart = ({ random }: Scene): string => anyOf(parts, random);
const theManifest = (): string => 'manifest.json';

/** Changes one bit of a file. */
export function flip(path: string, { random }: Pick<Scene, 'random'>): void {
  const bytes = readFileSync(path);
  const at = Math.floor(random() * bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  writeFileSync(path, bytes);
}

export const cutAt =
  (place: (size: number, random: () => number) => number) =>
  (path: string, { random }: Pick<Scene, 'random'>): void =>
    truncateSync(path, Math.max(0, place(statSync(path).size, random)));

/** Chunks of the encrypted database in another order, or one too few or too many. */
const chunks = (change: (all: Buffer[]) => Buffer[]) =>
  damaged(
    () => 'main.tar',
    (path) => {
      const bytes = readFileSync(path);
      const all = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, at) =>
        bytes.subarray(at * chunk, (at + 1) * chunk),
      );
      writeFileSync(path, Buffer.concat(change(all)));
    },
  );

/** Changes a part and makes the manifest agree with it, as somebody without the key would. */
function cover(path: string, scene: Scene): void {
  truncateSync(path, Math.floor(scene.random() * statSync(path).size));
  const backup = join(path, '..');
  const manifest = JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8'));
  const bytes = readFileSync(path);
  for (const part of manifest.parts)
    if (path.endsWith(`/${part.name}`))
      Object.assign(part, { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  writeFileSync(join(backup, 'manifest.json'), JSON.stringify(manifest, null, 2));
}

const withKeyCopy =
  (damage: (path: string, scene: Scene) => void) =>
  (scene: Scene): Case => {
    const keyCopy = join(scene.folder, 'keys');
    rmSync(keyCopy, { force: true });
    copyFileSync(scene.keyCopy, keyCopy);
    damage(keyCopy, scene);
    return { backup: scene.taken.path, identityFile: scene.home.identityFile, keyCopy };
  };

const withIdentity =
  (text: (scene: Scene) => string, mode = 0o600) =>
  (scene: Scene): Case => {
    const identityFile = join(scene.folder, 'identity');
    writeFileSync(identityFile, text(scene), { mode: 0o600 });
    chmodSync(identityFile, mode);
    return { backup: scene.taken.path, identityFile, keyCopy: scene.keyCopy };
  };

/** Fast ones and slow ones alternate, so that a short run has some of each. */
export const breakages: readonly Breakage[] = [
  {
    name: 'a part cut anywhere',
    make: damaged(
      anyPart,
      cutAt((size, random) => Math.floor(random() * size)),
    ),
  },
  { name: 'a bit changed in a part', make: damaged(anyPart, flip) },
  { name: 'a part missing', make: damaged(anyPart, (path) => rmSync(path)) },
  {
    name: 'the identity of somebody else',
    make: withIdentity(({ otherIdentityFile }) => readFileSync(otherIdentityFile, 'utf8')),
  },
  { name: 'a bit changed in the manifest', make: damaged(theManifest, flip) },
  { name: 'the copy of the keys missing', make: withKeyCopy((path) => rmSync(path)) },
  { name: 'a cut part that the manifest agrees with', make: damaged(anyPart, cover) },
  { name: 'the copy of the keys cut', make: withKeyCopy(cutAt((size, random) => Math.floor(random() * size))) },
  {
    name: 'a part of another backup',
    make: damaged(anyPart, (path, { other }) =>
      copyFileSync(join(other.path, path.slice(path.lastIndexOf('/'))), path),
    ),
  },
  { name: 'never finished', make: (scene) => unfinished(scene) },
  { name: 'two chunks exchanged', make: chunks(([first, second, ...rest]) => [second, first, ...rest] as Buffer[]) },
  { name: 'a bit changed in the copy of the keys', make: withKeyCopy(flip) },
  { name: 'the manifest missing', make: damaged(theManifest, (path) => rmSync(path)) },
  {
    name: 'a part cut between two chunks',
    make: damaged(
      () => 'main.tar',
      cutAt((size, random) => Math.floor((random() * size) / chunk) * chunk),
    ),
  },
  {
    name: 'a part without its last byte',
    make: damaged(
      anyPart,
      cutAt((size) => size - 1),
    ),
  },
  {
    name: 'a part of no bytes',
    make: damaged(
      anyPart,
      cutAt(() => 0),
    ),
  },
  {
    name: 'a part longer by one byte',
    make: damaged(anyPart, (path) => writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.of(0)]))),
  },
  {
    name: 'the manifest cut anywhere',
    make: damaged(
      theManifest,
      cutAt((size, random) => Math.floor(random() * (size - 1))),
    ),
  },
  {
    name: 'the manifest of another backup',
    make: damaged(theManifest, (path, { other }) => copyFileSync(join(other.path, 'manifest.json'), path)),
  },
  { name: 'a chunk left out', make: chunks(([first, , ...rest]) => [first, ...rest] as Buffer[]) },
  { name: 'a chunk twice', make: chunks(([first, ...rest]) => [first, first, ...rest] as Buffer[]) },
  { name: 'an identity file without a key', make: withIdentity(() => '# nothing here\n') },
  {
    name: 'an identity file that others can read',
    make: withIdentity(({ home }) => readFileSync(home.identityFile, 'utf8'), 0o644),
  },
  {
    name: 'an identity with a letter changed',
    make: withIdentity(({ home }) =>
      readFileSync(home.identityFile, 'utf8')
        .replace(/.$/m, '')
        .replace(/(AGE-SECRET-KEY-1.{10})./, '$1B'),
    ),
  },
];

function unfinished(scene: Scene): Case {
  const backup = join(scene.folder, 'damaged');
  copyToDamage(scene.taken.path, backup, 'manifest.json');
  const named = `${backup}.unfinished`;
  rmSync(named, { recursive: true, force: true });
  renameSync(backup, named);
  return { backup: named, identityFile: scene.home.identityFile, keyCopy: scene.keyCopy };
}
