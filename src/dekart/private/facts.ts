import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Conflicts } from '../../private/prop-rules';
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

/** What every choice answers before anything is made. */
export interface DekartChoice {
  _conflicts(facts: DekartFacts): Conflicts;
}

/** An AWS API that the server calls, and that an isolated network has to offer. */
export type AwsEndpoint = ec2.InterfaceVpcEndpointAwsService;
