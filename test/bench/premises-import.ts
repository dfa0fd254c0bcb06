/** Premises from a file: the check and the import together, through the pages that a planner uses. */
import { columns } from '../../src/operations/premises-import/columns.ts';
import { begun } from '../fixtures/begun-visit.ts';
import { shareServer } from '../harness/shared-server.ts';
import { by, type Effort, type Line } from './effort.ts';
import { median } from './processes.ts';

const header = columns.map(({ name }) => name).join(',');
const said: Readonly<Record<string, string>> = {
  business: 'nail bar',
  town: 'Watford',
  dwelling: 'no',
  priority: 'high',
  reason: 'Two reports of people who never leave',
  risks: 'None known: asked the council',
  immigrationEntry: 'not present',
  decidedBy: 'Supt Marlow',
  immigrationReason: 'People there may be exploited',
  immigrationAlternative: 'Waiting nearby',
};
const toLine = (round: number, number: number): string => {
  const place = { ...said, name: `Place ${number}`, address: `${number} Lane ${round}` } as Record<string, string>;
  return columns.map(({ field }) => `"${place[field] ?? ''}"`).join(',');
};

/** Each round is another file into the same operation, which grows with it. */
export async function* measurePremisesImport(effort: Effort): AsyncGenerator<Line> {
  const [rounds, lines] = by(effort, [5, 1_000], [3, 1_000], [1, 20]);
  const ended: (() => Promise<void>)[] = [];
  try {
    await shareServer();
    const { planner, of } = await begun({ after: (end) => ended.push(end as () => Promise<void>) });
    const form = `${of}/premises/file`;
    const times: { readonly check: number; readonly saved: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const content = [header, ...Array.from({ length: lines }, (_, number) => toLine(round, number))].join('\r\n');
      const began = performance.now();
      const checked = await planner.upload(form, {}, { name: 'list.csv', content: Buffer.from(content) });
      const between = performance.now();
      const hidden = Object.fromEntries(['file', 'key', 'good'].map((name) => [name, readHidden(checked.body, name)]));
      const imported = await planner.post(`${form}/import`, hidden);
      if (imported.statusCode !== 303) throw new Error(`the import answered ${imported.statusCode}`);
      times.push({ check: between - began, saved: performance.now() - between });
    }
    const half = (part: 'check' | 'saved') => (median(times.map((one) => one[part])) / 1_000).toFixed(2);
    yield {
      what: `check and import of ${lines.toLocaleString('en-GB')} premises from a file`,
      value: median(times.map(({ check, saved }) => check + saved)) / 1_000,
      unit: 's',
      pass: 5,
      aim: 2,
      more: `median of ${rounds}: check ${half('check')} s, import ${half('saved')} s, into an operation that grew to ${(rounds * lines).toLocaleString('en-GB')}`,
    };
  } finally {
    for (const end of ended.reverse()) await end();
  }
}

/** As the page writes it: signs of base64 come as references. */
const readHidden = (body: string, name: string): string =>
  (new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '').replace(/&#(x[\da-f]+|\d+);/gi, (_, code) =>
    String.fromCharCode(Number(code.startsWith('x') ? `0${code}` : code)),
  );
