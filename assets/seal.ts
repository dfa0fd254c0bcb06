/** Telling with script: what is written stays in this page's memory until it is sealed to those who will read it, and is sent with the last page alone. Each next question comes in place of the one before. Where anything here does not work, the form is a plain form. */
import { readPublicKey, sealInBrowser, toBase64Url } from '../src/reports/sealing/browser-sealing.ts';
import { browserSealContext, maxSealedBytes, type SealedPart, sealedParts } from '../src/reports/sealing/envelope.ts';

type Written = HTMLTextAreaElement | HTMLInputElement;

const held = new Map<string, string>();
/** The same words to the same readers are the same box when they are sent again: so the server knows a repeat. */
const boxed = new Map<string, string>();
const main = (): HTMLElement | null => document.querySelector('main');
const telling = (form: HTMLFormElement): HTMLInputElement | null => form.querySelector('[data-telling]');
const writtenIn = (form: HTMLFormElement): readonly Written[] => [
  ...form.querySelectorAll<Written>('textarea:not([data-plain]), input:not([type], [data-plain])'),
];

function say(when: string, shown = true): void {
  for (const words of document.querySelectorAll<HTMLElement>(`[data-when="${when}"]`)) {
    words.hidden = !shown;
    if (shown && words.role === 'alert') words.scrollIntoView();
  }
}

/** A question that no longer applies has no row on the last page, and its answer is not sent. */
function partsOn(form: HTMLFormElement): Map<SealedPart, Record<string, string>> {
  const parts = new Map<SealedPart, Record<string, string>>();
  for (const { dataset } of form.querySelectorAll<HTMLElement>('[data-field]')) {
    const { field = '', part } = dataset;
    const text = held.get(field);
    if (text) parts.set(part as SealedPart, { ...parts.get(part as SealedPart), [field]: text });
  }
  return parts;
}

/** The sealed boxes as they are sent; undefined where they would not fit. Without text there is nothing to seal, and the server asks for it. */
function sealed(form: HTMLFormElement, button: Press): Readonly<Record<string, string>> | undefined {
  // On the short pages each button has the key of its own readers.
  const { key = '', publicKey = '', line = '', report = '' } = { ...telling(form)?.dataset, ...button.dataset };
  const keys = { id: key, publicKey: readPublicKey(publicKey) };
  const parts = partsOn(form);
  const boxes: Record<string, string> = {};
  const known = form.querySelector('[data-field="what"][data-answered]'); // Answered before this script was loaded.
  if (!known && !/\p{L}/u.test(parts.get('words')?.what ?? '')) return boxes;
  for (const part of sealedParts) {
    const said = parts.get(part);
    if (!said) continue;
    const text = JSON.stringify(said);
    if (new TextEncoder().encode(text).length > maxSealedBytes[part]) return undefined;
    const name = JSON.stringify([key, line, report, part, text]);
    const box = boxed.get(name) ?? toBase64Url(sealInBrowser(keys, browserSealContext(line, report, part), text));
    boxed.set(name, box);
    boxes[part] = box;
  }
  return boxes;
}

type Press = HTMLButtonElement | HTMLInputElement;
const isPress = (submitter: unknown): submitter is Press =>
  submitter instanceof HTMLButtonElement || submitter instanceof HTMLInputElement;

/** What the server needs to know: choices, the button or the point on the picture, and no written text. Files are sent as they are; the server seals them. */
function sentBy(form: HTMLFormElement, button: Press): URLSearchParams | FormData | undefined {
  const all = new FormData(form, button);
  const sent = form.enctype === 'multipart/form-data' ? all : new URLSearchParams();
  if (sent instanceof URLSearchParams)
    for (const [name, value] of all) if (typeof value === 'string') sent.append(name, value);
  for (const field of writtenIn(form)) {
    held.set(field.name, field.value.trim());
    sent.set(field.name, '');
  }
  if (!/^send\b/.test(button.value)) return sent;
  const boxes = sealed(form, button);
  for (const [part, box] of Object.entries(boxes ?? {})) sent.set(part, box);
  return boxes && sent;
}

