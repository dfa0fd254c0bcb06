import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AddressIndex } from './same-address.ts';

const place = (address: string, town: string, postcode: string | null = null) => ({ address, town, postcode });

test('an address is the same however it is written, and with a postcode on one side only', () => {
  const index = new AddressIndex([place('14 Mill Lane', 'Watford', 'WD17 1AA')]);
  for (const same of [
    place('14, mill lane', 'WATFORD'),
    place('14 Mill Lane', 'Watford', 'wd171aa'),
    place('14 Mill Lane', 'Watford North', 'WD17 1AA'),
  ])
    assert.ok(index.find(same), JSON.stringify(same));
});

test('another number, town or postcode is another place', () => {
  const index = new AddressIndex([place('14 Mill Lane', 'Watford', 'WD17 1AA')]);
  for (const other of [
    place('14a Mill Lane', 'Watford', 'WD17 1AA'),
    place('14 Mill Lane', 'Hertford'),
    place('14 Mill Lane', 'Watford', 'WD18 2BB'),
  ])
    assert.equal(index.find(other), undefined, JSON.stringify(other));
});
