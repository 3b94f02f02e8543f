import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { integTemplates } from './support/integ-templates';

const PAGE = readFileSync(join(dirname(__dirname), 'docs', 'security.md'), 'utf8');
const [, STARS] = PAGE.split('## Resource `*`');

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
}

interface Permission {
  readonly action: string;
  readonly everywhere: boolean;
  readonly where: string;
}

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** What the roles of a template are allowed to do. */
function permissions(): Permission[] {
  return integTemplates().flatMap(({ name, template }) =>
    Object.entries<any>(template.Resources)
      .filter(([, { Type }]) => ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Role'].includes(Type))
      .flatMap(([id, { Properties }]) =>
        [Properties, ...(Properties.Policies ?? [])]
          .flatMap((holder: any) => (holder.PolicyDocument?.Statement ?? []) as Statement[])
          .filter(({ Effect }) => Effect === 'Allow')
          .flatMap(({ Action, Resource }) => list(Action).map((action) => ({ action, everywhere: list(Resource).includes('*'), where: `${name} ${id}` }))),
      ),
  );
}

describe('docs/security.md', () => {
  test('names every action that a role of the integ cases has', () => {
    const unnamed = permissions().filter(({ action }) => !PAGE.includes(`\`${action}\``));
    expect(unnamed).toEqual([]);
  });

  test('argues for every action on all resources', () => {
    const unargued = permissions().filter(({ action, everywhere }) => everywhere && !STARS.includes(`\`${action}\``));
    expect(unargued).toEqual([]);
  });

  test('no action is a wildcard', () => {
    expect(permissions().filter(({ action }) => action.includes('*'))).toEqual([]);
  });

  test('there is something to look at', () => {
    expect(permissions().map(({ action }) => action)).toContain('logs:PutLogEvents');
  });
});
