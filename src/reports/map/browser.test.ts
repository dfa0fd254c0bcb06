import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAttended, opened } from '../../../test/fixtures/attended-reports.ts';
import { movedOn, nextOn, stepByStep } from '../../../test/fixtures/report-browser.ts';
import { openBrowser, phone } from '../../../test/harness/browser.ts';
import { enterJourney } from '../../public/private-journey/visitor.ts';
import { readPoint } from './map.ts';
import { readSightings } from './sightings.ts';

const written = {
  what: 'Quagmire lantern above the shop',
  place: 'Behind Zephyrwood bakery',
  people: 'Ossifrage twins',
};
const typed = /Quagmire|Zephyrwood|Ossifrage/;

for (const javaScriptEnabled of [false, true])
  test(`with script ${javaScriptEnabled ? 'on' : 'off'}: a point and a diary are kept, and no word written before or after them is lost`, async (t) => {
    const application = await openAttended(t);
    const base = await application.app.listen({ port: 0, host: '127.0.0.1' });
    const page = await (await (await openBrowser(t)).newContext({ ...phone, javaScriptEnabled })).newPage();
    const wire: string[] = [];
    page.on('request', (request) => wire.push(request.postData() ?? ''));
    const next = nextOn(page);
    const asked = (field: string) => page.locator(`main [name="${field}"]`);
    const upTo = async (field: string): Promise<void> => {
      for (let pages = 0; (await asked(field).count()) === 0; pages += 1) {
        assert.ok(pages < 12, `${field} is asked nowhere`);
        await next();
      }
    };
    await enterJourney(page, base, '/report');
    await next(stepByStep);
    await asked('who').first().waitFor();
    await page.getByLabel('I noticed something').check();
    await upTo('what');
    await asked('what').fill(written.what);
    await upTo('place');
    await asked('place').fill(written.place);

    await next('Show the place on a map');
    for (let closer = 0; closer < 2; closer += 1)
      await movedOn(page, () => page.locator('input.sl-map').click({ position: { x: 190, y: 214 } }));
    assert.match(await page.locator('main [role="status"]').innerText(), /The point: .*near/);
    assert.equal(await page.getByText('sealed when it arrives here, not in').isVisible(), javaScriptEnabled);
    await next('Use this point');
    assert.equal(await asked('place').inputValue(), written.place);
    const point = readPoint((await asked('point').getAttribute('value')) ?? '');
    assert.ok(point && point.lat > 50 && point.lat < 52.5 && point.lng > -2 && point.lng < 1.5, JSON.stringify(point));

    await upTo('seen');
    for (const time of ['First night', 'Second night']) {
      await asked('seen').fill(time);
      await asked('seenwhere').fill('In the yard');
      await next('Add this time');
    }
    await movedOn(page, () => page.locator('button[value="change-0"]').click());
    assert.equal(await asked('seen').inputValue(), 'First night');
    await next('Back');
    await next();
    assert.match(await page.locator('main').innerText(), /First night[\s\S]*Second night/);
    await asked('seen').fill('Third night');
    await upTo('people');
    await asked('people').fill(written.people);
    await upTo('receipt');

    const check = await page.locator('main').innerText();
    for (const text of [...Object.values(written), 'First night', 'Second night', 'Third night', 'The point:'])
      assert.ok(check.includes(text), text);
    assert.equal(/has reached us already, and was sealed here/.test(check), javaScriptEnabled);
    await next('Send');
    const where = javaScriptEnabled ? /Part of what you wrote was sealed in your browser/ : /sealed when it reached us/;
    assert.match(await page.locator('main').innerText(), where);
    if (javaScriptEnabled) for (const one of wire) assert.doesNotMatch(one, typed);

    const [report] = await opened(application, 'police');
    const { what, place, people, sightings } = report?.told ?? {};
    assert.deepEqual({ what, place, people }, written);
    assert.ok(readPoint(report?.told.point));
    assert.deepEqual(readSightings(sightings), [
      { what: 'First night', when: '', where: 'In the yard' },
      { what: 'Second night', when: '', where: 'In the yard' },
      { what: 'Third night', when: '', where: '' },
    ]);
    assert.equal(report?.inBrowser, javaScriptEnabled ? 'yes' : 'no');
  });
