import { render } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import type { Toaster } from '../ui/toaster.tsx';
import { StrayFiles, strayText } from './stray-files.tsx';

/** jsdom knows no `DataTransfer`. */
function drag(type: 'dragover' | 'drop', files: readonly File[], target: EventTarget = document.body): Event {
  const event = new Event(type, { bubbles: true, cancelable: true });
  Object.defineProperty(event, 'dataTransfer', {
    value: { types: files.length > 0 ? ['Files'] : ['text/plain'], files },
  });
  target.dispatchEvent(event);
  return event;
}

test('a file that no page takes does not lead out of the app, and it is said where it belongs', () => {
  const said: string[] = [];
  const toaster = { show: ({ text }: { text: string }) => said.push(text) } as unknown as Toaster;
  const { unmount } = render(() => <StrayFiles toaster={toaster} />);
  const letter = new File(['x'], 'letter.eml');
  expect(drag('dragover', [letter]).defaultPrevented).toBe(true);
  expect(drag('drop', [letter]).defaultPrevented).toBe(true);
  expect(said).toEqual([expect.stringMatching(/^letter\.eml is an e-mail\. Drop it on the page of the person/)]);
  // Words that are dragged about, and files that somebody takes, are none of its business.
  expect(drag('drop', []).defaultPrevented).toBe(false);
  const taker = document.createElement('div');
  taker.addEventListener('drop', (event) => event.preventDefault());
  document.body.append(taker);
  drag('drop', [letter], taker);
  expect(said).toHaveLength(1);
  unmount();
  expect(drag('drop', [letter]).defaultPrevented).toBe(false);
});

test.each([
  ['visit.ics', /on the calendar, or on the page of a person/],
  ['people.csv', /on the import page/],
  ['plan.pdf', /on the page of the person, company or deal it belongs to/],
])('%s is told where it goes', (name, words) => {
  expect(strayText([new File(['x'], name)])).toMatch(words);
});

test('several files are told together', () => {
  expect(strayText([new File(['x'], 'a.pdf'), new File(['x'], 'b.eml')])).toMatch(/^Files are not taken here/);
});
