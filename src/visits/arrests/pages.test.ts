import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FieldBuilder } from '../../platform/forms/fields.ts';
import { addArrestPage } from './pages.ts';

test('an arrest for an offence makes proceedings active, and detention does not', () => {
  const page = addArrestPage('visit', 'Blue Door', 'arrest', [], new Date('2026-09-18T10:00:00Z'));
  const shown = JSON.stringify(typeof page.fields === 'function' ? page.fields(new FieldBuilder({}, {})) : page.fields);
  assert.match(shown, /For an offence\. Criminal proceedings become active\./);
  assert.match(shown, /Criminal proceedings do not become active\./);
  assert.doesNotMatch(shown, /starts/);
});
