import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { DekartVersion } from '../dekart-version';

/** What a choice may look at before anything is made. */
export interface DekartFacts {
  readonly version: DekartVersion;
  readonly licensed: boolean;
  readonly https: boolean;
  readonly region: string;
  /** Whether the tasks have no way to the internet, as far as it is known. */
  readonly offline: boolean;
}

/** Plain and secret variables of the server, apart. */
export interface DekartVariables {
  readonly plain?: { readonly [name: string]: string };
  readonly secret?: { readonly [name: string]: ecs.Secret };
}
