import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { StartRefused } from '../start-refused.ts';
import { clientAddress } from './client-address.ts';

test('without a proxy of ours nobody’s word about their address counts', () => {
  expect(clientAddress('9.9.9.9', '1.2.3.4', 0)).toBe('9.9.9.9');
});

test('behind proxies of ours it is what the outermost of them heard, whatever was claimed before', () => {
  expect(clientAddress('127.0.0.1', '6.6.6.6, 1.2.3.4', 1)).toBe('1.2.3.4');
  expect(clientAddress('127.0.0.1', '6.6.6.6, 1.2.3.4, 10.0.0.2', 2)).toBe('1.2.3.4');
  expect(clientAddress('127.0.0.1', '2001:db8::1', 1)).toBe('2001:db8::1');
});

test('a header that is missing, short or nonsense leaves the connection’s own address', () => {
  expect(clientAddress('9.9.9.9', undefined, 1)).toBe('9.9.9.9');
  expect(clientAddress('9.9.9.9', '1.2.3.4', 2)).toBe('9.9.9.9');
  for (const odd of ['', 'unknown', '1.2.3', '<script>', '1.2.3.4:80']) {
    expect(clientAddress('9.9.9.9', odd, 1)).toBe('9.9.9.9');
  }
});

test('TRUSTED_PROXIES is a small number, or the server says what it should be', () => {
  expect(readConfig({}).proxies).toBe(0);
  expect(readConfig({ TRUSTED_PROXIES: '1' }).proxies).toBe(1);
  for (const odd of ['-1', '1.5', 'yes', '99']) {
    expect(() => readConfig({ TRUSTED_PROXIES: odd })).toThrow(StartRefused);
  }
});
