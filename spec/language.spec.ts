import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { root } from './snippets/snippet.ts';

/** Phrases that have to be read twice, and what to write instead. */
const riddles: readonly (readonly [phrase: RegExp, instead: string])[] = [
  [/(?<!\bthere )\b(?:is|are) no (?!longer\b|more\b|less\b|such\b)(?:\w+|\$|$)/gi, '"is not a ...", or "invalid ..."'],
  [/\bwhat is none\b|\bthat (?:is|are) none\b/gi, '"an invalid address"'],
  [/\bso many\b/gi, 'the number: "at most `concurrency` items"'],
  [/\bof which\b|\bof whom\b/gi, 'two sentences, or "whose"'],
  [/\bas far as\b/gi, '"if", or the exact condition'],
  [/\bwhoever\b|\bwhomever\b/gi, 'who it is: "the caller", "a reflector that waits"'],
];

/** Sentences that stay, by file. An entry is removed with its sentence; none is added. */
const exceptions: Readonly<Record<string, readonly string[]>> = {};

function textOf(lines: string): string {
  return lines.replace(/\s*\n\s*(?:\*(?!\/)|\/\/)?\s*/g, ' ');
}

function isSentence(node: ts.Node): node is ts.StringLiteral | ts.TemplateLiteralLikeNode {
  return ts.isStringLiteral(node) || ts.isTemplateLiteralToken(node);
}

/** The comments of a program, lines that follow each other joined, and the strings and parts of templates in it. */
function sentencesOf(code: string): string[] {
  const tree = ts.createSourceFile('file.ts', code, ts.ScriptTarget.Latest, true);
  const found = new Map<number, string>();
  const visit = (node: ts.Node): void => {
    const comments = [
      ...(ts.getLeadingCommentRanges(code, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(code, node.getEnd()) ?? []),
    ];
    for (const { pos, end } of comments) found.set(pos, code.slice(pos, end));
    if (isSentence(node)) found.set(node.getStart(), node.text);
    for (const child of node.getChildren(tree)) visit(child);
  };
  visit(tree);
  const inOrder = [...found].sort(([a], [b]) => a - b);
  const joined: string[] = [];
  let end = -1;
  for (const [start, text] of inOrder) {
    const follows = text.startsWith('//') && end >= 0 && /^\n? *$/.test(code.slice(end, start));
    if (follows) joined.push(`${joined.pop()!}\n${text}`);
    else joined.push(text);
    end = text.startsWith('//') ? start + text.length : -1;
  }
  return joined.map(textOf);
}

/** The paragraphs, items and rows of a page. */
function paragraphsOf(page: string): string[] {
  return page
    .replace(/^```[^]*?^```$/gm, '\n\n')
    .split(/\n(?=\s*(?:\n|[-*|#]|\d+\.))/)
    .map(textOf);
}

function riddlesIn(text: string): string[] {
  return riddles.flatMap(([phrase, instead]) =>
    Array.from(text.matchAll(phrase), ([found]) => `"${found}": write ${instead}`),
  );
}

function filesOf(folder: string, extension: string): string[] {
  return (readdirSync(join(root, folder), { recursive: true }) as string[])
    .filter((name) => name.endsWith(extension))
    .map((name) => join(folder, name))
    .sort();
}

function riddlesOf(files: readonly string[], split: (text: string) => string[]): string[] {
  return files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    // To parse a program takes long, and most have no riddle anywhere.
    if (riddlesIn(textOf(text)).length === 0) return [];
    const allowed = exceptions[file] ?? [];
    const texts = split(text).filter((each) => !allowed.some((sentence) => each.includes(sentence)));
    return texts.flatMap(riddlesIn).map((riddle) => `${file}: ${riddle}`);
  });
}

describe('the language', () => {
  it('is plain in comments and messages of the source', () => {
    const files = [...filesOf('src', '.ts'), ...filesOf('cli', '.ts')];
    expect(files.length).toBeGreaterThan(300);
    expect(riddlesOf(files, sentencesOf)).toEqual([]);
  });

  it('is plain in the docs', () => {
    const files = [...filesOf('docs', '.md'), 'README.md', 'CONTRIBUTING.md', 'SECURITY.md'];
    expect(riddlesOf(files, paragraphsOf)).toEqual([]);
  });

  it('has few exceptions, and each is still needed', () => {
    const needless = Object.entries(exceptions).flatMap(([file, sentences]) => {
      const text = textOf(readFileSync(join(root, file), 'utf8'));
      return sentences.filter((sentence) => !text.includes(sentence) || riddlesIn(sentence).length === 0);
    });
    expect(needless).toEqual([]);
    expect(Object.values(exceptions).flat().length).toBeLessThanOrEqual(0);
  });
});

describe('the search for riddles', () => {
  it.each([
    ['/** Throws for what is no\n * text. */', '"is no text"'],
    ['// Up to so\n// many of them.', '"so many"'],
    ['const a = 1; // of which', '"of which"'],
    ["throw new Error('the patch is no object');", '"is no object"'],
    ['throw new Error(`${name} is no option`);', '"is no option"'],
    ['throw new Error(`it is no ${type}`);', '"is no "'],
    ['f({ /** Whoever waits. */ a: 1 });', '"Whoever"'],
  ])('finds one in %j', (code, found) => {
    expect(sentencesOf(code).flatMap(riddlesIn).join()).toContain(found);
  });

  it.each(['/** There is no object. It is no longer held, and is no more than a name. */', 'const soMany = of.which;'])(
    'finds none in %j',
    (code) => {
      expect(sentencesOf(code).flatMap(riddlesIn)).toEqual([]);
    },
  );

  it('joins the lines of a paragraph of the docs', () => {
    expect(paragraphsOf('- a list, so\n  many items\n- of\n\nwhich\n').flatMap(riddlesIn)).toEqual([
      expect.stringContaining('"so many"'),
    ]);
  });
});
