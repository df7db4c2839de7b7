import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { parseSync, Visitor } from 'vite';
import { LAYERS, TEST_PACKAGES } from './layers.mjs';

const BUILTINS = new Set(builtinModules);

/**
 * Finds the imports of one source file that its folder may not make.
 * @param {string} file path from the root of the project, with slashes
 * @param {string} source its text
 * @returns {string[]} one sentence a refused import
 */
export function findLayerFaults(file, source) {
  const layer = LAYERS.find(({ files }) => files.test(file));
  if (!layer) return [`${file}: stands in no folder of the layering table`];
  const faults = [];
  for (const { specifier, line, form } of findImports(file, source)) {
    const reason =
      specifier === null
        ? 'an import whose source is not a plain string cannot be checked'
        : form === 'require' && !layer.mayRequire
          ? 'require is not for this folder'
          : findReason(layer, file, specifier);
    if (reason) faults.push(`${file}:${line}: ${form} of ${specifier ?? '(computed)'}: ${reason}`);
  }
  return faults;
}

function findReason(layer, file, specifier) {
  const target = toProjectPath(file, specifier);
  if (target === null) return findPackageReason(layer, file, specifier);
  const folder = target.split('/')[0];
  if (layer.refused?.some((pattern) => pattern.test(target))) return 'validators are for main only';
  if (folder === file.split('/')[0]) return null;
  return layer.folders.includes(folder) ? null : `this folder may not import ${folder}/`;
}

function findPackageReason(layer, file, specifier) {
  const isTest = /\.test\.tsx?$/.test(file);
  const allowed = [...layer.packages, ...(isTest ? TEST_PACKAGES : [])];
  if (BUILTINS.has(specifier.split('/')[0]) && !specifier.startsWith('node:')) {
    return 'built-in modules are imported as node:…';
  }
  const isAllowed = allowed.some(
    (name) =>
      name === '*' || specifier === name || specifier.startsWith(name.endsWith(':') ? name : `${name}/`),
  );
  return isAllowed ? null : 'this package is not for this folder';
}

/** Gives the path of an import within the project; null for a package. */
function toProjectPath(file, specifier) {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier);
  return specifier.startsWith('/') ? specifier : null;
}

/** Lists every form of import in a source: static, side effect, re-export, type, `import()`, `import =`, `require`. */
function findImports(file, source) {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0].message}`);
  const imports = [];
  const add = (form, node, literal) =>
    imports.push({
      form,
      specifier: toPlainString(literal),
      line: source.slice(0, node.start).split('\n').length,
    });
  const fromSource = (form) => (node) => node.source && add(form, node, node.source);
  new Visitor({
    ImportDeclaration: fromSource('import'),
    ExportNamedDeclaration: fromSource('re-export'),
    ExportAllDeclaration: fromSource('re-export'),
    ImportExpression: fromSource('import()'),
    TSImportType: fromSource('type import'),
    TSExternalModuleReference: (node) => add('import =', node, node.expression),
    CallExpression: (node) => {
      const { callee } = node;
      const isRequire =
        (callee.type === 'Identifier' && callee.name === 'require') ||
        (callee.type === 'MemberExpression' &&
          /^(require|createRequire)$/.test(callee.property.name ?? '')) ||
        (callee.type === 'CallExpression' && callee.callee.name === 'createRequire');
      if (isRequire) add('require', node, node.arguments[0]);
    },
  }).visit(program);
  return imports;
}

function toPlainString(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0].value.cooked;
  return null;
}

/**
 * Checks source files of the project.
 * @param {string[]} files paths from the root, with slashes
 * @returns {string[]} as {@link findLayerFaults}
 */
export function checkLayers(files) {
  return files.flatMap((file) => findLayerFaults(file, readFileSync(file, 'utf8')));
}
