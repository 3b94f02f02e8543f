import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = dirname(__dirname);
const PROJECT = 'https://github.com/cdk-fargate-blueprints/cdk-fargate-blueprints';

/** Pages that people read: those at the top, and all under `docs/`. */
function pages(): string[] {
  const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.includes('.venv'))
    .map((name) => join(ROOT, 'docs', name));
  const top = ['README.md', 'CONTRIBUTING.md', 'TESTING.md', 'judges/README.md'].map((name) => join(ROOT, name));
  return [...top, ...docs];
}

/** Anchor that GitHub gives to a heading. */
function slug(heading: string): string {
  return heading.trim().toLowerCase().replace(/[^\w\- ]/g, '').replace(/ /g, '-');
}

function anchors(page: string): string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => slug(heading));
}

/** Where a link leads to in this repository; nothing for links to elsewhere. */
function target(page: string, link: string): { readonly file: string; readonly anchor?: string } | undefined {
  const inProject = /^https:\/\/(?:raw\.githubusercontent\.com\/[^/]+\/[^/]+\/[^/]+|github\.com\/[^/]+\/[^/]+\/(?:blob|tree)\/[^/]+)\/(.*)$/.exec(link);
  const ours = link.startsWith(PROJECT) || link.startsWith(PROJECT.replace('github.com', 'raw.githubusercontent.com'));
  if (/^https?:/.test(link) && !(ours && inProject)) return undefined;
  const [path, anchor] = (inProject ? inProject[1] : link).split('#');
  if (path === '') return { file: page, anchor };
  return { file: inProject ? join(ROOT, path) : join(dirname(page), path), anchor };
}

function brokenLinks(page: string): string[] {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
  return links.filter((link) => {
    const to = target(page, link);
    if (to === undefined) return false;
    if (!existsSync(to.file)) return true;
    return to.anchor !== undefined && statSync(to.file).isFile() && !anchors(to.file).includes(to.anchor);
  });
}

test.each(pages().map((page) => [relative(ROOT, page), page]))('every link of %s leads somewhere', (_name, page) => {
  expect(brokenLinks(page)).toEqual([]);
});

test('a link to nowhere, and one to a heading that is not there, are found', () => {
  const page = join(ROOT, 'docs', 'cost.md');
  expect(target(page, 'https://docs.aws.amazon.com/x.html')).toBeUndefined();
  expect(existsSync(target(page, 'nowhere.md')!.file)).toBe(false);
  expect(target(page, `${PROJECT}/blob/v1.2.3/docs/cost.md#prices-used`)).toEqual({ file: page, anchor: 'prices-used' });
  expect(anchors(page)).toContain('prices-used');
  expect(anchors(page)).not.toContain('no-such-heading');
});
