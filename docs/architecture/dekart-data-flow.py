"""The way of a request through DekartOnFargate: sign-in, page, query, result."""

from diagrams.aws.analytics import Athena, GlueDataCatalog
from diagrams.aws.compute import Fargate
from diagrams.aws.database import RDSPostgresqlInstance
from diagrams.aws.general import User
from diagrams.aws.network import ElbApplicationLoadBalancer
from diagrams.aws.security import Cognito
from diagrams.aws.storage import S3

from style import DATA, SIGN_IN, flow, flow_across, picture

with picture("dekart-data-flow", nodesep="0.9"):
    user = User("Browser")
    cognito = Cognito("Cognito\nhosted sign-in")
    balancer = ElbApplicationLoadBalancer("Load balancer")
    dekart = Fargate("Dekart\nchecks the signature")
    database = RDSPostgresqlInstance("Maps, users,\nconnections")
    bucket = S3("Results, uploads,\npreviews")
    athena = Athena("Athena\nworkgroup")
    glue = GlueDataCatalog("Tables")
    sources = S3("Source data")

    user >> flow("1  no session: pages are sent to sign in,\nAPI calls get 401") >> balancer
    user >> flow("2  e-mail, password, MFA;\ncomes back with a code", SIGN_IN) >> cognito
    balancer >> flow_across("3  code for tokens", SIGN_IN, labeldistance="7.2", labelangle="-74") >> cognito
    balancer >> flow("4  session cookie; forwards with\nthe signed x-amzn-oidc-data") >> dekart
    dekart >> flow("5  the map and its SQL", DATA) >> database
    dekart >> flow("9  copies the result to <job>.csv\nand streams it to the browser", DATA) >> bucket
    dekart >> flow("6  query, with a scan limit", DATA) >> athena
    athena >> flow("7  schema", DATA) >> glue
    athena >> flow("7  reads", DATA) >> sources
    athena >> flow_across("8  writes athena-results/", DATA, labeldistance="9", labelangle="-77") >> bucket
