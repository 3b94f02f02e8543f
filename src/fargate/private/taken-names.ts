import { conflictIf, Conflicts } from '../../private/prop-rules';
import type { FargateWorkloadProps } from '../fargate-workload-props';

/** Names of one task that ECS takes once only: variables of the main container, and volumes. */
export class TakenNames {
  private readonly plain: Set<string>;
  private readonly secret: Set<string>;
  private readonly volumes: Set<string>;

  constructor(props: FargateWorkloadProps) {
    this.plain = new Set(Object.keys(props.environment ?? {}));
    this.secret = new Set(Object.keys(props.secrets ?? {}));
    this.volumes = new Set((props.scratchPaths ?? []).map((_, index) => scratchVolume(index)));
  }

  /** A plain variable may be set again: the last value counts. */
  public addPlain(name: string): Conflicts {
    this.plain.add(name);
    return conflictIf(this.secret.has(name), `\`environment\` cannot set ${name}, which is a secret already; keep it in one of them`);
  }

  public addSecret(name: string): Conflicts {
    const conflicts = [
      ...conflictIf(this.plain.has(name), `\`secrets\` cannot set ${name}, which is a plain variable already; keep it in one of them`),
      ...conflictIf(this.secret.has(name), `\`secrets\` set ${name} already; name each secret once`),
    ];
    this.secret.add(name);
    return conflicts;
  }

  public addVolume(name: string): Conflicts {
    const taken = this.volumes.has(name);
    this.volumes.add(name);
    return conflictIf(taken, `\`name\` ${name} belongs to another volume of the task; give this one another name`);
  }
}

export function scratchVolume(index: number): string {
  return `scratch-${index}`;
}