/** What the short way shows as added: the server counts only what it has. */
function count(form: HTMLFormElement): void {
  for (const mark of form.querySelectorAll<HTMLElement>('[data-added]'))
    if (held.get(mark.dataset.added ?? '')) mark.hidden = false;
  const number = form.querySelector<HTMLElement>('[data-count]');
  const here = number?.dataset.count?.split(' ').filter((field) => held.get(field)) ?? [];
  if (number) number.textContent = `${Number(number.textContent) + here.length}`;
}

/** Puts the text back into its fields, and into the summary before sending. */
function forget(): void {
  held.clear();
  boxed.clear();
}

function fill(): void {
  const form = document.querySelector<HTMLInputElement>('[data-telling]')?.form;
  if (!form) {
    forget();
    return;
  }
  for (const field of writtenIn(form)) field.value = held.get(field.name) ?? field.value;
  for (const place of form.querySelectorAll<HTMLElement>('[data-field]')) {
    const text = held.get(place.dataset.field ?? '');
    if (text) place.textContent = text;
  }
  count(form);
  say('arrival', false);
  say('sealing');
}

function show(page: Document): void {
  const [next, step] = [page.querySelector('main'), page.querySelector<HTMLInputElement>('#go [name="step"]')];
  const own = document.querySelector<HTMLInputElement>('#go [name="step"]');
  if (page.querySelector('form#door')) {
    location.replace(location.pathname); // This page cannot continue.
    return;
  }
  if (!next || !step || !own) throw new Error('not ours'); // A way in between answered: what was written stays.
  own.value = step.value;
  // While a report is being told, nothing in the frame leads away; before and afterwards its links work.
  for (const part of ['.sl-masthead__row', '.sl-footer']) {
    const renewed = page.querySelector(part);
    if (renewed) document.querySelector(part)?.replaceWith(document.adoptNode(renewed));
  }
  main()?.replaceWith(document.adoptNode(next));
  fill();
  scrollTo(0, 0);
  const heading = document.querySelector<HTMLElement>('main [role="alert"]:not([hidden]), main h1');
  heading?.setAttribute('tabindex', '-1');
  heading?.focus();
}

/** A step is used up even if the text could not be stored: the answer contains the next one, for sending again from here. */
function stepOn(page: Document): void {
  const step = page.querySelector<HTMLInputElement>('#go [name="step"]');
  if (step) for (const own of document.querySelectorAll<HTMLInputElement>('[name="step"]')) own.value = step.value;
}

/** Status codes whose page is shown. After any other answer the text stays on this page. */
const shown: readonly number[] = [200, 422];

let waits = false;

async function send(form: HTMLFormElement, sent: URLSearchParams | FormData): Promise<void> {
  if (waits) return;
  waits = true;
  say('not sent', false);
  try {
    const answer = await fetch(form.action, { method: 'POST', body: sent, cache: 'no-store', credentials: 'omit' });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (!shown.includes(answer.status)) {
      stepOn(page);
      if (answer.status !== 413) throw new Error('not now');
      say('too long');
      return;
    }
    show(page);
  } catch {
    say('not sent');
  } finally {
    waits = false;
  }
}

function start(): void {
  // A trial run: where sealing does not work in this browser, the script never starts.
  sealInBrowser({ id: '00', publicKey: new Uint8Array(32).fill(9) }, browserSealContext('', '', 'words'), '');
  addEventListener('submit', (event) => {
    const { target: form, submitter: button } = event;
    if (!(form instanceof HTMLFormElement) || !isPress(button) || !telling(form)) return;
    event.preventDefault();
    say('too long', false);
    const sent = sentBy(form, button);
    if (sent) void send(form, sent);
    else say('too long');
  });
  addEventListener('pagehide', forget);
  fill();
}

start();
