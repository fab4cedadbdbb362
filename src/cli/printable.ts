export { printable } from '../protocol/errors/printable.ts';
