/** Whether a text has a certificate in PEM; whether it is a good one shows when it is used. */
export function hasCertificate(text: string): boolean {
  return /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/.test(text);
}

/** Whether a text has a private key in PEM that is not encrypted. */
export function hasKey(text: string): boolean {
  return /-----BEGIN (?:(?!ENCRYPTED)[A-Z]+ )?PRIVATE KEY-----(?!\s+Proc-Type: 4,ENCRYPTED)/.test(text);
}
