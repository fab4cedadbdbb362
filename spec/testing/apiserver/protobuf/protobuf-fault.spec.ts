import { expect, it } from 'vitest';
import { ProtobufFault } from '#src/testing/apiserver/protobuf/protobuf-fault.ts';

it('is known by its name', () => {
  expect(new ProtobufFault('why')).toMatchObject({ name: 'ProtobufFault', message: 'why' });
});
