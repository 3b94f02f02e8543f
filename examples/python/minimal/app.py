from aws_cdk import App, Environment, Stack, aws_ecs as ecs, aws_route53 as route53, aws_secretsmanager as secretsmanager
from cdk_fargate_blueprints import (
    ApiGatewayCloudMapFargateService,
    DekartAuthentication,
    DekartDataSource,
    DekartOnFargate,
    HttpHealthCheck,
)

app = App()
env = Environment(region="eu-central-1")

maps = Stack(app, "Maps", env=env)
DekartOnFargate(
    maps,
    "Dekart",
    domain_name="maps.example.com",
    domain_zone=route53.HostedZone.from_hosted_zone_attributes(
        maps, "Zone", hosted_zone_id="Z0123456789ABCDEFGHIJ", zone_name="example.com"
    ),
    license_key=ecs.Secret.from_secrets_manager(
        secretsmanager.Secret.from_secret_name_v2(maps, "LicenseKey", "dekart/license-key")
    ),
    authentication=DekartAuthentication.new_user_pool(),
    data_source=DekartDataSource.athena(),
)

hello = Stack(app, "Hello", env=env)
ApiGatewayCloudMapFargateService(
    hello,
    "Service",
    image=ecs.ContainerImage.from_registry("public.ecr.aws/docker/library/httpd:2.4"),
    health_check=HttpHealthCheck.bash_tcp("/"),
)

app.synth()
