import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';
import { TypescriptConfig, TypescriptConfigExtends } from 'projen/lib/javascript';

/** Where the judges install the newest CDK that all of them take. */
const NEWEST = 'judges/node_modules';

/**
 * The normal build proves the oldest CDK that the library supports; this proves the newest one, with the same sources and unit tests.
 */
export class NewestCdk extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    const config = new TypescriptConfig(project, {
      fileName: 'tsconfig.newest-cdk.json',
      extends: TypescriptConfigExtends.fromPaths(['./tsconfig.json']),
      include: ['src/**/*.ts', 'test/**/*.ts'],
      compilerOptions: {
        noEmit: true,
        rootDir: '.',
        paths: Object.fromEntries(['aws-cdk-lib', 'constructs'].flatMap((name) => [[name, [`./${NEWEST}/${name}`]], [`${name}/*`, [`./${NEWEST}/${name}/*`]]])),
      },
    });
    const task = project.addTask('test:newest-cdk', {
      description: 'Types and unit tests with the newest CDK',
      env: { CDK_VALIDATION: 'false' }, // each template would be validated once more: the judges do
    });
    task.execArgs(['node', '--input-type=module', '--eval', 'import { install } from "./judges/lib/install.mjs"; install();']);
    task.execArgs(['tsc', '-p', config.fileName]);
    task.execArgs([
      'jest', '--ci', '--coverage=false',
      '--moduleNameMapper', JSON.stringify({ '^(aws-cdk-lib|constructs)($|/.*)': `<rootDir>/${NEWEST}/$1$2` }),
    ]);
    project.npmignore?.exclude(`/${config.fileName}`);
  }
}
