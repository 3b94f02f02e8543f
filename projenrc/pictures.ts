import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

/** The pictures in `docs/architecture/`, drawn from the Python source beside each. */
export class Pictures extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    project.addTask('pictures', {
      description: 'Draw the pictures in docs/architecture/ (needs Graphviz and Python)',
      exec: 'node docs/architecture/draw.mjs',
    });
    project.gitignore.exclude('/docs/architecture/.venv/', '/docs/architecture/*.dot', '__pycache__/');
  }
}
