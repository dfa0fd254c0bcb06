import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDemonstration } from '../../../test/fixtures/demonstration.ts';
import { phoneAddress } from '../../vocabulary/phone-numbers.ts';
import { helpSeekers, linkOf } from '../contacts/contacts.ts';
import { languages } from '../languages/load.ts';
import { listInternalPages, requestInternally } from '../private-journey/visitor.ts';
import { allServices } from './load.ts';
import { helpSeekerLabels } from './pages.ts';

test('each contact prints the number that its link dials', () => {
  const numbers = allServices.flatMap(({ channels }) => channels.filter(({ number }) => number !== null));
  assert.ok(numbers.length > 10);
  for (const channel of numbers)
    assert.equal(linkOf(channel)?.replace(/^sms:/, 'tel:'), phoneAddress(channel.printed), channel.printed);
});

const phoneLinks = (html: string): { readonly href: string; readonly shown: string }[] =>
  [...html.matchAll(/<a [^>]*href="((?:tel|sms):[^"]*)"[^>]*>([\s\S]*?)<\/a>/g)].map(([, href = '', words = '']) => ({
    href,
    shown: words.replaceAll(/<[^>]*>/g, '').trim(),
  }));

test('each phone link on a public page dials the number that it shows, in every language', async (t) => {
  const { app } = await openDemonstration(t);
  const help = helpSeekers.flatMap((who) =>
    ['yes', 'no'].map((danger) => `/help?who=${helpSeekerLabels[who].address}&danger=${danger}`),
  );
  const releases = [...(await app.inject('/news')).body.matchAll(/href="(\/news\/[a-z0-9-]+)"/g)].map(([, to]) => to);
  const outside = app.offered
    .filter(
      ({ method, url, action }) => method === 'GET' && action === 'anyone' && !/[:*]|^\/(?:staff|assets)/.test(url),
    )
    .map(({ url }) => url);
  const journey = [...listInternalPages(app).filter((one) => !one.includes(':')), ...help];
  const shown = [
    ...[...outside, ...releases].map((url = '/') => ({ url, language: 'en' })),
    ...languages.flatMap(({ code }) => journey.map((url) => ({ url, language: code }))),
  ];
  let links = 0;
  for (const page of shown) {
    for (const { href, shown } of phoneLinks((await requestInternally(app, page)).body)) {
      assert.equal(href.replace(/^sms:/, 'tel:'), phoneAddress(shown), `${shown} on ${page.url} in ${page.language}`);
      links += 1;
    }
  }
  assert.ok(links > 500, `${links}`);
});
