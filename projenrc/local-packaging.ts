import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

/**
 * The entry point loads late, examples are compiled with the library, and the packages of every language whose toolchain is here are built.
 * The release workflow calls each `package:<language>` task by itself and is not affected.
 */
export class LocalPackaging extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    // the oldest Node that the library supports is out of its maintenance; the banner would hide what matters
    project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
    project.compileTask.exec('node scripts/lazy-index.mjs');
    // sources inside the compiled files would be half of the package
    const compilation = project.tryFindObjectFile('tsconfig.json');
    compilation?.addOverride('compilerOptions.inlineSourceMap', false);
    compilation?.addOverride('compilerOptions.inlineSources', false);
    project.postCompileTask.spawn(project.addTask('examples:check', {
      description: 'Compile the examples of README, guides and doc comments',
      execArgs: ['jsii-rosetta', 'extract', '--strict'],
    }));
    project.gitignore.exclude('.jsii.tabl.json');

    const packageAll = project.tasks.tryFind('package-all')!;
    packageAll.reset();
    for (const language of ['js', 'python', 'java', 'go', 'dotnet']) {
      packageAll.spawn(project.tasks.tryFind(`package:${language}`)!, language === 'dotnet' ? { condition: 'dotnet --version' } : {});
    }
  }
}
