/**
 * The two Solid mistakes no published plugin finds (both reproduced, see docs/CONTRIBUTING.md):
 *
 * - `house/no-setter-in-effect`: state derived in an effect lets other effects see a torn state and costs a second
 *   pass. Derive it with a function or `createMemo`.
 * - `house/no-destructured-row`: a destructured item of `For`, `Key`, `Index`, `Show` or `Match` is read once and
 *   then frozen.
 */

const EFFECTS = new Set(['createEffect', 'createRenderEffect', 'createComputed']);
const SIGNAL_MAKERS = new Set(['createSignal', 'createStore']);
const ROW_COMPONENTS = new Set(['For', 'Key', 'Index', 'Show', 'Match']);
const FUNCTIONS = new Set(['ArrowFunctionExpression', 'FunctionExpression', 'FunctionDeclaration']);

/** `const [value, setValue] = createSignal(…)`: the scopes' setters are remembered by the name they were given. */
const noSetterInEffect = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const setters = new Set();
    const calls = [];
    return {
      VariableDeclarator(node) {
        const setter = node.id.type === 'ArrayPattern' ? node.id.elements[1] : undefined;
        const maker = node.init?.type === 'CallExpression' ? node.init.callee.name : undefined;
        if (setter?.type === 'Identifier' && SIGNAL_MAKERS.has(maker)) setters.add(setter.name);
      },
      CallExpression(node) {
        if (node.callee.type === 'Identifier' && runsInEffect(node)) calls.push(node);
      },
      'Program:exit'() {
        for (const call of calls) {
          if (!setters.has(call.callee.name)) continue;
          const message = `${call.callee.name} is called in an effect: derive the value with a function or createMemo.`;
          context.report({ node: call, message });
        }
      },
    };
  },
};

/** True when the call itself runs with the effect: not in a handler, timer or promise callback created there. */
function runsInEffect(node) {
  let inner = node;
  for (let outer = node.parent; outer; inner = outer, outer = outer.parent) {
    if (!FUNCTIONS.has(inner.type)) continue;
    if (outer.type !== 'CallExpression' || !outer.arguments.includes(inner)) return false;
    if (EFFECTS.has(outer.callee.name)) return true;
    if (outer.callee.name === 'on') return EFFECTS.has(outer.parent.callee?.name);
    if (!runsAtOnce(outer.callee)) return false;
  }
  return false;
}

function runsAtOnce(callee) {
  if (callee.type === 'MemberExpression') return callee.property.name === 'forEach' || callee.property.name === 'map';
  return callee.name === 'batch' || callee.name === 'untrack';
}

const noDestructuredRow = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    return {
      JSXElement(node) {
        if (!ROW_COMPONENTS.has(node.openingElement.name.name)) return;
        for (const child of node.children) {
          if (child.type !== 'JSXExpressionContainer' || !FUNCTIONS.has(child.expression.type)) continue;
          const item = child.expression.params[0];
          if (item?.type === 'ObjectPattern' || item?.type === 'ArrayPattern') {
            const message =
              'A destructured row is read once and then frozen: name it and read row.field where it is used.';
            context.report({ node: item, message });
          }
        }
      },
    };
  },
};

export default {
  meta: { name: 'house' },
  rules: { 'no-setter-in-effect': noSetterInEffect, 'no-destructured-row': noDestructuredRow },
};
