import { Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';

/**
 * What a line of releases can do.
 *
 * @internal
 */
export interface DekartVersionTraits {
  /** Whether the image is built for ARM64 too. */
  readonly arm64: boolean;
  /** Whether SQLite may hold the metadata: older releases let it win over PostgreSQL and back it up to Snowflake only. */
  readonly sqlite: boolean;
  /** Whether PostgreSQL needs a licence key. */
  readonly postgresNeedsLicense: boolean;
  /** Whether uploads work on a read-only root file system: older releases park them in `/tmp`, which a volume of Fargate cannot be for them. */
  readonly readonlyRootFilesystem: boolean;
}

/**
 * A release of the Dekart server, and the rules that come with it.
 *
 * The constants are proven to work. A release is pinned: a moving tag would change the licence rules of a site that runs.
 *
 * @see https://github.com/dekart-xyz/dekart/releases
 *
 * @example
 * import { DekartVersion } from 'cdk-fargate-blueprints';
 *
 * const version = DekartVersion.of('0.23.1');
 */
export class DekartVersion {
  /**
   * Release 0.23.2, for x86 and ARM64. PostgreSQL and sign-in with an identity need a licence key, SQLite does not.
   */
  public static readonly V0_23_2 = new DekartVersion('0.23.2');

  /**
   * Release 0.22.1, for x86 only, on PostgreSQL only. A licence key is needed only for sign-in with an identity.
   */
  public static readonly V0_22_1 = new DekartVersion('0.22.1');

  /**
   * Any other release from 0.22.0 on, by its full number. It takes the rules of its line: those of 0.22, or those of 0.23 and later.
   *
   * @param version Number of three parts, such as `0.23.1`.
   * @throws when the number is a moving tag such as `latest` or `0.23`, or a release before 0.22
   */
  public static of(version: string): DekartVersion {
    return new DekartVersion(version);
  }

  /** The number of the release, which is the tag of its image. */
  public readonly version: string;

  /** Path that answers 200 without sign-in while the server lives. */
  public readonly healthPath: string = '/health';

  /** Port that the server listens on. */
  public readonly containerPort: number = 8080;

  /**
   * The rules of the release.
   *
   * @internal
   */
  public readonly _traits: DekartVersionTraits;

  private constructor(version: string) {
    this.version = version;
    const recent = !isOldLine(version);
    this._traits = { arm64: recent, sqlite: recent, postgresNeedsLicense: recent, readonlyRootFilesystem: recent };
  }

  /**
   * The public image of the release.
   *
   * @internal
   */
  public get _image(): ecs.ContainerImage {
    return ecs.ContainerImage.fromRegistry(`dekartxyz/dekart:${this.version}`);
  }
}

/** Whether a release belongs to the line of 0.22. */
function isOldLine(version: string): boolean {
  if (Token.isUnresolved(version)) return false;
  const parts = /^(\d+)\.(\d+)\.\d+([-+.][0-9A-Za-z.-]+)?$/.exec(version);
  if (!parts) {
    throw new Error(`\`version\` must be the full number of a release, such as '0.23.2', got '${version}'; moving tags are not pinned`);
  }
  const [major, minor] = [Number(parts[1]), Number(parts[2])];
  if (major === 0 && minor < 22) {
    throw new Error(`\`version\` must be 0.22.0 or later, got '${version}'; older servers read other variables`);
  }
  return major === 0 && minor === 22;
}
