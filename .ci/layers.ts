/**
 * Who may import whom, as data with a sentence each. Biome holds the walls between the top folders and finds cycles;
 * this reads every import line (types, dynamic imports, re-exports and CSS too) for what Biome cannot say.
 * `layers.test.ts` runs it over the repository and proves each rule by a planted violation.
 */
import { dirname, join } from 'node:path/posix';

export interface LayerRule {
  readonly rule: string;
  readonly why: string;
  /** Files the rule is about. */
  readonly from: RegExp;
  /** Files `from` matches that are exempt. */
  readonly except?: RegExp;
  /** Forbidden targets: repository paths, or package names. `$1` stands for what `from` captured. */
  readonly to: string;
  readonly planted: { readonly file: string; readonly source: string };
}

const YJS = '^(yjs|y-protocols|lib0|y-indexeddb|y-websocket)(/|$)';

export const layerRules: readonly LayerRule[] = [
  {
    rule: 'features do not import each other',
    why: 'Two features that need each other meet in client/app (composition) or in shared (domain).',
    from: /^client\/features\/([^/]+)\//,
    to: '^client/features/(?!$1/)',
    planted: { file: 'client/features/deals/board.tsx', source: `import type { A } from '../contacts/table.tsx';` },
  },
  {
    rule: 'only the app composes features',
    why: 'A feature is a folder you could delete: client/app and the entry know its routes, nobody else.',
    from: /^client\/(?!app\/|features\/|main\.tsx)/,
    to: '^client/features/',
    planted: { file: 'client/ui/menu.tsx', source: `const page = () => import('../features/deals/page.tsx');` },
  },
  {
    rule: 'nothing imports the app',
    why: 'client/app composes; what others need from it belongs in client/ui, client/data or shared.',
    from: /^client\/(?!app\/|main\.tsx)/,
    to: '^client/app/',
    planted: { file: 'client/features/deals/board.tsx', source: `import { Shell } from '../../app/shell.tsx';` },
  },
  {
    rule: 'one door to Yjs',
    why: 'Everything else speaks records and commands.',
    from: /^(client|server|shared)\//,
    except: /^(shared\/sync|client\/data|server\/sync)\/|^(shared|client|server)\/testing\/|\.test\.tsx?$/,
    to: YJS,
    planted: { file: 'client/features/deals/board.tsx', source: `import type { Doc } from 'yjs';` },
  },
  {
    rule: 'one door to SQLite',
    why: 'Everything else calls server/storage, so that transactions and migrations stay in one place.',
    from: /^(client|server|shared)\//,
    except: /^server\/(storage|auth|testing)\/|^server\/.*\.test\.ts$/,
    to: '^(better-sqlite3|node:sqlite)$',
    planted: { file: 'server/http/app.ts', source: `import Database from 'better-sqlite3';` },
  },
  {
    rule: 'shared is pure',
    why: 'It runs in the browser, in Node and in tests: no DOM, no I/O, no framework, nothing from the two sides.',
    from: /^shared\//,
    except: /\.test\.ts$/,
    to: '^(client|server|e2e|bench)/|^node:|^(solid-js|@solidjs|@kobalte|hono|@hono|better-sqlite3|better-auth|ws|y-indexeddb|y-websocket)(/|$)|\\.css$',
    planted: { file: 'shared/csv/csv.ts', source: `import { readFileSync } from 'node:fs';` },
  },
  {
    rule: 'shared tests need no client and no server',
    why: 'What shared promises must hold without either side.',
    from: /^shared\/.*\.test\.ts$/,
    to: '^(client|server|e2e|bench)/',
    planted: { file: 'shared/csv/csv.test.ts', source: `import { open } from '../../server/storage/database.ts';` },
  },
  {
    rule: 'the model knows no entity',
    why: 'shared/model describes how any entity is described; a new entity must not touch it.',
    from: /^shared\/model\//,
    except: /\.test\.ts$/,
    to: '^shared/(entities|commands|query|csv|sync)/',
    planted: { file: 'shared/model/field.ts', source: `import { deal } from '../entities/deal.ts';` },
  },
  {
    rule: 'client and server meet only in shared',
    why: 'The client runs in a browser; what both need is domain or protocol.',
    from: /^client\//,
    to: '^server/|^node:|^(better-sqlite3|hono|@hono|ws)(/|$)',
    except: /\.test\.tsx?$|^client\/testing\//,
    planted: { file: 'client/data/rooms.ts', source: `import type { Hello } from '../../server/sync/room.ts';` },
  },
  {
    rule: 'the client’s tests start the server, and know nothing else of it',
    why: 'A client is what speaks the protocol: it is tried against a process, not against the server’s parts.',
    from: /^client\/testing\//,
    to: '^server/(?!testing/server-process\\.ts$)',
    planted: { file: 'client/testing/device.ts', source: `import { Room } from '../../server/sync/room.ts';` },
  },
  {
    rule: 'the server knows no client',
    why: 'It serves the built files; what both need is domain or protocol.',
    from: /^server\//,
    to: '^client/|^(solid-js|@solidjs|@kobalte|lucide-solid|y-indexeddb)(/|$)|\\.css$',
    except: /\.test\.ts$/,
    planted: { file: 'server/http/app.ts', source: `import { routes } from '../../client/app/routes.tsx';` },
  },
  {
    rule: 'ui knows no domain word',
    why: 'A button that knows deals cannot be used for contacts: what it shows comes as props or children.',
    from: /^client\/ui\//,
    to: '^shared/|^client/(data|fields|features|app)/',
    planted: { file: 'client/ui/badge.tsx', source: `import type { Deal } from '../../shared/entities/deal.ts';` },
  },
  {
    rule: 'data knows no screen',
    why: 'The data engine is tested and replaced without a screen.',
    from: /^client\/data\//,
    except: /\.test\.tsx?$/,
    to: '^client/(ui|fields|features|app)/|^(@kobalte|lucide-solid)(/|$)|\\.css$',
    planted: { file: 'client/data/undo.ts', source: `import { Toast } from '../ui/toast.tsx';` },
  },
  {
    rule: 'platform wraps the browser and nothing else',
    why: 'Hotkeys, downloads and the service worker are the same for every screen and every record.',
    from: /^client\/(platform|service-worker)\//,
    to: '^shared/(entities|commands|sync)/|^client/(ui|data|fields|features|app)/',
    planted: { file: 'client/platform/hotkeys.ts', source: `import { useWorkspace } from '../data/workspace.tsx';` },
  },
  {
    rule: 'tests stay out of production',
    why: 'Builders, fixtures and test libraries must not reach a user.',
    from: /^(client|server|shared)\//,
    except: /\.test\.tsx?$|^(shared|client|server)\/testing\//,
    to: '\\.(test|spec)\\.tsx?$|^e2e/|^bench/|^\\.ci/|^(client|server)/testing/|^(vitest|fast-check|@playwright|@solidjs/testing-library|fake-indexeddb|@axe-core)(/|$)',
    planted: { file: 'shared/query/sort.ts', source: `import fc from 'fast-check';` },
  },
  {
    rule: 'test builders stay out of production',
    why: 'shared/testing is for tests, benches and the seed script.',
    from: /^(client|server|shared)\//,
    except: /\.test\.tsx?$|^(shared|client|server)\/testing\/|^server\/scripts\//,
    to: '^shared/testing/',
    planted: {
      file: 'client/features/deals/board.tsx',
      source: `import { aDeal } from '../../../shared/testing/builders.ts';`,
    },
  },
  {
    rule: 'the simulation drives data and sync only',
    why: 'Screens, sign-in and the network are tried in real browsers; what it needs lies below them.',
    from: /^e2e\/simulation\//,
    to: '^client/(?!data/)|^server/(?!sync/|storage/|testing/payloads|http/room-routes)',
    planted: { file: 'e2e/simulation/schedule.ts', source: `import { startServer } from '../../server/server.ts';` },
  },
  {
    rule: 'end-to-end tests use the product from outside',
    why: 'They hold the real server and a real browser; importing its code would test something else. The simulation is the exception: it drives the code of both sides in one process.',
    from: /^e2e\/(?!simulation\/)/,
    to: '^(client|server)/',
    planted: { file: 'e2e/deals.spec.ts', source: `import { openDatabase } from '../server/storage/database.ts';` },
  },
];

