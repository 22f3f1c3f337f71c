import { expect, test } from 'vitest';
import { deviceName } from './user-agent.ts';

test('the usual browsers are named, whatever else they claim to be', () => {
  const linux = 'Mozilla/5.0 (X11; Linux x86_64)';
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
  expect(deviceName(`${linux} ${webkit} Chrome/141.0.0.0 Safari/537.36`)).toBe('Chrome on Linux');
  expect(deviceName(`${linux} ${webkit} Chrome/141.0.0.0 Safari/537.36 Edg/141.0`)).toBe('Edge on Linux');
  expect(deviceName('Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe('Firefox on Windows');
  expect(
    deviceName('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile Safari/604'),
  ).toBe('Safari on iPhone');
  expect(deviceName('')).toBe('Unknown device');
  expect(deviceName('curl/8.5.0')).toBe('Unknown device');
});
