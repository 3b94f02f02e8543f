"""The way of a request through ApiGatewayCloudMapFargateService: preflight, token, route, discovery, task."""

from diagrams.aws.compute import ElasticContainerServiceService, Fargate
from diagrams.aws.general import Client
from diagrams.aws.management import CloudwatchLogs
from diagrams.aws.network import APIGateway, CloudMap, Privatelink
from diagrams.aws.security import Cognito

from style import DATA, QUIET, SIGN_IN, flow, flow_across, picture

with picture("http-api-data-flow", nodesep="0.9"):
    client = Client("Client")
    issuer = Cognito("Issuer of tokens,\nor IAM")
    api = APIGateway("HTTP API\nroute, throttle")
    log = CloudwatchLogs("Access log")
    link = Privatelink("VPC link")
    discovery = CloudMap("Cloud Map")
    task = Fargate("Task")
    ecs = ElasticContainerServiceService("ECS")

    client >> flow("1  gets a token", SIGN_IN) >> issuer
    client >> flow("2  OPTIONS: 204 by the API itself\n3  GET /orders/7 with the token") >> api
    api >> flow_across("4  token valid?", SIGN_IN, labeldistance="6.6", labelangle="-73") >> issuer
    api >> flow("5  healthy instances?", QUIET, style="dashed") >> discovery
    api >> flow("6  one integration\nper service") >> link
    link >> flow("7  HTTP to the container's port,\nverified claims as headers") >> task
    api >> flow("8  one line of JSON", QUIET, style="dashed") >> log
    discovery << flow("0  address, port and health\nof each task", QUIET, style="dashed") << ecs
