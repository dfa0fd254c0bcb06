import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FieldBuilder } from '../../platform/forms/fields.ts';
import { addArrestPage } from './pages.ts';

test('an arrest for an offence makes proceedings active, and detention does not', () => {
  const page = addArrestPage('visit', 'Blue Door', 'arrest', [], new Date('2026-09-18T10:00:00Z'));
  const shown = JSON.stringify(typeof page.fields === 'function' ? page.fields(new FieldBuilder({}, {})) : page.fields);
  assert.match(
    shown,
    /For an offence\. This arrest makes criminal proceedings active under the Contempt of Court Act 1981\./,
  );
  assert.match(shown, /This does not make criminal proceedings active under the Contempt of Court Act 1981\./);
  assert.doesNotMatch(shown, /starts/);
});
