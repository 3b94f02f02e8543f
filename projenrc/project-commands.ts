import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

/** The two commands of the README, and the steps behind them. */
export class ProjectCommands extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
  }
}
