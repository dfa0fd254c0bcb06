import assert from 'node:assert/strict';
import { test } from 'node:test';
import { privateEntrance } from '../../platform/addresses.ts';
import { stepMark } from '../../platform/http/private-request.ts';
import { rewriteLinks } from './rewritten-links.ts';

const turn = (html: string, entrance: string = privateEntrance): string =>
  rewriteLinks(html, (path) => path === '/help' || path === '/signs', { language: 'pl', entrance });

test('an internal link becomes a button of the one form; an outside link or one to a place on the page stays a link', () => {
  const cases: readonly [string, string][] = [
    [
      '<a class="govuk-link" href="/help?who=me&amp;danger=no#now">Me</a>',
      '<button form="go" name="to" value="/help?who=me&amp;danger=no" class="sl-go govuk-link">Me</button>',
    ],
    [
      '<a href="/signs" aria-current="page">Signs</a>',
      '<button form="go" name="to" value="/signs" class="sl-go" aria-current="page">Signs</button>',
    ],
    [
      '<a class="govuk-button" href="/help" role="button" draggable="false" lang="cy">Help</a>',
      '<button form="go" name="to" value="/help" class="govuk-button" lang="cy">Help</button>',
    ],
    [
      '<h2><a class="x" href="/signs"><span>Two</span>\nlines</a></h2>',
      '<h2><button form="go" name="to" value="/signs" class="sl-go x"><span>Two</span>\nlines</button></h2>',
    ],
  ];
  for (const [link, button] of cases) assert.equal(turn(link), button);
  for (const link of [
    '<a href="/news">News</a>',
    '<a href="tel:999">999</a>',
    '<a href="#main">Skip</a>',
    '<a href="https://example.org/help">Elsewhere</a>',
    '<a href="/helper">Another</a>',
    '<a id="x">No address</a>',
  ])
    assert.equal(turn(link), link);
});

test('a form is sent to the one address, with its target, its method, the language and the step', () => {
  const brought = (to: string, way: string): string =>
    `<input type="hidden" name="to" value="${to}"><input type="hidden" name="way" value="${way}"><input type="hidden" name="language" value="pl"><input type="hidden" name="step" value="${stepMark}">`;
  assert.equal(
    turn('<form class="a" method="get" action="/help#now"><p>'),
    `<form method="post" action="${privateEntrance}" class="a">${brought('/help', 'get')}<p>`,
  );
  assert.equal(
    turn('<form action="/signs" method="post" novalidate>'),
    `<form method="post" action="${privateEntrance}" novalidate>${brought('/signs', 'post')}`,
  );
  for (const form of ['<form id="go" method="post" action="/">', '<form method="get" action="/news">'])
    assert.equal(turn(form), form);
});

test('on a host of its own the one address is the first page of that host', () => {
  for (const action of ['/help', privateEntrance])
    assert.match(
      turn(`<form method="post" action="${action}" novalidate>`, '/'),
      /^<form method="post" action="\/" novalidate>/,
    );
});

test('what somebody typed is no link, whatever it looks like', () => {
  const typed =
    '<p>&lt;a href=&quot;/help&quot;&gt;x&lt;/a&gt;</p><input value="&lt;form action=&quot;/help&quot;&gt;">';
  assert.equal(turn(typed), typed);
});
