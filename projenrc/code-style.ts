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
      '@stylistic/max-len': ['error', { code: 170, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }],
      // what a blueprint makes is there to be extended, so it is exposed as what it is, as the CDK's own patterns do
      'awscdk/no-construct-in-public-property-of-construct': 'off',
    });
    // parts of a blueprint, fixtures and cases are functions that are handed the construct they build in
    project.eslint?.addOverride({
      files: ['src/**/private/**', 'src/private/**', 'test/**', 'integ/**', 'bench/**', 'examples/**'],
      rules: {
        'awscdk/require-passing-this': 'off',
        'awscdk/no-variable-construct-id': 'off',
        'awscdk/no-construct-in-interface': 'off',
      },
    });
    // projen's components are constructs of another kind
    project.eslint?.addOverride({ files: ['projenrc/**'], rules: { 'awscdk/construct-constructor-property': 'off' } });

    project.postCompileTask.spawn(project.addTask('awslint', {
      description: 'Check the public surface: doc comments, @default on optional props, names',
      // the rule knows the Duration of the CDK's first major version only
      env: { AWSLINT_BASE_CONSTRUCT: 'true' },
      execArgs: ['awslint', '--exclude', 'duration-prop-type'],
    }));
  }
}
