/** A link chart of 200 nodes: drawn and rendered from what is known, then by its page, with row policies and the log. What PostgreSQL takes is not in it. */

import { mostNodes } from '../../src/intelligence/chart/chart.ts';
import { drawChart } from '../../src/intelligence/chart/drawing.ts';
import { addExampleChart, exampleChart } from '../../src/intelligence/chart/examples.ts';
import { openViews } from '../../src/platform/rendering/views.ts';
import { openAttended } from '../fixtures/attended-reports.ts';
import { chance } from '../harness/assurance.ts';
import { shareServer } from '../harness/shared-server.ts';
import { by, type Effort, type Line } from './effort.ts';
import { median } from './processes.ts';

const bound = { unit: 'ms', pass: 400, aim: 200 } as const;

/** Milliseconds of the processor that the work takes in this process, each time. */
async function processorTimes(
  times: number,
  work: () => unknown,
): Promise<readonly [first: number, rest: readonly number[]]> {
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    taken.push((user + system) / 1_000);
  }
  const [first = 0, ...rest] = taken;
  return [first, rest];
}

async function measurePage(times: number): Promise<Line> {
  const ended: (() => Promise<void>)[] = [];
  try {
    await shareServer();
    const { db, keys, readers, signIn } = await openAttended({
      after: (end) => ended.push(end as () => Promise<void>),
    });
    const entry = await addExampleChart(db, keys, readers.police, { items: 30, others: 8 });
    const reader = await signIn(readers.police);
    let page = '';
    const [first, rest] = await processorTimes(times, async () => {
      const answer = await reader.get(`/staff/intelligence/named/${entry}/chart`);
      if (answer.statusCode !== 200) throw new Error(`the chart answered ${answer.statusCode}`);
      page = answer.body;
    });
    const kilobytes = Buffer.byteLength(page) / 1_000;
    return {
      what: `processor of a link chart of ${mostNodes} nodes, by its page`,
      value: median([...rest]),
      ...bound,
      more: `median of ${rest.length}; the first ${first.toFixed(0)} ms; ${kilobytes.toFixed(0)} kB with its tables, before compression`,
    };
  } finally {
    for (const end of ended.reverse()) await end();
  }
}

export async function* measureLinkChart(effort: Effort): AsyncGenerator<Line> {
  const times = by(effort, 30, 10, 2) + 1;
  const chart = exampleChart(mostNodes, chance(20_261_203));
  let svg = '';
  const [first, rest] = await processorTimes(times, () => {
    svg = openViews().render('intelligence/chart/link-picture', { picture: drawChart(chart) });
  });
  yield {
    what: `processor of a link chart of ${mostNodes} nodes, the picture alone`,
    value: median([...rest]),
    ...bound,
    more: `median of ${rest.length}; the first ${first.toFixed(0)} ms; ${chart.lines.length} lines`,
  };
  yield {
    what: `SVG of a link chart of ${mostNodes} nodes`,
    value: Buffer.byteLength(svg) / 1_000,
    unit: 'kB',
    pass: 150,
    aim: 100,
  };
  yield await measurePage(times);
}
