import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axeViolations, openBrowser } from './browser.ts';

/** Without a main landmark and a first heading, and with a picture without its words in each of two parts. */
const faulty =
  '<!DOCTYPE html><html lang="en"><title>Page</title><header><img src="data:,"></header><div id="rest"><img src="data:,"></div></html>';

test('axe leaves out the parts it is told to, and still judges the rest and the page as a whole', async (t) => {
  const page = await (await openBrowser(t)).newPage();
  await page.setContent(faulty);
  const found = async (without?: readonly string[]) =>
    (await axeViolations(page, undefined, without)).map(({ rule, where }) => `${rule} at ${where.join(' | ')}`);
  const all = await found();
  const rest = await found(['header', '.absent']);
  assert.ok(all.includes('image-alt at header > img | #rest > img'), all.join('\n'));
  assert.ok(rest.includes('image-alt at #rest > img'), rest.join('\n'));
  for (const rule of ['landmark-one-main', 'page-has-heading-one'])
    assert.ok(rest.some((one) => one.startsWith(rule)) && all.some((one) => one.startsWith(rule)), rule);
});
