import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chance } from '../../../test/harness/assurance.ts';
import { detectKind, headBytes, tailBytes } from './file-kind.ts';

const seed = 20_261_125;

test('an honest file of chance bytes is hardly ever taken for two kinds at once', (t) => {
  const random = chance(seed);
  const begins = [Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('ID3'), Buffer.from('RIFF\0\0\0\0WEBP')];
  const tries = 3_000;
  let refused = 0;
  for (let time = 0; time < tries; time += 1) {
    const bytes = Buffer.alloc(8_192);
    for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE(Math.floor(random() * 2 ** 32), at);
    const file = Buffer.concat([begins[time % begins.length] ?? bytes, bytes]);
    refused += Number(detectKind(file.subarray(0, headBytes), file.subarray(-tailBytes)) === 'two kinds at once');
  }
  t.diagnostic(`seed ${seed}: ${refused} of ${tries} refused`);
  assert.ok(refused <= 3, `${refused} of ${tries}`);
});

test('what begins as a program, a printed page or a letter is no text', () => {
  for (const words of [
    '#!/bin/sh\nrm -rf ~',
    '\uFEFF#!/usr/bin/env node',
    '@echo off\r\ndel x',
    '{\\rtf1\\ansi words}',
    '%!PS-Adobe-3.0',
    'MIME-Version: 1.0\r\nContent-Type: multipart/related',
    'From: Ira <a@example.org>\nSubject: x\nMIME-Version: 1.0\n\nwords',
    '<?xml version="1.0"?>',
  ])
    assert.equal(detectKind(Buffer.from(words), Buffer.from(words)), 'not a kind we take', words);
  for (const words of ['# a list', 'From: Ira\nShe said: come at five', 'date: Tuesday\nplace: the yard', '100 % true'])
    assert.equal(detectKind(Buffer.from(words), Buffer.from(words)), 'text', words);
  assert.equal(detectKind(Buffer.from('#!AMR\nsound'), Buffer.from('sound')), 'sound');
});

test('a table may hold words that could run in a cell, and is no page or program', () => {
  const kindOf = (words: string) => detectKind(Buffer.from(words), Buffer.from(words), 'table');
  assert.equal(kindOf('name,source\nSpring,javascript:alert(1)\nAutumn,<script>'), 'text');
  for (const words of ['<!doctype html><table>', '\ufeff <html>', '#!/bin/sh', '@echo off'])
    assert.equal(kindOf(words), 'not a kind we take', words);
});

test('what could run is refused at the end of a picture and in a text', () => {
  for (const words of [
    '<script>',
    '<SVG onload',
    '<?php echo',
    'javascript:alert',
    '<%@ page import',
    '<% Language=VBScript',
  ]) {
    const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(5_000, 1), Buffer.from(words)]);
    assert.equal(detectKind(picture.subarray(0, headBytes), picture.subarray(-tailBytes)), 'two kinds at once', words);
    const text = Buffer.from(`Dear all ${words} more`);
    assert.equal(detectKind(text, text), 'not a kind we take', words);
  }
});
