/**
 * Builds the browser's half into dist/client, and its service worker from the list of what was built.
 * The server is bundled by esbuild (`npm run build:server`); in development it mounts this configuration as middleware.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';
import { defineConfig, type Plugin } from 'vite';
import solid from 'vite-plugin-solid';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at('client'),
  publicDir: at('client/public'),
  cacheDir: at('node_modules/.vite'),
  plugins: [solid(), drawnIcons(), serviceWorker()],
  // What the development server may read: not the data folder.
  server: { fs: { allow: ['client', 'shared', 'node_modules'].map((folder) => at(folder)) } },
  build: {
    outDir: at('dist/client'),
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    modulePreload: { polyfill: false, resolveDependencies: filesToPreload },
    rolldownOptions: {
      output: { codeSplitting: { groups: firstFiles() } },
      // `npm start` builds first: whoever starts the server is not told how long each plugin took.
      checks: { bundlerTimings: false },
    },
    // The content security policy allows no data: URLs for scripts and fonts.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // The editor of notes is the largest part, 545 kB; it is loaded on its own and not before it is needed.
    chunkSizeWarningLimit: 600,
  },
});

interface ModuleGraph {
  readonly getModuleInfo: (id: string) => { readonly importedIds: readonly string[] } | null;
}

/**
 * Few files until the board is on screen: small ones compress badly, and every list of files to preload names them all.
 * Packages are apart because they change rarely; what the board shares with other pages is apart from the board.
 */
function firstFiles() {
  let ofBoard: Set<string> | undefined;
  function boardModules(graph: ModuleGraph): ReadonlySet<string> {
    if (ofBoard) return ofBoard;
    const found = new Set([at('client/features/deals/deals-page.tsx')]);
    for (const id of found) {
      // Packages are not followed: of what one imports most is left out.
      const imported = id.includes('node_modules') ? [] : graph.getModuleInfo(id)?.importedIds;
      for (const each of imported ?? []) found.add(each);
    }
    ofBoard = found;
    return found;
  }
  const features = at('client/features/');
  return [
    { name: 'vendor', tags: ['$initial' as const], test: /node_modules|drawn-icon/ },
    { name: 'app', tags: ['$initial' as const] },
    {
      name: (id: string, graph: ModuleGraph) =>
        boardModules(graph).has(id) && !id.startsWith(features) ? 'records' : null,
    },
    { name: (id: string, graph: ModuleGraph) => (boardModules(graph).has(id) ? 'board' : null) },
  ];
}

/**
 * What a page needs is asked for with the page, and not one file after the other as they name each other. What is loaded
 * after the page is shown can wait: naming its files would make the first one larger. Styles are always asked for.
 */
function filesToPreload(file: string, needed: string[], { hostType }: { hostType: 'html' | 'js' }): string[] {
  if (hostType === 'html') return needed;
  const isPage = /\/(board|welcome|[a-z-]+-page)-[^/]+$/.test(file);
  return isPage ? needed.filter((each) => !/\/(vendor|index)-[^/]+$/.test(each)) : [];
}

const DRAWN_ICON = '\0drawn-icon';

/** Puts `client/ui/drawn-icon.tsx` into the place of the component that all icons of lucide-solid are made with. */
function drawnIcons(): Plugin {
  return {
    name: 'rapport-drawn-icons',
    enforce: 'pre',
    resolveId: (source, importer = '') =>
      source === '../Icon' && importer.includes('/lucide-solid/') ? DRAWN_ICON : undefined,
    load: (id) =>
      id === DRAWN_ICON
        ? `export { DrawnIcon as default } from ${JSON.stringify(at('client/ui/drawn-icon.tsx'))};`
        : undefined,
  };
}

function serviceWorker(): Plugin {
  return {
    name: 'rapport-service-worker',
    apply: 'build',
    writeBundle: {
      order: 'post',
      sequential: true,
      handler: ({ dir }) => writeServiceWorker(dir ?? at('dist/client')),
    },
  };
}

/**
 * Writes `sw.js` into a folder of built files. Its version is a hash of every file's content, so that it changes
 * exactly when something a browser would see has changed.
 */
export async function writeServiceWorker(folder: string): Promise<void> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/'))
    .filter((path) => path !== '/sw.js' && !path.includes('/.') && !path.endsWith('.map'))
    .sort();
  const version = createHash('sha256');
  for (const path of files) version.update(path).update(readFileSync(join(folder, path)));
  const { outputFiles } = await bundle({
    entryPoints: [at('client/service-worker/service-worker.ts')],
    bundle: true,
    minify: true,
    write: false,
    target: 'es2022',
    define: {
      __FILES__: JSON.stringify(files.map((path) => (path === '/index.html' ? '/' : path))),
      __VERSION__: JSON.stringify(version.digest('hex').slice(0, 12)),
    },
  });
  for (const { contents } of outputFiles) writeFileSync(join(folder, 'sw.js'), contents);
}
