import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

export interface IntegSnapshotsOptions {
  /** Version of aws-cdk-lib that the snapshots are made with. */
  readonly cdkVersion: string;
}

/** integ-runner over `integ/`: snapshots are compared in the test task and refreshed on demand. */
export class IntegSnapshots extends Component {
  constructor(project: AwsCdkConstructLibrary, options: IntegSnapshotsOptions) {
    super(project);
    project.addDevDeps('@aws-cdk/integ-runner@^2.197.10', `@aws-cdk/integ-tests-alpha@${options.cdkVersion}-alpha.0`);

    // types are checked by the test task, so ts-node only transpiles here: 5 s of CPU a case instead of 35
    const env = {
      TS_NODE_TRANSPILE_ONLY: 'true',
      TS_NODE_PROJECT: 'tsconfig.dev.json',
      CDK_DISABLE_STACK_TRACE: '1', // traces hold the paths of whoever made the snapshot
    };
    const runner = ['integ-runner', '--directory', 'integ', '--language', 'typescript'];
    project.testTask.spawn(project.addTask('integ', {
      description: 'Compare the snapshots in integ/ with what the code synthesizes (offline)',
      env,
      execArgs: [...runner, '$@'],
      receiveArgs: true,
    }));
    project.addTask('integ:snapshot', {
      description: 'Write new and changed snapshots in integ/ without deploying',
      env,
      execArgs: [...runner, '--update-on-failed', '--dry-run', '$@'],
      receiveArgs: true,
    });

    project.npmignore?.exclude('/integ/');
    project.gitignore.exclude('cdk-integ.out.*', 'cdk.out', '/integ/*.snapshot/asset.*', 'test-results.json');
    project.annotateGenerated('/integ/*.snapshot/**');
  }
}
