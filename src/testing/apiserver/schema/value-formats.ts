import { isIP, isIPv4, isIPv6 } from 'node:net';

type Check = (text: string) => boolean;

function matching(pattern: RegExp): Check {
  return (text) => pattern.test(text);
}

function digitsOf(text: string): string {
  return text.replaceAll(/[^0-9Xx]/g, '');
}

function isIsbn10(text: string): boolean {
  const digits = digitsOf(text);
  if (!/^[0-9]{9}[0-9X]$/i.test(digits)) return false;
  const values = Array.from(digits, (digit) => (digit.toUpperCase() === 'X' ? 10 : Number(digit)));
  const sum = values.reduce((total, value, index) => total + (10 - index) * value, 0);
  return sum % 11 === 0;
}

function isIsbn13(text: string): boolean {
  const digits = digitsOf(text);
  if (!/^[0-9]{13}$/.test(digits)) return false;
  const values = Array.from(digits, Number);
  return values.reduce((total, value, index) => total + (index % 2 === 0 ? 1 : 3) * value, 0) % 10 === 0;
}

function isCidr(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  const most = isIPv4(address) ? 32 : 128;
  return rest.length === 0 && isIP(address) !== 0 && /^(0|[1-9][0-9]{0,2})$/.test(bits) && Number(bits) <= most;
}

function isRequestUri(text: string): boolean {
  if (text.startsWith('/')) return true;
  return /^[a-z][a-z0-9+.-]*:/i.test(text) && URL.canParse(text);
}

/** A day that there is, of a text that begins as `2006-01-02`. */
function isDay(text: string): boolean {
  const day = /^\d{4}-\d\d-\d\d/.exec(text)?.[0];
  if (day === undefined) return false;
  const milliseconds = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(day);
}

const time = /^\d{4}-\d\d-\d\d[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const goDuration = /^[+-]?(\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))*$/;
const shortName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const longName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const hostLabel = /^[\p{L}\p{S}0-9]([\p{L}\p{S}0-9-]*[\p{L}\p{S}0-9])?$/u;

function isHostname(text: string): boolean {
  const labels = text.split('.');
  return text.length <= 255 && labels.every((label) => label.length <= 63 && hostLabel.test(label));
}

/** Names of units; a unit may go on after the last name. Source: kube-openapi `validation/strfmt/duration.go`. */
const units = [
  ['ns', 'nano'],
  ['us', 'µs', 'micro'],
  ['ms', 'milli'],
  ['s', 'sec'],
  ['m', 'min'],
  ['h', 'hr', 'hour'],
  ['d', 'day'],
  ['w', 'wk', 'week'],
];

function isUnit(word: string): boolean {
  const unit = word.toLowerCase();
  return units.some((names) => names.includes(unit) || unit.startsWith(names.at(-1) ?? unit));
}

/** As Go writes durations, or a text that has somewhere in it a number with a unit, and no number that is too large. */
function isDuration(text: string): boolean {
  if (text === '0' || goDuration.test(text)) return true;
  let isOne = false;
  for (const { 0: digits, index } of text.matchAll(/\d+/g)) {
    const behind = /\s*([A-Za-zµ]+)/y;
    behind.lastIndex = index + digits.length;
    const word = behind.exec(text)?.[1];
    if (word === undefined) continue;
    // First by their number: to read very many takes long.
    const number = digits.replace(/^0+(?=.)/, '');
    if (number.length > 19 || BigInt(number) >= 2n ** 63n) return false;
    isOne ||= isUnit(word);
  }
  return isOne;
}

function uuid(version: string, variant = ''): Check {
  const third = version === '' ? '[0-9a-f]{4}' : `${version}[0-9a-f]{3}`;
  const fourth = variant === '' ? '[0-9a-f]{4}' : `${variant}[0-9a-f]{3}`;
  return matching(new RegExp(`^[0-9a-f]{8}-?[0-9a-f]{4}-?${third}-?${fourth}-?[0-9a-f]{12}$`, 'i'));
}

/**
 * What a text may have to be, by the name of its format without hyphens. Other formats are not looked at.
 *
 * Source: apiextensions-apiserver `apiserver/validation/formats.go`, and kube-openapi `validation/strfmt`.
 */
export const textFormats: Readonly<Record<string, Check>> = {
  bsonobjectid: matching(/^[0-9a-f]{24}$/i),
  uri: isRequestUri,
  email: matching(/^[^\s@<>]+@[^\s@<>]+$|<[^\s@<>]+@[^\s@<>]+>$/),
  hostname: isHostname,
  ipv4: isIPv4,
  ipv6: isIPv6,
  cidr: isCidr,
  mac: matching(/^([0-9a-f]{2}[:-]){5}([0-9a-f]{2})(([:-][0-9a-f]{2}){2})?$|^([0-9a-f]{4}\.){2,3}[0-9a-f]{4}$/i),
  uuid: uuid(''),
  uuid3: uuid('3'),
  uuid4: uuid('4', '[89ab]'),
  uuid5: uuid('5', '[89ab]'),
  isbn: (text) => isIsbn10(text) || isIsbn13(text),
  isbn10: isIsbn10,
  isbn13: isIsbn13,
  creditcard: (text) => /^[0-9]{13,16}$/.test(text.replaceAll(/[^0-9]/g, '')),
  ssn: matching(/^\d{3}[- ]?\d{2}[- ]?\d{4}$/),
  hexcolor: matching(/^#?([0-9a-f]{3}|[0-9a-f]{6})$/i),
  rgbcolor: matching(/^rgb\(\s*\d{1,3}\s*,\s*\d{1,3}\s*,\s*\d{1,3}\s*\)$/),
  byte: (text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text),
  password: () => true,
  date: (text) => text.length === 10 && isDay(text),
  duration: isDuration,
  datetime: (text) => time.test(text) && isDay(text),
  k8sshortname: (text) => text.length <= 63 && shortName.test(text),
  k8slongname: (text) => text.length <= 253 && longName.test(text),
};
