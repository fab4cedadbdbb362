/** Where Chromium is: as Debian installs it, unless `CHROMIUM` says otherwise. */
export const chromium: string = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