/** Rules about a file itself rather than about what it imports. */
export const fileRules: readonly {
  readonly rule: string;
  readonly why: string;
  readonly broken: (file: SourceFile) => boolean;
  readonly planted: SourceFile;
}[] = [
  {
    rule: 'no barrels',
    why: 'An index file that passes on others hides who uses what and pulls whole folders into a page.',
    broken: ({ path }) => /(^|\/)index\.tsx?$/.test(path),
    planted: { path: 'client/ui/index.ts', source: `export const a = 1;` },
  },
  {
    rule: 'no passing on of other files',
    why: 'Import a thing from the file that makes it.',
    broken: ({ source }) => /^\s*export\s+(type\s+)?(\*|\{[^}]*\})(\s+as\s+\w+)?\s+from\s/m.test(source),
    planted: { path: 'client/ui/button.tsx', source: `export { Icon } from './icon.tsx';` },
  },
  {
    rule: 'no default exports outside tool configuration',
    why: 'A thing has one name, and it is the same where it is made and where it is used.',
    broken: ({ path, source }) =>
      !/(^|\/)[\w-]+\.config\.ts$|^\.oxlint\//.test(path) && /^\s*export\s+default\s|\bas\s+default\b/m.test(source),
    planted: { path: 'client/ui/button.tsx', source: `export default function Button() {}` },
  },
  {
    rule: 'imports name the file, extension included',
    why: 'One way to write an import; Node, Vite and the type checker all take it.',
    broken: ({ source }) =>
      matches(source, MODULE_NAMES).some((target) => target.startsWith('.') && !/\.[a-z]+(\?[\w&=]+)?$/.test(target)),
    planted: { path: 'client/ui/button.tsx', source: `import { Icon } from './icon';` },
  },
];

