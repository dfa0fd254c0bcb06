/** Import of many releases, compared with bare parsing of the same files: how much of the time is Safelight's own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseDefinition } from '../../src/app.ts';
import { actAsMember } from '../../src/cli/acting.ts';
import { importFiles } from '../../src/cli/commands/release-import.ts';
import { addPerson } from '../../src/cli/commands/user-add.ts';
import { type InputFile, listInputFiles } from '../../src/cli/files.ts';
import { readClaims, readForm } from '../../src/newsroom/release-reading/index.ts';
import { newRequestId } from '../../src/platform/audit-hook/audit.ts';
import { readConfig } from '../../src/platform/config.ts';
import { openRuntime, type Runtime } from '../../src/platform/start.ts';
import { invent, shapes } from '../assurance/newsroom/release-reading/generator.ts';
import { confirmAllRoles } from '../harness/confirmed.ts';
import { inTurn, median } from './processes.ts';

const rounds = 3;
const seed = 20_190_925;

/** Prints the ratio of `release import` to bare parsing, in turn and in one process. Each round is another agency's, to which every file is new. */
export async function measureImport(environment: NodeJS.ProcessEnv, files: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-bench-releases-'));
  const opened = await openRuntime(readConfig({ ...process.env, ...environment }), async () => databaseDefinition);
  try {
    write(folder, files);
    const meant = listInputFiles([folder], folder);
    parse(meant); // Once for the compiler.
    const pairs = await inTurn(
      () => imported(opened, meant),
      () => timed(() => parse(meant)),
      rounds,
    );
    const ratios = pairs.map(({ ours, theirs }) => ours / theirs);
    const seconds = median(pairs.map(({ ours }) => ours)) / 1000;
    console.log(
      `import of ${files} releases beside bare parsing of the same files: ${median(ratios).toFixed(2)} × its time (rounds ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}); ${(files / seconds).toFixed(0)} files a second (seed ${seed})`,
    );
  } finally {
    await opened.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(folder: string, files: number): void {
  for (let index = 0; index < files; index += 1) {
    const { file } = invent(seed + index, shapes[index % shapes.length] ?? shapes[0]);
    writeFileSync(join(folder, `${String(index).padStart(5, '0')}.md`), file);
  }
}

function parse(files: readonly InputFile[]): void {
  for (const { path, name } of files) {
    const reading = readForm(readFileSync(path), name);
    if (!reading.ok) throw new Error(`the generator wrote a bad file: ${name}`);
    readClaims(reading.value);
  }
}

async function timed(work: () => void | Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function imported(opened: Runtime, files: readonly InputFile[]): Promise<number> {
  const unique = newRequestId();
  const email = `${unique}@example.org`;
  const made = {
    name: `Bench ${unique}`,
    officialName: `Bench ${unique}`,
    kind: 'police force',
    firstResponder: false,
  } as const;
  const person = { name: 'Bench', title: 'Press officer', email, password: unique, roles: ['press'] as const };
  await addPerson(opened, { made }, person);
  await confirmAllRoles(opened.databases.for('main', 'owner'));
  return timed(() =>
    actAsMember(opened, email, async (acting) => {
      const hearing = { stopped: new AbortController().signal, onBad: () => {}, onRead: () => {} };
      const { imported: kept } = await importFiles(files, acting, hearing);
      if (kept !== files.length) throw new Error(`${kept} of ${files.length} were imported`);
    }),
  );
}
