/** A body is not the protobuf of its kind. Says where and why, never what it was. */
export class ProtobufFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProtobufFault';
  }
}
