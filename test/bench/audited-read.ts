/** The audited read of one record: policy, then its log row on disk, then the first byte. Beside the least that a durable row costs, and beside the same read without its row. */

import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/platform/database/database.ts';
import { databaseNames, openEmbedded } from '../../src/platform/embedded-postgres/embedded.ts';
import { migrateEmbedded, postmasterOf } from '../harness/embedded.ts';
import { fill, type Size } from './audited-fill.ts';
import { by, type Effort, type Line } from './effort.ts';
import { firstLine, type Measured, median, printed, range, refuseErrors, start, stop } from './processes.ts';
import { familyTime, processorTime } from './processor.ts';

type Server = { readonly url: string; readonly child: ChildProcess };

const connections = 16;

/** Fills once, then asks the three in turn, to and fro; a ratio is the median of its rounds. */
export async function measureAuditedRead(effort: Effort): Promise<readonly Line[]> {
  const size: Size = {
    members: by(effort, 200, 200, 20),
    records: by(effort, 1_000_000, 100_000, 2_000),
    logRows: by(effort, 5_000_000, 200_000, 2_000),
  };
  const [rounds, seconds] = by(effort, [7, 4], [3, 2], [1, 1]);
  const folder = mkdtempSync(join(tmpdir(), 'safelight-audited-'));
  const embedded = await openEmbedded(folder);
  const servers: Server[] = [];
  try {
    await migrateEmbedded(embedded);
    const began = performance.now();
    const superuser = embedded.superuserAddress(databaseNames.main);
    const { tokens, idsOf } = await fill(superuser, size, new Date());
    console.log(
      `${size.records.toLocaleString('en-GB')} records and ${size.logRows.toLocaleString('en-GB')} log rows${effort === 'full' ? '' : ` (${effort}: fewer than the 1 M and 5 M of the full run)`}, filled in ${((performance.now() - began) / 1000).toFixed(0)} s; ${connections} connections, ${rounds} rounds of ${seconds} s each`,
    );
    const targets = join(folder, 'targets');
    const asked = Array.from({ length: 20_000 }, (_, number) => {
      const member = number % size.members;
      return `/staff/encounters/${idsOf(member, Math.floor(Math.random() * (size.records / size.members)))}/brief ${tokens[member]}`;
    });
    writeFileSync(targets, asked.join('\n'));
    const open = async (kind: string): Promise<Server> => {
      const child = start(join(import.meta.dirname, 'audited-server.ts'), [kind], {
        BENCH_ADDRESSES: JSON.stringify(embedded.addresses),
      });
      const server = { url: `http://127.0.0.1:${await firstLine(child)}`, child };
      servers.push(server);
      return server;
    };
    await makeBareTable(embedded.addresses.main.owner ?? '');
    const [bare, audited, unaudited] = [await open('bare'), await open('audited'), await open('unaudited')];
    const one = (server: Server) => ask(server, postmasterOf(embedded), seconds, targets);
    for (const server of [bare, audited, unaudited]) await one(server);
    const found: Record<'bare' | 'audited' | 'unaudited', Measured[]> = { bare: [], audited: [], unaudited: [] };
    for (let round = 0; round < rounds; round += 1) {
      const order = [
        async () => found.bare.push(await one(bare)),
        async () => found.audited.push(await one(audited)),
        async () => found.unaudited.push(await one(unaudited)),
      ];
      for (const turn of round % 2 === 0 ? order : order.reverse()) await turn();
    }
    return figures(found);
  } finally {
    for (const { child } of servers) await stop(child);
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function makeBareTable(address: string): Promise<void> {
  const owner = openDatabase(address, { maxConnections: 1 });
  await owner.schema
    .createTable('benchLog')
    .addColumn('id', 'bigint', (column) => column.generatedAlwaysAsIdentity().primaryKey())
    .addColumn('at', 'timestamptz')
    .addColumn('memberId', 'uuid')
    .addColumn('subject', 'uuid')
    .addColumn('event', 'text')
    .execute();
  await owner.destroy();
}

function figures({ bare, audited, unaudited }: Record<'bare' | 'audited' | 'unaudited', readonly Measured[]>): Line[] {
  refuseErrors('audited read', [...bare, ...audited, ...unaudited]);
  const errors = [...bare, ...audited, ...unaudited].reduce((sum, one) => sum + one.errors, 0);
  const of = (name: string, all: readonly Measured[]): string =>
    `${name} ${median(all.map(({ perSecond }) => perSecond)).toFixed(0)} a second, p50 ${median(all.map(({ p50 }) => p50))} ms, p99 ${median(all.map(({ p99 }) => p99))} ms, processor ${median(all.map(({ processor }) => processor)).toFixed(0)} µs of the server, ${median(all.map(({ database }) => database)).toFixed(0)} µs of the database`;
  const share = audited.map(({ perSecond }, round) => perSecond / (bare[round]?.perSecond ?? Number.NaN));
  const cost = unaudited.map(({ perSecond }, round) => perSecond / (audited[round]?.perSecond ?? Number.NaN));
  const rounds = (ratios: readonly number[]): string => `rounds ${range(ratios)}${errors ? `, ${errors} ERRORS` : ''}`;
  return [
    {
      what: 'audited read of a record beside a bare durable insert',
      value: median(share),
      unit: '×',
      pass: 0.4,
      aim: 0.6,
      more: `${of('audited', audited)}; ${of('bare', bare)}; ${rounds(share)}`,
    },
    {
      what: 'time of an audited read beside the same unaudited',
      value: median(cost),
      unit: '×',
      pass: 1.2,
      aim: 1.1,
      more: `${of('unaudited', unaudited)}; ${rounds(cost)}`,
    },
  ];
}

async function ask(
  { url, child: server }: Server,
  postmaster: number,
  seconds: number,
  targets: string,
): Promise<Measured> {
  const used = (): readonly [number, number] => [processorTime(server.pid ?? 0), familyTime(postmaster)];
  const before = used();
  const given = [url, String(connections), String(seconds), targets];
  const found = await printed(start(join(import.meta.dirname, 'audited-load.ts'), given));
  const [processor, database] = used().map((now, index) => (now - (before[index] ?? 0)) / found.requests) as [
    number,
    number,
  ];
  return { ...found, processor, database };
}
