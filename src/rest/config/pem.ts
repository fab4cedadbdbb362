/** True for a text with a certificate in PEM. Only its use shows whether it is valid. */
export function hasCertificate(text: string): boolean {
  return /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/.test(text);
}

/** True for a text with a private key in PEM that is not encrypted. */
export function hasKey(text: string): boolean {
  return /-----BEGIN (?:(?!ENCRYPTED)[A-Z]+ )?PRIVATE KEY-----(?!\s+Proc-Type: 4,ENCRYPTED)/.test(text);
}
