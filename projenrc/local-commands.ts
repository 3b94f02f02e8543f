import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

/** Commands on the local AWS emulator in `local/`. The npm scripts work on a fresh clone: `local/setup.mjs` runs before them. */
export class LocalCommands extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    const python = 'local/.venv/bin/python';

    project.addTask('try', {
      description: 'Deploy both examples to a local AWS emulator and send requests through their front doors',
      exec: `${python} -m local.walkthrough`,
      receiveArgs: true,
    });
    project.addTask('deploy-test', {
      description: 'Deploy integ cases and examples to a local AWS emulator: assertions, every resource, no-op, update, destroy',
      steps: [{ exec: 'node local/setup.mjs --test' }, { exec: `${python} -m local.deploytest`, receiveArgs: true }],
    });
    project.addTask('local:test', {
      description: 'Test what is added to the local AWS emulator',
      exec: `${python} -m pytest -q local/tests`,
      receiveArgs: true,
    });

    // straight to the program, without a task runner in between: Ctrl-C reaches it at once
    project.setScript('pretry', 'node local/setup.mjs');
    project.setScript('try', `${python} -m local.walkthrough`);
    project.setScript('pretest', 'node local/setup.mjs --test');

    project.npmignore?.exclude('/local/');
    project.gitignore.exclude('/local/.venv/', '/local/.log/', '__pycache__/', '.pytest_cache/');
  }
}
