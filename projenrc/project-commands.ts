import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

/** The two commands of the README, and the steps behind them. */
export class ProjectCommands extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    project.addTask('guide-parity', {
      description: 'Write docs/guide-parity.md from the table in test/guide-parity/',
      env: { WRITE_GUIDE_PARITY: '1' },
      execArgs: ['jest', '--coverage=false', 'test/guide-parity'],
    });
  }
}
