import fc from 'fast-check';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { expect, test } from 'vitest';
import {
  CLOSE,
  encodeClientHello,
  encodeRefused,
  encodeSaved,
  encodeServerHello,
  isFinalClose,
  MESSAGE,
  type Refused,
  readClientHello,
  readRefused,
  readSaved,
  readServerHello,
  type ServerHello,
} from './protocol.ts';

/** A decoder behind the message's type, which is checked. */
function opened(bytes: Uint8Array, type: number): decoding.Decoder {
  const decoder = decoding.createDecoder(bytes);
  expect(decoding.readVarUint(decoder)).toBe(type);
  return decoder;
}

function jsonDecoder(text: string): decoding.Decoder {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, text);
  return decoding.createDecoder(encoding.toUint8Array(encoder));
}

test('saved reads back as it was written [S5.1] [S2.1]', () => {
  const clocks = fc.array(fc.tuple(fc.nat(), fc.nat())).map((pairs) => new Map(pairs));
  fc.assert(
    fc.property(clocks, fc.option(fc.nat()), fc.nat(), (map, decided, seq) => {
      const saved = { clocks: map, decided, seq };
      expect(readSaved(opened(encodeSaved(saved), MESSAGE.saved))).toEqual(saved);
    }),
  );
});

test('hellos and refusals read back as they were written [S4.1] [S6.1]', () => {
  const client = { protocol: 1, build: 'b', schema: 2, clock: 3, clientIds: [4, 5], epoch: 'e', seq: 6 };
  expect(readClientHello(opened(encodeClientHello(client), MESSAGE.hello))).toEqual(client);
  const server: ServerHello = {
    protocol: 1,
    build: 'b',
    schema: 2,
    time: 3,
    serverId: 's',
    epoch: 'e',
    generation: 4,
    role: 'admin',
    userId: 'u',
    memberId: 'm',
    takenClientIds: [9],
    seq: 10,
    replacedBy: 'team.pipeline.2',
    recovery: 'awaiting',
    recoveryReason: 'A backup was restored.',
  };
  expect(readServerHello(opened(encodeServerHello(server), MESSAGE.hello))).toEqual(server);
  const refused: Refused = {
    code: 'read-only',
    message: 'No.',
    messageNumber: 3,
    quarantineId: null,
    changes: [{ client: 1, clock: 2, length: 3 }],
  };
  expect(readRefused(opened(encodeRefused(refused), MESSAGE.refused))).toEqual(refused);
});

test('unknown fields of a newer peer are ignored, and missing or wrong ones have defaults [S4.5]', () => {
  expect(readClientHello(jsonDecoder('{"protocol":"x","clientIds":[1,-1,2.5,"3",4],"future":true}'))).toEqual({
    protocol: 0,
    build: '',
    schema: 0,
    clock: 0,
    clientIds: [1, 4],
    epoch: '',
    seq: 0,
  });
  expect(readServerHello(jsonDecoder('{"role":"emperor"}')).role).toBe('viewer');
  expect(readRefused(jsonDecoder('{"code":"future","changes":[null]}'))).toMatchObject({
    code: 'malformed',
    changes: [{ client: 0, clock: 0, length: 0 }],
  });
});

test.each(['[]', 'null', '1', '"x"', '{'])('a hello that is no object is no hello: %s', (text) => {
  expect(() => readClientHello(jsonDecoder(text))).toThrow();
});

test('only 4400 to 4499 and 1009 are final [S8.1]', () => {
  const final = Object.values(CLOSE).filter(isFinalClose);
  expect(final).toEqual([4400, 4401, 4403, 4404, 4409, 4413]);
  expect([1000, 1001, 1006, 1009, 1011, 4399, 4500].map(isFinalClose)).toEqual([
    false,
    false,
    false,
    true,
    false,
    false,
    false,
  ]);
});
