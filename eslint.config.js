import jsdoc from 'eslint-plugin-jsdoc';
import reactHooks from 'eslint-plugin-react-hooks';
import rxjsX from 'eslint-plugin-rxjs-x';
import tseslint from 'typescript-eslint';

const timers = 'Time comes in through a scheduler, so that virtual time holds.';

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'node_modules', 'controlplane', '**/*.js'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, rxjsX.configs.strict],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'rxjs-x/finnish': [
        'error',
        { functions: false, methods: false, parameters: false, properties: false, variables: true, strict: false },
      ],
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
    },
  },
  {
    files: ['{src,cli}/**/*.ts', '{src,cli}/**/*.tsx'],
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          contexts: [
            'TSInterfaceDeclaration',
            'TSTypeAliasDeclaration',
            'ExportNamedDeclaration > VariableDeclaration',
          ],
          require: { ClassDeclaration: true, FunctionDeclaration: true },
        },
      ],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: [
      'src/{protocol,streams,sharing,transport,reflector,store,serving,queue,informer,workqueue,controller,views}/**/*.ts',
    ],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'Date'].map((name) => ({
          name,
          message: timers,
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Chance comes in through the option `random`.' },
        { object: 'performance', property: 'now', message: timers },
      ],
    },
  },
  {
    files: ['{spec,bench,examples,scripts}/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      'rxjs-x/no-ignored-default-value': 'off',
      'rxjs-x/no-ignored-error': 'off',
      'rxjs-x/no-ignored-subscription': 'off',
      'rxjs-x/no-exposed-subjects': 'off',
    },
  },
  {
    files: ['{spec,examples}/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression > Literal[value=/^should /]',
          message: 'A title says what the subject of its describe does: `keeps …`, not `should keep …`.',
        },
      ],
    },
  },
  {
    files: ['{spec,examples}/**/*.ts'],
    ignores: ['spec/{cluster,browser}/**', 'spec/eventually.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['waitFor', 'waitUntil'].map((property) => ({
          object: 'vi',
          property,
          message: 'It gives up after a second, which a busy machine exceeds: use `eventually`.',
        })),
      ],
    },
  },
  {
    files: ['examples/react-pod-table/src/**'],
    extends: [reactHooks.configs.flat.recommended],
    // It speaks to the React Compiler, which is not used here.
    rules: { 'react-hooks/incompatible-library': 'off' },
  },
  // Written by `npm run resources`, a type on each line.
  { files: ['src/testing/apiserver/types/schema-table.ts'], rules: { 'max-lines': 'off' } },
  { files: ['**/*.config.ts'], rules: { 'no-restricted-exports': 'off' } },
);
