import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

/** Outside judges (cfn-lint, checkov, cdk-nag and others) over the snapshots in `integ/`. They install what they need by themselves. */
export class Judges extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    project.addTask('judges', {
      description: 'Judge every template of the integ snapshots; fails on a finding without a waiver and on a waiver without a finding',
      exec: 'node judges/run.mjs',
      receiveArgs: true,
    });
    project.addTask('judges:test', {
      description: 'See each judge fail on a fault planted for it, and the waivers keep their rules',
      exec: 'node --test --test-concurrency=1 judges/test/*.test.mjs',
    });
    project.npmignore?.exclude('/judges/');
    project.gitignore.exclude('/judges/.venv/', '__pycache__/');
  }
}
