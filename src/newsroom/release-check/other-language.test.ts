import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { extras, signedReturn } from '../drafting/examples.ts';
import { applyPolicy } from '../drafting/public-figures.ts';
import { getPolicy } from '../drafting/publication-policy.ts';
import { checkText } from './figure-check.ts';
import type { Finding } from './finding.ts';
import { harmOf } from './harms.ts';

const told = applyPolicy(signedReturn, getPolicy('in force from 2026'), extras.decisions);
const against = { publishOn: extras.publishOn, justifications: [], contacts: [] };
const foreign = (text: string, form: 'markdown' | 'plain' = 'markdown'): Finding[] =>
  checkText(text, told, against, form).filter((found) => harmOf(found) === 'another language');

test('a sentence in another language stops, with a reason that can lift it', () => {
  for (const text of [
    'Una mujer vietnamita aceptó ayuda.',
    'Jedna kobieta z Wietnamu przyjęła pomoc.',
    'Drei Frauen nahmen Hilfe an.',
    'Trei femei au acceptat ajutor.',
    'Ba phụ nữ đã nhận giúp đỡ.',
    'Üç kadın yardımı kabul etti.',
    'Tri zeny prijaly pomoc.',
    'Tres mujeres',
    'TRES MUJERES VIETNAMITAS ACEPTARON AYUDA',
    'Teams met people. Tre donne hanno accettato aiuto. The week is over.',
    '“Necesito ayuda por favor,” a neighbour said.',
    '- Look for signs.\n- Trois femmes ont accepté de l’aide.',
  ]) {
    const [found] = foreign(text);
    assert.deepEqual([found?.must, found?.blocks], ['justify', true], text);
    const { typed = '', sentence = '' } = found ?? {};
    const reason = { typed, sentence, reason: 'Translated and checked by the council', by: 'Ann Press' };
    const after = checkText(text, told, { ...against, justifications: [reason] });
    assert.ok(
      after.some((one) => harmOf(one) === 'another language' && !one.blocks),
      text,
    );
  }
});

test('names, places, organisations and slips are no other language', () => {
  for (const text of [
    'Detective Inspector Harriet Underwood leads the unit.',
    'Councillor Nguyen Thi Lan thanked Ana de la Cruz and Piotr Wiśniewski.',
    'Posters were put up in Watford, Tring, Hitchin, Letchworth and Baldock.',
    'In Machynlleth, Llanelli and Aberystwyth, teams met people.',
    'We worked with Lea Vale Constabulary and Europol.',
    'The café and the spa were both told about the signs.',
    'Teams vsited addresses and spokee to people about their rights at work.',
    'Visit https://www.modernslaveryhelpline.org or write to hilfe@beispiel.example.',
  ])
    assert.deepEqual(
      foreign(text).map(({ typed }) => typed),
      [],
      text,
    );
  for (const name of ['Nguyen Van Anh', 'Ana Maria de la Cruz', 'Watford, Tring, Hitchin, Letchworth, Baldock'])
    assert.deepEqual(foreign(name, 'plain'), [], name);
});

test('the documents of this project are read as English', () => {
  const folder = new URL('../../../docs/', import.meta.url);
  const lines = readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => readFileSync(new URL(file, folder), 'utf8').split('\n'))
    .map((line) => line.replace(/`[^`]*`/g, 'it').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'))
    .filter((line) => line.length > 40 && line.length < 1_000 && !/[|{}<>]|^ {2,}/.test(line));
  const few = lines.filter((_, at) => at % 3 === 0);
  const found = few.filter((line) => foreign(line, 'plain').length > 0);
  assert.ok(few.length > 60, 'lines were read');
  assert.ok(found.length <= few.length / 100, found.join('\n'));
});
