import { Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as authorizers from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as cloudmap from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';
import { RouteTable } from './route-table';
import { importedHttpApiConflicts } from './rules';
import type { SharedParts } from './shared-parts';
import { workloadNetwork } from '../../fargate/private/workload-parts';
import { throwOnConflicts } from '../../private/prop-rules';
import type { CloudMapHttpApiAttributes } from '../cloud-map-http-api-attributes';
import type { ICloudMapHttpApi } from '../i-cloud-map-http-api';

const DEFAULT_STAGE = '$default';

/** An API of which only the attributes are known. */
export function importHttpApi(scope: Construct, id: string, attrs: CloudMapHttpApiAttributes): ICloudMapHttpApi {
  return new ImportedHttpApi(scope, id, attrs);
}

class ImportedHttpApi extends Construct implements ICloudMapHttpApi {
  public readonly httpApi: apigwv2.IHttpApi;
  public readonly vpcLink: apigwv2.IVpcLink;
  public readonly vpcLinkSecurityGroup: ec2.ISecurityGroup;
  public readonly cloudMapNamespace: cloudmap.INamespace;
  public readonly cluster: ecs.ICluster;
  public readonly vpc: ec2.IVpc;
  public readonly url: string;
  public readonly defaultAuthorizer: apigwv2.IHttpRouteAuthorizer;
  public readonly defaultAuthorizationScopes: string[];
  public readonly _shared: SharedParts;

  constructor(scope: Construct, id: string, props: CloudMapHttpApiAttributes) {
    super(scope, id);
    throwOnConflicts(this, importedHttpApiConflicts(props));
    const placement = workloadNetwork(props)._bind(this);
    const stageName = props.stageName ?? DEFAULT_STAGE;
    this.httpApi = apigwv2.HttpApi.fromHttpApiAttributes(this, 'HttpApi', { httpApiId: props.httpApiId });
    this.vpcLink = apigwv2.VpcLink.fromVpcLinkAttributes(this, 'VpcLink', { vpcLinkId: props.vpcLinkId, vpc: placement.vpc });
    this.vpcLinkSecurityGroup = props.vpcLinkSecurityGroup;
    this.cloudMapNamespace = props.cloudMapNamespace;
    this.cluster = props.cluster;
    this.vpc = placement.vpc;
    this.url = props.url ?? this.endpoint(props.httpApiId, stageName);
    this.defaultAuthorizer = props.defaultAuthorizer ?? new authorizers.HttpIamAuthorizer();
    this.defaultAuthorizationScopes = props.defaultAuthorizationScopes ?? [];
    this._shared = {
      placement,
      routes: new RouteTable(),
      stageName,
      detailedMetricsEnabled: props.detailedMetricsEnabled ?? false,
      withoutTaskCount: false,
      answersPreflight: props.answersPreflight ?? false,
      changesLinkGroup: true, // as far as the import of the group allows
    };
  }

  private endpoint(httpApiId: string, stageName: string): string {
    const { region, urlSuffix } = Stack.of(this);
    return `https://${httpApiId}.execute-api.${region}.${urlSuffix}${stageName === DEFAULT_STAGE ? '' : `/${stageName}`}`;
  }
}
