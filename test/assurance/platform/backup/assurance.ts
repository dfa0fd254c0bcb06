/** `backup`: breaks backups in every way and asks that each is refused and named, and takes them while people write. */
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BackupFault,
  drillBackup,
  keyCopyFile,
  readIdentities,
  restoreBackup,
} from '../../../../src/platform/backup/index.ts';
import { systemClock } from '../../../../src/platform/clock.ts';
import { backUp, type Installation, openInstallation, verifyLog } from '../../../fixtures/backup.ts';
import { chance, count, createProgress, type Effort, type Row, row } from '../../../harness/assurance.ts';
import { type Breakage, breakages, type Case, type Scene } from './breakages.ts';
import { assureRestorePoints } from './restore-points.ts';
import { assureServers } from './servers.ts';

export async function assureBackups({ seed, quick }: Effort): Promise<readonly Row[]> {
  const home = await openInstallation();
  try {
    const random = chance(seed);
    const rows = [
      ...(await assureBreakages(home, random, quick ? 12 : 312)),
      ...(await assureRestorePoints(home, quick ? 1 : 30)),
    ];
    return quick ? rows : [...rows, ...(await assureServers(home))];
  } finally {
    await home.close();
  }
}

async function openScene(home: Installation, random: () => number): Promise<Scene> {
  const folder = join(home.root, 'breakages');
  mkdirSync(folder);
  const otherIdentityFile = join(folder, 'other-identity');
  writeFileSync(otherIdentityFile, `${home.otherIdentities[0]}\n`, { mode: 0o600 });
  const other = await backUp(home, { folder: 'other' });
  const taken = await backUp(home);
  const keyCopy = join(folder, 'key-copy');
  copyFileSync(join(home.root, 'halves', keyCopyFile), keyCopy);
  return { home, taken, other, keyCopy, otherIdentityFile, random, folder };
}

async function assureBreakages(home: Installation, random: () => number, many: number): Promise<readonly Row[]> {
  const scene = await openScene(home, random);
  const missed: string[] = [];
  const told = createProgress('broken backups');
  const tally = { asked: 0, verified: 0, restored: 0 };
  for (let at = 0; at < many; at++) {
    const breakage = breakages[at % breakages.length] as Breakage;
    const broken = breakage.make(scene);
    // What is wrong with the keys alone is asked of restore: verify would restore the whole backup each time.
    const keysAlone = broken.backup === scene.taken.path && broken.identityFile === home.identityFile;
    const verified = keysAlone || (await isNamed(broken, scene));
    const restored = await isRefused(broken, scene);
    if (!keysAlone) {
      tally.asked += 1;
      tally.verified += Number(verified);
    }
    tally.restored += Number(restored);
    if (!verified || !restored) missed.push(`${breakage.name}: ${verified ? 'restored' : 'not named'}`);
    told(at + 1, many);
  }
  const kinds = Math.min(many, breakages.length);
  return [
    row(
      'broken backups that verify names in a sentence with a cure',
      `${count(tally.verified)} of ${count(tally.asked)}, ${kinds} kinds ${missed.slice(0, 3).join('; ')}`,
      tally.verified === tally.asked,
    ),
    row(
      'broken backups that restore refuses in a sentence, leaving nothing',
      `${count(tally.restored)} of ${count(many)}`,
      tally.restored === many,
    ),
  ];
}

const isSentence = ({ message, cure }: BackupFault): boolean =>
  /^[A-Z].*\.$/s.test(message) && /^[A-Z].*\.$/s.test(cure);

async function isNamed({ backup, identityFile, keyCopy }: Case, scene: Scene): Promise<boolean> {
  try {
    const identities = await readIdentities(identityFile);
    const { passed, found } = await drillBackup({
      backup,
      identities,
      keyCopy,
      scratch: scene.folder,
      verifyLog,
      safelight: '0.1.0',
      now: systemClock.now,
    });
    return !passed && found.length > 0 && found.every(isSentence);
  } catch (error) {
    return error instanceof BackupFault && isSentence(error);
  }
}

async function isRefused({ backup, identityFile, keyCopy }: Case, { folder }: Scene): Promise<boolean> {
  const to = join(folder, 'restored');
  try {
    await restoreBackup({
      backup,
      identities: await readIdentities(identityFile),
      keyCopy,
      to,
      target: 'embedded',
      sync: false,
    });
    rmSync(to, { recursive: true });
    return false;
  } catch (error) {
    return error instanceof BackupFault && isSentence(error) && !existsSync(to);
  }
}
