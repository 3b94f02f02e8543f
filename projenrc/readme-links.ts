import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

/** A release carries a README whose links and pictures are those of its own tag. */
export class ReadmeLinks extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    // the first sees the version of the release, the second that it is gone again
    for (const name of ['bump', 'unbump']) {
      project.tasks.tryFind(name)!.exec('node scripts/pin-readme-links.mjs');
    }
  }
}
