import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestInternally } from '../../src/public/private-journey/visitor.ts';
import { openApplication } from '../fixtures/application.ts';
import { openDemonstration } from '../fixtures/demonstration.ts';
import { markingOf } from './every-page/markings.ts';

test('a page is marked as the most closed of what it shows', async (t) => {
  const application = await openDemonstration(t);
  const enforcer = await application.as('officer');
  const { body } = await enforcer.get('/staff/visits');
  assert.equal(markingOf(body), 'OFFICIAL-SENSITIVE: OPERATIONAL');
  const shown = new Set<string | undefined>();
  for (const [, url = ''] of body.matchAll(/href="(\/staff\/visits\/[0-9a-f-]{36})"/g)) {
    const visit = (await enforcer.get(url)).body;
    const personal = /href="\/staff\/(encounters|arrests)\//.test(visit);
    shown.add(markingOf(visit));
    assert.equal(markingOf(visit), `OFFICIAL-SENSITIVE: ${personal ? 'PERSONAL DATA' : 'OPERATIONAL'}`, url);
  }
  assert.equal(shown.size, 2);
});

test('public pages bear no marking', async (t) => {
  const { app } = await openApplication(t);
  for (const url of ['/', '/start', '/signs', '/help', '/leaving', '/news']) {
    const answer = await requestInternally(app, url);
    assert.doesNotMatch(answer.body, /OFFICIAL/, url);
    assert.equal(answer.headers['x-safelight-marking'], undefined);
  }
});
