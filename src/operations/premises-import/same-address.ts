/** Which premises have the same address, however it is written. Pure. */

export type Address = { readonly address: string; readonly town: string; readonly postcode: string | null };

const fold = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Finds an address among others by address and town, or by address and postcode. Two postcodes that differ are two places. */
export class AddressIndex<Place extends Address> {
  readonly #byTown = new Map<string, Place[]>();
  readonly #byPostcode = new Map<string, Place[]>();

  constructor(places: readonly Place[] = []) {
    for (const place of places) this.add(place);
  }

  add(place: Place): void {
    const { byTown, byPostcode } = keysOf(place);
    push(this.#byTown, byTown, place);
    if (byPostcode !== undefined) push(this.#byPostcode, byPostcode, place);
  }

  find(place: Address): Place | undefined {
    const { byTown, byPostcode } = keysOf(place);
    const samePostcode = byPostcode === undefined ? [] : this.#byPostcode.get(byPostcode);
    const sameTown = this.#byTown.get(byTown) ?? [];
    return samePostcode?.[0] ?? sameTown.find((other) => place.postcode === null || other.postcode === null);
  }
}

const keysOf = ({ address, town, postcode }: Address) => ({
  byTown: `${fold(address)}/${fold(town)}`,
  byPostcode: postcode === null ? undefined : `${fold(address)}/${fold(postcode)}`,
});

function push<Place>(places: Map<string, Place[]>, key: string, place: Place): void {
  const there = places.get(key);
  if (there) there.push(place);
  else places.set(key, [place]);
}
