// The rules and the texts: apimachinery api/validate/content, IsLabelKey and IsLabelValue.
const name = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const subdomain = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const namePattern = new RegExp(`^${name}$`);
const valuePattern = new RegExp(`^(${name})?$`);
const subdomainPattern = new RegExp(`^${subdomain}$`);

const shape =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const nameFault = `${shape} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${name}')`;
const valueFault =
  `a valid label ${shape.replace('must consist', 'must be an empty string or consist')}` +
  ` (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(${name})?')`;
const subdomainFault =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and " +
  `end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomain}')`;

/** What is wrong with a label's key, in the server's words, joined by `; `; `undefined` for a valid one. */
export function labelKeyFault(key: string): string | undefined {
  const parts = key.split('/');
  if (parts.length > 2) {
    return `a valid label key ${nameFault} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;
  }
  const faults: string[] = [];
  const prefix = parts.length === 2 ? parts[0] : undefined;
  const last = parts.at(-1) ?? '';
  if (prefix === '') faults.push('prefix part must be non-empty');
  else if (prefix !== undefined) {
    if (prefix.length > 253) faults.push('prefix part must be no more than 253 bytes');
    if (!subdomainPattern.test(prefix)) faults.push(`prefix part ${subdomainFault}`);
  }
  if (last === '') faults.push('name part must be non-empty');
  else if (last.length > 63) faults.push('name part must be no more than 63 bytes');
  if (!namePattern.test(last)) faults.push(`name part ${nameFault}`);
  return faults.length > 0 ? faults.join('; ') : undefined;
}

/** What is wrong with a label's value, in the server's words, joined by `; `; `undefined` for a valid one. */
export function labelValueFault(value: string): string | undefined {
  const faults: string[] = [];
  if (value.length > 63) faults.push('must be no more than 63 bytes');
  if (!valuePattern.test(value)) faults.push(valueFault);
  return faults.length > 0 ? faults.join('; ') : undefined;
}
