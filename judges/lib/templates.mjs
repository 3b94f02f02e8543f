import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Region of a stack whose snapshot names none: some rules and the load balancer's log account need one. */
const DEFAULT_REGION = 'us-east-1';

/** Templates that integ-runner adds for its own assertions. */
const RUNNER_TEMPLATE = /DefaultTestDeployAssert/;

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Logical id to construct path, from the metadata of one stack. */
function constructPaths(metadata) {
  const paths = new Map();
  for (const [path, entries] of Object.entries(metadata ?? {})) {
    for (const entry of entries) {
      if (entry.type === 'aws:cdk:logicalId') paths.set(entry.data, path.replace(/^\//, ''));
    }
  }
  return paths;
}

/** What the snapshot's manifest says of the stack behind a template file. */
function stackOf(snapshot, templateFile) {
  const manifest = join(snapshot, 'manifest.json');
  const artifacts = existsSync(manifest) ? Object.values(readJson(manifest).artifacts ?? {}) : [];
  const artifact = artifacts.find((candidate) => candidate.properties?.templateFile === templateFile);
  const region = artifact?.environment?.split('/').at(-1);
  const metadata = artifact?.additionalMetadataFile
    ? readJson(join(snapshot, artifact.additionalMetadataFile))
    : artifact?.metadata;
  return {
    region: !region || region === 'unknown-region' ? DEFAULT_REGION : region,
    paths: constructPaths(metadata),
  };
}

/**
 * The template as the judges see it: without metadata. Several judges read suppressions from there,
 * and the waiver file is to be the only way to silence one.
 */
function withoutMetadata(template) {
  const { Metadata: _, ...rest } = template;
  const resources = Object.entries(template.Resources ?? {}).map(([id, { Metadata: __, ...resource }]) => [id, resource]);
  return { ...rest, Resources: Object.fromEntries(resources) };
}

/** Every stack template of every snapshot in `integDir`, except those of integ-runner itself. */
export function findTemplates(integDir) {
  if (!existsSync(integDir)) return [];
  const snapshots = readdirSync(integDir).filter((name) => name.endsWith('.snapshot')).sort();
  return snapshots.flatMap((directory) => {
    const snapshot = join(integDir, directory);
    const scenario = directory.replace(/^integ\./, '').replace(/(\.[jt]s)?\.snapshot$/, '');
    return readdirSync(snapshot)
      .filter((file) => file.endsWith('.template.json') && !RUNNER_TEMPLATE.test(file))
      .sort()
      .map((file) => {
        const content = readJson(join(snapshot, file));
        const { region, paths } = stackOf(snapshot, file);
        return {
          name: `${scenario}/${basename(file, '.template.json')}`,
          region,
          content: withoutMetadata(content),
          pathOf: (logicalId) => paths.get(logicalId) ?? content.Resources?.[logicalId]?.Metadata?.['aws:cdk:path'] ?? logicalId,
        };
      });
  });
}

/** Writes each template as a file with a name of its own, so that a judge's answer leads back to it. */
export function stageTemplates(templates, directory) {
  return templates.map((template, index) => {
    const id = `t${String(index).padStart(3, '0')}`;
    const file = join(directory, `${id}.json`);
    writeFileSync(file, JSON.stringify(template.content, undefined, 1));
    return { ...template, id, file };
  });
}
