package com.example;

import io.github.cdkfargateblueprints.ApiGatewayCloudMapFargateService;
import io.github.cdkfargateblueprints.DekartAuthentication;
import io.github.cdkfargateblueprints.DekartDataSource;
import io.github.cdkfargateblueprints.DekartOnFargate;
import io.github.cdkfargateblueprints.HttpHealthCheck;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.Secret;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;

public final class Minimal {
    public static void main(final String[] args) {
        App app = new App();
        StackProps props = StackProps.builder().env(Environment.builder().region("eu-central-1").build()).build();

        Stack maps = new Stack(app, "Maps", props);
        DekartOnFargate.Builder.create(maps, "Dekart")
                .domainName("maps.example.com")
                .domainZone(HostedZone.fromHostedZoneAttributes(maps, "Zone", HostedZoneAttributes.builder()
                        .hostedZoneId("Z0123456789ABCDEFGHIJ")
                        .zoneName("example.com")
                        .build()))
                .licenseKey(Secret.fromSecretsManager(
                        software.amazon.awscdk.services.secretsmanager.Secret.fromSecretNameV2(maps, "LicenseKey", "dekart/license-key")))
                .authentication(DekartAuthentication.newUserPool())
                .dataSource(DekartDataSource.athena())
                .build();

        Stack hello = new Stack(app, "Hello", props);
        ApiGatewayCloudMapFargateService.Builder.create(hello, "Service")
                .image(ContainerImage.fromRegistry("public.ecr.aws/docker/library/httpd:2.4"))
                .healthCheck(HttpHealthCheck.bashTcp("/"))
                .build();

        app.synth();
    }

    private Minimal() {
    }
}
