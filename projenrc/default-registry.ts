import { chmodSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Component, Project } from 'projen';

const WORKFLOW = '.github/workflows/release.yml';

/**
 * Leaves the choice of the npm registry to the npm client: projen writes the host of the default one into the release workflow, where the
 * publisher would take the same by itself.
 */
export class DefaultRegistry extends Component {
  constructor(project: Project) {
    super(project);
  }

  public postSynthesize(): void {
    const file = join(this.project.outdir, WORKFLOW);
    const generated = readFileSync(file, 'utf8');
    const without = generated.replace(/^ *NPM_REGISTRY: .*\n/gm, '');
    if (without === generated) throw new Error(`${WORKFLOW} names no npm registry any more: this component can go`);
    chmodSync(file, 0o644);
    writeFileSync(file, without);
    chmodSync(file, 0o444);
  }
}
