import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import ts from 'typescript';

/** A name of a module, as another module has it. */
export interface Place {
  readonly file: string;
  readonly name: string;
}

/** The declarations of one module by name, and the places of the names that it imports. */
export interface DeclaredModule {
  /** Statements in the order of the source, without comments: a function has one for each overload. */
  readonly declarations: ReadonlyMap<string, readonly ts.Statement[]>;
  /** Names of other modules of this package. Names of dependencies are left out. */
  readonly imports: ReadonlyMap<string, Place>;
  /** The names that an entry re-exports, and whether as types alone. */
  readonly exports: ReadonlyMap<string, Place & { readonly typeOnly: boolean }>;
  readonly tree: ts.SourceFile;
}

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2024,
  module: ts.ModuleKind.NodeNext,
  isolatedDeclarations: true,
  removeComments: true,
  stripInternal: true,
};

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => (name as ts.Identifier).text);
  const { name } = statement as ts.Statement & { name?: ts.Identifier };
  return name === undefined ? [] : [name.text];
}

// A private member is no part of a declaration.
function withoutPrivateMembers(statement: ts.Statement): ts.Statement {
  if (!ts.isClassDeclaration(statement)) return statement;
  const isPrivate = (member: ts.ClassElement): boolean =>
    (member.name !== undefined && ts.isPrivateIdentifier(member.name)) ||
    (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) !== 0;
  const { modifiers, name, typeParameters, heritageClauses, members } = statement;
  const open = members.filter((member) => !isPrivate(member));
  return ts.factory.updateClassDeclaration(statement, modifiers, name, typeParameters, heritageClauses, open);
}

/** Reads one module. Every module here declares its types in full, so that no other one is looked at. */
export function declaredModule(file: string): DeclaredModule {
  const { outputText } = ts.transpileDeclaration(readFileSync(file, 'utf8'), { fileName: file, compilerOptions });
  const tree = ts.createSourceFile(file, outputText, ts.ScriptTarget.Latest, true);
  const declarations = new Map<string, ts.Statement[]>();
  const imports = new Map<string, Place>();
  const exports = new Map<string, Place & { readonly typeOnly: boolean }>();
  for (const statement of tree.statements) {
    if (ts.isImportDeclaration(statement)) {
      const from = (statement.moduleSpecifier as ts.StringLiteral).text;
      const bindings = statement.importClause?.namedBindings;
      if (!from.startsWith('.') || bindings === undefined || !ts.isNamedImports(bindings)) continue;
      for (const { name, propertyName } of bindings.elements)
        imports.set(name.text, { file: resolve(dirname(file), from), name: (propertyName ?? name).text });
    } else if (ts.isExportDeclaration(statement)) {
      const from = statement.moduleSpecifier && (statement.moduleSpecifier as ts.StringLiteral).text;
      if (from === undefined) continue;
      if (statement.exportClause === undefined) {
        const target = resolve(dirname(file), from);
        for (const name of declaredModule(target).declarations.keys())
          exports.set(name, { file: target, name, typeOnly: statement.isTypeOnly });
        continue;
      }
      if (!ts.isNamedExports(statement.exportClause)) throw new Error(`${file}: an export as a namespace`);
      for (const { name, propertyName, isTypeOnly } of statement.exportClause.elements) {
        const place = { file: resolve(dirname(file), from), name: (propertyName ?? name).text };
        exports.set(name.text, { ...place, typeOnly: statement.isTypeOnly || isTypeOnly });
      }
    } else {
      for (const name of namesOf(statement))
        declarations.set(name, [...(declarations.get(name) ?? []), withoutPrivateMembers(statement)]);
    }
  }
  return { declarations, imports, exports, tree };
}
