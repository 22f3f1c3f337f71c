/**
 * A module that the product loads late arrives over the network, at a moment nobody can repeat. In a simulation it is
 * there from the start, and `import('./x.ts')` settles like any other promise: otherwise a seed would not be one history.
 * (`npm run simulate` is bundled into one file, which comes to the same.)
 */
import type { Plugin } from 'vite';

const LATE = /\bimport\((['"]\.[^'"]+['"])\)/g;
const PRODUCT = /\/(client\/data|shared|server\/(?!.*worker))\/.*(?<!\.test)\.ts$/;

export function settleLateImports(): Plugin {
  return {
    name: 'settle-late-imports',
    enforce: 'pre',
    transform(code, id) {
      if (!PRODUCT.test(id.split('?')[0] ?? '')) return null;
      const modules: string[] = [];
      const settled = code.replaceAll(LATE, (_, from: string) => `Promise.resolve(late_${modules.push(from) - 1})`);
      if (modules.length === 0) return null;
      return {
        code: `${modules.map((from, at) => `import * as late_${at} from ${from};`).join('')}${settled}`,
        map: null,
      };
    },
  };
}
