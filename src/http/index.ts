export { getJson } from './get-json.ts';
export type { GetJsonOptions } from './get-json.ts';
export { builtInByName, builtInByWord } from '../protocol/objects/built-in-names.ts';
export type { BuiltInName } from '../protocol/objects/built-in-names.ts';
