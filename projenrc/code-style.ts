import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

/** ESLint with the rules for CDK constructs, and awslint for the public surface (docs, defaults, props). */
export class CodeStyle extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    project.addDevDeps('eslint-plugin-awscdk@^4.2.1', 'awslint@^2');
    project.eslint?.addPlugins('awscdk');
    project.eslint?.addExtends('plugin:awscdk/classicRecommended');
    project.eslint?.addRules({
      'max-lines': ['error', { max: 250 }],
      'max-len': ['error', { code: 150, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true }],
    });
    project.postCompileTask.spawn(project.addTask('awslint', {
      description: 'Check the public surface: doc comments, @default on optional props, names',
      execArgs: ['awslint'],
    }));
  }
}
