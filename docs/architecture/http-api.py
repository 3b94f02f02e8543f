"""Two ApiGatewayCloudMapFargateServices on one CloudMapHttpApi: where things are, and who may open a connection to whom."""

from diagrams.aws.compute import Fargate
from diagrams.aws.general import Client
from diagrams.aws.management import CloudwatchLogs
from diagrams.aws.network import APIGateway, CloudMap, Privatelink, Route53
from diagrams.aws.security import CertificateManager, Cognito

from style import QUIET, SIGN_IN, flow, flow_across, group, picture, public_subnets, region, vpc

with picture("http-api"):
    client = Client("Client")

    with region("Region"):
        with group("With a domain"):
            dns = Route53("Route 53\nA and AAAA")
            certificate = CertificateManager("ACM\ncertificate")

        with group("HTTP API, shared by services"):
            authorizer = Cognito("JWT, Lambda or\nIAM authorizer")
            api = APIGateway("Stage $default\nthrottle, CORS")
            access_log = CloudwatchLogs("Access log")

        with vpc("VPC, two Availability Zones"):
            link = Privatelink("VPC link")
            with public_subnets("Subnets of the tasks"):
                with group("Service at /users"):
                    users = [Fargate("users"), Fargate("users")]
                with group("Service at /orders"):
                    orders = [Fargate("orders"), Fargate("orders")]

        namespace = CloudMap("Cloud Map\nhealthy tasks")

    client >> flow("asks for the name", QUIET, style="dashed") >> dns
    client >> flow("HTTPS 443") >> api
    certificate >> flow("", QUIET, style="dashed") >> api
    api >> flow_across("token", SIGN_IN) >> authorizer
    api >> flow_across("JSON", QUIET, style="dashed") >> access_log
    api >> flow("private\nintegration") >> link
    api >> flow("which tasks?", QUIET, style="dashed") >> namespace
    namespace << flow("registered by ECS:\nA and SRV", QUIET, style="dashed") << orders[0]
    for task in orders + users:
        link >> flow("HTTP 80") >> task
