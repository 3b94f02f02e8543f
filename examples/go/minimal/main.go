package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-fargate-blueprints/cdk-fargate-blueprints-go/cdkfargateblueprints"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	props := &awscdk.StackProps{Env: &awscdk.Environment{Region: jsii.String("eu-central-1")}}

	maps := awscdk.NewStack(app, jsii.String("Maps"), props)
	cdkfargateblueprints.NewDekartOnFargate(maps, jsii.String("Dekart"), &cdkfargateblueprints.DekartOnFargateProps{
		DomainName: jsii.String("maps.example.com"),
		DomainZone: awsroute53.HostedZone_FromHostedZoneAttributes(maps, jsii.String("Zone"), &awsroute53.HostedZoneAttributes{
			HostedZoneId: jsii.String("Z0123456789ABCDEFGHIJ"),
			ZoneName:     jsii.String("example.com"),
		}),
		LicenseKey: awsecs.Secret_FromSecretsManager(
			awssecretsmanager.Secret_FromSecretNameV2(maps, jsii.String("LicenseKey"), jsii.String("dekart/license-key")), nil),
		Authentication: cdkfargateblueprints.DekartAuthentication_NewUserPool(nil),
		DataSource:     cdkfargateblueprints.DekartDataSource_Athena(nil),
	})

	hello := awscdk.NewStack(app, jsii.String("Hello"), props)
	cdkfargateblueprints.NewApiGatewayCloudMapFargateService(hello, jsii.String("Service"), &cdkfargateblueprints.ApiGatewayCloudMapFargateServiceProps{
		Image:       awsecs.ContainerImage_FromRegistry(jsii.String("public.ecr.aws/docker/library/httpd:2.4"), nil),
		HealthCheck: cdkfargateblueprints.HttpHealthCheck_BashTcp(jsii.String("/"), nil),
	})

	app.Synth(nil)
}
