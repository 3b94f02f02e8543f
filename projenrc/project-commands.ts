import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

/** What is in the repository for those who work on it, and not for those who install the package. */
const NOT_SHIPPED = [
  '/.ci/', '/.jsii.tabl.json', '/API.md', '/bench/', '/docs/', '/examples/', '/rosetta/', '/scripts/', '/CONTRIBUTING.md', '/TESTING.md',
];

/** The test command of the README and the steps behind it. */
export class ProjectCommands extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    project.addTask('guide-parity', {
      description: 'Write docs/guide-parity.md from the table in test/guide-parity/',
      env: { WRITE_GUIDE_PARITY: '1' },
      execArgs: ['jest', '--coverage=false', 'test/guide-parity'],
    });
    project.addTask('languages', {
      description: 'Synthesize the minimal example of every language against the packages in dist/ and compare the templates',
      execArgs: ['node', 'examples/languages.mjs', '$@'],
      receiveArgs: true,
    });
    project.addTask('bench', {
      description: 'Measure the blueprints against hand-written twins',
      execArgs: ['node', 'bench/run.mjs', '$@'],
      receiveArgs: true,
    });
    const compat = project.tasks.tryFind('compat')!;
    compat.reset('node scripts/compat.mjs', { receiveArgs: true });
    compat.description = 'Compare the public surface with that of the last release; fails on a breaking change';
    const all = project.addTask('test:all', {
      description: 'Everything: unit tests, snapshots, judges, packages, languages, deployment to the local emulator',
      execArgs: ['node', 'scripts/test-all.mjs', '$@'],
      receiveArgs: true,
    });
    project.setScript('test', `projen ${all.name}`);
    project.npmignore?.exclude(...NOT_SHIPPED);
    project.gitignore.exclude('/bench/.out/');
  }
}
