import { awscdk, javascript } from 'projen';
import { Checks } from './projenrc/checks';
import { CodeStyle } from './projenrc/code-style';
import { DefaultRegistry } from './projenrc/default-registry';
import { IntegSnapshots } from './projenrc/integ-snapshots';
import { Judges } from './projenrc/judges';
import { LocalCommands } from './projenrc/local-commands';
import { LocalPackaging } from './projenrc/local-packaging';
import { NewestCdk } from './projenrc/newest-cdk';
import { Pictures } from './projenrc/pictures';
import { ProjectCommands } from './projenrc/project-commands';
import { ReadmeLinks } from './projenrc/readme-links';

/** Oldest aws-cdk-lib the library supports; compiled and tested against by default. */
const CDK_VERSION = '2.244.0';

const WORKFLOW_NODE_VERSION = '24.x';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-fargate-blueprints',
  description:
    'Fargate services behind a managed front door, secure by default: any container behind an API Gateway HTTP API through Cloud Map '
    + '(no load balancer), and the Dekart map server behind an HTTPS load balancer with sign-in, on PostgreSQL, S3 and Athena.',
  author: 'cdk-fargate-blueprints contributors',
  authorAddress: 'https://github.com/cdk-fargate-blueprints',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-fargate-blueprints/cdk-fargate-blueprints.git',
  keywords: [
    'aws-cdk', 'awscdk', 'ecs', 'fargate', 'dekart', 'athena', 'maps',
    'api-gateway', 'http-api', 'cloud-map', 'vpc-link', 'service-discovery',
  ],
  license: 'Apache-2.0',
  stability: 'experimental',
  defaultReleaseBranch: 'main',
  majorVersion: 0,

  // toolchain
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  projenrcTsOptions: { projenCodeDir: 'projenrc' },
  cdkVersion: CDK_VERSION,
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.0', // jsii and jsii-rosetta share the minor of TypeScript
  typescriptVersion: '~6.0.0',
  minNodeVersion: '20.16.0',
  workflowNodeVersion: WORKFLOW_NODE_VERSION,
  devDeps: ['@apidevtools/swagger-parser@^12', 'aws-cdk@^2', 'tsconfig-paths@^4'],

  // one tsconfig.dev.json for everything that is not compiled by jsii
  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    compilerOptions: {
      // examples import the library by its name, as its users do
      paths: { 'cdk-fargate-blueprints': ['./src/index.ts'] },
    },
    include: ['.projenrc.ts'],
    exclude: ['lib', 'dist', '**/node_modules', '**/cdk.out', '**/*.snapshot'],
  },
  typecheckTests: true,
  docgen: true,
  sampleCode: false,
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'integ', 'projenrc', 'examples/typescript', 'bench'],
    projectService: false,
    tsconfigPath: './tsconfig.dev.json',
  },
  jestOptions: {
    jestVersion: '^30',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      maxWorkers: '100%',
      coverageThreshold: { branches: 95, functions: 95, lines: 95, statements: 95 },
    },
  },
  integrationTestAutoDiscover: false, // integ/ is driven by integ-runner, see IntegSnapshots

  // a release that turns out bad is withdrawn within days
  depsUpgradeOptions: { cooldown: 5 },

  // releases
  githubOptions: {
    pullRequestLintOptions: { semanticTitleOptions: { types: ['feat', 'fix', 'docs', 'test', 'build', 'chore'] } },
  },
  npmTrustedPublishing: true,
  publishToPypi: { distName: 'cdk-fargate-blueprints', module: 'cdk_fargate_blueprints', trustedPublishing: true },
  publishToMaven: {
    javaPackage: 'io.github.cdkfargateblueprints',
    mavenGroupId: 'io.github.cdk-fargate-blueprints',
    mavenArtifactId: 'cdk-fargate-blueprints',
    mavenServerId: 'central-ossrh',
  },
  publishToNuget: { dotNetNamespace: 'CdkFargateBlueprints', packageId: 'CdkFargateBlueprints', trustedPublishing: true },
  publishToGo: { moduleName: 'github.com/cdk-fargate-blueprints/cdk-fargate-blueprints-go', packageName: 'cdkfargateblueprints' },
});

project.package.addField('overrides', {
  // the Go module names the version that is installed here: hold the CDK's floating asset package at its minimum
  '@aws-cdk/asset-node-proxy-agent-v6': '2.1.1',
  // 1.13.0 lacks some of its optional platform packages in some registries: `npm ci` then rejects the lockfile
  'unrs-resolver': '1.12.2',
  // supports TypeScript 6 in practice, its peer range does not say so yet
  'eslint-plugin-awscdk': { typescript: '$typescript' },
});

new Checks(project, { nodeVersion: WORKFLOW_NODE_VERSION });
new CodeStyle(project);
new DefaultRegistry(project);
new IntegSnapshots(project, { cdkVersion: CDK_VERSION });
new Judges(project);
new LocalCommands(project);
new LocalPackaging(project);
new Pictures(project);
new NewestCdk(project);
new ProjectCommands(project);
new ReadmeLinks(project);

project.synth();
