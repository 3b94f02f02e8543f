import { Template } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ParityRow } from './parity';
import { DekartAuthentication, DekartDataSource, DekartMetadataStore, DekartVersion, ServiceNetwork } from '../../src';
import { dekartIn, secretOf } from '../support/dekart';
import { regionStack } from '../support/fixtures';

/** The guide's system, with all its inputs. */
export function guideSystem(): Template {
  const stack = regionStack('Dekart');
  dekartIn(stack, {
    domainName: 'dekart.example.com',
    version: DekartVersion.V0_23_2,
    mapboxToken: secretOf(stack, 'mapbox'),
    network: ServiceNetwork.publicTasks({ ipAddresses: ec2.IpAddresses.cidr('172.31.0.0/16') }),
    authentication: DekartAuthentication.cognito({
      userPool: cognito.UserPool.fromUserPoolId(stack, 'UserPool', 'eu-central-1_Example12'),
      userPoolClient: cognito.UserPoolClient.fromUserPoolClientId(stack, 'UserPoolClient', '1example23456789example01'),
      userPoolDomain: cognito.UserPoolDomain.fromDomainName(stack, 'UserPoolDomain', 'example-dekart'),
    }),
    metadataStore: DekartMetadataStore.postgres({ databaseName: 'dekart', username: 'dekart' }),
    dataSource: DekartDataSource.athena({
      databases: ['osm'],
      catalog: 'my-athena-catalog',
      sourceBuckets: [{ bucket: s3.Bucket.fromBucketName(stack, 'OpenStreetMap', 'osm-pds'), prefix: 'planet/' }],
    }),
  });
  return Template.fromStack(stack);
}

/** Rows of one resource of the guide. */
export function rowsOf(resource: string, ...rows: Omit<ParityRow, 'resource'>[]): ParityRow[] {
  return rows.map((row) => ({ resource, ...row }));
}

/** Why names of resources are left to CloudFormation. */
export const GENERATED_NAME = 'a fixed name keeps a resource from being replaced, and two deployments from living in one account';
