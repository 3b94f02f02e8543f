import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { RouteTable } from './route-table';
import type { NetworkPlacement } from '../../fargate/private/network-placement';

/** What a service needs of its API beyond the public face. */
export interface SharedParts {
  readonly placement: NetworkPlacement;
  /** Every route that this app has mounted on the API. */
  readonly routes: RouteTable;
  /** The stage, when it was made here and can be given settings. */
  readonly stage?: apigwv2.HttpStage;
  readonly stageName: string;
  /** Key of the log groups, which services take over. */
  readonly encryptionKey?: kms.IKey;
  readonly detailedMetricsEnabled: boolean;
  /** The cluster is known to gather no Container Insights, so that nobody counts its tasks. */
  readonly withoutTaskCount: boolean;
  /** The API answers preflight requests by itself. */
  readonly answersPreflight: boolean;
  /** The VPC link's group was made by this library or imported for changes; any other stays as it is. */
  readonly changesLinkGroup: boolean;
}
