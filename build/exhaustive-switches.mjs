import { parseSync, Visitor } from 'vite';

/** What may be switched over without an end in `assertNever`, as it is no union but any text or number. */
const OPEN_VALUES = new Set([
  'key',
  'event.key',
  'key.toLowerCase()',
  'kind.toUpperCase()',
  'countMidnights(now, at)',
]);

/**
 * Finds the switches of one source file that a new member of their union would pass through unnoticed: those that do not
 * end in `default: assertNever(…)`. Types are not known here: what is switched over and is no union is listed above.
 * @param {string} file path from the root of the project, with slashes
 * @param {string} source its text
 * @returns {string[]} one sentence a switch
 */
export function findOpenSwitches(file, source) {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0].message}`);
  const found = [];
  new Visitor({
    SwitchStatement: ({ discriminant, cases, start }) => {
      const value = source.slice(discriminant.start, discriminant.end);
      if (OPEN_VALUES.has(value) || endsInAssertNever(cases.at(-1))) return;
      const line = source.slice(0, start).split('\n').length;
      found.push(`${file}:${line}: switch (${value}) does not end in assertNever`);
    },
  }).visit(program);
  return found;
}

function endsInAssertNever(last) {
  if (last?.test !== null) return false;
  const statement = last.consequent[0];
  const call = statement?.type === 'ReturnStatement' ? statement.argument : statement?.expression;
  return call?.type === 'CallExpression' && call.callee.name === 'assertNever';
}
