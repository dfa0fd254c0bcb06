/** The whole check of a release on the week of the demonstration: its text against the figures and the records of the case, until the page with the list is written. */

import { countAndSign } from '../../src/demonstration/publish.ts';
import { idFromAddress } from '../../src/demonstration/staff-walker.ts';
import { demonstrationDay, openDemonstration } from '../fixtures/demonstration.ts';
import { change, formOf } from '../fixtures/releases.ts';
import { shareServer } from '../harness/shared-server.ts';
import { by, type Effort, type Line } from './effort.ts';
import { median } from './processes.ts';

const planted =
  'Officers spoke to a 37-year-old woman in Watford. Neighbours of Willow Therapy had called police. Another visit was made in Tannery Yard.';
/** One list, the worst first. */
const wanted = /describe one person[\s\S]*An exact age[\s\S]*Willow Therapy[\s\S]*Tannery Yard/;

/** First as after a start, then again. A press officer may have ten matches a day, and each round brings two. */
export async function* measureReleaseCheck(effort: Effort): AsyncGenerator<Line> {
  const ended: (() => Promise<void>)[] = [];
  try {
    await shareServer();
    const { stage, as, mainOperation } = await openDemonstration({
      after: (end) => ended.push(end as () => Promise<void>),
    });
    stage.at(demonstrationDay, '10:00');
    const signed = await countAndSign(stage, await mainOperation(), 'final');
    const press = await as('press');
    const release = idFromAddress(await stage.as('press').fill(`/staff/newsroom/returns/${signed}/draft`));
    const address = `/staff/releases/${release}`;
    const { body = '' } = await formOf(press, address);
    const times: number[] = [];
    for (let round = 0; round <= by(effort, 3, 3, 1); round += 1) {
      await change(press, address, { body: `${body}\n\n${planted}` });
      const { base: revision } = await formOf(press, address);
      const began = performance.now();
      const { body: page } = await press.post(`${address}/submit`, { revision });
      times.push((performance.now() - began) / 1_000);
      if (!wanted.test(page.slice(page.indexOf('in-the-way')))) throw new Error(`the list lacks something: ${page}`);
    }
    const [first = 0, ...warm] = times;
    const more = 'text and records of the case, in one list, the worst first';
    yield { what: 'the check of a release, the first after a start', value: first, unit: 's', pass: 10, aim: 2, more };
    yield { what: 'the check of a release, again', value: median(warm), unit: 's', pass: 10, aim: 1 };
  } finally {
    for (const end of ended.reverse()) await end();
  }
}
