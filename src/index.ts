export { ApplicationIngress } from './dekart/application-ingress';
export type { ExistingListenerOptions, ExistingLoadBalancerOptions, NewLoadBalancerOptions } from './dekart/application-ingress-options';
export { DekartAuthentication } from './dekart/dekart-authentication';
export { DekartUserIdentity } from './dekart/dekart-authentication-options';
export type {
  CognitoAuthenticationOptions, DekartSignInOptions, LoadBalancerOidcOptions, NewUserPoolOptions,
} from './dekart/dekart-authentication-options';
export { DekartDataSource } from './dekart/dekart-data-source';
export { DekartSnowflakeLogin } from './dekart/dekart-data-source-options';
export type {
  AthenaDataSourceOptions, AthenaSourceBucket, BigQueryDataSourceOptions, ClickHouseDataSourceOptions, SnowflakeDataSourceOptions,
} from './dekart/dekart-data-source-options';
export { DekartMetadataStore } from './dekart/dekart-metadata-store';
export type {
  ExistingPostgresOptions, PostgresMetadataOptions, SqliteOnEfsOptions, SqliteWithBackupsOptions,
} from './dekart/dekart-metadata-store-options';
export { DekartOnFargate } from './dekart/dekart-on-fargate';
export type { DekartOnFargateProps } from './dekart/dekart-on-fargate-props';
export type { DekartServerProps } from './dekart/dekart-server-props';
export { DekartVersion } from './dekart/dekart-version';
export { DekartWebAcl } from './dekart/dekart-web-acl';
export type { ManagedWebAclOptions } from './dekart/dekart-web-acl';
export { DekartWorkspaceRole } from './dekart/dekart-workspace-role';
export type { EfsMountOptions } from './fargate/efs-mount-options';
export type { FargateTaskProps } from './fargate/fargate-task-props';
export { FargateWorkload } from './fargate/fargate-workload';
export type { FargateWorkloadProps } from './fargate/fargate-workload-props';
export { HttpHealthCheck } from './fargate/http-health-check';
export type { HttpHealthCheckOptions } from './fargate/http-health-check';
export { ServiceAlarms } from './fargate/service-alarms';
export type { ServiceAlarmsProps } from './fargate/service-alarms';
export { ServiceNetwork } from './fargate/service-network';
export type { ExistingNetworkOptions, NewNetworkOptions, PrivateNetworkOptions } from './fargate/service-network';
export { ApiGatewayCloudMapFargateService } from './http-api/api-gateway-cloud-map-fargate-service';
export type { ApiGatewayCloudMapFargateServiceProps } from './http-api/api-gateway-cloud-map-fargate-service-props';
export { CloudMapHttpApi } from './http-api/cloud-map-http-api';
export type { CloudMapHttpApiAttributes } from './http-api/cloud-map-http-api-attributes';
export type { CloudMapHttpApiProps } from './http-api/cloud-map-http-api-props';
export type { ICloudMapHttpApi } from './http-api/i-cloud-map-http-api';
export type { RequestScalingOptions } from './http-api/request-scaling-options';
export type { ServiceRouteAccess, ServiceRouteOptions } from './http-api/service-route-options';
