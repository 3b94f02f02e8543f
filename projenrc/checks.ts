import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';
import { WorkflowSteps } from 'projen/lib/github';
import { JobPermission } from 'projen/lib/github/workflows-model';

/** Pull requests run the README's test command too: projen's own job builds and tests, but knows nothing of judges, languages and the emulator. */
export class Checks extends Component {
  constructor(project: AwsCdkConstructLibrary, options: { readonly nodeVersion: string }) {
    super(project);
    project.buildWorkflow?.addPostBuildJob('checks', {
      name: 'checks',
      runsOn: ['ubuntu-latest'],
      permissions: { contents: JobPermission.READ },
      steps: [
        WorkflowSteps.checkout({
          with: { ref: '${{ github.event.pull_request.head.sha }}', repository: '${{ github.event.pull_request.head.repo.full_name }}' },
        }),
        { uses: 'actions/setup-node@v7.0.0', with: { 'node-version': options.nodeVersion, 'package-manager-cache': false } },
        { uses: 'actions/setup-python@v7.0.0', with: { 'python-version': '3.x' } },
        { uses: 'actions/setup-java@v6.0.0', with: { 'distribution': 'corretto', 'java-version': '17' } },
        { uses: 'actions/setup-go@v7.0.0', with: { 'go-version': 'stable', 'cache': false } },
        { name: 'npm test', run: '.ci/run' },
      ],
    });
  }
}