export interface SourceFile {
  /** Path from the repository's root, with forward slashes. */
  readonly path: string;
  readonly source: string;
}

/** Every file and package a source names: static, type-only, side-effect and dynamic imports, re-exports, URLs, CSS. */
export function importsOf(source: string): string[] {
  return matches(source, [...MODULE_NAMES, /\bnew URL\(\s*['"](\.[^'"]+)['"]\s*,\s*import\.meta\.url/g]);
}

const MODULE_NAMES = [
  /\b(?:import|export)\s[^;'"`]*?\bfrom\s*['"]([^'"]+)['"]/g,
  /\bimport\s*['"]([^'"]+)['"]/g,
  /\bimport\s*\(\s*['"`]([^'"`]+)['"`]/g,
  /@import\s+(?:url\()?\s*['"]?([^'")\s;]+)/g,
  /\bcomposes:[^;]*\bfrom\s+['"]([^'"]+)['"]/g,
];

function matches(source: string, patterns: readonly RegExp[]): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/[^\n]*/g, '$1');
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? ''));
}

/** One line per broken rule: file, what it imports, rule and reason. Empty when all is well. */
export function layerViolations(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [
    ...fileRules
      .filter((rule) => !file.path.endsWith('.css') && rule.broken(file))
      .map(({ rule, why }) => `${file.path}: ${rule}. ${why}`),
    ...importsOf(file.source).flatMap((target) =>
      brokenBy(file.path, target).map(({ rule, why }) => `${file.path} imports ${target}: ${rule}. ${why}`),
    ),
  ]);
}

function brokenBy(path: string, target: string): readonly LayerRule[] {
  const resolved = target.startsWith('.') ? join(dirname(path), target) : target;
  return layerRules.filter(({ from, except, to }) => {
    const match = from.exec(path);
    if (!match || except?.test(path)) return false;
    return new RegExp(to.replace('$1', match[1] ?? '')).test(resolved);
  });
}
