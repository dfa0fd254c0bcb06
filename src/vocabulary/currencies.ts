/** Currencies of cash, by their ISO 4217 codes. Amounts are kept in hundredths, whatever the currency. */

/** Those that officers find most, the pound first. Another is recorded in the description of the seizure. */
export const currencies = {
  GBP: 'pounds',
  EUR: 'euros',
  USD: 'US dollars',
  ALL: 'Albanian lek',
  BGN: 'Bulgarian lev',
  CHF: 'Swiss francs',
  CNY: 'Chinese yuan',
  HUF: 'Hungarian forints',
  INR: 'Indian rupees',
  NGN: 'Nigerian naira',
  PKR: 'Pakistani rupees',
  PLN: 'Polish złoty',
  RON: 'Romanian lei',
  THB: 'Thai baht',
  TRY: 'Turkish lira',
  UAH: 'Ukrainian hryvnia',
  VND: 'Vietnamese dong',
} as const;
export type Currency = keyof typeof currencies;
export const currencyCodes = Object.keys(currencies) as [Currency, ...Currency[]];

/** “£1,240.50”, “€500.00” or “VND 3,000”. */
export const formatCash = (hundredths: number, currency: string): string =>
  (hundredths / 100).toLocaleString('en-GB', { style: 'currency', currency });

/** The same where the currency stands elsewhere: “1,240.50”. */
export const formatHundredths = (hundredths: number): string =>
  (hundredths / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 });
